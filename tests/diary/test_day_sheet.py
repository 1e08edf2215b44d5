"""What the diary page draws, read from its feed."""

import datetime as dt

import pytest
from django.db import connection

from calendar_sync import day_sheet
from calendar_sync.models import (
    Appointment,
    BookedBy,
    GroupSession,
    Hold,
    HoursException,
    Patient,
    Resource,
    ResourceKind,
    TakenTime,
    WorkingHours,
)
from calendar_sync.taking import take


def at(text):
    return dt.datetime.fromisoformat(text)


@pytest.fixture
def drawn(client, clinic, bob, monday):
    client.force_login(bob)

    def draw(first="2026-11-23", count=1):
        last = dt.date.fromisoformat(first) + dt.timedelta(days=count)
        answer = client.get("/b/bright-smile/diary/events/", {"start": f"{first}T00:00", "end": f"{last}T00:00"})
        connection.set_tenant(clinic)  # the request left the schema when it was answered
        return answer.json()

    return draw


@pytest.fixture
def rosa(ada, check_up):
    check_up.buffer_after = 10
    check_up.save()
    made = Appointment.objects.create(
        service=check_up,
        practitioner=ada,
        patient=Patient.objects.create(name="Rosa Blum"),
        during=(at("2026-11-23T10:00Z"), at("2026-11-23T10:30Z")),
        booked_by=BookedBy.STAFF,
    )
    made.refresh_from_db()
    kind = ResourceKind.objects.create(name="Room")
    room = Resource.objects.create(kind=kind, location=ada.location, name="Room 2")
    take(made, [room.pk])
    return made


def of_kind(events, kind):
    return [(each["start"][11:16], each["end"][11:16], each["title"]) for each in events if kind in each["classNames"]]


def test_an_appointment_shows_its_buffers_and_says_its_room(drawn, rosa):
    events = drawn()
    assert of_kind(events, "away--buffer") == [("10:30", "10:40", "")]
    (shown,) = [each for each in events if each.get("id") == str(rosa.pk)]
    assert shown["extendedProps"]["spoken"] == ", with Dr Ada Silva, in Room 2, confirmed"


def test_a_hold_says_until_when_the_time_is_kept(drawn, ada, check_up):
    during = (at("2026-11-23T14:00Z"), at("2026-11-23T14:30Z"))
    for start, expires in ((during, "2026-11-23T08:05Z"), ((during[1], at("2026-11-23T15:00Z")), "2026-11-23T07:59Z")):
        hold = Hold.objects.create(
            reason="offer", service=check_up, practitioner=ada, during=start, expires_at=at(expires)
        )
        TakenTime.objects.create(practitioner=ada, hold=hold, during=start)
    assert of_kind(drawn(), "away--kept") == [("14:00", "14:30", "Kept for a patient until 08:05")]


def test_a_group_is_one_event_with_its_seats(drawn, rosa, ada, check_up):
    during = (at("2026-11-23T15:00Z"), at("2026-11-23T15:30Z"))
    session = GroupSession.objects.create(service=check_up, practitioner=ada, during=during, seats=8)
    TakenTime.objects.create(practitioner=ada, session=session, during=during)
    for seat in (1, 2, 3):
        Appointment.objects.create(
            service=check_up,
            practitioner=ada,
            patient=rosa.patient,
            during=during,
            booked_by=BookedBy.STAFF,
            session=session,
            seat=seat,
        )
    assert of_kind(drawn(), "appointment--group") == [("15:00", "15:30", "Check-up · 3 of 8")]
    assert len([each for each in drawn() if each.get("id")]) == 2


def test_a_special_day_says_what_it_is_closed_for(drawn):
    assert of_kind(drawn("2026-12-25"), "away--closed") == [("00:00", "00:00", "Closed: Christmas Day")]
    HoursException.objects.create(date=dt.date(2026, 11, 23), periods=[], note="Training")
    assert of_kind(drawn(), "away--closed") == [("00:00", "00:00", "Closed: Training")]


def test_hours_past_midnight_are_shown_on_both_days(drawn, ada):
    WorkingHours.objects.all().delete()
    HoursException.objects.create(practitioner=ada, date=dt.date(2026, 11, 23), periods=[["22:00", "02:00"]])
    assert of_kind(drawn(count=2), "away--closed") == [("00:00", "22:00", ""), ("02:00", "00:00", "")]


def test_the_frame_holds_hours_past_midnight(ada):
    WorkingHours.objects.all().delete()
    WorkingHours.objects.create(practitioner=ada, weekday=4, starts=dt.time(20), ends=dt.time(2, 30))
    frame = day_sheet.frame([ada], [])
    assert (frame.first, frame.last, frame.closed_weekdays) == ("00:00", "24:00", [1, 2, 3, 4, 0])
