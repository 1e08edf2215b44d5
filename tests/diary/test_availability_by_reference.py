"""Proof: availability differs in nothing from a slow, obvious reference.

AVAILABILITY_CASES=10000 .venv/bin/python -m pytest -p no:xdist tests/diary/test_availability_by_reference.py
"""

import datetime as dt
import math
import os

from hypothesis import HealthCheck, given, settings

from calendar_sync.availability import Calendar, Demand, Hours, Period, Pool, free_starts, pool_bars
from calendar_sync.booking_window import booking_window
from calendar_sync.models import BookingRules, Service
from calendar_sync.places_of_work import Work
from calendar_sync.special_days import SpecialDay, on_days
from calendar_sync.working_hours import opening_spans
from tenants.models import Business
from tests.diary.reference import HERE, THERE, Other, free_minutes
from tests.diary.worlds import DAY, worlds

PLACES = {HERE: 1, THERE: 2}
CASES = int(os.environ.get("AVAILABILITY_CASES", "500"))


@given(worlds())
@settings(
    max_examples=CASES,
    deadline=None,
    derandomize="AVAILABILITY_CASES" not in os.environ,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_it_agrees_with_a_slow_and_obvious_reference(case):
    world, begin, end = case

    for place in (HERE, THERE) if world.other else (HERE,):
        assert found_by_the_diary(world, begin, end, place) == free_minutes(world, begin, end, place)


def found_by_the_diary(world, begin, end, place):
    service = Service(
        minimum_notice=world.notice, buffer_before=world.before, buffer_after=world.after, grid=world.grid
    )
    house = BookingRules(horizon_days=world.horizon)
    bookable = booking_window(Business(timezone=world.zone.key), service, world.now, house)
    window = Period(max(begin, bookable.earliest), min(end, bookable.until))
    if window.starts_at >= window.ends_at:
        return []
    demand = Demand(length=world.length * 60, before=world.before * 60, after=world.after * 60, grid=world.grid * 60)
    other = world.other or Other()
    rooms, elsewhere = (world.rooms, other.taken) if place == HERE else (other.rooms, world.taken)
    pools = [Pool(taken=[seconds(each) for each in kind], needed=needed) for needed, kind in rooms]
    way = other.travel * 60
    calendar = Calendar(
        rules=rules_of(world, begin, end, place),
        time_off=seconds((*world.time_off, *(other.off_here if place == HERE else other.off_there))),
        taken=[*seconds(world.taken), *seconds(other.taken)],
        external=seconds(world.external),
        travel=[(start - way, end + way) for start, end in seconds(elsewhere)] if way else (),
    )
    found = free_starts(calendar, demand, window, barred=pool_bars(pools, demand))
    return [dt.datetime.fromtimestamp(each, dt.UTC) for each in found]


def rules_of(world, begin, end, place):
    first, last = begin.date() - 4 * DAY, end.date() + 4 * DAY
    own, everybodys, of_place = (
        {day: each.hours for day, each in on_days(specials_of(world, whose), first, last).items()}
        for whose in ("own", "all", place)
    )
    everybodys = dict.fromkeys(world.holidays, ()) | everybodys | of_place
    opened = opening(world.opening if place == HERE else world.other.opening if world.other else ())
    work = Work(
        zone=world.zone,
        usual=PLACES[HERE],
        weekly=week(world, "b"),
        other_weekly=week(world, "a"),
        fortnight_from=world.a_week_from,
        own_days=own,
    )
    return work.at(
        PLACES[place],
        everybodys_days=everybodys,
        opening=opening_spans(world.zone, opened, everybodys, first, last) if opened else None,
    )


def week(world, other):
    """The hours of the weeks that are not `other`."""
    found = {}
    for weekday, weeks, *period in world.week:
        if weeks != other:
            found.setdefault(weekday, []).append(worked(*period))
    return found


def worked(start, end, place=None):
    return Hours(start, end, PLACES.get(place))


def opening(hours):
    found = {}
    for weekday, start, end in hours:
        found.setdefault(weekday, []).append(Hours(start, end))
    return found


def specials_of(world, whose):
    return [
        SpecialDay(date=each.date, yearly=each.yearly, hours=[worked(*period) for period in each.periods])
        for each in world.specials
        if each.whose == whose
    ]


def seconds(spans):
    return [(math.floor(begin.timestamp()), math.ceil(end.timestamp())) for begin, end in spans]
