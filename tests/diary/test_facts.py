import datetime as dt

import pytest

from calendar_sync import brief
from calendar_sync.hours_text import HoursRefused, hours_from, text_of
from calendar_sync.models import HoursException, Location, OpeningHours, Practitioner, Service, WorkingHours
from calendar_sync.named import practitioner_called, service_called
from calendar_sync.slots import find_slots, next_free


def at(text):
    return dt.datetime.fromisoformat(text)


def test_a_new_dentist_has_a_week_services_and_a_practitioner(clinic):
    facts = brief.facts(clinic)

    assert facts.practitioners == ("Dr Ada Silva",)
    check_up = facts.services[0]
    assert (check_up.name, check_up.minutes, check_up.price) == ("Check-up", 30, "£45")
    assert check_up.practitioners == ("Dr Ada Silva",)
    assert facts.opening_hours[0] == "Monday 08:30–12:30, 13:30–17:30"
    assert facts.opening_hours[6] == "Sunday closed"


def test_the_practitioner_works_when_the_location_is_open(clinic):
    opening = set(OpeningHours.objects.values_list("weekday", "opens", "closes"))
    assert opening == set(WorkingHours.objects.values_list("weekday", "starts", "ends"))


def test_always_open_means_seven_to_ten_every_day(fresh_business):
    week = list(WorkingHours.objects.values_list("weekday", "starts", "ends"))
    assert week == [(day, dt.time(7), dt.time(22)) for day in range(7)]
    assert len(brief.open_periods(fresh_business, dt.date(2026, 11, 29))) == 1


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (4500, "GBP", "£45"),
        (4550, "EUR", "€45.50"),
        (0, "USD", "$0"),
        (5, "GBP", "£0.05"),
        (900, "SEK", "9 SEK"),
        (None, "GBP", ""),
    ],
)
def test_prices_are_written_as_people_write_them(minor, currency, text):
    assert brief.price_text(minor, currency) == text


def test_it_knows_when_it_opens_next(clinic):
    assert brief.next_opening(clinic, at("2026-11-23T10:00Z")) == at("2026-11-23T10:00Z")
    assert brief.next_opening(clinic, at("2026-11-23T12:45Z")) == at("2026-11-23T13:30Z")
    assert brief.next_opening(clinic, at("2026-11-27T20:00Z")) == at("2026-11-30T08:30Z")


def test_a_closed_day_is_closed(clinic):
    HoursException.objects.create(date=dt.date(2026, 11, 23), periods=[])

    assert brief.open_periods(clinic, dt.date(2026, 11, 23)) == []
    assert brief.next_opening(clinic, at("2026-11-23T10:00Z")) == at("2026-11-24T08:30Z")


def test_a_business_that_never_opens_says_so(clinic):
    OpeningHours.objects.all().delete()
    assert brief.next_opening(clinic, at("2026-11-23T10:00Z")) is None


def test_summer_hours_are_local(clinic):
    (morning, _) = brief.open_periods(clinic, dt.date(2026, 7, 6))
    assert morning.starts_at == at("2026-07-06T07:30Z")


def test_services_are_found_by_what_patients_call_them(clinic):
    assert service_called("CHECKUP").name == "Check-up"
    assert service_called("teeth cleaning").name == "Hygienist"
    assert practitioner_called("dr silva").name == "Dr Ada Silva"
    assert practitioner_called("Dr") is None


def test_the_queries_for_slots_do_not_grow_with_practitioners(desk, django_assert_num_queries):
    for number in range(5):
        person = Practitioner.objects.create(name=f"Dr {number}", location=Location.objects.get())
        person.services.add(desk.service)
        WorkingHours.objects.create(practitioner=person, weekday=0, starts=dt.time(9), ends=dt.time(17))

    with django_assert_num_queries(10):
        assert len({each.practitioner_id for each in desk.offers()}) == 6


def test_slots_come_by_time_and_then_in_the_practitioners_order(desk, ada):
    bea = Practitioner.objects.create(name="Dr Bea", location=ada.location, position=1)
    bea.services.add(desk.service)
    WorkingHours.objects.create(practitioner=bea, weekday=0, starts=dt.time(8, 30), ends=dt.time(9, 30))

    first = [(f"{each.starts_at:%H:%M}", each.practitioner) for each in desk.offers(limit=3)]
    assert first == [("08:30", "Dr Ada Silva"), ("08:30", "Dr Bea"), ("08:45", "Dr Ada Silva")]
    assert {each.practitioner for each in desk.offers(practitioner=bea)} == {"Dr Bea"}


def test_a_service_that_is_no_longer_offered_has_no_slots(desk, clinic, monday):
    Service.objects.update(active=False)
    desk.service.refresh_from_db()
    assert desk.offers() == []


def test_the_next_free_times_are_found_weeks_ahead(desk, ada, monday):
    for day in range(20):
        HoursException.objects.create(practitioner=ada, date=monday.date() + dt.timedelta(days=day), periods=[])

    found = next_free(desk.business, desk.service, monday, count=2)
    assert [each.starts_at for each in found] == [at("2026-12-14T08:30Z"), at("2026-12-14T08:45Z")]


def test_nothing_is_offered_in_the_past(desk, monday):
    window = (monday - dt.timedelta(days=7), monday)
    assert find_slots(desk.business, service=desk.service, window=window) == []


def test_it_says_why_a_day_is_closed(clinic):
    day = brief.open_on(clinic, dt.date(2026, 12, 25))
    assert (day.periods, day.said) == ((), "Friday 25 December: closed (Christmas Day)")
    assert brief.open_on(clinic, dt.date(2026, 11, 29)).said == "Sunday 29 November: closed"
    ordinary = brief.open_on(clinic, dt.date(2026, 11, 23))
    assert ordinary.said == "Monday 23 November: 08:30–12:30, 13:30–17:30"
    assert ordinary.periods[0].starts_at == at("2026-11-23T08:30Z")


def test_an_exception_says_its_hours_and_its_note(clinic):
    HoursException.objects.create(date=dt.date(2026, 12, 24), periods=[["09:00", "12:00"]], note="Christmas Eve")
    assert brief.open_on(clinic, dt.date(2026, 12, 24)).said == "Thursday 24 December: 09:00–12:00 (Christmas Eve)"


def test_nothing_is_said_of_days_of_which_nothing_is_known(clinic):
    OpeningHours.objects.all().delete()
    assert brief.open_on(clinic, dt.date(2026, 11, 23)) is None
    assert brief.open_on(clinic, dt.date(2026, 12, 25)).reason == "Christmas Day"


def test_the_days_ahead_that_differ_are_known(clinic, monday):
    HoursException.objects.create(date=dt.date(2020, 12, 24), periods=[], note="Christmas Eve", yearly=True)
    assert [each.reason for each in brief.special_days_ahead(clinic, days=35)] == [
        "Christmas Eve",
        "Christmas Day",
        "Boxing Day",
        "Boxing Day (observed)",
    ]


def test_a_holiday_is_not_an_opening(clinic):
    assert brief.next_opening(clinic, at("2026-12-24T20:00Z")) == at("2026-12-29T08:30Z")


def test_it_is_open_past_midnight(clinic):
    OpeningHours.objects.all().delete()
    OpeningHours.objects.create(location=Location.objects.get(), weekday=4, opens=dt.time(20), closes=dt.time(2))
    saturday = at("2026-11-28T01:00Z")
    assert brief.next_opening(clinic, saturday) == saturday
    assert brief.closing(clinic, saturday) == at("2026-11-28T02:00Z")
    assert brief.next_opening(clinic, at("2026-11-28T02:00Z")) == at("2026-12-04T20:00Z")
    assert len(brief.open_periods(clinic, dt.date(2026, 11, 28))) == 1


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("22:00–02:00", "22:00–02:00"),
        ("00:00-24:00", "00:00–24:00"),
        ("8-12, 13.30 to 24", "08:00–12:00, 13:30–24:00"),
        ("", ""),
    ],
)
def test_hours_are_read_as_people_write_them(written, said):
    assert text_of(hours_from(written)) == said


@pytest.mark.parametrize("written", ["24:00–08:00", "08:00–24:30", "09:00–09:00", "20:00–02:00, 23:00–24:00", "8"])
def test_hours_that_mean_nothing_are_refused(written):
    with pytest.raises(HoursRefused):
        hours_from(written)
