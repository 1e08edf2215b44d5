from django.urls import path, register_converter

from escalations import (
    assistant_views,
    booking_views,
    contact_views,
    escalation_views,
    fact_views,
    media_views,
    notification_views,
    review_views,
    spend_views,
    trace_views,
    views,
    why_views,
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
    path("messages/<int:message_id>/sound/", media_views.sound, name="message_sound"),
    path("escalations/", escalation_views.escalations_page, name="escalations"),
    path("escalations/<int:escalation_id>/take/", escalation_views.take, name="take_escalation"),
    path("contacts/", contact_views.contacts_page, name="contacts"),
    path("contacts/<int:contact_id>/", contact_views.contact_page, name="contact"),
    path("contacts/<int:contact_id>/facts/", fact_views.add, name="fact_add"),
    path("contacts/<int:contact_id>/facts/undo/", fact_views.undo, name="fact_undo"),
    path("facts/<int:fact_id>/correct/", fact_views.correct, name="fact_correct"),
    path("facts/<int:fact_id>/pin/", fact_views.pin, name="fact_pin"),
    path("facts/<int:fact_id>/delete/", fact_views.delete, name="fact_delete"),
    path("traces/", trace_views.traces_page, name="traces"),
    path("traces/<int:turn_id>/", trace_views.trace_page, name="trace"),
    path("traces/<int:turn_id>/seen/<int:index>/", trace_views.seen_page, name="seen"),
    path("why/appointments/<int:appointment_id>/", why_views.appointment_page, name="why_appointment"),
    path("why/handoffs/<int:handoff_id>/", why_views.handoff_page, name="why_handoff"),
    path("settings/notifications/", notification_views.notifications_page, name="settings_notifications"),
    path("assistant/reviews/", review_views.reviews_page, name="reviews"),
    path("assistant/reviews/<int:review_id>/seen/", review_views.seen, name="review_seen"),
    path("assistant/", assistant_views.assistant_page, name="assistant"),
    path("assistant/spend/", spend_views.spend_page, name="spend"),
    path("assistant/spend/limits/", spend_views.save_limits, name="spend_limits"),
    path("assistant/spend/models/", spend_views.save_roles, name="spend_models"),
    path("assistant/spend/try-again/", spend_views.try_again, name="spend_try_again"),
    path("assistant/spend/calls.csv", spend_views.spend_csv, name="spend_csv"),
]
