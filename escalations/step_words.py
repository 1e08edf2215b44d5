"""What the assistant did, step by step, as a practice manager would say it. Everything in a step is redacted."""

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from agents.models import Step, Turn
from conversations.reason_words import reason_words
from escalations.model_words import claims_words, why_words
from tenants.formats import mid_sentence, shown
from tenants.sentences import Stored, say

QUOTED = 200  # characters of a draft that was held back
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
    "find_slots": _("look for free times"),
    "book_appointment": pgettext_lazy("act", "book"),
    "reschedule_appointment": _("move the appointment"),
    "cancel_appointment": _("cancel the appointment"),
    "confirm_appointment": _("note that they will come"),
    "my_appointments": _("look up coming appointments"),
    "about_the_business": _("look up the business’s own information"),
    "search_knowledge": _("look into the knowledge"),
    "hand_over": _("hand over to the team"),
    "hold_slot": _("keep a time for a while"),
    "plan_series": _("look at the dates of a series"),
    "book_series": _("book a series"),
    "undo_change": _("undo a change"),
    "running_late": _("note that they are late"),
    "join_waitlist": _("put them on the waiting list"),
    "answer_offer": _("answer for an offered time"),
    "verify_patient": _("check who is writing"),
    "verify_with_code": _("check who is writing by a code"),
}
_DONE = {
    "booked": _("Booked: %(appointment)s"),
    "moved": _("Moved: %(appointment)s"),
    "cancelled": _("Cancelled: %(appointment)s"),
}
_FAILED_CHECKS = {
    "outgoing": _("Held its draft back: nothing bears out what it claimed"),
    "second_look": _("Held its draft back: a second model found nothing that bears it out"),
    "placeholders": _("Held its draft back: it named somebody unknown"),
}
_DROPPED = {"taken_over": _("a colleague took over"), "resolved": _("the conversation was resolved")}


def fault_words(fault: Stored | str) -> str:
    """What a saved case found wrong."""
    return say(fault, skill=_doing, reason=lambda code: mid_sentence(reason_words(code)))


def skill_words(name: str) -> str:
    """ "Look for free times" """
    words = _doing(name)
    return words[0].upper() + words[1:]


def _doing(name: str) -> str:
    return str(_DOING.get(name, name.replace("_", " ")))


def icon(step: Step) -> str:
    if step.kind == Step.Kind.CHECK:
        return "flag" if step.name == "red_flag" else "shield-check" if step.status == Step.Status.OK else "shield-x"
    return "robot" if step.kind == Step.Kind.MODEL else _ICONS.get(step.name, "tool")


def sentences(steps: Sequence[Step]) -> list[str]:
    """Of all steps of a turn, in order: a draft that was held back is quoted."""
    said = [sentence(step) for step in steps]
    for place, (step, after) in enumerate(pairwise(steps)):
        held = after.kind == Step.Kind.CHECK and after.status == Step.Status.ERROR and after.name in _FAILED_CHECKS
        text = " ".join(str(block.get("text", "")) for block in step.output.get("blocks", ())).strip()
        if held and step.kind == Step.Kind.MODEL and text:
            said[place] = gettext("Wrote a draft: “%(text)s”") % {"text": Truncator(text).chars(QUOTED)}
    return said


def sentence(step: Step) -> str:
    """ "Found 6 free times from Thursday 26 November" """
    if step.kind == Step.Kind.CHECK:
        return _check(step)
    if step.status == Step.Status.ERROR:
        why = str(step.output.get("message") or step.error or gettext("it failed"))[:200]
        act = str(_DOING.get(step.name, _("do this")))
        return gettext("Could not %(act)s: %(why)s") % {"act": act, "why": why}
    return _model(step.output) if step.kind == Step.Kind.MODEL else _tool(step.name, step.input, step.output)


def ending(turn: Turn) -> str:
    """How a turn ended, in one sentence."""
    if turn.status == Turn.Status.RUNNING:
        return gettext("It is still at work.")
    if turn.status == Turn.Status.DROPPED:
        return gettext("Nothing was sent: %(why)s.") % {"why": _DROPPED.get(turn.reason, gettext("it was dropped"))}
    if turn.status == Turn.Status.FAILED:
        return gettext("It failed, and the conversation went to the team.")
    if turn.outcome == Turn.Outcome.HANDOFF:
        return gettext("It handed over to the team: %(why)s.") % {"why": mid_sentence(reason(turn))}
    return gettext("It had nothing to say.") if turn.outcome == Turn.Outcome.SILENCE else ""


def reason(turn: Turn) -> str:
    """The label of a handoff's reason, or the plain word."""
    return reason_words(turn.reason)


def _check(step: Step) -> str:
    if step.name == "red_flag":
        return gettext("Recognised a red flag: %(flag)s") % {"flag": step.output.get("flag", "")}
    if step.name == "second_look":
        return _second_look(step)
    if step.status == Step.Status.OK and step.output.get("doubted"):
        doubted = claims_words(step.output["doubted"])
        return gettext("The rules doubted %(claims)s; the second model found it to be so") % {"claims": doubted}
    if step.status == Step.Status.OK:
        return gettext("Checked that the answer claims only what is so")
    if step.name in ("model_failed", "model_withheld"):
        return _not_asked(step)
    claims = claims_words(step.output.get("unfounded", ()))
    if step.name == "outgoing" and claims:
        return gettext("Held its draft back. What nothing bears out: %(claims)s") % {"claims": claims}
    return str(_FAILED_CHECKS.get(step.name, _("A check failed")))


def _second_look(step: Step) -> str:
    """ "Held its draft back. A second model found nothing that bears out: “see you on Tuesday at 9”" """
    if step.output.get("missed"):
        why = why_words(step.output["missed"])
        return gettext("No second model looked at the answer: %(why)s") % {"why": why}
    statements = step.output.get("statements", ())
    untrue = "; ".join(f"“{each['words']}”" for each in statements if not each["so"])
    if untrue:
        words = gettext("Held its draft back. A second model found nothing that bears out: %(statements)s")
        return words % {"statements": Truncator(untrue).chars(QUOTED)}
    return (
        ngettext(
            "A second model looked at the answer: its %(number)s statement is so",
            "A second model looked at the answer: all of its %(number)s statements are so",
            len(statements),
        )
        % {"number": len(statements)}
        if statements
        else gettext("A second model looked at the answer: it states nothing")
    )


def _not_asked(step: Step) -> str:
    """ "claude-haiku-5-5 could not answer: its vendor is overloaded" """
    model = step.output.get("model") or gettext("The language model")
    why = why_words(str(step.output.get("error", "")))
    withheld = step.name == "model_withheld"
    if not why:
        return (gettext("%(model)s was not asked") if withheld else gettext("%(model)s could not answer")) % {
            "model": model
        }
    words = gettext("%(model)s was not asked: %(why)s") if withheld else gettext("%(model)s could not answer: %(why)s")
    return words % {"model": model, "why": why}


def _model(output: Mapping[str, Any]) -> str:
    asked = [str(block.get("name")) for block in output.get("blocks", []) if block.get("type") == "tool_call"]
    if not asked:
        return gettext("Wrote the answer")
    return gettext("Decided to %(act)s") % {"act": pgettext("acts", " and to ").join(_doing(name) for name in asked)}


def _tool(name: str, given: Mapping[str, Any], output: Mapping[str, Any]) -> str:
    if name == "find_slots":
        return _found(given, output)
    for done, words in _DONE.items():
        if isinstance(output.get(done), dict):
            return str(words) % {"appointment": _appointment(output[done])}
    if name == "hand_over":
        return gettext("Handed over to the team")
    if name == "my_appointments":
        found = len(output.get("appointments", [])) or pgettext("appointments", "none")
        return gettext("Looked up coming appointments: %(found)s") % {"found": found}
    if name == "about_the_business":
        return gettext("Looked up: %(topic)s") % {"topic": str(given.get("topic", "")).replace("_", " ")}
    if name == "search_knowledge":
        titles = dict.fromkeys(str(each.get("title", "")) for each in output.get("passages", []))
        found_titles = ", ".join(titles) or gettext("nothing about it")
        return gettext("Looked into the knowledge: %(titles)s") % {"titles": found_titles}
    return (
        gettext("Decided to %(act)s") % {"act": _DOING[name]} if name in _DOING else name.replace("_", " ").capitalize()
    )


def _found(given: Mapping[str, Any], output: Mapping[str, Any]) -> str:
    offers = len(output.get("offers", []))
    service = output.get("service") or given.get("service") or ""
    near = len(output.get("nearest", []))
    if offers:
        times = ngettext("%(number)s free time", "%(number)s free times", offers) % {"number": offers}
    elif near:
        times = gettext("nothing free, %(number)s times nearby") % {"number": near}
    else:
        times = gettext("nothing free")
    day = _day(str(given.get("date", "")))
    return gettext("Looked for %(service)s from %(day)s: %(times)s") % {"service": service, "day": day, "times": times}


def _appointment(line: Mapping[str, Any]) -> str:
    day, _, time = str(line.get("start", "")).partition("T")
    return (
        gettext("%(service)s with %(practitioner)s, %(day)s %(time)s")
        % {
            "service": line.get("service", ""),
            "practitioner": line.get("practitioner", ""),
            "day": _day(day),
            "time": time,
        }
    ).strip()


def _day(text: str) -> str:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return text
    return shown(day, "D j M")
