"""A slow and obvious availability: every minute looked at by a patient clerk with a clock on the wall.

Written apart from calendar_sync and importing nothing of it. Everything is whole minutes; moments are UTC.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)
Moments = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True, kw_only=True)
class Special:
    """An exception; whose: "own" or "all"."""

    whose: str
    date: dt.date
    yearly: bool
    periods: tuple[tuple[dt.time, dt.time], ...]


@dataclass(frozen=True, kw_only=True)
class World:
    """All that one practitioner's availability depends on. Lengths are minutes."""

    zone: ZoneInfo
    week: tuple[tuple[int, str, dt.time, dt.time], ...]  # weekday, "every" | "a" | "b", from, until
    a_week_from: dt.date | None = None
    opening: tuple[tuple[int, dt.time, dt.time], ...] = ()  # none: doesn't restrict
    specials: tuple[Special, ...] = ()
    holidays: frozenset[dt.date] = frozenset()
    time_off: tuple[Moments, ...] = ()
    taken: tuple[Moments, ...] = ()
    external: tuple[Moments, ...] = ()
    rooms: tuple[tuple[int, tuple[tuple[Moments, ...], ...]], ...] = ()  # of each kind: needed; what each has taken
    length: int = 30
    before: int = 0
    after: int = 0
    grid: int = 15
    notice: int = 0
    horizon: int = 180  # days
    now: dt.datetime = field(default=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))


def free_minutes(world: World, begin: dt.datetime, end: dt.datetime) -> list[dt.datetime]:
    """The starts in [begin, end) that are offered."""
    on_grid = _grid(world, begin, end)
    at_work, off = _minutes_at_work(world, begin, end), _minutes(world.time_off)
    busy = _minutes(world.taken) | _minutes(world.external)
    rooms = [(needed, [_minutes(each) for each in kind]) for needed, kind in world.rooms]
    found = []
    for minute in _each(begin, end):
        if minute not in on_grid or not _in_time(world, minute):
            continue
        treatment = set(_each(minute, minute + world.length * MINUTE))
        kept = set(_each(minute - world.before * MINUTE, minute + (world.length + world.after) * MINUTE))
        if treatment <= at_work and not treatment & off and not kept & busy and _roomy(rooms, kept):
            found.append(minute)
    return found


def grid_minutes(world: World, begin: dt.datetime, end: dt.datetime) -> list[dt.datetime]:
    """The starts in [begin, end) that would be offered if nothing were taken and nobody were away."""
    return sorted(each for each in _grid(world, begin, end) if begin <= each < end)


def _in_time(world: World, minute: dt.datetime) -> bool:
    today, day = (each.astimezone(world.zone).date() for each in (world.now, minute))
    return minute >= world.now + max(world.notice, 15) * MINUTE and (day - today).days <= world.horizon


def _roomy(rooms: list[tuple[int, list[set[dt.datetime]]]], kept: set[dt.datetime]) -> bool:
    """Of each kind enough rooms are free all the time: the same ones, not now this and then that."""
    return all(sum(not taken & kept for taken in kind) >= needed for needed, kind in rooms)


def _grid(world: World, begin: dt.datetime, end: dt.datetime) -> set[dt.datetime]:
    """Counted on the wall clock from where each period of work begins; a wall time that comes twice counts once."""
    found = set()
    for run in _runs(world, begin, end):
        first = _wall(run[0], world.zone)
        for minute in run:
            since = (_wall(minute, world.zone) - first) // MINUTE
            if since % world.grid == 0 and minute.astimezone(world.zone).fold == 0:
                found.add(minute)
    return found


def _minutes_at_work(world: World, begin: dt.datetime, end: dt.datetime) -> set[dt.datetime]:
    return {minute for run in _runs(world, begin, end) for minute in run}


def _runs(world: World, begin: dt.datetime, end: dt.datetime) -> list[list[dt.datetime]]:
    """Each period of work as its minutes, those left out in which the location is closed."""
    first, last = begin.astimezone(world.zone).date() - 2 * DAY, end.astimezone(world.zone).date() + 2 * DAY
    days = [first + number * DAY for number in range((last - first).days + 1)]
    opened = {minute for day in days for each in _opening(world, day) for minute in _each(*each)}
    runs = []
    for day in days:
        special = _special(world, day, ("own", "all"))
        if special is not None:
            runs += [list(_each(*each)) for each in _moments(world, day, special)]
            continue
        for each in _moments(world, day, _weekly(world, day)):
            minutes = list(_each(*each))
            runs += _unbroken([minute for minute in minutes if not world.opening or minute in opened])
    return [run for run in runs if run]


def _unbroken(minutes: list[dt.datetime]) -> list[list[dt.datetime]]:
    runs = [minutes[:1]]
    for before, minute in pairwise(minutes):
        if minute - before == MINUTE:
            runs[-1].append(minute)
        else:
            runs.append([minute])
    return runs


def _weekly(world: World, day: dt.date) -> list[tuple[dt.time, dt.time]]:
    """Without a first A week every week is one."""
    letter = "a"
    if world.a_week_from is not None:
        monday = day - day.weekday() * DAY
        letter = "ab"[(monday - world.a_week_from).days // 7 % 2]
    return [
        (start, end)
        for weekday, weeks, start, end in world.week
        if weekday == day.weekday() and weeks in ("every", letter)
    ]


def _opening(world: World, day: dt.date) -> list[Moments]:
    special = _special(world, day, ("all",))
    weekly = [(start, end) for weekday, start, end in world.opening if weekday == day.weekday()]
    return _moments(world, day, weekly if special is None else special)


def _special(world: World, day: dt.date, whose: Iterable[str]) -> Iterable[tuple[dt.time, dt.time]] | None:
    """One's own before everybody's, its date before a yearly one, the youngest of these, then the holidays."""
    for each in whose:
        known = [special for special in world.specials if special.whose == each]
        for special in known:
            if special.date == day:
                return special.periods
        yearly = [
            special
            for special in known
            if special.yearly and special.date < day and (special.date.month, special.date.day) == (day.month, day.day)
        ]
        if yearly:
            return max(yearly, key=lambda special: special.date).periods
    return () if day in world.holidays else None


def _moments(world: World, day: dt.date, periods: Iterable[tuple[dt.time, dt.time]]) -> list[Moments]:
    """A period that ends at or before its beginning ends on the next day."""
    return [
        (_first_showing(day, start, world.zone), _first_showing(day if start < end else day + DAY, end, world.zone))
        for start, end in periods
    ]


@lru_cache(maxsize=100_000)
def _first_showing(day: dt.date, wall: dt.time, zone: ZoneInfo) -> dt.datetime:
    """The first minute at which the wall clock shows the time, or more."""
    target = dt.datetime.combine(day, wall)
    minute = target.replace(tzinfo=dt.UTC) - dt.timedelta(hours=15)
    while _wall(minute, zone) < target:
        minute += MINUTE
    return minute


def _wall(minute: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    return minute.astimezone(zone).replace(tzinfo=None, fold=0)


def _minutes(spans: Iterable[Moments]) -> set[dt.datetime]:
    return {minute for span in spans for minute in _each(*span)}


def _each(begin: dt.datetime, end: dt.datetime) -> Iterable[dt.datetime]:
    while begin < end:
        yield begin
        begin += MINUTE
