"""Why the assistant did something: the patient's words before it, its version, what it rested on, what it offered."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from agents.models import Step, Turn
from calendar_sync.models import AppointmentChange
from conversations.models import Handoff, Message
from escalations import step_words
from tenants.formats import plainly

BEFORE = 4  # turns that led to it: times are offered in one, chosen in the next
BEFORE_WITHIN = dt.timedelta(hours=24)
WORDS_SHOWN = 8
OFFERS_SHOWN = 12


@dataclass(frozen=True, kw_only=True)
class Why:
    """One act of the assistant, explained to staff; the patient's words are real, steps are redacted."""

    what: str
    turn: Turn
    said: Sequence[Message]
    offered: Sequence[str]
    """Local times with their practitioners, as they were offered last before it."""
    steps: Sequence[dict[str, Any]]
    sources: Sequence[str]
    """Titles of the knowledge that the answer rests on."""
    because: str
    """Of a handoff: its reason, what set it off and its summary."""


def why_of_appointment(appointment_id: int) -> list[Why]:
    """What the assistant did to an appointment, oldest first; empty where it had no part in it."""
    changes = AppointmentChange.objects.filter(appointment_id=appointment_id, turn_id__isnull=False)
    told = {change.turn_id or 0: change.get_act_display() for change in changes.order_by("-pk")}
    turns = Turn.objects.filter(pk__in=told).select_related("version").order_by("pk")
    return [_why(turn, told[turn.pk]) for turn in turns]


def why_of_handoff(handoff: Handoff) -> Why | None:
    """None for one that no turn made, such as a failed delivery."""
    turn = Turn.objects.filter(pk=handoff.turn_id or 0).select_related("version").first()
    if turn is None:
        return None
    reason, set_off_by = handoff.get_reason_display(), handoff.set_off_by
    if set_off_by:
        reason = gettext("%(reason)s (set off by: %(trigger)s)") % {"reason": reason, "trigger": set_off_by}
    said_there = handoff.summary.startswith(reason)
    return _why(turn, gettext("Handed over"), handoff.told if said_there else f"{reason}. {handoff.told}".strip())


def _why(turn: Turn, what: str, because: str = "") -> Why:
    led = list(
        Turn.objects.filter(
            conversation_id=turn.conversation_id, pk__lte=turn.pk, started_at__gte=turn.started_at - BEFORE_WITHIN
        )
        .order_by("-pk")
        .values_list("pk", flat=True)[:BEFORE]
    )
    said = Message.objects.filter(
        conversation_id=turn.conversation_id, direction=Message.Direction.IN, answered_by__in=led
    )
    steps = list(Step.objects.filter(turn__in=led).order_by("turn", "index").select_related("turn"))
    own = [step for step in steps if step.turn_id == turn.pk]
    return Why(
        what=what,
        turn=turn,
        said=list(said.order_by("-pk")[:WORDS_SHOWN])[::-1],
        offered=_offered(steps),
        steps=[
            {"words": words, "icon": step_words.icon(step), "failed": step.status == "error"}
            for step, words in zip(own, step_words.sentences(own), strict=True)
        ],
        sources=[str(source.get("title", "")) for source in turn.sources],
        because=because,
    )


def offered_before(turns: Sequence[int]) -> list[str]:
    """Local times that the last of these turns with times has found."""
    steps = Step.objects.filter(turn__in=turns, name="find_slots").order_by("turn", "index")
    return _offered(list(steps))


def _offered(steps: Sequence[Step]) -> list[str]:
    """What find_slots answered in the last turn in which it found times; a turn may look several times."""
    found: dict[int, list[str]] = {}
    for step in steps:
        offers = (step.output.get("offers") or step.output.get("nearest")) if step.name == "find_slots" else None
        if isinstance(offers, list) and offers:
            times = [_time(offer) for offer in offers if isinstance(offer, dict)]
            found.setdefault(step.turn_id, []).extend(times)
    return list(dict.fromkeys(found[max(found)]))[:OFFERS_SHOWN] if found else []


def _time(offer: dict[str, Any]) -> str:
    try:
        start = dt.datetime.fromisoformat(str(offer.get("start", "")))
    except ValueError:
        return str(offer.get("start", ""))
    when = plainly(start, "D j M H:i")
    if not offer.get("practitioner"):
        return when
    return gettext("%(when)s with %(practitioner)s") % {"when": when, "practitioner": offer["practitioner"]}
