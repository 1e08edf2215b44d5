"""When somebody is free: pure functions, no database, no Django, no clock.

Hours are local and may repeat weekly or hold on one date (working_hours.py); everything else is a moment. A local
time that a clock change skips is never offered; one that happens twice is offered once, the first time.
"""

import datetime as dt
import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from calendar_sync.local_time import DAY, date_of, moment, walk
from calendar_sync.spans import ALWAYS, NEVER, Bar, Span, around, bars, crowded, joined, overlap, union
from calendar_sync.working_hours import DayRules, Hours, working_spans

__all__ = [
    "Calendar",
    "DayRules",
    "Demand",
    "Hours",
    "Period",
    "Pool",
    "free_starts",
    "is_busy",
    "merged",
    "moment",
    "period_of",
    "pool_bars",
    "without",
    "working_periods",
    "works_during",
]


@dataclass(frozen=True, slots=True)
class Period:
    """[starts_at, ends_at), aware."""

    starts_at: dt.datetime
    ends_at: dt.datetime

    def overlaps(self, other: "Period") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def holds(self, other: "Period") -> bool:
        return self.starts_at <= other.starts_at and other.ends_at <= self.ends_at

    @property
    def span(self) -> Span:
        """In whole seconds; a part of a second counts as one."""
        return math.floor(self.starts_at.timestamp()), math.ceil(self.ends_at.timestamp())


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """One practitioner's time at one location: hours, absences, what is taken, what the connected calendar says."""

    rules: DayRules
    time_off: Sequence[Span] = ()
    taken: Sequence[Span] = ()
    external: Sequence[Span] = ()
    travel: Sequence[Span] = ()  # what is taken at other locations, with the way there and back


@dataclass(frozen=True, kw_only=True)
class Demand:
    """What a service wants of somebody's time, in seconds.

    The treatment itself lies within working hours and outside time off. The buffers only keep off what is taken.
    """

    length: int
    before: int = 0
    after: int = 0
    grid: int = 15 * 60  # on the local clock, counted from the beginning of each period of work


@dataclass(frozen=True, kw_only=True)
class Pool:
    """The resources of one kind at a place, each by its taken spans, and how many of them are needed at once."""

    taken: Sequence[Sequence[Span]]
    needed: int = 1


def free_starts(calendar: Calendar, demand: Demand, window: Period, *, barred: Iterable[Bar] = ()) -> list[int]:
    """Every start within the window at which the demand fits; in order, in seconds since 1970.

    `barred`: starts that something else forbids (`pool_bars`). Linear in the days of the window and what is taken.
    """
    begin, end = (math.ceil(each.timestamp()) for each in (window.starts_at, window.ends_at))
    if demand.length <= 0 or demand.grid <= 0:
        raise ValueError("length and grid are longer than nothing")
    zone = calendar.rules.zone
    spans = working_spans(calendar.rules, date_of(begin, zone) - DAY, date_of(end, zone) + DAY)
    whole = union(spans)
    blocked = joined([*_own_bars(calendar, demand), *barred])
    found: list[int] = []
    place = 0
    for first, last in spans:
        if last <= begin or first >= end:
            continue
        home = around(whole, first)
        assert home is not None, "a span is in the union of all"
        latest = min(last - 1, home[1] - demand.length, end - 1)
        while place < len(blocked) and blocked[place][1] <= first:
            place += 1
        starts = walk(first, latest, demand.grid, zone)
        _keep_clear(starts[bisect_left(starts, begin) :], blocked, place, found)
    return sorted(set(found))  # periods of a day may overlap by mistake; a start is offered once


def pool_bars(pools: Iterable[Pool], demand: Demand) -> list[Bar]:
    """Starts at which a pool has too few that are free all the time, buffers included."""
    found: list[Bar] = []
    for pool in pools:
        spare = len(pool.taken) - pool.needed
        if spare < 0:
            return [ALWAYS]
        each = (joined(bars(taken, demand.before, demand.length + demand.after)) for taken in pool.taken)
        found.extend(crowded(each, spare))
    return found


def working_periods(rules: DayRules, window: Period) -> list[Period]:
    """The rules' periods that touch the window, as moments in UTC, in order; those that touch are one."""
    begin, end = window.span
    spans = working_spans(rules, date_of(begin, rules.zone) - DAY, date_of(end, rules.zone) + DAY)
    return [period_of(each) for each in union(spans) if each[0] < end and begin < each[1]]


def period_of(span: Span) -> Period:
    return Period(dt.datetime.fromtimestamp(span[0], dt.UTC), dt.datetime.fromtimestamp(span[1], dt.UTC))


def works_during(calendar: Calendar, period: Period) -> bool:
    """Whether the period lies within working hours and outside all time off."""
    if overlap(calendar.time_off, period.span):
        return False
    return any(each.holds(period) for each in working_periods(calendar.rules, period))


def is_busy(calendar: Calendar, period: Period) -> bool:
    return overlap(calendar.taken, period.span) or overlap(calendar.external, period.span)


def merged(periods: Iterable[Period]) -> list[Period]:
    """The same time as disjoint periods, in order."""
    joined: list[Period] = []
    for each in sorted(periods, key=lambda each: each.starts_at):
        if each.ends_at <= each.starts_at:
            continue
        if joined and each.starts_at <= joined[-1].ends_at:
            if each.ends_at > joined[-1].ends_at:
                joined[-1] = Period(joined[-1].starts_at, each.ends_at)
        else:
            joined.append(each)
    return joined


def without(periods: Iterable[Period], hole: Period) -> list[Period]:
    """The periods with the hole cut out."""
    left: list[Period] = []
    for each in periods:
        if not each.overlaps(hole):
            left.append(each)
            continue
        if each.starts_at < hole.starts_at:
            left.append(Period(each.starts_at, hole.starts_at))
        if hole.ends_at < each.ends_at:
            left.append(Period(hole.ends_at, each.ends_at))
    return left


def _own_bars(calendar: Calendar, demand: Demand) -> Iterator[Bar]:
    yield from bars(calendar.time_off, 0, demand.length)
    yield from bars(calendar.taken, demand.before, demand.length + demand.after)
    yield from bars(calendar.external, demand.before, demand.length + demand.after)
    yield from bars(calendar.travel, demand.before, demand.length + demand.after)


def _keep_clear(starts: Sequence[int], blocked: list[Bar], place: int, found: list[int]) -> None:
    """Add the starts that no bar forbids; `place` is the first bar that may matter. The innermost loop of all."""
    begin, end = blocked[place] if place < len(blocked) else NEVER
    for start in starts:
        while end <= start:
            place += 1
            begin, end = blocked[place] if place < len(blocked) else NEVER
        if start <= begin:
            found.append(start)
