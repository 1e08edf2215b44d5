import datetime as dt

import pytest

from calendar_sync import by_hand, tickets
from calendar_sync.availability import Period
from calendar_sync.errors import CalendarSaysBusy
from calendar_sync.external_busy import Unreadable, external_busy
from calendar_sync.models import CalendarConnection, Patient, PractitionerCalendar
from tenants import clock
from tenants.models import WorkItem

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture
def calendar(ada, monday):
    """Ada's Google calendar, read just now for two weeks; busy today 08:30–10:00."""
    busy = [["2026-11-23T08:30:00+00:00", "2026-11-23T10:00:00Z"]]
    return PractitionerCalendar.objects.create(
        practitioner=ada,
        connection=CalendarConnection.objects.create(account="ada@clinic.test"),
        calendar_id="ada@clinic.test",
        calendar_name="Ada",
        busy=busy,
        busy_from=monday - HOUR,
        busy_until=monday + 14 * DAY,
        busy_read_at=monday,
    )


def change(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def test_busy_time_there_is_not_offered(desk, calendar):
    assert f"{desk.offers()[0].starts_at:%H:%M}" == "10:00"


def test_busy_time_there_is_not_booked_even_with_a_ticket(desk, calendar):
    offer = desk.offers()[0]
    change(calendar, busy=[[offer.starts_at.isoformat(), offer.ends_at.isoformat()]])

    with pytest.raises(CalendarSaysBusy) as refusal:
        desk.book(tickets.issue(desk.business, offer, contact_id=1))
    assert refusal.value.alternatives


@pytest.mark.parametrize("status", ["revoked", "disconnected"])
def test_a_calendar_without_access_offers_nothing(desk, calendar, status):
    change(calendar.connection, status=status)
    assert desk.offers() == []


def test_one_that_was_never_read_offers_nothing(desk, calendar):
    change(calendar, busy_read_at=None)
    assert desk.offers() == []


def test_one_that_was_read_too_long_ago_offers_nothing(desk, calendar, monday):
    change(calendar, busy_read_at=monday - dt.timedelta(minutes=11))
    assert desk.offers() == []


def test_days_that_were_not_read_are_busy(desk, calendar, monday):
    change(calendar, busy_until=monday + 3 * HOUR)
    assert desk.offers(days=3)
    assert all(each.ends_at <= monday + 3 * HOUR for each in desk.offers(days=3))
    later = Period(monday + 5 * DAY, monday + 6 * DAY)
    assert external_busy(calendar, later, monday) == Unreadable("not read for these days")


def test_the_business_may_allow_offers_while_it_cannot_be_read(desk, calendar):
    change(calendar, busy_read_at=None, offer_when_unreachable=True)
    assert desk.offers()
    assert desk.book(desk.ticket())


def test_staff_may_overrule_the_calendar(desk, calendar, ada):
    made = by_hand.book_by_hand(
        desk.business,
        service=desk.service,
        practitioner=ada,
        starts_at=clock.now() + HOUR,
        patient=Patient.objects.create(name="Rosa Blum"),
        user_id=None,
        overrule=True,
    )
    assert made.status == "confirmed"


def test_its_own_copy_in_google_does_not_keep_an_appointment_from_moving_a_little(desk, calendar, ada):
    made = desk.book(desk.ticket())
    change(calendar, busy=[[made.starts_at.isoformat(), made.ends_at.isoformat()]])

    moved = by_hand.move_by_hand(
        desk.business,
        made,
        starts_at=made.starts_at + dt.timedelta(minutes=15),
        practitioner=ada,
        user_id=None,
    )
    assert moved.revision == 2


def test_every_change_asks_for_the_copy_to_be_brought_up_to_date(desk, calendar):
    made = desk.book(desk.ticket())
    asked = WorkItem.objects.get(kind="calendar_sync.push", object_id=made.pk)
    assert asked.business_id == desk.business.pk


def test_without_a_connected_calendar_nothing_is_asked_for(desk):
    desk.book(desk.ticket())
    assert not WorkItem.objects.filter(kind="calendar_sync.push").exists()
