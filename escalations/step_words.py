"""What the assistant did, step by step, as a practice manager would say it. Everything in a step is redacted."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from agents.models import Step, Turn
from conversations.models import Handoff

_ICONS = {
    "find_slots": "calendar-search",
    "book_appointment": "calendar-plus",
    "reschedule_appointment": "calendar-event",
    "cancel_appointment": "calendar-cancel",
    "confirm_appointment": "calendar-check",
    "my_appointments": "calendar",
    "about_the_business": "info-circle",
    "search_knowledge": "book",
    "hand_over": "hand-stop",
}
_DOING = {
    "find_slots": "look for free times",
    "book_appointment": "book",
    "reschedule_appointment": "move the appointment",
    "cancel_appointment": "cancel the appointment",
    "confirm_appointment": "note that they will come",
    "my_appointments": "look up coming appointments",
    "about_the_business": "look up the business’s own information",
    "search_knowledge": "look into the knowledge",
    "hand_over": "hand over to the team",
}
_FAILED_CHECKS = {
    "outgoing": "Held its draft back: it claimed what is not so",
    "placeholders": "Held its draft back: it named somebody unknown",
}
_DROPPED = {"taken_over": "a colleague took over", "resolved": "the conversation was resolved"}


def skill_words(name: str) -> str:
    """ "Look for free times" """
    words = _DOING.get(name, name.replace("_", " "))
    return words[0].upper() + words[1:]


def icon(step: Step) -> str:
    if step.kind == Step.Kind.CHECK:
        return "flag" if step.name == "red_flag" else "shield-check" if step.status == Step.Status.OK else "shield-x"
    return "robot" if step.kind == Step.Kind.MODEL else _ICONS.get(step.name, "tool")


def sentence(step: Step) -> str:
    """ "Found 6 free times from Thursday 26 November" """
    if step.kind == Step.Kind.CHECK:
        return _check(step)
    if step.status == Step.Status.ERROR:
        why = str(step.output.get("message") or step.error or "it failed")[:200]
        return f"Could not {_DOING.get(step.name, 'do this')}: {why}"
    return _model(step.output) if step.kind == Step.Kind.MODEL else _tool(step.name, step.input, step.output)


def ending(turn: Turn) -> str:
    """How a turn ended, in one sentence."""
    if turn.status == Turn.Status.RUNNING:
        return "It is still at work."
    if turn.status == Turn.Status.DROPPED:
        return f"Nothing was sent: {_DROPPED.get(turn.reason, 'it was dropped')}."
    if turn.status == Turn.Status.FAILED:
        return "It failed, and the conversation went to the team."
    if turn.outcome == Turn.Outcome.HANDOFF:
        return f"It handed over to the team: {reason(turn).lower()}."
    return "It had nothing to say." if turn.outcome == Turn.Outcome.SILENCE else ""


def reason(turn: Turn) -> str:
    """The label of a handoff's reason, or the plain word."""
    return str(dict(Handoff.Reason.choices).get(turn.reason) or turn.reason.replace("_", " "))


def _check(step: Step) -> str:
    if step.name == "red_flag":
        return f"Recognised a red flag: {step.output.get('flag', '')}"
    if step.status == Step.Status.OK:
        return "Checked that the answer claims only what is so"
    if step.name in ("model_failed", "model_withheld"):
        return _not_asked(step)
    return _FAILED_CHECKS.get(step.name, "A check failed")


def _not_asked(step: Step) -> str:
    """ "claude-haiku-5-5 could not answer: overloaded_error" """
    model, why = step.output.get("model") or "The language model", step.output.get("error", "")
    what = f"{model} was not asked" if step.name == "model_withheld" else f"{model} could not answer"
    return f"{what}: {why}" if why else what


def _model(output: Mapping[str, Any]) -> str:
    asked = [str(block.get("name")) for block in output.get("blocks", []) if block.get("type") == "tool_call"]
    if not asked:
        return "Wrote the answer"
    return "Decided to " + " and to ".join(_DOING.get(name, name.replace("_", " ")) for name in asked)


def _tool(name: str, given: Mapping[str, Any], output: Mapping[str, Any]) -> str:
    if name == "find_slots":
        return _found(given, output)
    for done in ("booked", "moved", "cancelled"):
        if isinstance(output.get(done), dict):
            return f"{done.capitalize()}: {_appointment(output[done])}"
    if name == "my_appointments":
        return f"Looked up coming appointments: {len(output.get('appointments', [])) or 'none'}"
    if name == "about_the_business":
        return f"Looked up: {str(given.get('topic', '')).replace('_', ' ')}"
    if name == "search_knowledge":
        titles = dict.fromkeys(str(each.get("title", "")) for each in output.get("passages", []))
        return f"Looked into the knowledge: {', '.join(titles) or 'nothing about it'}"
    return f"Decided to {_DOING[name]}" if name in _DOING else name.replace("_", " ").capitalize()


def _found(given: Mapping[str, Any], output: Mapping[str, Any]) -> str:
    offers = len(output.get("offers", []))
    service = output.get("service") or given.get("service") or ""
    near = len(output.get("nearest", []))
    times = f"{offers} free time{'' if offers == 1 else 's'}" if offers else "nothing free"
    instead = f", {near} times nearby" if near and not offers else ""
    return f"Looked for {service} from {_day(str(given.get('date', '')))}: {times}{instead}"


def _appointment(line: Mapping[str, Any]) -> str:
    day, _, time = str(line.get("start", "")).partition("T")
    return f"{line.get('service', '')} with {line.get('practitioner', '')}, {_day(day)} {time}".strip()


def _day(text: str) -> str:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day:%a} {day.day} {day:%b}"
