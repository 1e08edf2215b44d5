from django.urls import path, register_converter

from escalations import (
    booking_views,
    command_bar,
    consent_views,
    contact_views,
    correction_views,
    draft_views,
    duty_views,
    escalation_views,
    fact_views,
    label_views,
    media_views,
    note_views,
    notice_views,
    notification_views,
    promise_views,
    saved_reply_views,
    snooze_views,
    trace_views,
    urls_assistant,
    verification_views,
    view_menu,
    views,
    why_views,
)
from escalations.contacts import leaving_pages
from escalations.contacts import pages as contact_pages
from escalations.programs import key_pages, reference_page, webhook_pages
from escalations.readiness import pages as readiness_pages
from escalations.reports import pages as report_pages


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
    path("inbox/views/", view_menu.menu, name="inbox_menu"),
    path("inbox/views/save/", view_menu.save_view, name="inbox_view_save"),
    path("inbox/views/<int:view_id>/forget/", view_menu.forget_view, name="inbox_view_forget"),
    path("find/", command_bar.find_page, name="find"),
    path("settings/labels/", label_views.labels_page, name="settings_labels"),
    path("settings/labels/<int:label_id>/remove/", label_views.remove_label, name="label_remove"),
    path("nav-counts/", views.nav_counts, name="nav_counts"),
    path("assistant-state/", views.assistant_state, name="assistant_state"),
    path("conversations/<int:conversation_id>/", views.conversation_page, name="conversation"),
    path("conversations/<int:conversation_id>/thread/", views.thread_fragment, name="thread"),
    path("conversations/<int:conversation_id>/panel/", views.panel_fragment, name="panel"),
    path("conversations/<int:conversation_id>/composer/", views.composer_fragment, name="composer"),
    path("conversations/<int:conversation_id>/book/", booking_views.book_page, name="conversation_book"),
    path("conversations/<int:conversation_id>/draft/", draft_views.keep, name="draft"),
    path("conversations/<int:conversation_id>/company/", draft_views.look, name="company"),
    path("conversations/<int:conversation_id>/saved-replies/", saved_reply_views.list_for, name="replies_for"),
    path("conversations/<int:conversation_id>/note/", note_views.write, name="note_write"),
    path("notes/<int:note_id>/remove/", note_views.remove, name="note_remove"),
    path("notes/<int:note_id>/restore/", note_views.restore, name="note_restore"),
    path("settings/saved-replies/", saved_reply_views.replies_page, name="settings_replies"),
    path("settings/saved-replies/<int:reply_id>/remove/", saved_reply_views.remove, name="reply_remove"),
    path("settings/saved-replies/<int:reply_id>/restore/", saved_reply_views.restore, name="reply_restore"),
    path("conversations/<int:conversation_id>/reply/", views.reply, name="reply"),
    path("conversations/<int:conversation_id>/labels/", label_views.conversation_labels, name="conversation_labels"),
    path("conversations/<int:conversation_id>/snooze/", snooze_views.snooze, name="conversation_snooze"),
    path("conversations/<int:conversation_id>/wake/", snooze_views.wake, name="conversation_wake"),
    path("conversations/<int:conversation_id>/<verb:verb>/", views.act, name="conversation_act"),
    path("files/<int:stored_file_id>/", media_views.file, name="message_file"),
    path("files/<int:stored_file_id>/again/", media_views.fetch_again, name="message_file_again"),
    path("escalations/", escalation_views.escalations_page, name="escalations"),
    path("escalations/<int:escalation_id>/take/", escalation_views.take, name="take_escalation"),
    path("contacts/", contact_views.contacts_page, name="contacts"),
    path("contacts/<int:contact_id>/", contact_views.contact_page, name="contact"),
    path("contacts/<int:contact_id>/details/", contact_pages.save_details, name="contact_details"),
    path("contacts/<int:contact_id>/labels/", contact_pages.contact_labels, name="contact_labels"),
    path("contacts/<int:contact_id>/conversation/", contact_pages.conversation_of, name="contact_conversation"),
    path("contacts/<int:contact_id>/join/", contact_pages.join_page, name="contact_join"),
    path("contacts/<int:contact_id>/export/", leaving_pages.export, name="contact_export"),
    path("contacts/<int:contact_id>/erase/", leaving_pages.erase_page, name="contact_erase"),
    path("merges/<int:merge_id>/undo/", contact_pages.unjoin, name="contact_unjoin"),
    path("contacts/<int:contact_id>/verified/", verification_views.link, name="verification_link"),
    path("verifications/<int:verification_id>/withdraw/", verification_views.withdraw, name="verification_withdraw"),
    path("contacts/<int:contact_id>/consent/", consent_views.change, name="consent"),
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
    path("set-up/", readiness_pages.set_up_page, name="set_up"),
    path("set-up/number.svg", readiness_pages.number_code, name="set_up_code"),
    path("settings/health/", readiness_pages.health_page, name="settings_health"),
    path("reports/", report_pages.desk_page, name="reports"),
    path("reports/table.csv", report_pages.desk_csv, name="reports_csv"),
    path("reports/diary/", report_pages.diary_page, name="reports_diary"),
    path("reports/diary/table.csv", report_pages.diary_csv, name="reports_diary_csv"),
    path("settings/notifications/", notification_views.notifications_page, name="settings_notifications"),
    path("settings/notifications/browsers/", notification_views.add_browser, name="push_add"),
    path(
        "settings/notifications/browsers/<int:subscription_id>/remove/",
        notification_views.remove_browser,
        name="push_remove",
    ),
    path("settings/notifications/phone/", notification_views.add_phone, name="staff_phone_add"),
    path("settings/notifications/phone/remove/", notification_views.remove_phone, name="staff_phone_remove"),
    path("promises/", promise_views.promises_page, name="promises"),
    path("promises/<int:promise_id>/done/", promise_views.done, name="promise_done"),
    path("promises/<int:promise_id>/undo/", promise_views.undo, name="promise_undo"),
    path("conversations/<int:conversation_id>/promise/", promise_views.make, name="promise_make"),
    path("notices/", notice_views.notices_page, name="notices"),
    path("notices/seen/", notice_views.see_all, name="notices_seen"),
    path("notices/<int:notice_id>/", notice_views.open_notice, name="notice"),
    path("settings/answering/", duty_views.level_page, name="settings_answering"),
    path("settings/answering/<int:user_id>/", duty_views.room, name="answering_room"),
    path("conversations/<int:conversation_id>/colleagues/", duty_views.colleagues_menu, name="conversation_colleagues"),
    path("conversations/<int:conversation_id>/give/", duty_views.give, name="conversation_give"),
    path("settings/api/", key_pages.keys_page, name="settings_api"),
    path("settings/api/make/", key_pages.make_key, name="settings_api_make"),
    path("settings/api/<int:key_id>/revoke/", key_pages.revoke_key, name="settings_api_revoke"),
    path("settings/api/<int:key_id>/restore/", key_pages.restore_key, name="settings_api_restore"),
    path("settings/webhooks/", webhook_pages.webhooks_page, name="webhooks"),
    path("settings/webhooks/<int:webhook_endpoint_id>/", webhook_pages.webhook_page, name="webhook"),
    path("settings/webhooks/<int:webhook_endpoint_id>/replay/", webhook_pages.replay, name="webhook_replay"),
    path("settings/webhooks/<int:webhook_endpoint_id>/remove/", webhook_pages.remove, name="webhook_remove"),
    path("settings/webhooks/<int:webhook_endpoint_id>/<how>/", webhook_pages.webhook_act, name="webhook_act"),
    path("settings/api/reference/", reference_page.reference_page, name="api_reference"),
    path(
        "conversations/<int:conversation_id>/messages/<int:message_id>/wrong/",
        correction_views.mark_page,
        name="correction_mark",
    ),
    *urls_assistant.urlpatterns,
]
