"""The words of a thread: events between messages, what came with a message, how far one got."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import formats, timezone

from calendar_sync.models import Appointment, AppointmentChange, BookedBy
from conversations.models import Handoff, Message

Delivery = Message.Delivery
Act = AppointmentChange.Act
CHANGES = (Act.BOOKED, Act.MOVED, Act.CANCELLED, Act.NO_SHOW)


@dataclass(frozen=True, kw_only=True)
class Words:
    text: str
    icon: str = "info-circle"
    alert: bool = False


_EVENTS = {
    "handed_over": ("Handed over to the team", "alert-triangle", True),
    "taken_over": ("{who} took over; the assistant is silent", "hand-stop", False),
    "answered_elsewhere": ("Somebody answered from a phone; the assistant is silent", "hand-stop", False),
    "number_changed": (
        "WhatsApp says that they write from a new number now; nothing proves it",
        "phone",
        True,
    ),
    "given": ("Given to {who}", "user-check", False),
    "given_in_turn": ("Given to {who}, whose turn it was", "user-check", False),
    "given_on": ("Nobody answered: given on to {who}", "user-check", True),
    "set_free": ("Nobody answered: free for everybody again", "clock", True),
    "left_free": ("Who had it is away: free for everybody again", "clock", True),
    "told_to_wait": ("They were told that nobody has answered yet, and when somebody will", "clock", False),
    "rated": ("They rated it {score} of 5", "star", False),
    "returned": ("{who} returned the conversation to the assistant", "robot", False),
    "resolved": ("{who} resolved the conversation", "circle-check", False),
    "snoozed": ("{who} snoozed the conversation until {until}", "clock-pause", False),
    "woken": ("Back in the inbox", "clock", False),
    "reopened": ("{who} reopened the conversation", "refresh", False),
    "not_delivered": ("A message could not be delivered", "alert-circle", True),
    "reminder_not_sent": ("A reminder could not be sent: {reference}", "bell-off", True),
    "later_not_sent": ("A message for later could not go out", "clock", True),
    "confirmed": ("They confirmed that they will come: {reference}", "calendar-check", False),
    "opted_out": ("They wrote STOP: nothing goes out by itself any more", "bell-off", False),
    "opted_in": ("They wrote START: messages go out by themselves again", "message", False),
}
_BY = {BookedBy.ASSISTANT: "the assistant", BookedBy.PATIENT: "the patient", BookedBy.PROGRAM: "another program"}
_CHANGE_ICONS = {
    Act.BOOKED: "calendar-plus",
    Act.MOVED: "calendar-event",
    Act.CANCELLED: "calendar-cancel",
    Act.NO_SHOW: "calendar-off",
}
_STATES = {
    Delivery.QUEUED: "queued",
    Delivery.SENDING: "queued",
    Delivery.UNKNOWN: "queued",
    Delivery.SENT: "sent",
    Delivery.DELIVERED: "delivered",
    Delivery.READ: "read",
    Delivery.FAILED: "failed",
}
# The vendors' codes (www.twilio.com/docs/api/errors, Meta's of five and six digits) and the outbox's own words.
_FAILURES = {
    "21610": "they asked not to be written to (STOP).",
    "21211": "this is not a number that can be written to.",
    "63003": "this number is not on WhatsApp.",
    "63024": "this number is not on WhatsApp.",
    "63016": "WhatsApp’s 24 hours were over. Write again once they have written.",
    "window_shut": "WhatsApp’s 24 hours were over. Write again once they have written.",
    "63021": "WhatsApp refused its content or its length.",
    "63019": "WhatsApp could not fetch the file. Please send it again.",
    "131053": "WhatsApp did not take the file. Save it as JPEG, PDF or MP4 and try again.",
    "file_gone": "the file is no longer here. Attach it again.",
    "63018": "too many messages at once. Please send it again.",
    "20003": "Twilio refused the account. Check the number in the settings.",
    "63007": "Twilio does not know your number. Check it in the settings.",
    "131026": "this number can’t get WhatsApp messages.",
    "131047": "WhatsApp’s 24 hours were over. Write again once they have written.",
    "131049": "WhatsApp held it back: this person got many messages of businesses lately.",
    "131050": "they asked WhatsApp for no more messages of yours.",
    "131056": "too many messages at once to this person. Please send it again.",
    "130429": "too many messages at once. Please send it again.",
    "190": "Meta refused the access token. Connect the number again in the settings.",
    "sender_crashed": "something failed on our side, so it may or may not have arrived.",
    "not_taken": "WhatsApp did not take it in several tries. Please send it again.",
    "outcome_not_known": "it may or may not have arrived; it could not be found out.",
    "unreachable": "WhatsApp could not be reached. Please send it again.",
}


def event_line(act: str, who: str, detail: Mapping[str, Any]) -> Words:
    """A line for a ConversationEvent, or for an AppointmentChange of the contact (thread.py reads both)."""
    if act in CHANGES:
        return _change_line(act, who, detail)
    text, icon, alert = _EVENTS.get(act, (act.replace("_", " ").capitalize(), "info-circle", False))
    reason = detail.get("reason", "")
    if act == "handed_over" and reason in Handoff.Reason.values:
        text = f"{text}: {Handoff.Reason(reason).label.lower()}"
    if act == "reopened" and detail.get("by") == "contact":
        return Words(text="Reopened by a new message", icon=icon)
    if until := detail.get("until"):
        moment = timezone.localtime(dt.datetime.fromisoformat(until))
        text = text.replace("{until}", formats.date_format(moment, "D j M H:i"))
    text = text.replace("{score}", str(detail.get("score", "")))
    text = text.replace("{who}", who or "Somebody").replace("{reference}", str(detail.get("reference", "")))
    return Words(text=text, icon=icon, alert=alert)


def _change_line(act: str, who: str, detail: Mapping[str, Any]) -> Words:
    """ "Booked by the assistant: Check-up with Dr Silva, Thu 26 Nov 15:30 (#1042)" """
    by = _BY.get(detail["by"], who or "the team")
    start = timezone.localtime(dt.datetime.fromisoformat(detail["start"]))
    reference = Appointment(pk=detail["appointment"]).reference
    what = f"{detail['service']} with {detail['practitioner']}, {formats.date_format(start, 'D j M H:i')} ({reference})"
    return Words(text=f"{Act(act).label} by {by}: {what}", icon=_CHANGE_ICONS[Act(act)])


def delivery(message: Message) -> tuple[str, str]:
    """How far an outgoing message got, in the words of components/ticks.html, and what went wrong in plain words."""
    if message.delivery == Delivery.WITHHELD:
        return "", "Not sent: the team took over first."
    if message.delivery == Delivery.FAILED:
        code = message.error.partition(":")[0]
        why = _FAILURES.get(code) or f"WhatsApp refused it{f' (code {code})' if code else ''}."
        return "failed", f"Not delivered: {why}"
    if message.delivery == Delivery.UNKNOWN:
        return "queued", "Checking whether it arrived."
    if message.delivery == Delivery.QUEUED and message.error:
        return "queued", "Not sent yet: trying again."
    return _STATES.get(Delivery(message.delivery), ""), ""


def author_name(message: Message) -> str:
    if message.author == Message.Author.SYSTEM:
        return "Automatic message"
    return getattr(message, "staff_name", None) or ""
