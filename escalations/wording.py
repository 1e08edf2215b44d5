"""The words of the desk: events between messages, what came with a message, reasons, steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agents.models import Step
from conversations.models import ConversationEvent, Handoff, Message

_NO_ONE = "Somebody"


@dataclass(frozen=True, kw_only=True)
class Words:
    text: str
    icon: str = "info-circle"
    alert: bool = False


_EVENTS = {
    "handed_over": ("Handed over to the team", "alert-triangle", True),
    "taken_over": ("{who} took over; the assistant is silent", "hand-stop", False),
    "returned": ("{who} returned the conversation to the assistant", "robot", False),
    "resolved": ("{who} resolved the conversation", "circle-check", False),
    "reopened": ("The conversation was reopened", "refresh", False),
    "not_delivered": ("A message could not be delivered", "alert-circle", True),
}
_MEDIA = {
    Message.Kind.IMAGE: ("image", "Photo"),
    Message.Kind.VOICE: ("audio", "Voice note"),
    Message.Kind.VIDEO: ("video", "Video"),
    Message.Kind.STICKER: ("sticker", "Sticker"),
    Message.Kind.DOCUMENT: ("file", "Document"),
    Message.Kind.LOCATION: ("file", "Location"),
    Message.Kind.CONTACTS: ("file", "Contact card"),
    Message.Kind.UNSUPPORTED: ("file", "A message of a kind that can't be shown"),
}
_STEP_ICONS = {
    "find_slots": "calendar-search",
    "book_appointment": "calendar-plus",
    "reschedule_appointment": "calendar-event",
    "cancel_appointment": "calendar-cancel",
    "my_appointments": "calendar",
    "about_the_business": "info-circle",
    "hand_over": "hand-stop",
}


def event_line(event: ConversationEvent, names: Mapping[int, str]) -> Words:
    text, icon, alert = _EVENTS.get(event.act, (event.act.replace("_", " ").capitalize(), "info-circle", False))
    reason = event.detail.get("reason", "")
    if event.act == "handed_over" and reason in Handoff.Reason.values:
        text = f"{text}: {Handoff.Reason(reason).label.lower()}"
    return Words(text=text.format(who=names.get(event.staff_id or 0, _NO_ONE)), icon=icon, alert=alert)


def media_of(message: Message) -> list[dict[str, str]]:
    """What the bubble shows for a message that is more than text; vendors' links are never shown."""
    if message.kind == Message.Kind.TEXT:
        return []
    kind, name = _MEDIA[Message.Kind(message.kind)]
    return [{"kind": kind, "name": name}] * max(1, len(message.media))


def step_icon(step: Step) -> str:
    if step.kind == Step.Kind.CHECK:
        return "shield-check"
    return "robot" if step.kind == Step.Kind.MODEL else _STEP_ICONS.get(step.name, "tool")


def step_note(step: Step) -> str:
    """A few words on what a step did, for the panel; everything in it is redacted already."""
    if step.status == Step.Status.ERROR:
        return str(step.output.get("message") or step.error or step.output.get("error") or "failed")[:120]
    if step.kind == Step.Kind.MODEL:
        return _model_note(step.output)
    if step.kind == Step.Kind.CHECK:
        return "passed"
    return _tool_note(step.name, step.input, step.output)


def _model_note(output: Mapping[str, Any]) -> str:
    asked = [block["name"] for block in output.get("blocks", []) if block["type"] == "tool_call"]
    return "asked for " + ", ".join(asked) if asked else "wrote the answer"


def _tool_note(name: str, given: Mapping[str, Any], output: Mapping[str, Any]) -> str:
    if name == "find_slots":
        offers = len(output.get("offers", []))
        return f"{given.get('weekday', '')} {given.get('date', '')}: {offers or 'no'} free"
    for done in ("booked", "moved", "cancelled"):
        if isinstance(output.get(done), dict):
            line = output[done]
            return f"{line['service']}, {line['weekday']} {line['start'].replace('T', ' ')}"
    if name == "about_the_business":
        return str(given.get("topic", "")).replace("_", " ")
    return "done"
