"""Recurring appointments."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from calendar_sync import series, undo
from calendar_sync.errors import RuleRefused, SeriesDoesNotFit, SlotTaken
from calendar_sync.models import Appointment, AppointmentSeries, BookedBy, WorkingHours
from calendar_sync.patients import patient_for
from tenants import clock

WEEK = dt.timedelta(weeks=1)
LONDON = ZoneInfo("Europe/London")


def book(desk, start="10:00", every_weeks=2, times=6, **options):
    return series.book(
        desk.business,
        ticket=options.pop("ticket", None) or desk.ticket_at(start),
        every_weeks=every_weeks,
        times=times,
        contact_id=1,
        patient=patient_for(1, "Rosa Blum"),
        by=BookedBy.ASSISTANT,
        **options,
    )


def starts(appointments):
    return [each.starts_at for each in appointments]


def test_every_two_weeks_six_times(desk):
    made = book(desk).appointments

    assert [each - made[0].starts_at for each in starts(made)] == [2 * WEEK * number for number in range(6)]
    assert {each.series_id for each in made} == {AppointmentSeries.objects.get().pk}


def test_dates_that_are_taken_are_told_with_other_times_and_nothing_is_booked(desk, monday):
    desk.book_at(monday + 2 * WEEK + dt.timedelta(hours=2), contact_id=2)

    with pytest.raises(SeriesDoesNotFit) as refusal:
        book(desk, times=3)
    fits = [each.refused is None for each in refusal.value.planned]
    assert fits == [True, False, True]
    missed = refusal.value.planned[1]
    assert isinstance(missed.refused, SlotTaken)
    assert {each.starts_at.date() for each in missed.instead} == {missed.starts_at.date()}
    assert Appointment.objects.filter(contact_id=1).count() == 0
    assert not AppointmentSeries.objects.exists()


def test_they_are_left_out_when_the_patient_agreed(desk, monday):
    desk.book_at(monday + 2 * WEEK + dt.timedelta(hours=2), contact_id=2)

    booked = book(desk, times=3, skip_taken=True)
    assert (len(booked.appointments), len(booked.missed)) == (2, 1)


def test_the_first_date_must_be_free(desk):
    ticket = desk.ticket_at("10:00")
    desk.book_at("10:00", contact_id=2)

    with pytest.raises(SlotTaken):
        book(desk, ticket=ticket, skip_taken=True)


def test_the_same_ticket_again_books_nothing_more(desk):
    ticket = desk.ticket_at("10:00")

    assert starts(book(desk, ticket=ticket).appointments) == starts(book(desk, ticket=ticket).appointments)
    assert Appointment.objects.count() == 6


def test_it_keeps_the_local_time_over_a_clock_change(desk, monday):
    made = book(desk, every_weeks=18, times=2, start="09:00").appointments  # 29 March 2027 is summer time

    assert [each.astimezone(LONDON).hour for each in starts(made)] == [9, 9]
    assert [each.hour for each in starts(made)] == [9, 8]


def test_a_date_on_which_the_clock_skips_that_time_does_not_fit(desk, ada):
    """Fault 40: 01:30 on the Sunday on which British clocks go forward does not exist."""
    WorkingHours.objects.filter(practitioner=ada).delete()
    ada.location.opening_hours.all().delete()
    WorkingHours.objects.create(practitioner=ada, weekday=6, starts=dt.time(0), ends=dt.time(6))
    ada.location.opening_hours.create(weekday=6, opens=dt.time(0), closes=dt.time(6))
    first = dt.datetime(2027, 3, 21, 1, 30, tzinfo=LONDON)

    with clock.pinned(dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)), pytest.raises(SeriesDoesNotFit) as refusal:
        book(desk, ticket=desk.ticket_at(first), every_weeks=1, times=3)
    assert [each.refused and each.refused.rule for each in refusal.value.planned] == [None, "no_such_time", None]


def test_there_are_no_more_than_the_house_allows(desk):
    desk.house(series_most=4)

    with pytest.raises(RuleRefused) as refusal:
        book(desk, times=5)
    assert refusal.value.rule == "series_most"
    assert len(book(desk, times=4).appointments) == 4


def test_a_limit_of_coming_appointments_holds_for_a_series(desk):
    desk.house(most_active=3)

    with pytest.raises(RuleRefused) as refusal:
        book(desk, times=4, skip_taken=True)
    assert refusal.value.rule == "most_active"
    assert Appointment.objects.count() == 0


def test_dates_beyond_the_horizon_do_not_fit(desk):
    desk.house(horizon_days=30)

    booked = book(desk, every_weeks=4, times=3, skip_taken=True)
    assert [each.refused.rule for each in booked.missed] == ["too_far"]
    assert len(booked.appointments) == 2


def test_the_rest_is_cancelled_and_what_was_before_stands(desk):
    made = book(desk, times=4).appointments
    gone = series.cancel_rest(desk.business, made[2], by=BookedBy.ASSISTANT)

    assert [each.pk for each in gone] == [made[2].pk, made[3].pk]
    assert Appointment.objects.filter(status="confirmed").count() == 2
    undo.undo_last(desk.business, contact_id=1, by=BookedBy.ASSISTANT)
    assert Appointment.objects.filter(status="confirmed").count() == 4


def test_one_date_is_cancelled_alone(desk):
    made = book(desk, times=3).appointments
    desk.cancel(made[1])

    assert Appointment.objects.filter(status="confirmed").count() == 2


def test_a_series_is_undone_as_a_whole(desk):
    book(desk)
    undone = undo.undo_last(desk.business, contact_id=1, by=BookedBy.ASSISTANT)

    assert len(undone.appointments) == 6
    assert Appointment.objects.filter(status="confirmed").count() == 0
