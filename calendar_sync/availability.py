"""When somebody is free: pure functions over aware datetimes. No database, no Django, no clock.

Hours are local and may repeat weekly or hold on one date; everything else is a moment. A local time that a clock
change skips is never offered; one that happens twice is offered once, the first time. All answers are in UTC.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

GRID = dt.timedelta(minutes=15)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """[starts_at, ends_at), aware."""

    starts_at: dt.datetime
    ends_at: dt.datetime

    def overlaps(self, other: "Period") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def holds(self, other: "Period") -> bool:
        return self.starts_at <= other.starts_at and other.ends_at <= self.ends_at


@dataclass(frozen=True, slots=True)
class Hours:
    """One period of a local day; `ends` is later than `starts`."""

    starts: dt.time
    ends: dt.time


@dataclass(frozen=True, kw_only=True)
class DayRules:
    """The local hours of one practitioner (or one location): weekday 0–6 → its periods."""

    zone: ZoneInfo
    weekly: Mapping[int, Sequence[Hours]]
    own_days: Mapping[dt.date, Sequence[Hours]] = field(default_factory=dict)  # no periods: off
    everybodys_days: Mapping[dt.date, Sequence[Hours]] = field(default_factory=dict)

    def on(self, day: dt.date) -> Sequence[Hours]:
        """The day's periods: the practitioner's own exception, else everybody's, else the week's."""
        for dated in (self.own_days, self.everybodys_days):
            if day in dated:
                return dated[day]
        return self.weekly.get(day.weekday(), ())


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """One practitioner's time: hours, absences, and what is taken (appointments, the connected calendar)."""

    rules: DayRules
    time_off: Sequence[Period] = ()
    busy: Sequence[Period] = ()


def free_starts(
    calendar: Calendar,
    *,
    length: dt.timedelta,
    window: Period,
    earliest: dt.datetime | None = None,
    grid: dt.timedelta = GRID,
) -> list[dt.datetime]:
    """Every start within the window, not before `earliest`, at which `length` fits; in order, in UTC.

    Starts lie on a grid of local time counted from the beginning of each working period. Linear in the days of the
    window and the busy periods.
    """
    if length <= dt.timedelta(0) or grid <= dt.timedelta(0):
        raise ValueError("length and grid are longer than nothing")
    begin = max(window.starts_at, earliest) if earliest else window.starts_at
    blocked = merged([*calendar.time_off, *calendar.busy])
    ends = [each.ends_at for each in blocked]
    found: set[dt.datetime] = set()  # periods of a day may overlap by mistake; a start is offered once
    for day in _days(window, calendar.rules.zone):
        for hours in calendar.rules.on(day):
            fitting = _starts(day, hours, calendar.rules.zone, grid, length)
            place = bisect_right(ends, fitting[0]) if fitting else 0
            found.update(_clear(fitting, length, blocked, place, begin, window.ends_at))
    return sorted(found)


def working_periods(rules: DayRules, window: Period) -> list[Period]:
    """The rules' periods that touch the window, as moments in UTC, in order."""
    found = (_period(day, hours, rules.zone) for day in _days(window, rules.zone) for hours in rules.on(day))
    return sorted(
        (each for each in found if each.starts_at < each.ends_at and each.overlaps(window)),
        key=lambda each: each.starts_at,
    )


def works_during(calendar: Calendar, period: Period) -> bool:
    """Whether the period lies in one working period and outside all time off."""
    if any(each.overlaps(period) for each in calendar.time_off):
        return False
    return any(each.holds(period) for each in working_periods(calendar.rules, period))


def is_busy(calendar: Calendar, period: Period) -> bool:
    return any(each.overlaps(period) for each in calendar.busy)


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


def moment(day: dt.date, wall: dt.time, zone: ZoneInfo) -> dt.datetime:
    """A local time as a moment in UTC: the first of two; where the clock skips it, the end of the gap."""
    local = dt.datetime.combine(day, wall, zone)
    found = local.astimezone(dt.UTC)
    if _exists(local, found):
        return found
    early, late = local.replace(fold=1).astimezone(dt.UTC), found
    before = early.astimezone(zone).utcoffset()
    while late - early > dt.timedelta(seconds=1):
        middle = early + (late - early) // 2
        if middle.astimezone(zone).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late.replace(microsecond=0)


def _days(window: Period, zone: ZoneInfo) -> Iterator[dt.date]:
    day = window.starts_at.astimezone(zone).date()
    last = window.ends_at.astimezone(zone).date()
    while day <= last:
        yield day
        day += DAY


def _period(day: dt.date, hours: Hours, zone: ZoneInfo) -> Period:
    return Period(moment(day, hours.starts, zone), moment(day, hours.ends, zone))


def _starts(day: dt.date, hours: Hours, zone: ZoneInfo, grid: dt.timedelta, length: dt.timedelta) -> list[dt.datetime]:
    """The grid of one period, as far as `length` still fits."""
    shift = _shift(day, zone)
    if shift is None:
        return _starts_on_a_clock_change(day, hours, zone, grid, length)
    start = dt.datetime.combine(day, hours.starts, dt.UTC) - shift
    room = dt.datetime.combine(day, hours.ends, dt.UTC) - shift - length - start
    return [start + grid * number for number in range(room // grid + 1)]


def _starts_on_a_clock_change(
    day: dt.date, hours: Hours, zone: ZoneInfo, grid: dt.timedelta, length: dt.timedelta
) -> list[dt.datetime]:
    ends_at = moment(day, hours.ends, zone)
    wall, last = dt.datetime.combine(day, hours.starts), dt.datetime.combine(day, hours.ends)
    found = []
    while wall < last:
        local = wall.replace(tzinfo=zone)
        start = local.astimezone(dt.UTC)
        if _exists(local, start) and start + length <= ends_at:
            found.append(start)
        wall += grid
    return found


def _shift(day: dt.date, zone: ZoneInfo) -> dt.timedelta | None:
    """The zone's offset if it holds all day."""
    midnight = dt.datetime(day.year, day.month, day.day, tzinfo=zone)
    shift = midnight.utcoffset()
    return shift if shift == (midnight + DAY).utcoffset() else None


def _exists(local: dt.datetime, found: dt.datetime) -> bool:
    return found.astimezone(local.tzinfo).replace(tzinfo=None, fold=0) == local.replace(tzinfo=None, fold=0)


def _clear(
    starts: list[dt.datetime],
    length: dt.timedelta,
    blocked: list[Period],
    place: int,
    begin: dt.datetime,
    end: dt.datetime,
) -> Iterator[dt.datetime]:
    """The starts in [begin, end) that meet no blocked period; `place` is the first that may matter."""
    for start in starts:
        while place < len(blocked) and blocked[place].ends_at <= start:
            place += 1
        if place < len(blocked) and blocked[place].starts_at < start + length:
            continue
        if begin <= start < end:
            yield start
