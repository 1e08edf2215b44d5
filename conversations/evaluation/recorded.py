"""Recorded dialogues, and the agreeable patient who answers when a recording is used up.

A line of the file: {"id", "business": "dentist" | "doctor" | "hair salon" | …, "today": ISO date, "turns":
[{"speaker": "user" | "system", "text", "date": [words], "time": [words]}…], "booked": {"date", "time"}}.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from calendar_sync.when import for_booking

_OPTION = re.compile(r"^\s*\d+[.)] +(.+)$", re.MULTILINE)
_ASKS_FOR_YES = re.compile(
    r"\b(shall i|should i|is that right|is this right|correct|confirm|just say yes)\b", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Dialogue:
    """One recording; `booked` is local time."""

    id: str
    business: str
    today: dt.date
    said: tuple[str, ...]
    wish: str  # the last date and time in the person's own words: "March 13th at 10:30 am"
    booked: dt.datetime


def read_dialogues(path: Path) -> Iterator[Dialogue]:
    """Raises ValueError, naming the line, for one that is not a dialogue."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    yield _dialogue(json.loads(line))
                except (KeyError, TypeError, AttributeError, ValueError) as error:
                    raise ValueError(f"{path}, line {number}: not a recorded dialogue ({error!r})") from error


def answer_of_agreeable_patient(dialogue: Dialogue, asked: str, now: dt.datetime) -> str:
    """What somebody says who wants what was recorded, and has nothing against the rest. `now` is local."""
    options = _OPTION.findall(asked)
    matching = [n for n, option in enumerate(options, start=1) if _is_booked(option, dialogue, now)]
    if matching:
        return str(matching[0])
    if options:
        return dialogue.wish if any(for_booking(each, now=now).options for each in options) else "1"
    if _ASKS_FOR_YES.search(asked):
        return "Yes"
    return dialogue.wish


def asks_something(said: str, *, settled: bool) -> bool:
    """Whether the assistant waits for an answer; whoever has an appointment answers only what is about to be done."""
    if settled:
        return bool(_ASKS_FOR_YES.search(said) or _OPTION.search(said))
    return "?" in said


def _is_booked(option: str, dialogue: Dialogue, now: dt.datetime) -> bool:
    choices = for_booking(option, now=now).options
    return any(choice.date and choice.time for choice in choices) and any(
        _is_exactly(choice.date.readings[0].first, choice.time.readings[0].start, dialogue.booked)
        for choice in choices
        if choice.date and choice.time
    )


def _is_exactly(day: dt.date, moment: dt.time | None, booked: dt.datetime) -> bool:
    return moment is not None and dt.datetime.combine(day, moment) == booked


def _dialogue(row: dict[str, object]) -> Dialogue:
    turns = [turn for turn in row["turns"] if turn["speaker"] == "user"]  # type: ignore[attr-defined]
    date = next((turn["date"][0] for turn in reversed(turns) if turn["date"]), "")
    time = next((turn["time"][0] for turn in reversed(turns) if turn["time"]), "")
    booked = row["booked"]
    return Dialogue(
        id=str(row["id"]),
        business=str(row["business"]),
        today=dt.date.fromisoformat(str(row["today"])),
        said=tuple(turn["text"] for turn in turns),
        wish=" at ".join(part for part in (date, time) if part),
        booked=dt.datetime.fromisoformat(f"{booked['date']}T{booked['time']}"),  # type: ignore[index]
    )
