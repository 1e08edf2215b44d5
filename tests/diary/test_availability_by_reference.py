"""Proof: availability differs in nothing from a slow, obvious reference.

AVAILABILITY_CASES=10000 .venv/bin/python -m pytest -p no:xdist tests/diary/test_availability_by_reference.py
"""

import datetime as dt
import math
import os

from hypothesis import HealthCheck, given, settings

from calendar_sync.availability import Calendar, DayRules, Demand, Hours, Period, Pool, free_starts, pool_bars
from calendar_sync.booking_window import booking_window
from calendar_sync.models import BookingRules, Service
from calendar_sync.special_days import SpecialDay, on_days
from calendar_sync.working_hours import opening_spans
from tenants.models import Business
from tests.diary.reference import free_minutes
from tests.diary.worlds import DAY, worlds

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

    assert found_by_the_diary(world, begin, end) == free_minutes(world, begin, end)


def found_by_the_diary(world, begin, end):
    service = Service(
        minimum_notice=world.notice, buffer_before=world.before, buffer_after=world.after, grid=world.grid
    )
    house = BookingRules(horizon_days=world.horizon)
    bookable = booking_window(Business(timezone=world.zone.key), service, world.now, house)
    window = Period(max(begin, bookable.earliest), min(end, bookable.until))
    if window.starts_at >= window.ends_at:
        return []
    demand = Demand(length=world.length * 60, before=world.before * 60, after=world.after * 60, grid=world.grid * 60)
    pools = [Pool(taken=[seconds(each) for each in kind], needed=needed) for needed, kind in world.rooms]
    calendar = Calendar(
        rules=rules_of(world, begin, end),
        time_off=seconds(world.time_off),
        taken=seconds(world.taken),
        external=seconds(world.external),
    )
    found = free_starts(calendar, demand, window, barred=pool_bars(pools, demand))
    return [dt.datetime.fromtimestamp(each, dt.UTC) for each in found]


def rules_of(world, begin, end):
    first, last = begin.date() - 4 * DAY, end.date() + 4 * DAY
    own, everybodys = (
        {day: each.hours for day, each in on_days(specials_of(world, whose), first, last).items()}
        for whose in ("own", "all")
    )
    everybodys = dict.fromkeys(world.holidays, ()) | everybodys
    return DayRules(
        zone=world.zone,
        weekly=week(world, "b"),
        other_weekly=week(world, "a"),
        fortnight_from=world.a_week_from,
        opening=opening_spans(world.zone, opening(world), everybodys, first, last) if world.opening else None,
        own_days=own,
        everybodys_days=everybodys,
    )


def week(world, other):
    """The hours of the weeks that are not `other`."""
    found = {}
    for weekday, weeks, start, end in world.week:
        if weeks != other:
            found.setdefault(weekday, []).append(Hours(start, end))
    return found


def opening(world):
    found = {}
    for weekday, start, end in world.opening:
        found.setdefault(weekday, []).append(Hours(start, end))
    return found


def specials_of(world, whose):
    return [
        SpecialDay(date=each.date, yearly=each.yearly, hours=[Hours(*period) for period in each.periods])
        for each in world.specials
        if each.whose == whose
    ]


def seconds(spans):
    return [(math.floor(begin.timestamp()), math.ceil(end.timestamp())) for begin, end in spans]
