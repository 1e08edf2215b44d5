from django.urls import path, register_converter

from escalations import (
    assistant_views,
    booking_views,
    contact_views,
    escalation_views,
    notification_views,
    trace_views,
    trial_views,
    views,
)


class Verb:
    """What may be done to a conversation by a button."""

    regex = "take-over|return|resolve"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Verb, "verb")

urlpatterns = [
    path("", views.inbox_page, name="inbox"),
    path("inbox/", views.list_fragment, name="inbox_list"),
    path("nav-counts/", views.nav_counts, name="nav_counts"),
    path("assistant-state/", views.assistant_state, name="assistant_state"),
    path("conversations/<int:conversation_id>/", views.conversation_page, name="conversation"),
    path("conversations/<int:conversation_id>/thread/", views.thread_fragment, name="thread"),
    path("conversations/<int:conversation_id>/panel/", views.panel_fragment, name="panel"),
    path("conversations/<int:conversation_id>/composer/", views.composer_fragment, name="composer"),
    path("conversations/<int:conversation_id>/book/", booking_views.book_page, name="conversation_book"),
    path("conversations/<int:conversation_id>/reply/", views.reply, name="reply"),
    path("conversations/<int:conversation_id>/<verb:verb>/", views.act, name="conversation_act"),
    path("escalations/", escalation_views.escalations_page, name="escalations"),
    path("escalations/<int:escalation_id>/take/", escalation_views.take, name="take_escalation"),
    path("contacts/", contact_views.contacts_page, name="contacts"),
    path("contacts/<int:contact_id>/", contact_views.contact_page, name="contact"),
    path("traces/", trace_views.traces_page, name="traces"),
    path("traces/<int:turn_id>/", trace_views.trace_page, name="trace"),
    path("settings/notifications/", notification_views.notifications_page, name="settings_notifications"),
    path("assistant/", assistant_views.assistant_page, name="assistant"),
    path("assistant/go-live/", trial_views.trials_page, name="trials"),
    path("assistant/go-live/play/", trial_views.play_trial, name="play_trial"),
    path("assistant/go-live/<int:trial_id>/", trial_views.trials_page, name="trial"),
    path("assistant/go-live/<int:trial_id>/report/", trial_views.trial_report, name="trial_report"),
]
