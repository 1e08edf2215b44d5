"""Random worlds for the reference (reference.py), clock changes and leap days among them."""

import datetime as dt
from contextlib import suppress
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tests.diary.reference import HERE, MINUTE, THERE, Other, Special, World

DAY = dt.timedelta(days=1)
CHANGES = {
    "Europe/London": ["2026-03-29", "2026-10-25"],
    "Europe/Berlin": ["2026-03-29", "2026-10-25"],
    "America/New_York": ["2026-03-08", "2026-11-01"],
    "Australia/Lord_Howe": ["2026-04-05", "2026-10-04"],  # half an hour
    "Asia/Kolkata": ["2026-06-15"],  # none
    "America/Sao_Paulo": ["2018-02-18", "2018-11-04"],  # at midnight
    "Africa/Cairo": ["2026-04-24", "2026-10-30"],  # at midnight
    "Pacific/Apia": ["2011-12-30", "2011-12-31"],  # a day that never was
}
PLAIN = ["2026-12-31", "2028-02-28", "2028-02-29", "2027-02-28", "2026-06-10"]

walls = st.integers(0, 24 * 12 - 1).map(lambda five: dt.time(five // 12, five % 12 * 5))
quarters = st.integers(0, 24 * 4 - 1).map(lambda four: dt.time(four // 4, four % 4 * 15))
times = st.one_of(quarters, walls, st.sampled_from([dt.time(0), dt.time(1, 30), dt.time(23)]))
long = st.sampled_from([(dt.time(0), dt.time(0)), (dt.time(22), dt.time(6)), (dt.time(8), dt.time(18))])
periods = st.one_of(st.tuples(times, times), long)


@st.composite
def places(draw):
    """A zone and a day on which something may happen to its clocks."""
    name = draw(st.sampled_from(sorted(CHANGES)))
    day = dt.date.fromisoformat(draw(st.sampled_from(CHANGES[name] * 2 + PLAIN)))
    return ZoneInfo(name), day + draw(st.integers(-2, 1)) * DAY


fives = st.integers(1, 18).map(lambda number: number * 5)
letters = st.sampled_from(["every", "every", "a", "b"])
buffers = st.sampled_from([0, 0, 0, 5, 10, 15, 45, 240])


def weeks(day, *letter):
    """Some periods on some weekdays around the day."""
    weekdays = st.integers(-1, 2).map(lambda more: (day + more * DAY).weekday())
    each = st.builds(lambda *parts: (*parts[:-1], *parts[-1]), weekdays, *letter, periods)
    return st.lists(each, min_size=2, max_size=6).map(tuple)


def every_day(day, *letter):
    """The same one or two periods all week."""
    each = st.builds(lambda *parts: (*parts[:-1], *parts[-1]), *letter, periods)
    return st.lists(each, min_size=1, max_size=2).map(
        lambda found: tuple((weekday, *period) for weekday in range(7) for period in found)
    )


def placed(draw, period):
    """The period, perhaps with the place where it is worked."""
    where = draw(st.sampled_from([None, HERE, THERE, THERE]))
    return period if where is None else (*period, where)


@st.composite
def others(draw, day):
    """The other location."""
    return Other(
        opening=draw(st.one_of(st.just(()), weeks(day), every_day(day))),
        taken=draw(spans_around(day, 3)),
        rooms=tuple(draw(st.lists(rooms(day), max_size=1))),
        travel=draw(st.sampled_from([0, 0, 5, 30, 90])),
        off_here=draw(spans_around(day, 1)),
        off_there=draw(spans_around(day, 1)),
    )


def monday(day):
    return day - day.weekday() * DAY


@st.composite
def rooms(draw, day):
    """How many of one kind are needed, and what each that there is has taken."""
    taken = st.one_of(st.just(()), spans_around(day, 3))
    needed = draw(st.sampled_from([1, 1, 2]))
    return needed, tuple(draw(st.lists(taken, min_size=draw(st.sampled_from([0, needed, needed, needed])), max_size=4)))


def spans_around(day, most, longest=300):
    """Busy times of up to `longest` minutes; they may overlap."""
    begin = dt.datetime.combine(day, dt.time(0), dt.UTC)
    starts = st.integers(-24 * 12, 72 * 12).map(lambda fives: begin + fives * 5 * MINUTE)
    lengths = st.one_of(st.integers(1, 12).map(lambda fives: fives * 5), st.integers(1, longest))
    one = st.builds(lambda start, length: (start, start + length * MINUTE), starts, lengths)
    return st.lists(one, max_size=most).map(tuple)


@st.composite
def specials(draw, day, places=()):
    dates = st.integers(-1, 1).map(lambda more: day + more * DAY)
    years = draw(st.sampled_from([-1, 0, 1, 2, 4]))
    date = draw(dates)
    with suppress(ValueError):  # 29 February
        date = date.replace(year=date.year - years)
    whose = draw(st.sampled_from(["own", "all", *places]))
    hours = draw(st.lists(periods, max_size=2))
    return Special(
        whose=whose,
        date=date,
        yearly=draw(st.sampled_from([True, True, False])),
        periods=tuple(placed(draw, each) if places and whose == "own" else each for each in hours),
    )


def one_per_day(known):
    return tuple({(each.whose, each.date): each for each in known}.values())


@st.composite
def worlds(draw, place=None):
    """(world, begin, end): a few hours to a day and a half around the day; every other one in two places."""
    zone, day = place or draw(places())
    two = (HERE, THERE) if draw(st.booleans()) else ()
    week = draw(st.one_of(weeks(day, letters), every_day(day, st.just("every"))))
    week = tuple(placed(draw, each) for each in week) if two else week
    opening = draw(st.one_of(st.just(()), weeks(day), every_day(day), every_day(day)))
    begin = dt.datetime.combine(day, dt.time(0), dt.UTC) + draw(st.integers(-60, 36 * 60)) * MINUTE
    end = begin + draw(st.integers(0, 36 * 60)) * MINUTE
    busy = spans_around(day, 4)
    world = World(
        zone=zone,
        week=week,
        a_week_from=draw(st.one_of(st.none(), st.integers(-9, 9).map(lambda weeks: monday(day) + weeks * 7 * DAY))),
        opening=opening,
        specials=one_per_day(draw(st.one_of(st.just([]), st.lists(specials(day, two), min_size=1, max_size=4)))),
        holidays=frozenset(draw(st.lists(st.integers(-1, 2).map(lambda more: day + more * DAY), max_size=1))),
        time_off=draw(spans_around(day, 2)),
        taken=draw(busy),
        external=draw(spans_around(day, 2)),
        rooms=tuple(draw(st.lists(rooms(day), max_size=2))),
        other=draw(others(day)) if two else None,
        length=draw(st.one_of(fives, fives, st.integers(1, 90), st.integers(1, 720))),
        before=draw(buffers),
        after=draw(buffers),
        grid=draw(st.sampled_from([5, 7, 10, 15, 20, 30, 45, 60, 90])),
        notice=draw(st.sampled_from([0, 0, 10, 60, 24 * 60])),
        horizon=draw(st.sampled_from([1, 2, 60, 60])),
        now=begin + draw(st.integers(-48 * 60, 6 * 60)) * MINUTE,
    )
    return world, begin, end
