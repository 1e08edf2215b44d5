"""Faults 40 and 43: hours that a clock change skips or repeats, and clocks that are ten minutes off."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from calendar_sync import booking, patients, tickets
from calendar_sync.errors import DiaryError
from calendar_sync.fitting import why_not
from calendar_sync.models import BookedBy, HoursException, OpeningHours
from calendar_sync.slots import find_slots
from tenants import clock

LONDON = ZoneInfo("Europe/London")
SKEW = dt.timedelta(minutes=10)
SPRING, AUTUMN = dt.date(2027, 3, 28), dt.date(2027, 10, 31)


@pytest.fixture
def night(desk, ada):
    """Open from midnight to four on the nights on which the clocks change."""
    for date in (SPRING, AUTUMN):
        HoursException.objects.create(date=date, periods=[["00:00", "04:00"]])
    return desk


def offered(desk, date):
    begin = dt.datetime.combine(date, dt.time.min, LONDON)
    now = begin - dt.timedelta(days=1)
    found = find_slots(desk.business, service=desk.service, window=(begin, begin + dt.timedelta(hours=4)), now=now)
    return [each.starts_at for each in found]


def test_fault_40_half_past_one_on_the_spring_night_is_refused(night, ada):
    local = dt.datetime.combine(SPRING, dt.time(1, 30), LONDON)
    refusal = why_not(night.business, night.service, ada, local, now=local - dt.timedelta(days=1))
    assert refusal.rule == "no_such_time"
    walls = [f"{each.astimezone(LONDON):%H:%M}" for each in offered(night, SPRING)]
    assert "00:45" in walls
    assert "02:00" in walls
    assert not [each for each in walls if each.startswith("01")]


def test_fault_40_half_past_one_on_the_autumn_night_is_the_first_of_the_two(night, ada):
    local = dt.datetime.combine(AUTUMN, dt.time(1, 30), LONDON)
    twice = [each for each in offered(night, AUTUMN) if each.astimezone(LONDON).time() == dt.time(1, 30)]
    assert twice == [dt.datetime(2027, 10, 31, 0, 30, tzinfo=dt.UTC)]
    assert why_not(night.business, night.service, ada, local, now=local - dt.timedelta(days=1)) is None
    second = local.replace(fold=1)  # staff may still mean the other one
    assert why_not(night.business, night.service, ada, second, now=local - dt.timedelta(days=1)) is None


def test_fault_43_a_slow_clock_offers_nothing_that_has_begun(desk, monday):
    """It is 09:05; this machine believes it is 08:55."""
    with clock.pinned(monday + dt.timedelta(minutes=55)):
        assert desk.offers()[0].starts_at > monday + dt.timedelta(minutes=65)


def test_fault_43_a_slow_clock_books_nothing_that_has_begun(desk, monday, ada):
    """08:45 was offered in time, and is accepted at 08:50 by a machine that believes it is 08:40."""
    start = monday + dt.timedelta(minutes=45)
    assert start in [each.starts_at for each in desk.offers()]
    refusal = why_not(desk.business, desk.service, ada, start, now=monday + dt.timedelta(minutes=40))
    assert refusal.rule == "too_soon"


def test_fault_43_a_fast_clock_closes_no_window_early(desk, monday, ada):
    """What one machine offers is accepted by another that is ten minutes ahead, notice and the last day included."""
    desk.service.minimum_notice, desk.service.horizon_days = 60, 2
    desk.service.save()
    OpeningHours.objects.filter(weekday=2).update(closes=dt.time(18))
    window = (monday, monday + dt.timedelta(days=4))
    found = find_slots(desk.business, service=desk.service, window=window, now=monday)
    for start in (found[0].starts_at, found[-1].starts_at):
        for skew in (-SKEW, SKEW):
            assert why_not(desk.business, desk.service, ada, start, now=monday + skew) is None


def test_fault_43_the_last_day_does_not_close_on_a_clock_that_is_behind(desk, ada):
    """Just after midnight the last bookable day is a new one; a slow machine still believes it is yesterday."""
    desk.service.horizon_days = 2
    desk.service.save()
    midnight = dt.datetime(2026, 11, 24, 0, 5, tzinfo=dt.UTC)
    last = dt.datetime(2026, 11, 26, 9, 0, tzinfo=dt.UTC)
    window = (last, last + dt.timedelta(minutes=1))
    assert find_slots(desk.business, service=desk.service, window=window, now=midnight)
    assert why_not(desk.business, desk.service, ada, last, now=midnight - SKEW) is None


def test_fault_43_tickets_outlive_ten_minutes(desk, monday):
    """A machine that is ten minutes ahead doesn't call a fresh ticket expired."""
    ticket = tickets.issue(desk.business, desk.offers()[8], contact_id=1)
    with clock.pinned(monday + SKEW):
        patient = patients.patient_for(1, "Rosa Blum")
        made = booking.book(desk.business, ticket=ticket, contact_id=1, patient=patient, by=BookedBy.ASSISTANT)
    assert made.pk
    with clock.pinned(monday + 4 * SKEW), pytest.raises(DiaryError):
        booking.book(desk.business, ticket=ticket, contact_id=1, patient=patient, by=BookedBy.ASSISTANT)
