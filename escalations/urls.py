from django.urls import path, register_converter

from escalations import (
    assistant_views,
    booking_views,
    contact_views,
    correction_views,
    escalation_views,
    fact_views,
    flag_pages,
    media_views,
    notification_views,
    review_views,
    shadow_views,
    spend_views,
    trace_views,
    trial_views,
    try_views,
    verification_views,
    views,
    why_views,
)
from escalations.knowledge import adding, gap_pages
from escalations.knowledge import pages as knowledge_pages


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
    path("contacts/<int:contact_id>/verified/", verification_views.link, name="verification_link"),
    path("verifications/<int:verification_id>/withdraw/", verification_views.withdraw, name="verification_withdraw"),
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
    path(
        "conversations/<int:conversation_id>/messages/<int:message_id>/wrong/",
        correction_views.mark_page,
        name="correction_mark",
    ),
    path("assistant/corrections/", correction_views.corrections_page, name="corrections"),
    path("assistant/corrections/<int:correction_id>/", correction_views.correction_page, name="correction"),
    path("assistant/corrections/<int:correction_id>/reject/", correction_views.reject, name="correction_reject"),
    path("assistant/corrections/<int:correction_id>/revert/", correction_views.revert, name="correction_revert"),
    path("assistant/try/", try_views.try_page, name="assistant_try"),
    path("assistant/try/stream/", try_views.try_stream, name="assistant_try_stream"),
    path("assistant/shadow/", shadow_views.shadow_page, name="shadow"),
    path("assistant/shadow/<int:shadow_answer_id>/", shadow_views.answer_page, name="shadow_answer"),
    path("assistant/versions/<int:version_id>/shadow/", shadow_views.switch, name="assistant_shadow"),
    path("assistant/versions/<int:version_id>/cases/", correction_views.run_cases, name="assistant_cases"),
    path("assistant/versions/<int:version_id>/", assistant_views.compare_page, name="assistant_compare"),
    path("assistant/versions/<int:version_id>/draft/", assistant_views.new_draft, name="assistant_draft"),
    path("assistant/versions/<int:version_id>/save/", assistant_views.save_draft, name="assistant_save"),
    path("assistant/versions/<int:version_id>/publish/", assistant_views.publish_draft, name="assistant_publish"),
    path("assistant/versions/<int:version_id>/roll-back/", assistant_views.roll_back, name="assistant_roll_back"),
    path("assistant/versions/<int:version_id>/discard/", assistant_views.discard_draft, name="assistant_discard"),
    path(
        "assistant/versions/<int:version_id>/bring-back/", assistant_views.bring_back_draft, name="assistant_bring_back"
    ),
    path("assistant/red-flags/", flag_pages.flags_page, name="red_flags"),
    path("assistant/red-flags/say/", flag_pages.said_page, name="red_flag_said"),
    path("assistant/red-flags/flag/", flag_pages.flag_page, name="red_flag"),
    path("assistant/red-flags/add/", flag_pages.add_flag, name="red_flag_add"),
    path("assistant/red-flags/remove/", flag_pages.remove_flag, name="red_flag_remove"),
    path("assistant/red-flags/phrases/", flag_pages.add_phrases, name="red_flag_phrases"),
    path("assistant/red-flags/phrases/take/", flag_pages.take_phrase, name="red_flag_take"),
    path("assistant/red-flags/signposts/", flag_pages.word_signposts, name="red_flag_signposts"),
    path("assistant/red-flags/undo/", flag_pages.undo, name="red_flag_undo"),
    path("assistant/spend/", spend_views.spend_page, name="spend"),
    path("assistant/spend/limits/", spend_views.save_limits, name="spend_limits"),
    path("assistant/spend/models/", spend_views.save_roles, name="spend_models"),
    path("assistant/spend/try-again/", spend_views.try_again, name="spend_try_again"),
    path("assistant/spend/calls.csv", spend_views.spend_csv, name="spend_csv"),
    path("assistant/knowledge/", knowledge_pages.knowledge_page, name="knowledge"),
    path("assistant/knowledge/find/", knowledge_pages.find_page, name="knowledge_find"),
    path("assistant/knowledge/add/", adding.add_page, name="knowledge_add"),
    path("assistant/knowledge/read/", adding.read_given, name="knowledge_read"),
    path("assistant/knowledge/keep/", adding.keep_read, name="knowledge_keep"),
    path("assistant/knowledge/<int:knowledge_entry_id>/", knowledge_pages.entry_page, name="knowledge_entry"),
    path("assistant/knowledge/<int:knowledge_entry_id>/remove/", knowledge_pages.remove, name="knowledge_remove"),
    path("assistant/knowledge/<int:knowledge_entry_id>/restore/", knowledge_pages.restore, name="knowledge_restore"),
    path("assistant/gaps/", gap_pages.gaps_page, name="knowledge_gaps"),
    path("assistant/gaps/<int:knowledge_gap_id>/answer/", gap_pages.answer_page, name="knowledge_gap_answer"),
    path("assistant/gaps/<int:knowledge_gap_id>/dismiss/", gap_pages.dismiss, name="knowledge_gap_dismiss"),
    path("assistant/gaps/<int:knowledge_gap_id>/reopen/", gap_pages.reopen, name="knowledge_gap_reopen"),
    path("assistant/go-live/", trial_views.trials_page, name="trials"),
    path("assistant/go-live/play/", trial_views.play_trial, name="play_trial"),
    path("assistant/go-live/replay/", trial_views.replay_past, name="replay_past"),
    path("assistant/go-live/<int:trial_id>/", trial_views.trials_page, name="trial"),
    path("assistant/go-live/<int:trial_id>/report/", trial_views.trial_report, name="trial_report"),
]
