"""Audit entries as a practice manager would say them."""

from django.utils.translation import gettext_lazy as _

from tenants.models import AuditEntry

_ACTS = {
    "access.refused": _("Was refused a page"),
    "api_key.made": _("Made an API key"),
    "api_key.restored": _("Let an API key in again"),
    "api_key.revoked": _("Revoked an API key"),
    "assistant.published": _("Published the assistant"),
    "business.created": _("Opened the business"),
    "business.edited": _("Changed the business’s settings"),
    "campaign.started": _("Said that a practitioner is out"),
    "campaign.undone": _("Took back that a practitioner is out"),
    "calendar.connected": _("Connected a Google account"),
    "calendar.disconnected": _("Disconnected a Google account"),
    "calendar.chosen": _("Chose a calendar"),
    "channel.connected": _("Connected a number"),
    "channel.signs": _("Changed what people see of a number before an answer"),
    "channel.disconnected": _("Disconnected a number"),
    "contact.edited": _("Changed what is known of a contact"),
    "contact.erased": _("Erased a person"),
    "contact.exported": _("Took out everything about a person"),
    "contact.merged": _("Joined two contacts"),
    "contact.unmerged": _("Took apart two contacts that were joined"),
    "invitation.sent": _("Invited somebody"),
    "invitation.accepted": _("Accepted an invitation"),
    "invitation.withdrawn": _("Withdrew an invitation"),
    "invitation.sent_again": _("Sent an invitation again"),
    "member.left": _("Left"),
    "member.removed": _("Removed somebody"),
    "member.role_changed": _("Changed somebody’s role"),
    "messages.edited": _("Changed the messages that go out"),
    "red_flag.added": _("Added a red flag to the draft"),
    "red_flag.phrase_removed": _("Took a phrase from a red flag in the draft"),
    "red_flag.phrases_added": _("Added phrases to a red flag in the draft"),
    "red_flag.removed": _("Removed a red flag from the draft"),
    "red_flag.undone": _("Undid a change of a red flag"),
    "red_flag.worded": _("Worded what a red flag says, in the draft"),
    "patient.verified": _("Proved who they are by date of birth"),
    "patient.code_made": _("Made a code for a patient"),
    "patient.verified_by_code": _("Proved who they are by a code"),
    "patient.not_verified": _("Could not prove who they are"),
    "patient.verified_by_staff": _("Opened a patient’s appointments to a contact"),
    "identity_check.edited": _("Changed how the assistant finds out who writes"),
    "patient.verification_restored": _("Opened a patient’s appointments to a contact again"),
    "patient.verification_withdrawn": _("Closed a patient’s appointments to a contact"),
    "reminders.edited": _("Changed the reminders"),
    "retention.edited": _("Changed how long things are kept"),
    "templates.asked": _("Handed in message templates"),
    "webhook.added": _("Added a webhook"),
    "webhook.changed": _("Changed a webhook"),
    "webhook.paused": _("Paused a webhook"),
    "webhook.removed": _("Removed a webhook"),
    "webhook.resumed": _("Resumed a webhook"),
    "webhook.rotated": _("Made a new secret for a webhook"),
    "work.called_again": _("Called work again that was parked"),
}


def act(action: str) -> str:
    """ "Invited somebody"; for an act without words of its own: "appointment.moved" → "Appointment: moved" """
    if action in _ACTS:
        return str(_ACTS[action])
    area, _, verb = action.partition(".")
    said = f"{area}: {verb}" if verb else area
    return (said[:1].upper() + said[1:]).replace("_", " ").replace(".", " ")


def area(action: str) -> str:
    return action.partition(".")[0]


def detail(entry: AuditEntry) -> str:
    """ "role: admin, fields: name, timezone" """
    return ", ".join(f"{name.replace('_', ' ')}: {_value(value)}" for name, value in sorted(entry.detail.items()))


def _value(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
