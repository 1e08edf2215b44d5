"""Audit entries as a practice manager would say them."""

from tenants.models import AuditEntry

_ACTS = {
    "access.refused": "Was refused a page",
    "api_key.made": "Made an API key",
    "api_key.restored": "Let an API key in again",
    "api_key.revoked": "Revoked an API key",
    "assistant.published": "Published the assistant",
    "business.created": "Opened the business",
    "business.edited": "Changed the business’s settings",
    "campaign.started": "Said that a practitioner is out",
    "campaign.undone": "Took back that a practitioner is out",
    "calendar.connected": "Connected a Google account",
    "calendar.disconnected": "Disconnected a Google account",
    "calendar.chosen": "Chose a calendar",
    "channel.connected": "Connected a number",
    "channel.signs": "Changed what people see of a number before an answer",
    "channel.disconnected": "Disconnected a number",
    "contact.edited": "Changed what is known of a contact",
    "contact.erased": "Erased a person",
    "contact.exported": "Took out everything about a person",
    "contact.merged": "Joined two contacts",
    "contact.unmerged": "Took apart two contacts that were joined",
    "invitation.sent": "Invited somebody",
    "invitation.accepted": "Accepted an invitation",
    "invitation.withdrawn": "Withdrew an invitation",
    "invitation.sent_again": "Sent an invitation again",
    "member.left": "Left",
    "member.removed": "Removed somebody",
    "member.role_changed": "Changed somebody’s role",
    "messages.edited": "Changed the messages that go out",
    "red_flag.added": "Added a red flag to the draft",
    "red_flag.phrase_removed": "Took a phrase from a red flag in the draft",
    "red_flag.phrases_added": "Added phrases to a red flag in the draft",
    "red_flag.removed": "Removed a red flag from the draft",
    "red_flag.undone": "Undid a change of a red flag",
    "red_flag.worded": "Worded what a red flag says, in the draft",
    "patient.verified": "Proved who they are by date of birth",
    "patient.code_made": "Made a code for a patient",
    "patient.verified_by_code": "Proved who they are by a code",
    "patient.not_verified": "Could not prove who they are",
    "patient.verified_by_staff": "Opened a patient’s appointments to a contact",
    "identity_check.edited": "Changed how the assistant finds out who writes",
    "patient.verification_restored": "Opened a patient’s appointments to a contact again",
    "patient.verification_withdrawn": "Closed a patient’s appointments to a contact",
    "reminders.edited": "Changed the reminders",
    "templates.asked": "Handed in message templates",
    "webhook.added": "Added a webhook",
    "webhook.changed": "Changed a webhook",
    "webhook.paused": "Paused a webhook",
    "webhook.removed": "Removed a webhook",
    "webhook.resumed": "Resumed a webhook",
    "webhook.rotated": "Made a new secret for a webhook",
    "work.called_again": "Called work again that was parked",
}


def act(action: str) -> str:
    """ "Invited somebody"; for an act without words of its own: "appointment.moved" → "Appointment: moved" """
    if action in _ACTS:
        return _ACTS[action]
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
