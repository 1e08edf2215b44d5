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
    """An exception; whose: "own", "all", "here" or "there" (everybody's at one location).

    A third part of a period is the place of work, as in World.week.
    """

    whose: str
    date: dt.date
    yearly: bool
    periods: tuple[tuple[dt.time, ...], ...]


Rooms = tuple[tuple[int, tuple[tuple[Moments, ...], ...]], ...]  # of each kind: needed; what each has taken
HERE, THERE = "here", "there"  # the usual location, and another


@dataclass(frozen=True, kw_only=True)
class Other:
    """The other location, and what is there."""

    opening: tuple[tuple[int, dt.time, dt.time], ...] = ()
    taken: tuple[Moments, ...] = ()
    rooms: Rooms = ()
    travel: int = 0  # minutes from one to the other
    off_here: tuple[Moments, ...] = ()  # time off from one of them only
    off_there: tuple[Moments, ...] = ()


@dataclass(frozen=True, kw_only=True)
class World:
    """All that one practitioner's availability depends on. Lengths are minutes."""

    zone: ZoneInfo
    week: tuple[tuple, ...]  # weekday, "every" | "a" | "b", from, until; and perhaps HERE or THERE
    a_week_from: dt.date | None = None
    opening: tuple[tuple[int, dt.time, dt.time], ...] = ()  # none: doesn't restrict
    specials: tuple[Special, ...] = ()
    holidays: frozenset[dt.date] = frozenset()
    time_off: tuple[Moments, ...] = ()
    taken: tuple[Moments, ...] = ()
    external: tuple[Moments, ...] = ()
    rooms: Rooms = ()
    other: Other | None = None
    length: int = 30
    before: int = 0
    after: int = 0
    grid: int = 15
    notice: int = 0
    horizon: int = 180  # days
    now: dt.datetime = field(default=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))


def free_minutes(world: World, begin: dt.datetime, end: dt.datetime, place: str = HERE) -> list[dt.datetime]:
    """The starts in [begin, end) that are offered at the place."""
    on_grid = _grid(world, begin, end, place)
    other = world.other or Other()
    at_work = _minutes_at_work(world, begin, end, place)
    off = _minutes((*world.time_off, *(other.off_here if place == HERE else other.off_there)))
    busy = _minutes((*world.taken, *other.taken, *world.external)) | _on_the_way(world, place)
    there = world.rooms if place == HERE else other.rooms
    rooms = [(needed, [_minutes(each) for each in kind]) for needed, kind in there]
    found = []
    for minute in _each(begin, end):
        if minute not in on_grid or not _in_time(world, minute):
            continue
        treatment = set(_each(minute, minute + world.length * MINUTE))
        kept = set(_each(minute - world.before * MINUTE, minute + (world.length + world.after) * MINUTE))
        if treatment <= at_work and not treatment & off and not kept & busy and _roomy(rooms, kept):
            found.append(minute)
    return found


def grid_minutes(world: World, begin: dt.datetime, end: dt.datetime, place: str = HERE) -> list[dt.datetime]:
    """The starts in [begin, end) that would be offered if nothing were taken and nobody were away."""
    return sorted(each for each in _grid(world, begin, end, place) if begin <= each < end)


def _on_the_way(world: World, place: str) -> set[dt.datetime]:
    """Before and after what is at the other place."""
    other = world.other or Other()
    way = other.travel * MINUTE
    return _minutes((start - way, end + way) for start, end in (other.taken if place == HERE else world.taken))


def _in_time(world: World, minute: dt.datetime) -> bool:
    today, day = (each.astimezone(world.zone).date() for each in (world.now, minute))
    return minute >= world.now + max(world.notice, 15) * MINUTE and (day - today).days <= world.horizon


def _roomy(rooms: list[tuple[int, list[set[dt.datetime]]]], kept: set[dt.datetime]) -> bool:
    """Of each kind enough rooms are free all the time: the same ones, not now this and then that."""
    return all(sum(not taken & kept for taken in kind) >= needed for needed, kind in rooms)


def _grid(world: World, begin: dt.datetime, end: dt.datetime, place: str) -> set[dt.datetime]:
    """Counted on the wall clock from where each period of work begins; a wall time that comes twice counts once."""
    found = set()
    for run in _runs(world, begin, end, place):
        first = _wall(run[0], world.zone)
        for minute in run:
            since = (_wall(minute, world.zone) - first) // MINUTE
            if since % world.grid == 0 and minute.astimezone(world.zone).fold == 0:
                found.add(minute)
    return found


def _minutes_at_work(world: World, begin: dt.datetime, end: dt.datetime, place: str) -> set[dt.datetime]:
    return {minute for run in _runs(world, begin, end, place) for minute in run}


def _runs(world: World, begin: dt.datetime, end: dt.datetime, place: str) -> list[list[dt.datetime]]:
    """Each period of work at the place as its minutes, those left out in which the location is closed."""
    first, last = begin.astimezone(world.zone).date() - 2 * DAY, end.astimezone(world.zone).date() + 2 * DAY
    days = [first + number * DAY for number in range((last - first).days + 1)]
    restricted = _opening_of(world, place)
    opened = {minute for day in days for each in _opening(world, day, place) for minute in _each(*each)}
    runs = []
    for day in days:
        own, everybodys = _special(world, day, ("own",)), _special(world, day, (place, "all"))
        if own is not None:
            runs += [list(_each(*each)) for each in _moments(world, day, _at(own, place))]
            continue
        week = _weekly(world, day)
        if everybodys is not None:
            runs += [list(_each(*each)) for each in _moments(world, day, _while_there(everybodys, week, place))]
            continue
        for each in _moments(world, day, _at(week, place)):
            minutes = list(_each(*each))
            runs += _unbroken([minute for minute in minutes if not restricted or minute in opened])
    return [run for run in runs if run]


def _at(periods, place: str) -> list[tuple[dt.time, dt.time]]:
    return [(start, end) for start, end, *where in periods if (where or [HERE])[0] == place]


def _while_there(special, week, place: str) -> list[tuple[dt.time, dt.time]]:
    """Special hours are worked where they would be on that day; at two places, at each while they'd be there."""
    places = {each for each in (HERE, THERE) if _at(week, each)} or {HERE}
    if place not in places:
        return []
    if len(places) == 1:
        return list(special)
    return [both for period in special for own in _at(week, place) for both in _both(period, own)]


def _both(one, other) -> list[tuple[dt.time, dt.time]]:
    """By the minutes of a day and the next that are in both."""
    minutes = sorted(set(_wall_minutes(*one)) & set(_wall_minutes(*other)))
    return [(_wall_time(minutes[0]), _wall_time(minutes[-1] + 1))] if minutes else []


def _wall_minutes(start: dt.time, end: dt.time) -> range:
    first, last = start.hour * 60 + start.minute, end.hour * 60 + end.minute
    return range(first, last if start < end else last + 24 * 60)


def _wall_time(minute: int) -> dt.time:
    return dt.time(minute // 60 % 24, minute % 60)


def _unbroken(minutes: list[dt.datetime]) -> list[list[dt.datetime]]:
    runs = [minutes[:1]]
    for before, minute in pairwise(minutes):
        if minute - before == MINUTE:
            runs[-1].append(minute)
        else:
            runs.append([minute])
    return runs


def _weekly(world: World, day: dt.date) -> list[tuple[dt.time, ...]]:
    """Without a first A week every week is one."""
    letter = "a"
    if world.a_week_from is not None:
        monday = day - day.weekday() * DAY
        letter = "ab"[(monday - world.a_week_from).days // 7 % 2]
    return [period for weekday, weeks, *period in world.week if weekday == day.weekday() and weeks in ("every", letter)]


def _opening_of(world: World, place: str) -> tuple[tuple[int, dt.time, dt.time], ...]:
    return world.opening if place == HERE else (world.other or Other()).opening


def _opening(world: World, day: dt.date, place: str) -> list[Moments]:
    special = _special(world, day, (place, "all"))
    weekly = [(start, end) for weekday, start, end in _opening_of(world, place) if weekday == day.weekday()]
    return _moments(world, day, weekly if special is None else special)


def _special(world: World, day: dt.date, whose: Iterable[str]) -> Iterable[tuple[dt.time, dt.time]] | None:
    """The first of them that says something: its date before a yearly one, the youngest of these; of everybody's
    the holidays are the last."""
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
    return () if "all" in whose and day in world.holidays else None


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
