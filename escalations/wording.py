"""The words of a thread: events between messages, what came with a message, how far one got."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calendar_sync.models import Appointment, AppointmentChange, BookedBy
from conversations.models import Handoff, Message
from tenants import formats
from tenants.formats import mid_sentence, shown

Delivery = Message.Delivery
Act = AppointmentChange.Act
CHANGES = (Act.BOOKED, Act.MOVED, Act.CANCELLED, Act.NO_SHOW)


@dataclass(frozen=True, kw_only=True)
class Words:
    text: str
    icon: str = "info-circle"
    alert: bool = False


_EVENTS = {
    "handed_over": (_("Handed over to the team"), "alert-triangle", True),
    "taken_over": (_("{who} took over; the assistant is silent"), "hand-stop", False),
    "answered_elsewhere": (_("Somebody answered from a phone; the assistant is silent"), "hand-stop", False),
    "number_changed": (
        _("WhatsApp says that they write from a new number now; nothing proves it"),
        "phone",
        True,
    ),
    "given": (_("Given to {who}"), "user-check", False),
    "given_in_turn": (_("Given to {who}, whose turn it was"), "user-check", False),
    "given_on": (_("Nobody answered: given on to {who}"), "user-check", True),
    "set_free": (_("Nobody answered: free for everybody again"), "clock", True),
    "left_free": (_("Who had it is away: free for everybody again"), "clock", True),
    "told_to_wait": (_("They were told that nobody has answered yet, and when somebody will"), "clock", False),
    "rated": (_("They rated it {score} of 5"), "star", False),
    "returned": (_("{who} returned the conversation to the assistant"), "robot", False),
    "resolved": (_("{who} resolved the conversation"), "circle-check", False),
    "snoozed": (_("{who} snoozed the conversation until {until}"), "clock-pause", False),
    "woken": (_("Back in the inbox"), "clock", False),
    "reopened": (_("{who} reopened the conversation"), "refresh", False),
    "not_delivered": (_("A message could not be delivered"), "alert-circle", True),
    "reminder_not_sent": (_("A reminder could not be sent: {reference}"), "bell-off", True),
    "later_not_sent": (_("A message for later could not go out"), "clock", True),
    "confirmed": (_("They confirmed that they will come: {reference}"), "calendar-check", False),
    "opted_out": (_("They wrote STOP: nothing goes out by itself any more"), "bell-off", False),
    "opted_in": (_("They wrote START: messages go out by themselves again"), "message", False),
}
_CHANGED_BY = {
    BookedBy.ASSISTANT: _("%(act)s by the assistant: %(what)s"),
    BookedBy.PATIENT: _("%(act)s by the patient: %(what)s"),
    BookedBy.PROGRAM: _("%(act)s by another program: %(what)s"),
}
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
    "21610": _("they asked not to be written to (STOP)."),
    "21211": _("this is not a number that can be written to."),
    "63003": _("this number is not on WhatsApp."),
    "63024": _("this number is not on WhatsApp."),
    "63016": _("WhatsApp’s 24 hours were over. Write again once they have written."),
    "window_shut": _("WhatsApp’s 24 hours were over. Write again once they have written."),
    "63021": _("WhatsApp refused its content or its length."),
    "63019": _("WhatsApp could not fetch the file. Please send it again."),
    "131053": _("WhatsApp did not take the file. Save it as JPEG, PDF or MP4 and try again."),
    "file_gone": _("the file is no longer here. Attach it again."),
    "63018": _("too many messages at once. Please send it again."),
    "20003": _("Twilio refused the account. Check the number in the settings."),
    "63007": _("Twilio does not know your number. Check it in the settings."),
    "131026": _("this number can’t get WhatsApp messages."),
    "131047": _("WhatsApp’s 24 hours were over. Write again once they have written."),
    "131049": _("WhatsApp held it back: this person got many messages of businesses lately."),
    "131050": _("they asked WhatsApp for no more messages of yours."),
    "131056": _("too many messages at once to this person. Please send it again."),
    "130429": _("too many messages at once. Please send it again."),
    "190": _("Meta refused the access token. Connect the number again in the settings."),
    "sender_crashed": _("something failed on our side, so it may or may not have arrived."),
    "not_taken": _("WhatsApp did not take it in several tries. Please send it again."),
    "outcome_not_known": _("it may or may not have arrived; it could not be found out."),
    "unreachable": _("WhatsApp could not be reached. Please send it again."),
}


def event_line(act: str, who: str, detail: Mapping[str, Any]) -> Words:
    """A line for a ConversationEvent, or for an AppointmentChange of the contact (thread.py reads both)."""
    if act in CHANGES:
        return _change_line(act, who, detail)
    text, icon, alert = _EVENTS.get(act, (act.replace("_", " ").capitalize(), "info-circle", False))
    if act == "reopened" and detail.get("by") == "contact":
        return Words(text=gettext("Reopened by a new message"), icon=icon)
    reason, until = detail.get("reason", ""), detail.get("until")
    if act == "handed_over" and reason in Handoff.Reason.values:
        why = mid_sentence(Handoff.Reason(reason).label)
        text = gettext("Handed over to the team: %(why)s") % {"why": why}
    values = {
        "{until}": shown(dt.datetime.fromisoformat(until), "D j M H:i") if until else "",
        "{score}": str(detail.get("score", "")),
        "{who}": who or gettext("Somebody"),
        "{reference}": str(detail.get("reference", "")),
    }
    text, alert = str(text), alert or bool(detail.get("low"))
    for blank, value in values.items():
        text = text.replace(blank, value)
    return Words(text=text, icon=icon, alert=alert)


def _change_line(act: str, who: str, detail: Mapping[str, Any]) -> Words:
    """ "Booked by the assistant: Check-up with Dr Silva, Thu 26 Nov 15:30 (#1042)" """
    what = gettext("%(service)s with %(practitioner)s, %(when)s (%(reference)s)") % {
        "service": detail["service"],
        "practitioner": detail["practitioner"],
        "when": shown(dt.datetime.fromisoformat(detail["start"]), "D j M H:i"),
        "reference": Appointment(pk=detail["appointment"]).reference,
    }
    sentence: formats.Words = _CHANGED_BY.get(detail["by"], "")
    if not sentence:
        sentence = gettext("%(act)s by %(who)s: %(what)s") if who else gettext("%(act)s by the team: %(what)s")
    return Words(text=str(sentence) % {"act": Act(act).label, "who": who, "what": what}, icon=_CHANGE_ICONS[Act(act)])


def delivery(message: Message) -> tuple[str, str]:
    """How far an outgoing message got, in the words of components/ticks.html, and what went wrong in plain words."""
    if message.delivery == Delivery.WITHHELD:
        return "", gettext("Not sent: the team took over first.")
    if message.delivery == Delivery.FAILED:
        return "failed", gettext("Not delivered: %(why)s") % {"why": _failure(message.error.partition(":")[0])}
    if message.delivery == Delivery.UNKNOWN:
        return "queued", gettext("Checking whether it arrived.")
    if message.delivery == Delivery.QUEUED and message.error:
        return "queued", gettext("Not sent yet: trying again.")
    return _STATES.get(Delivery(message.delivery), ""), ""


def _failure(code: str) -> str:
    if code in _FAILURES:
        return str(_FAILURES[code])
    return gettext("WhatsApp refused it (code %(code)s).") % {"code": code} if code else gettext("WhatsApp refused it.")


def author_name(message: Message) -> str:
    if message.author == Message.Author.SYSTEM:
        return gettext("Automatic message")
    return getattr(message, "staff_name", None) or ""
