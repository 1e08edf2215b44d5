import datetime as dt

import pytest

from calendar_sync import by_hand, tickets
from calendar_sync.availability import Period
from calendar_sync.errors import CalendarSaysBusy
from calendar_sync.external_busy import Unreadable, unknown
from calendar_sync.models import CalendarConnection, CalendarMirror, Patient, PractitionerCalendar
from tenants import clock
from tenants.models import WorkItem

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture
def calendar(ada):
    """Ada's Google calendar."""
    return PractitionerCalendar.objects.create(
        practitioner=ada,
        connection=CalendarConnection.objects.create(account="ada@clinic.test"),
        calendar_id="ada@clinic.test",
        calendar_name="Ada",
    )


@pytest.fixture
def mirror(calendar, monday):
    """… read just now for two weeks; busy today 08:30–10:00."""
    read = CalendarMirror.objects.create(
        connection=calendar.connection,
        calendar_id=calendar.calendar_id,
        covered_from=monday - 2 * DAY,
        covered_until=monday + 14 * DAY,
        synced_at=monday,
    )
    busy_at(read, monday + HOUR / 2, monday + 2 * HOUR)
    return read


def busy_at(mirror, starts_at, ends_at, **fields):
    mirror.events.all().delete()
    mirror.events.create(
        event_id="e1", status="confirmed", kind="default", starts_at=starts_at, ends_at=ends_at, blocks=True, **fields
    )


def change(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def test_busy_time_there_is_not_offered(desk, calendar, mirror):
    assert f"{desk.offers()[0].starts_at:%H:%M}" == "10:00"


def test_busy_time_there_is_not_booked_even_with_a_ticket(desk, calendar, mirror):
    offer = desk.offers()[0]
    busy_at(mirror, offer.starts_at, offer.ends_at)

    with pytest.raises(CalendarSaysBusy) as refusal:
        desk.book(tickets.issue(desk.business, offer, contact_id=1))
    assert refusal.value.alternatives


@pytest.mark.parametrize("status", ["revoked", "disconnected"])
def test_a_calendar_without_access_offers_nothing(desk, calendar, mirror, status):
    change(calendar.connection, status=status)
    assert desk.offers() == []


def test_one_that_was_never_read_offers_nothing(desk, calendar, mirror):
    change(mirror, synced_at=None)
    assert desk.offers() == []


def test_one_that_could_not_be_read_again_is_trusted_for_a_minute(desk, calendar, mirror, monday):
    change(mirror, synced_at=monday - dt.timedelta(seconds=59), failures=1)
    assert desk.offers()
    change(mirror, synced_at=monday - dt.timedelta(seconds=61))
    assert desk.offers() == []


def test_one_that_was_read_too_long_ago_offers_nothing(desk, calendar, mirror, monday):
    change(mirror, synced_at=monday - dt.timedelta(minutes=11))
    assert desk.offers() == []


def test_days_that_were_not_read_are_busy(desk, calendar, mirror, monday):
    change(mirror, covered_until=monday + 3 * HOUR)
    assert desk.offers(days=3)
    assert all(each.ends_at <= monday + 3 * HOUR for each in desk.offers(days=3))
    later = Period(monday + 5 * DAY, monday + 6 * DAY)
    assert unknown(calendar.connection, mirror, later, monday) == Unreadable("not read for these days")


def test_the_business_may_allow_offers_while_it_cannot_be_read(desk, calendar, mirror):
    change(mirror, synced_at=None)
    change(calendar, offer_when_unreachable=True)
    assert desk.offers()
    assert desk.book(desk.ticket())


def test_staff_may_overrule_the_calendar(desk, calendar, mirror, ada):
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


def test_its_own_copy_in_google_does_not_keep_an_appointment_from_moving_a_little(desk, calendar, mirror, ada):
    made = desk.book(desk.ticket())
    link = made.event_links.create(
        connection=calendar.connection, calendar_id=calendar.calendar_id, event_id="e1", written=made.revision
    )
    busy_at(mirror, made.starts_at, made.ends_at, link=link)

    moved = by_hand.move_by_hand(
        desk.business,
        made,
        starts_at=made.starts_at + dt.timedelta(minutes=15),
        practitioner=ada,
        user_id=None,
    )
    assert moved.revision == 2


def test_every_change_asks_for_the_copy_to_be_brought_up_to_date(desk, calendar, mirror):
    made = desk.book(desk.ticket())
    asked = WorkItem.objects.get(kind="calendar_sync.push", object_id=made.pk)
    assert asked.business_id == desk.business.pk


def test_without_a_connected_calendar_nothing_is_asked_for(desk):
    desk.book(desk.ticket())
    assert not WorkItem.objects.filter(kind="calendar_sync.push").exists()
