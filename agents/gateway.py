"""What a turn may do: a look at each skill call before it runs, and at what was refused after it.

The skills themselves see only this contact's own patients, appointments and offers. The gateway adds what a skill
can't know: how much one turn may change, and that nobody's appointment is given up unless its owner spoke of it. Words
in knowledge, names, event titles or tool results are no such wish, whatever they tell the model.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from agents.llm.guided.languages import all_languages
from agents.llm.guided.words import unaccented
from agents.models import Step
from agents.types import Entry, SkillContext, ToolCall, ToolOutcome
from calendar_sync import tickets
from calendar_sync.errors import TicketRefused
from calendar_sync.models import Appointment
from calendar_sync.verified import open_to
from tenants.audit import record

MOST = {  # effects of a kind in one turn
    "book_appointment": 4,
    "book_series": 1,
    "plan_series": 3,
    "cancel_appointment": 4,
    "reschedule_appointment": 4,
    "undo_change": 2,
    "hold_slot": 3,
    "join_waitlist": 3,
    "answer_offer": 2,
    "confirm_appointment": 4,
    "running_late": 2,
    "verify_patient": 3,
    "verify_with_code": 3,
}
GIVES_UP = {  # skills that give up a time that the patient has → what the guided flow calls such a wish
    "cancel_appointment": ("cancel", "move"),
    "reschedule_appointment": ("move", "cancel", "late"),
    "undo_change": ("undo", "cancel", "stop", "no"),
}
REMEMBERED = 30  # entries of the transcript in which the patient may have said so
TOO_MANY = "That is enough of this kind for one answer: tell the patient what was done, or hand over."
ASK_FIRST = "The patient has not spoken of that. Ask them, say which appointment is meant, and wait for their answer."
SHORTEST = 6  # characters of a date, or of a code
PROOFS = {"verify_patient": "date_of_birth", "verify_with_code": "code"}  # skill → what only the patient can know
NOT_WRITTEN = "Pass it exactly as the patient wrote it in this conversation; else ask them for it."
_NUMBER = re.compile(r"#\s?(\d{4,12})")
_TAPPED = re.compile(r"\[choice:(?:cancel|change|yes|no|decline)", re.IGNORECASE)


def refusal(call: ToolCall, steps: Sequence[Step], transcript: Sequence[Entry]) -> str:
    """Why a call may not run, for the model; "" when it may."""
    done = sum(
        step.name == call.name and step.status == Step.Status.OK for step in steps if step.kind == Step.Kind.TOOL
    )
    if done >= MOST.get(call.name, done + 1):
        return TOO_MANY
    number = str(call.arguments.get("appointment") or "")
    if call.name in GIVES_UP and not _spoken_of(GIVES_UP[call.name], number, transcript[-REMEMBERED:]):
        return ASK_FIRST
    if call.name in PROOFS and not _written(call.arguments.get(PROOFS[call.name]), transcript):
        return NOT_WRITTEN
    return ""


def _written(text: object, transcript: Sequence[Entry]) -> bool:
    """A date of birth or a code proves something only from the patient's own hand: not guessed, nor read in notes."""
    said = " ".join(str(text or "").casefold().split())
    own = (" ".join(each.text.casefold().split()) for each in transcript[-REMEMBERED:] if each.role == "patient")
    return len(said) >= SHORTEST and any(said in each for each in own)


def _spoken_of(wishes: Sequence[str], number: str, transcript: Sequence[Entry]) -> bool:
    """In the patient's own words, of no other appointment; or in answer to a question of ours."""
    asked = False
    for entry in transcript:
        if entry.role == "assistant" and not entry.calls:
            asked = asked or "?" in entry.text
        elif entry.role == "patient":
            named = _NUMBER.findall(entry.text)
            own = not named or not number or number.lstrip("# ") in named
            if asked or entry.about or _TAPPED.search(entry.text) or (own and _wishes(entry.text, tuple(wishes))):
                return True
    return False


def _wishes(text: str, wishes: tuple[str, ...]) -> bool:
    plain = unaccented(text.casefold())
    return any(pattern.search(plain) for pattern in _patterns(wishes))


@lru_cache(maxsize=8)
def _patterns(wishes: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(language.words[wish] for language in all_languages() for wish in wishes if wish in language.words)


def note_refused(context: SkillContext, call: ToolCall, arguments: Mapping[str, Any], outcome: ToolOutcome) -> None:
    """Somebody else's appointment or ticket was named: the audit trail keeps it, without a word of what it is."""
    if not outcome.is_error:
        return
    named = str(arguments.get("appointment") or arguments.get("moving") or "")
    digits = re.search(r"\d{4,12}", named)
    if digits:
        others = Appointment.objects.filter(pk=int(digits[0]) - 1000).exclude(open_to(context.contact_id))
        if others.exists():
            _record(context, call.name, f"appointment {int(digits[0]) - 1000}")
    for ticket in str(arguments.get("slot") or "").split("+")[:4]:
        try:
            tickets.read(context.business, ticket, contact_id=context.contact_id)
        except TicketRefused as error:
            if error.reason in ("other contact", "forged"):
                _record(context, call.name, "slot ticket")
                return


def _record(context: SkillContext, skill: str, subject: str) -> None:
    record(context.business, None, "assistant.refused", subject, skill=skill, turn=context.turn_id)
