"""Proof: whatever each of two locations opens, every time that is offered is within its own location's hours, and every
time within them is offered. The reference is slow and obvious: it looks at each quarter of an hour.
"""

import datetime as dt
from contextlib import contextmanager

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calendar_sync.models import BookingRules, HoursException, OpeningHours, Service, WorkingHours
from calendar_sync.slots import find_slots

DAYS = [dt.date(2026, 11, 24) + dt.timedelta(days=number) for number in range(7)]
QUARTER, LENGTH = dt.timedelta(minutes=15), dt.timedelta(minutes=30)
hours = st.lists(st.integers(0, 23), min_size=2, max_size=4, unique=True).map(
    lambda found: [tuple(pair) for pair in zip(*[iter(sorted(found))] * 2, strict=False)]
)  # disjoint pairs of whole hours
weeks = st.dictionaries(st.integers(0, 6), hours, min_size=1, max_size=7)
dated = st.dictionaries(st.sampled_from(DAYS), st.one_of(st.just([]), hours), max_size=3)


@given(st.tuples(weeks, weeks), st.tuples(dated, dated), dated)
@settings(max_examples=30, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_every_time_is_within_the_hours_of_its_own_place(clinic, ada, bea, monday, opening, special, everybodys):
    places = (ada.location_id, bea.location_id)
    with rolled_back():
        service = furnish(ada, bea, opening, special, everybodys)
        window = (at(DAYS[0], 0), at(DAYS[-1], 24))
        found = find_slots(clinic, service=service, window=window)
        alone = [find_slots(clinic, service=service, window=window, location_id=each) for each in places]
    expected = {
        (place, start)
        for number, place in enumerate(places)
        for start in starts(opening[number], {**everybodys, **special[number]})
    }
    assert {(each.location_id, each.starts_at) for each in found} == expected
    assert sorted(each for there in alone for each in there) == sorted(found)


def starts(week, days):
    """Every quarter of an hour at which half an hour fits into one period of its day."""
    for day in DAYS:
        for begin, end in days.get(day, week.get(day.weekday(), [])):
            start = at(day, begin)
            while start + LENGTH <= at(day, end):
                yield start
                start += QUARTER


def at(day, hour):
    return dt.datetime.combine(day, dt.time.min, dt.UTC) + dt.timedelta(hours=hour)


@contextmanager
def rolled_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def furnish(ada, bea, opening, special, everybodys):
    """Both work day and night, so that the locations' hours decide."""
    WorkingHours.objects.all().delete()
    OpeningHours.objects.all().delete()
    BookingRules.objects.update_or_create(pk=1, defaults={"minimum_notice": 0, "closed_on_holidays": False})
    service = Service.objects.create(name="Anything", duration=30, grid=15)
    service.practitioners.set([ada, bea])
    for who, week, days in zip((ada, bea), opening, special, strict=True):
        WorkingHours.objects.bulk_create(
            WorkingHours(practitioner=who, weekday=day, starts=dt.time(), ends=dt.time()) for day in range(7)
        )
        OpeningHours.objects.bulk_create(
            OpeningHours(location_id=who.location_id, weekday=day, opens=dt.time(begin), closes=dt.time(end))
            for day, periods in week.items()
            for begin, end in periods
        )
        HoursException.objects.bulk_create(row(day, periods, who.location_id) for day, periods in days.items())
    HoursException.objects.bulk_create(row(day, periods, None) for day, periods in everybodys.items())
    return service


def row(day, periods, location_id):
    written = [[f"{begin:02}:00", f"{end:02}:00"] for begin, end in periods]
    return HoursException(date=day, periods=written, location_id=location_id)
