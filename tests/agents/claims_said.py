"""Replies that are so, and replies that are not, in five languages; and the businesses that they are said in.

A line of tests/agents/claims/*.txt is `state|text`, or `state!what the patient wrote|text`. It is Monday 23 November
2026, 08:00. States of the dentist: nothing (no appointment); booked (#1042, a check-up with Dr Ada Silva, Tuesday
14:00); offered (find_slots gave Tuesday 09:00 and 10:30 with Dr Silva, Wednesday 15:30 with Dr Weber); held (the same,
and Tuesday 10:30 is kept for them); moved (#1042 from Tuesday 14:00 to Wednesday 15:30 with Dr Weber); cancelled
(#1042, Tuesday 14:00); policy (nothing, but there are instructions and a passage of knowledge); waiting (they joined
the waiting list). The same of the hairdresser begin with `salon/`: booked is #2077, a haircut with Mia Brandt,
Thursday 16:15; offered are Thursday 11:00 and 17:30 with her and Saturday 09:45 with Jonas Keller; moved goes to Friday
12:00 with Jonas Keller. Those of the physiotherapist begin with `physio/`: booked is #3310, Wednesday 17:00 with Laura
Gómez; offered are Wednesday 09:00 and 18:30 with her and Thursday 12:00 with Iván Ruiz; moved goes to Friday 09:30 with
Iván Ruiz; 8 December is a holiday.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agents.runtime.outgoing.checking import faults
from agents.runtime.outgoing_check import Change, Committed, Heard, Standing, unfounded
from agents.types import Brief, Entry, ServiceBrief, SpecialDay, Text, ToolCall, ToolOutcome
from tests.guided.desk import brief_of

FOLDER = Path(__file__).parent / "claims"
NAMES = ("Maria Lopes",)
SILVA, WEBER, BRANDT, KELLER = "Dr Ada Silva", "Dr Ben Weber", "Mia Brandt", "Jonas Keller"
GOMEZ, RUIZ = "Laura Gómez", "Iván Ruiz"
INSTRUCTIONS = (
    "Visits cancelled less than 24 hours before are charged £20. New patients fill in a form and come 10 minutes "
    "early. Children under 5 are seen free of charge. Payment by card or cash, no cheques."
)
PASSAGE = "Parking: behind the house, £2 an hour. The entrance is on Mill Lane. By bus: lines 6 and 28 to Town Hall."


@dataclass(frozen=True, kw_only=True)
class World:
    """A business with what may be booked, moved and offered in it."""

    brief: Brief
    booked: Standing
    moved: Standing
    offers: Sequence[tuple[str, str]]  # start, practitioner
    held: int = 1  # which of them


def _dentist() -> World:
    week = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
    brief = brief_of(
        "dentist",
        now="2026-11-23T08:00",
        practitioners=(SILVA, WEBER),
        opening_hours=(*(f"{day} 08:30–17:30" for day in week), "Saturday closed", "Sunday closed"),
    )
    return World(
        brief=brief,
        booked=_standing("2026-11-24T14:00", SILVA, "Check-up", "#1042"),
        moved=_standing("2026-11-25T15:30", WEBER, "Check-up", "#1042"),
        offers=(("2026-11-24T09:00", SILVA), ("2026-11-24T10:30", SILVA), ("2026-11-25T15:30", WEBER)),
    )


def _salon() -> World:
    week = ("Tuesday", "Wednesday", "Thursday", "Friday")
    listed = (("Haarschnitt", 45, "38 €"), ("Farbe", 90, "72 €"), ("Bartpflege", 20, "18 €"))
    brief = brief_of(
        "hair_salon",
        now="2026-11-23T08:00",
        business="Haarwerk",
        language="de",
        country="DE",
        currency="EUR",
        timezone="Europe/Berlin",
        practitioners=(BRANDT, KELLER),
        services=tuple(
            ServiceBrief(name=name, minutes=minutes, price=price, practitioners=(BRANDT, KELLER))
            for name, minutes, price in listed
        ),
        opening_hours=(
            "Monday closed",
            *(f"{day} 10:00–19:00" for day in week),
            "Saturday 09:00–14:00",
            "Sunday closed",
        ),
        address="Lindenstraße 8, 10969 Berlin",
        phone="030 5550188",
    )
    return World(
        brief=brief,
        booked=_standing("2026-11-26T16:15", BRANDT, "Haarschnitt", "#2077"),
        moved=_standing("2026-11-27T12:00", KELLER, "Haarschnitt", "#2077"),
        offers=(("2026-11-26T11:00", BRANDT), ("2026-11-26T17:30", BRANDT), ("2026-11-28T09:45", KELLER)),
    )


def _physio() -> World:
    week = ("Monday", "Tuesday", "Wednesday", "Thursday")
    listed = (("Fisioterapia", 50, "45 €"), ("Primera consulta", 60, "55 €"), ("Masaje deportivo", 30, "35 €"))
    brief = brief_of(
        "physiotherapist",
        now="2026-11-23T08:00",
        business="Fisio Norte",
        language="es",
        country="ES",
        currency="EUR",
        timezone="Europe/Madrid",
        practitioners=(GOMEZ, RUIZ),
        services=tuple(
            ServiceBrief(name=name, minutes=minutes, price=price, practitioners=(GOMEZ, RUIZ))
            for name, minutes, price in listed
        ),
        opening_hours=(
            *(f"{day} 08:00–13:00, 15:00–20:00" for day in week),
            "Friday 08:00–15:00",
            "Saturday closed",
            "Sunday closed",
        ),
        special_days=(SpecialDay(date=dt.date(2026, 12, 8), hours="", reason="Fiesta"),),
        address="Calle Mayor 4, 28013 Madrid",
        phone="91 555 01 44",
    )
    return World(
        brief=brief,
        booked=_standing("2026-11-25T17:00", GOMEZ, "Fisioterapia", "#3310"),
        moved=_standing("2026-11-27T09:30", RUIZ, "Fisioterapia", "#3310"),
        offers=(("2026-11-25T09:00", GOMEZ), ("2026-11-25T18:30", GOMEZ), ("2026-11-26T12:00", RUIZ)),
    )


def _standing(start: str, who: str, service: str, reference: str) -> Standing:
    return Standing(start=dt.datetime.fromisoformat(start), practitioner=who, service=service, reference=reference)


WORLDS: Mapping[str, World] = {"dentist": _dentist(), "salon": _salon(), "physio": _physio()}


@dataclass(frozen=True, kw_only=True)
class Said:
    state: str  # "booked", "salon/booked"
    text: str
    asked: str = "Hello"

    @property
    def world(self) -> World:
        return WORLDS[self.state.rpartition("/")[0] or "dentist"]

    @property
    def faults(self) -> list[str]:
        return unfounded(self.text, self.committed, self.heard)

    @property
    def nets(self) -> list[str]:
        """What is found, with the check that found it: "time (times)"."""
        found = faults(self.text, self.committed, self.heard)
        return [f"{each.kind} ({each.net})" for each in found]

    @property
    def heard(self) -> Heard:
        state = self.state.rpartition("/")[2]
        brief = self.world.brief
        if state == "policy":
            brief = Brief(**{**vars_of(brief), "instructions": INSTRUCTIONS})
        entries = [Entry(role="patient", blocks=(Text(text=self.asked),)), *self._tools(state)]
        return Heard(brief=brief, transcript=entries, said=self.text, tools=("find_slots", "hand_over"))

    @property
    def committed(self) -> Committed:
        state = self.state.rpartition("/")[2]
        booked, moved = self.world.booked, self.world.moved
        if state == "booked":
            return Committed(coming=[booked], names=NAMES)
        if state == "moved":
            return Committed(
                coming=[moved],
                moved=[Change(what=moved, before=booked.start, after=moved.start, before_with=booked.practitioner)],
                names=NAMES,
            )
        if state == "cancelled":
            return Committed(cancelled=[Change(what=booked, before=booked.start)], names=NAMES)
        return Committed(names=NAMES)

    def _tools(self, state: str) -> list[Entry]:
        if state in ("offered", "held"):
            entries = _called(
                "find_slots", {"status": "ok", "service": self.world.booked.service, "offers": self._offers}
            )
            if state == "held":
                entries += _called(
                    "hold_slot", {"status": "ok", "held_until": "2026-11-23T08:10", **self._offers[self.world.held]}
                )
            return entries
        if state == "policy":
            passage = {"id": 1, "title": "Getting here", "heading": "", "text": PASSAGE}
            return _called("search_knowledge", {"status": "ok", "passages": [passage]})
        if state == "waiting":
            return _called("join_waitlist", {"status": "ok", "service": self.world.booked.service})
        return []

    @property
    def _offers(self) -> list[dict[str, Any]]:
        return [
            {
                "slot": f"s.{start}",
                "start": start,
                "weekday": f"{dt.datetime.fromisoformat(start):%A}",
                "practitioner": who,
            }
            for start, who in self.world.offers
        ]


def vars_of(brief: Brief) -> dict[str, Any]:
    return {name: getattr(brief, name) for name in brief.__dataclass_fields__}


def _called(name: str, content: dict[str, Any]) -> list[Entry]:
    call = ToolCall(id=name, name=name, arguments={})
    outcome = ToolOutcome(call_id=name, name=name, content=content)
    return [Entry(role="assistant", blocks=(call,)), Entry(role="tools", blocks=(outcome,))]


def said(name: str) -> Iterator[Said]:
    """The lines of `lies_en.txt` and the like."""
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        state, _, text = line.partition("|")
        state, _, asked = state.partition("!")
        yield Said(state=state, text=text.replace("\\n", "\n"), asked=asked or "Hello")
