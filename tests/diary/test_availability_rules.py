"""What is offered by the business's rules, and that what is not offered is refused with its reason."""

import datetime as dt

import pytest

from calendar_sync import resources
from calendar_sync.availability import Period
from calendar_sync.fitting import Refusal, why_not
from calendar_sync.models import (
    Appointment,
    BookedBy,
    BookingRules,
    CalendarConnection,
    CalendarMirror,
    GroupSession,
    Hold,
    HolidayChoice,
    HoursException,
    Location,
    OpeningHours,
    OwnDuration,
    Patient,
    Practitioner,
    PractitionerCalendar,
    Resource,
    ResourceKind,
    ServiceNeed,
    TakenTime,
    TimeOff,
    WorkingHours,
)
from calendar_sync.slots import find_slots
from calendar_sync.taking import take
from tenants import clock

MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)


def at(text):
    return dt.datetime.fromisoformat(text)


def change(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


@pytest.fixture
def house(clinic):
    return BookingRules.objects.create(pk=1)


@pytest.fixture
def room(ada):
    return Resource.objects.create(kind=ResourceKind.objects.create(name="Room"), location=ada.location, name="Room 1")


@pytest.fixture
def day(desk, ada):
    return Day(desk, ada)


class Day:
    """What is offered and refused on a date, in the words of the wall clock of the clinic (GMT in November)."""

    def __init__(self, desk, ada):
        self.desk, self.ada, self.service = desk, ada, desk.service

    def offers(self, date="2026-11-23", **options):
        begin = at(f"{date}T00:00Z")
        return find_slots(self.desk.business, service=self.service, window=(begin, begin + DAY), **options)

    def times(self, date="2026-11-23", **options):
        return [f"{each.starts_at:%H:%M}" for each in self.offers(date, **options)]

    def why_not(self, start, **options):
        refusal = why_not(self.desk.business, self.service, self.ada, at(start), now=clock.now(), **options)
        return refusal.rule if refusal else None

    def appointment(self, start, minutes=30, resource_ids=(), **values):
        made = Appointment.objects.create(
            service=self.service,
            practitioner=self.ada,
            patient=Patient.objects.create(name="Rosa Blum"),
            during=(at(start), at(start) + minutes * MINUTE),
            booked_by=BookedBy.STAFF,
            **values,
        )
        made.refresh_from_db()
        take(made, resource_ids)
        return made

    def hold(self, start, contact_id, until):
        during = (at(start), at(start) + 30 * MINUTE)
        hold = Hold.objects.create(
            reason=Hold.Reason.OFFER,
            contact_id=contact_id,
            service=self.service,
            practitioner=self.ada,
            during=during,
            expires_at=at(until),
        )
        TakenTime.objects.create(practitioner=self.ada, hold=hold, during=during)
        return hold


def test_minimum_notice_is_the_services_else_the_houses(day, house):
    change(house, minimum_notice=120)
    assert day.times()[0] == "10:00"  # it is 08:00
    change(day.service, minimum_notice=240)
    assert day.times()[0] == "12:00"
    change(day.service, minimum_notice=0)
    assert day.times()[0] == "08:30"


def test_the_last_bookable_day_is_bookable_until_it_ends(day, house):
    change(house, horizon_days=2)
    assert day.times("2026-11-25")[-1] == "17:00"
    assert day.times("2026-11-26") == []
    assert (day.why_not("2026-11-25T17:00Z"), day.why_not("2026-11-26T08:30Z")) == (None, "too_far")


def test_the_location_closes_for_everybody(day):
    OpeningHours.objects.filter(weekday=0, opens__gt=dt.time(12)).update(closes=dt.time(15))
    assert day.times()[-1] == "14:30"
    assert day.why_not("2026-11-23T16:00Z") == "closed"


def test_a_location_without_opening_hours_restricts_nobody(day):
    OpeningHours.objects.all().delete()
    assert day.times()[-1] == "17:00"


def test_the_lunch_break_is_outside_of_hours(day):
    OpeningHours.objects.filter(weekday=0).delete()
    OpeningHours.objects.create(location=day.ada.location, weekday=0, opens=dt.time(8), closes=dt.time(18))
    assert day.why_not("2026-11-23T12:15Z") == "outside_hours"


def test_a_public_holiday_is_closed_unless_the_business_says_otherwise(day, house):
    WorkingHours.objects.create(practitioner=day.ada, weekday=5, starts=dt.time(9), ends=dt.time(10))
    OpeningHours.objects.all().delete()
    assert day.times("2026-12-25") == []
    assert day.times("2026-12-28") == []  # Boxing Day (observed)
    HolidayChoice.objects.create(name="Boxing Day", closed=False)
    assert day.times("2026-12-26")
    assert day.times("2026-12-28")
    change(house, closed_on_holidays=False)
    assert day.times("2026-12-25")
    HolidayChoice.objects.create(name="Christmas Day", closed=True)
    assert day.times("2026-12-25") == []


def test_a_holiday_is_refused_by_its_name(day):
    refusal = why_not(day.desk.business, day.service, day.ada, at("2026-12-25T10:00Z"), now=clock.now())
    assert refusal == Refusal(rule="closed", name="Christmas Day")


def test_a_holiday_of_one_region_only_is_closed_there(day, house):
    assert day.times("2027-03-29")  # Easter Monday, not in Scotland
    change(house, holiday_region="ENG")
    assert day.times("2027-03-29") == []


def test_an_exception_on_the_date_goes_before_the_holiday(day):
    HoursException.objects.create(date=dt.date(2026, 12, 25), periods=[["09:00", "10:00"]])
    assert day.times("2026-12-25") == ["09:00", "09:15", "09:30"]


def test_a_country_without_known_holidays_has_none(day):
    change(day.desk.business, country="XX")
    assert day.times("2026-12-25")


def test_a_yearly_exception_closes_every_year(day):
    HoursException.objects.create(date=dt.date(2024, 11, 24), periods=[], yearly=True, note="Founders' day")
    assert day.times("2026-11-24") == []
    refusal = why_not(day.desk.business, day.service, day.ada, at("2026-11-24T10:00Z"), now=clock.now())
    assert refusal == Refusal(rule="closed", name="Founders' day")


def test_a_b_week_differs_from_an_a_week(day):
    change(day.ada, fortnight_from=dt.date(2026, 11, 16))
    WorkingHours.objects.filter(weekday=0).update(weeks=WorkingHours.Weeks.A)
    assert day.times("2026-11-23") == []
    assert day.times("2026-11-30")[0] == "08:30"


def test_a_practitioner_may_take_longer(day):
    OwnDuration.objects.create(practitioner=day.ada, service=day.service, minutes=120)
    assert day.times()[-1] == "15:30"
    offer = day.offers()[0]
    assert offer.ends_at - offer.starts_at == 120 * MINUTE
    assert day.why_not("2026-11-23T16:00Z") is not None


def test_what_stands_keeps_its_own_buffers_and_the_new_one_adds_its(day):
    change(day.service, buffer_after=15)
    day.appointment("2026-11-23T10:00Z")
    assert "10:30" not in day.times()
    assert "10:45" in day.times()
    assert "09:30" not in day.times()
    assert "09:15" in day.times()
    assert (day.why_not("2026-11-23T09:30Z"), day.why_not("2026-11-23T09:15Z")) == ("taken", None)


def test_starts_lie_on_the_services_grid(day):
    change(day.service, grid=40)
    assert day.times()[:3] == ["08:30", "09:10", "09:50"]
    assert day.why_not("2026-11-23T09:07Z") is None  # off the grid, but it fits


def test_a_service_that_needs_a_room_is_offered_while_one_is_free(day, room):
    ServiceNeed.objects.create(service=day.service, kind=room.kind)
    bea = Practitioner.objects.create(name="Dr Bea", location=day.ada.location)
    hold = Hold.objects.create(
        reason="offer",
        service=day.service,
        practitioner=bea,
        during=(at("2026-11-23T09:00Z"), at("2026-11-23T10:00Z")),
        expires_at=at("2026-11-23T08:10Z"),
    )
    TakenTime.objects.create(resource=room, hold=hold, during=hold.during)
    assert day.times()[:3] == ["08:30", "10:00", "10:15"]
    assert day.why_not("2026-11-23T09:15Z") == "no_resource"
    assert day.why_not("2026-11-23T10:00Z") is None
    change(room, active=False)
    assert day.times() == []


def test_a_room_elsewhere_is_of_no_use(day, room):
    ServiceNeed.objects.create(service=day.service, kind=room.kind)
    change(room, location=Location.objects.create(name="Other side of town"))
    assert day.times() == []


def test_rooms_are_chosen_in_the_order_of_their_ids(day, room):
    more = [Resource.objects.create(kind=room.kind, location=room.location, name=f"Room {n}") for n in (2, 3)]
    chair = Resource.objects.create(kind=ResourceKind.objects.create(name="Chair"), location=room.location, name="C")
    ServiceNeed.objects.create(service=day.service, kind=room.kind, count=2)
    ServiceNeed.objects.create(service=day.service, kind=chair.kind)
    day.appointment("2026-11-23T10:00Z", resource_ids=[room.pk])

    def chosen(start):
        period = Period(at(start), at(start) + 30 * MINUTE)
        return resources.choose(day.service, room.location_id, period, now=clock.now())

    assert chosen("2026-11-23T10:15Z") == [more[0].pk, more[1].pk, chair.pk]
    assert chosen("2026-11-23T11:00Z") == [room.pk, more[0].pk, chair.pk]
    assert resources.ids_to_lock(day.service, room.location_id) == [room.pk, more[0].pk, more[1].pk, chair.pk]
    change(more[1], active=False)
    assert chosen("2026-11-23T10:15Z") is None


def test_what_is_held_for_another_is_not_offered_until_it_expires(day):
    day.hold("2026-11-23T09:00Z", contact_id=1, until="2026-11-23T08:05Z")
    assert "09:00" not in day.times(contact_id=2)
    assert "09:00" not in day.times()
    assert "09:00" in day.times(contact_id=1)
    assert day.why_not("2026-11-23T09:00Z", contact_id=1) is None
    with clock.pinned(at("2026-11-23T08:05Z")):
        assert "09:00" in day.times(contact_id=2)


def test_an_appointment_does_not_stand_in_its_own_way(day):
    moving = day.appointment("2026-11-23T09:00Z")
    assert "09:15" not in day.times()
    assert "09:15" in day.times(moving=moving)
    assert day.why_not("2026-11-23T09:15Z", moving=moving) is None


@pytest.fixture
def group(day):
    """A group of three meets at 10:10, off the grid; one has a seat."""
    change(day.service, seats=3)
    during = (at("2026-11-23T10:10Z"), at("2026-11-23T10:40Z"))
    session = GroupSession.objects.create(service=day.service, practitioner=day.ada, during=during, seats=3)
    TakenTime.objects.create(practitioner=day.ada, session=session, during=during)
    day.appointment("2026-11-23T10:10Z", session=session, seat=1)
    return session


def seats(day, **options):
    return {f"{each.starts_at:%H:%M}": each.seats_left for each in day.offers(**options)}


def test_a_session_is_offered_while_it_has_seats_and_new_ones_where_time_is_free(day, group):
    found = seats(day)
    assert list(found) == sorted(found)
    assert (found["10:10"], found["09:30"], found["10:45"]) == (2, 3, 3)
    assert not {"09:45", "10:00", "10:15", "10:30"} & set(found)
    assert (day.why_not("2026-11-23T10:10Z"), day.why_not("2026-11-23T10:15Z")) == (None, "taken")


def test_a_full_session_is_not_offered(day, group):
    rest = [day.appointment("2026-11-23T10:10Z", session=group, seat=seat) for seat in (2, 3)]
    assert "10:10" not in seats(day)
    assert day.why_not("2026-11-23T10:10Z") == "full"
    assert seats(day, moving=rest[0])["10:10"] == 1
    change(rest[0], status="cancelled")
    assert seats(day)["10:10"] == 1


def test_a_seat_held_for_another_is_not_left(day, group):
    Hold.objects.create(
        reason="offer",
        contact_id=1,
        service=day.service,
        practitioner=day.ada,
        during=group.during,
        expires_at=at("2026-11-23T08:05Z"),
    )
    assert (seats(day, contact_id=2)["10:10"], seats(day, contact_id=1)["10:10"]) == (1, 2)


def test_nobody_joins_a_session_of_somebody_who_is_off(day, group):
    TimeOff.objects.create(
        practitioner=day.ada, starts_at=at("2026-11-23T10:00Z"), ends_at=at("2026-11-23T12:00Z"), reason="Ill"
    )
    assert "10:10" not in seats(day)
    assert day.why_not("2026-11-23T10:10Z") == "time_off"


def test_each_refusal_has_its_reason(day):
    TimeOff.objects.create(
        practitioner=day.ada, starts_at=at("2026-11-23T14:00Z"), ends_at=at("2026-11-23T15:00Z"), reason="Ill"
    )
    day.appointment("2026-11-23T10:00Z")
    assert day.why_not("2026-11-23T07:30Z") == "past"
    assert day.why_not("2026-11-23T08:05Z") == "too_soon"
    assert day.why_not("2026-11-23T14:30Z") == "time_off"
    assert day.why_not("2026-11-23T10:15Z") == "taken"
    assert day.why_not("2026-11-23T17:30Z") == "closed"
    assert day.why_not("2026-11-23T17:30Z", ignore={"closed"}) is None
    assert day.why_not("2026-11-23T07:30Z", ignore={"past"}) == "too_soon"


def test_a_connected_calendar_that_is_busy_or_unreadable_says_which(day, monday):
    calendar = PractitionerCalendar.objects.create(
        practitioner=day.ada,
        connection=CalendarConnection.objects.create(account="ada@clinic.test"),
        calendar_id="ada@clinic.test",
        calendar_name="Ada",
    )
    mirror = CalendarMirror.objects.create(
        connection=calendar.connection,
        calendar_id=calendar.calendar_id,
        covered_from=monday - 2 * DAY,
        covered_until=monday + 7 * DAY,
        synced_at=monday,
    )
    mirror.events.create(
        event_id="e1",
        status="confirmed",
        kind="default",
        starts_at="2026-11-23T09:00Z",
        ends_at="2026-11-23T10:00Z",
        blocks=True,
    )
    assert day.why_not("2026-11-23T09:15Z") == "calendar_busy"
    assert day.why_not("2026-11-23T10:00Z") is None
    change(mirror, synced_at=monday - 30 * MINUTE)
    assert day.why_not("2026-11-23T10:00Z") == "calendar_unreadable"
