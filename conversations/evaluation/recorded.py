"""Recorded dialogues, and the agreeable patient who answers when a recording is used up.

A line of the file: {"id", "business": "dentist" | "doctor" | "hair salon" | …, "today": ISO date, "turns":
[{"speaker": "user" | "system", "text", "date": [words], "time": [words]}…], "booked": {"date", "time"}}.

A line may also say {"language": "de", "country": "DE"}, give what the person writes as "said": [texts] with "wish" in
their own words, have "booked": [ISO starts] (none, or several), "before": [ISO starts of appointments that they have
already], "service": the name that is booked, and "handed_over": true. "{n}" in a text stands for the number of the
listed time that is wanted.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agents.llm.guided.languages import all_languages
from calendar_sync.when import for_booking

_OPTION = re.compile(r"^\s*\d+[.)] +(.+)$", re.MULTILINE)
_ASKS_FOR_YES = re.compile(
    r"\b(shall i|should i|is that right|is this right|correct|confirm|just say yes)\b", re.IGNORECASE
)
_YES = {"en": "Yes", "de": "Ja", "es": "Sí", "fr": "Oui", "pt": "Sim"}
_NUMBER = "{n}"


@dataclass(frozen=True, kw_only=True)
class Dialogue:
    """One recording; `booked` and `before` are local starts."""

    id: str
    business: str
    today: dt.date
    said: tuple[str, ...]
    wish: str  # the last date and time in the person's own words: "March 13th at 10:30 am"
    booked: tuple[dt.datetime, ...]
    language: str = "en"
    country: str = "GB"
    before: tuple[dt.datetime, ...] = ()
    service: str = ""  # "" : any will do
    handed_over: bool = False


def read_dialogues(path: Path) -> Iterator[Dialogue]:
    """Raises ValueError, naming the line, for one that is not a dialogue."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    yield _dialogue(json.loads(line))
                except (KeyError, TypeError, AttributeError, ValueError) as error:
                    raise ValueError(f"{path}, line {number}: not a recorded dialogue ({error!r})") from error


def said_in_answer(dialogue: Dialogue, text: str, asked: str, now: dt.datetime) -> str:
    """A recorded text, with the number of the listed time that is wanted; "" where it was not listed."""
    if _NUMBER not in text:
        return text
    number = _matching(dialogue, asked, now)
    return text.replace(_NUMBER, str(number)) if number else ""


def answer_of_agreeable_patient(dialogue: Dialogue, asked: str, now: dt.datetime) -> str:
    """What somebody says who wants what was recorded, and has nothing against the rest. `now` is local."""
    number = _matching(dialogue, asked, now)
    if number:
        return str(number)
    options = _OPTION.findall(asked)
    if options:
        timed = any(for_booking(each, now=now, language=dialogue.language).options for each in options)
        return dialogue.wish if timed else "1"
    if _asks_for_yes(asked):
        return _YES.get(dialogue.language, _YES["en"])
    return dialogue.wish


def asks_something(said: str, *, settled: bool) -> bool:
    """Whether the assistant waits for an answer; whoever has an appointment answers only what is about to be done."""
    if settled:
        return bool(_asks_for_yes(said) or _OPTION.search(said))
    return "?" in said


def _asks_for_yes(said: str) -> bool:
    ours = [
        table.questions[name] for table in all_languages() for name in ("confirm", "confirm_move", "confirm_cancel")
    ]
    return bool(_ASKS_FOR_YES.search(said)) or any(question in said for question in ours)


def _matching(dialogue: Dialogue, asked: str, now: dt.datetime) -> int:
    """The number of the option that is what was booked in the end; 0 where none is."""
    options = _OPTION.findall(asked)
    return next((n for n, option in enumerate(options, start=1) if _is_booked(option, dialogue, now)), 0)


def _is_booked(option: str, dialogue: Dialogue, now: dt.datetime) -> bool:
    choices = for_booking(option, now=now, language=dialogue.language).options
    return any(choice.date and choice.time for choice in choices) and any(
        _is_exactly(choice.date.readings[0].first, choice.time.readings[0].start, booked)
        for choice in choices
        if choice.date and choice.time
        for booked in dialogue.booked
    )


def _is_exactly(day: dt.date, moment: dt.time | None, booked: dt.datetime) -> bool:
    return moment is not None and dt.datetime.combine(day, moment) == booked


def _dialogue(row: dict[str, Any]) -> Dialogue:
    turns = [turn for turn in row.get("turns", ()) if turn["speaker"] == "user"]
    date = next((turn["date"][0] for turn in reversed(turns) if turn["date"]), "")
    time = next((turn["time"][0] for turn in reversed(turns) if turn["time"]), "")
    said = row["said"] if "said" in row else [turn["text"] for turn in turns]
    return Dialogue(
        id=str(row["id"]),
        business=str(row["business"]),
        today=dt.date.fromisoformat(str(row["today"])),
        said=tuple(map(str, said)),
        wish=str(row.get("wish") or " at ".join(part for part in (date, time) if part)),
        booked=_starts(row["booked"]),
        language=str(row.get("language", "en")),
        country=str(row.get("country", "GB")),
        before=_starts(row.get("before", ())),
        service=str(row.get("service", "")),
        handed_over=bool(row.get("handed_over", False)),
    )


def _starts(value: Any) -> tuple[dt.datetime, ...]:
    if isinstance(value, dict):
        return (dt.datetime.fromisoformat(f"{value['date']}T{value['time']}"),)
    return tuple(sorted(dt.datetime.fromisoformat(each) for each in value))
