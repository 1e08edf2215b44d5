"""Replies that are so, and replies that are not, in five languages; and the practice that they are said in.

A line of tests/agents/claims/*.txt is `state|text`, or `state!what the patient wrote|text`. It is Monday 23 November
2026, 08:00. states: nothing (no appointment); booked (#1042, a check-up with Dr Ada Silva, Tuesday 14:00); offered
(find_slots gave Tuesday 09:00 and 10:30 with Dr Silva, Wednesday 15:30 with Dr Weber); moved (#1042 from Tuesday 14:00
to Wednesday 15:30 with Dr Weber); cancelled (#1042, Tuesday 14:00).
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agents.runtime.outgoing_check import Change, Committed, Heard, Standing, unfounded
from agents.types import Entry, Text, ToolCall, ToolOutcome
from tests.guided.desk import brief_of

FOLDER = Path(__file__).parent / "claims"
TUESDAY, WEDNESDAY = dt.datetime(2026, 11, 24, 14), dt.datetime(2026, 11, 25, 15, 30)
SILVA, WEBER = "Dr Ada Silva", "Dr Ben Weber"
BRIEF = brief_of(
    "dentist",
    now="2026-11-23T08:00",
    practitioners=(SILVA, WEBER),
    opening_hours=(
        *(f"{day} 08:30–17:30" for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")),
        "Saturday closed",
        "Sunday closed",
    ),
)
BOOKED = Standing(start=TUESDAY, practitioner=SILVA, service="Check-up", reference="#1042")
MOVED = Standing(start=WEDNESDAY, practitioner=WEBER, service="Check-up", reference="#1042")
STATES: dict[str, Committed] = {
    "nothing": Committed(),
    "offered": Committed(),
    "booked": Committed(coming=[BOOKED]),
    "moved": Committed(coming=[MOVED], moved=[Change(what=MOVED, before=TUESDAY, after=WEDNESDAY)]),
    "cancelled": Committed(cancelled=[Change(what=BOOKED, before=TUESDAY)]),
}


@dataclass(frozen=True, kw_only=True)
class Said:
    state: str
    text: str
    asked: str = "Hello"

    @property
    def faults(self) -> list[str]:
        heard = Heard(brief=BRIEF, transcript=self._transcript(), said=self.text, tools=("find_slots", "hand_over"))
        return unfounded(self.text, STATES[self.state], heard)

    def _transcript(self) -> list[Entry]:
        entries = [Entry(role="patient", blocks=(Text(text=self.asked),))]
        if self.state == "offered":
            call = ToolCall(id="a", name="find_slots", arguments={"date": "2026-11-24"})
            offers = [("2026-11-24T09:00", SILVA), ("2026-11-24T10:30", SILVA), ("2026-11-25T15:30", WEBER)]
            content: dict[str, Any] = {
                "status": "ok",
                "service": "Check-up",
                "offers": [
                    {
                        "slot": f"s.{start}",
                        "start": start,
                        "weekday": f"{dt.datetime.fromisoformat(start):%A}",
                        "practitioner": who,
                    }
                    for start, who in offers
                ],
            }
            outcome = ToolOutcome(call_id="a", name="find_slots", content=content)
            entries += [Entry(role="assistant", blocks=(call,)), Entry(role="tools", blocks=(outcome,))]
        return entries


def said(name: str) -> Iterator[Said]:
    """The lines of `lies_en.txt` and the like."""
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        state, _, text = line.partition("|")
        state, _, asked = state.partition("!")
        yield Said(state=state, text=text.replace("\\n", "\n"), asked=asked or "Hello")
