"""Numbers that say how often and how many: series ("every two weeks, six times") and places ("three places").

A small grammar over one table of patterns per language (languages/*_together); dates and times are for
calendar_sync.when.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agents.llm.guided.languages import Counting as Table
from agents.llm.guided.languages import Language

MONTH = 365 / 12  # days
WEEK = 7


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """A series as it was asked for, sense or not: "-3 times" is for the flow to refuse in words."""

    every_days: int
    times: int | None = None

    @property
    def weeks(self) -> int:
        return self.every_days // WEEK


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What a message counts. `times` without an interval may be that of a series that is being talked about.

    `spans`: where it stands, so that nobody takes it for a time.
    """

    rhythm: Rhythm | None = None
    times: int | None = None
    seats: int | None = None
    spans: tuple[tuple[int, int], ...] = ()


NOTHING = Counted()


def counted(bare: str, language: Language, *, groups: bool, expecting: str = "") -> Counted:
    """`bare`: without accents. `groups`: places in a class can be booked. `expecting`: "times", "every" or "seats" when
    a lone number answers that question.
    """
    table = language.counting
    seats, spans = _seats(bare, table) if groups else (None, [])
    found = _series(_without(bare, spans), table) if table.trigger.search(bare) else NOTHING
    alone = table.alone.search(bare) if expecting in ("times", "every", "seats") else None
    if alone and found is NOTHING and seats is None:
        number = _number(alone, table)
        assert number is not None
        return _answered(expecting, number, alone.span(1))
    if seats is None:
        return found
    return Counted(rhythm=found.rhythm, times=found.times, seats=seats, spans=(*found.spans, *spans))


def _answered(expecting: str, number: int, span: tuple[int, int]) -> Counted:
    if expecting == "seats":
        return Counted(seats=number, spans=(span,))
    if expecting == "every":
        return Counted(rhythm=Rhythm(every_days=number * WEEK), spans=(span,))
    return Counted(times=number, spans=(span,))


def _series(bare: str, table: Table) -> Counted:
    interval, span = _interval(bare, table)
    rest = _without(bare, [span] if span else [])
    counts = list(_counts(rest, table))
    if interval is None:
        weak = table.weak.search(bare)
        if not (weak and counts):
            return Counted(times=next((number for unit, number, _ in counts if unit == "times"), None))
        interval, span = WEEK, weak.span()
    assert span is not None
    times = next((_times(unit, number, interval) for unit, number, _ in counts), None)
    spans = (span, *(place for _, _, place in counts))
    return Counted(rhythm=Rhythm(every_days=interval, times=times), times=times, spans=spans)


def _interval(bare: str, table: Table) -> tuple[int | None, tuple[int, int] | None]:
    for pattern, days in table.intervals:
        match = pattern.search(bare)
        if match:
            number = _number(match, table)
            return days * (1 if number is None else number), match.span()
    return None, None


def _counts(bare: str, table: Table) -> Iterator[tuple[str, int, tuple[int, int]]]:
    """Each with its unit. "Once" and "a time" count nothing."""
    for pattern, unit in table.counts:
        match = pattern.search(bare)
        number = _number(match, table) if match else None
        if (
            match
            and number is not None
            and not (number == 1 and unit == "times" and not any(map(str.isdigit, match[0])))
        ):
            yield unit, number, match.span()


def _times(unit: str, number: int, every_days: int) -> int:
    if unit == "times" or every_days < 1:
        return number
    return int(number * (WEEK if unit == "weeks" else MONTH)) // every_days


def _seats(bare: str, table: Table) -> tuple[int | None, list[tuple[int, int]]]:
    for pattern, fixed in table.seats:
        match = pattern.search(bare)
        if match:
            number = _number(match, table)
            return (fixed if number is None else number), [match.span(1) if number is not None else match.span()]
    return None, []


def _number(match: re.Match[str], table: Table) -> int | None:
    said = next((group for group in match.groups() if group), "").lower()
    return int(said) if said.lstrip("-").isdigit() else table.numbers.get(said)


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
