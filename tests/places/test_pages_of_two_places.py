"""What staff enter and see of one practitioner who works in two places."""

import datetime as dt
import json

import pytest
from django.db import connection

from calendar_sync.by_hand import book_by_hand
from calendar_sync.models import (
    BookingRules,
    CampaignCase,
    HoursException,
    Patient,
    Practitioner,
    Service,
    TimeOff,
    WaitlistEntry,
    WorkingHours,
)

SETTINGS = "/b/bright-smile/settings"
DIARY = "/b/bright-smile/diary/"


@pytest.fixture
def cleo(headingley, park_street, check_up):
    made = Practitioner.objects.create(name="Cleo Marsh", location=park_street, position=2)
    made.services.set([check_up])
    made.working_hours.create(weekday=1, starts=dt.time(9), ends=dt.time(12))
    made.working_hours.create(weekday=1, starts=dt.time(12), ends=dt.time(16), location=headingley)
    return made


def form(cleo, headingley, park_street, **values):
    """The page's form as it would be sent; `there1`: Tuesday's line at Headingley."""
    there = {f"at{headingley.pk}-day{number}": values.pop(f"there{number}", "") for number in range(7)}
    sent = {f"day{number}": "" for number in range(7)} | there
    services = list(cleo.services.values_list("pk", flat=True))
    return sent | {"name": cleo.name, "location": park_street.pk, "services": services} | values


def read(answer):
    return answer.content.decode()


def enter(clinic):
    """The request left the schema when it was answered."""
    connection.set_tenant(clinic)


def hours_of(cleo):
    rows = WorkingHours.objects.filter(practitioner=cleo).order_by("weeks", "weekday", "starts")
    return [
        (row.weeks, row.weekday, f"{row.starts:%H}–{row.ends:%H}", row.location and row.location.name) for row in rows
    ]


def test_hours_at_another_place_have_lines_of_their_own(manager, clinic, cleo, headingley, park_street):
    sent = form(cleo, headingley, park_street, day0="9-17", there1="10-15", there2="8-12")
    page = read(manager.get(f"{SETTINGS}/practitioners/{cleo.pk}/"))
    assert "Hours at Headingley" in page
    assert "Hours at Park Street" not in page
    assert 'value="12:00–16:00"' in page
    assert manager.post(f"{SETTINGS}/practitioners/{cleo.pk}/", sent).status_code == 302
    listed = read(manager.get(f"{SETTINGS}/practitioners/"))
    assert "Tue, Headingley" in listed
    enter(clinic)
    assert hours_of(cleo) == [
        ("every", 0, "09–17", None),
        ("every", 1, "10–15", "Headingley"),
        ("every", 2, "08–12", "Headingley"),
    ]


def test_alternating_weeks_have_lines_at_each_place(manager, clinic, cleo, headingley, park_street):
    other = {f"at{headingley.pk}b-day{number}": "" for number in range(7)} | {
        f"b-day{number}": "" for number in range(7)
    }
    sent = form(cleo, headingley, park_street, day0="9-17", alternates="on", this_week="A") | other
    sent |= {f"at{headingley.pk}b-day0": "10-16"}
    assert manager.post(f"{SETTINGS}/practitioners/{cleo.pk}/", sent).status_code == 302
    enter(clinic)
    assert hours_of(cleo) == [("a", 0, "09–17", None), ("b", 0, "10–16", "Headingley")]


def test_two_places_at_one_time_are_refused_beside_the_second(manager, clinic, cleo, headingley, park_street):
    sent = form(cleo, headingley, park_street, day1="9-12, 13-17", there1="11-15")
    answer = manager.post(f"{SETTINGS}/practitioners/{cleo.pk}/", sent)
    assert answer.status_code == 422
    page = read(answer)
    assert "They work at Park Street then: 09:00–12:00." in page
    assert f'id="id_at{headingley.pk}-day1_error"' in page or f"id_at{headingley.pk}-day1" in page
    enter(clinic)
    assert len(hours_of(cleo)) == 2


def test_what_is_not_understood_is_said_beside_its_line(manager, clinic, cleo, headingley, park_street):
    sent = form(cleo, headingley, park_street, there1="noonish")
    assert "“noonish” is not understood" in read(manager.post(f"{SETTINGS}/practitioners/{cleo.pk}/", sent))


def test_with_one_place_nothing_asks_for_it(manager, ada):
    for page in ("practitioners/new/", f"practitioners/{ada.pk}/", "hours/days/", "booking/"):
        answer = read(manager.get(f"{SETTINGS}/{page}"))
        assert "Hours at" not in answer
        assert "travel_minutes" not in answer
        assert "exception-at" not in answer


def test_a_day_of_ones_own_may_be_elsewhere(manager, clinic, cleo, headingley):
    sent = {"exception-first": "2026-12-01", f"exception-at{headingley.pk}": "10-12"}
    refused = manager.post(f"{SETTINGS}/hours/days/", sent)
    assert refused.status_code == 422
    assert "Choose the practitioner who works there" in read(refused)
    assert manager.post(f"{SETTINGS}/hours/days/", sent | {"exception-practitioner": cleo.pk}).status_code == 302
    assert "10:00–12:00 (Headingley)" in read(manager.get(f"{SETTINGS}/hours/days/"))
    enter(clinic)
    assert HoursException.objects.get().periods == [["10:00", "12:00", headingley.pk]]


def test_a_day_of_ones_own_may_be_split_between_two_places(manager, clinic, cleo, headingley, park_street):
    split = {
        "exception-first": "2026-12-01", "exception-practitioner": cleo.pk,
        f"exception-at{headingley.pk}": "9-11, 15-17", f"exception-at{park_street.pk}": "12-14",
    }  # fmt: skip
    assert manager.post(f"{SETTINGS}/hours/days/", split).status_code == 302
    assert "09:00–11:00, 15:00–17:00 (Headingley) · 12:00–14:00" in read(manager.get(f"{SETTINGS}/hours/days/"))
    enter(clinic)
    assert HoursException.objects.get().periods == [
        ["09:00", "11:00", headingley.pk],
        ["12:00", "14:00"],
        ["15:00", "17:00", headingley.pk],
    ]


def test_a_day_at_two_places_at_once_is_refused_beside_the_second_line(manager, clinic, cleo, headingley):
    sent = {"exception-first": "2026-12-01", "exception-practitioner": cleo.pk, "exception-hours": "9-12"}
    refused = manager.post(f"{SETTINGS}/hours/days/", sent | {f"exception-at{headingley.pk}": "11-15"})
    assert refused.status_code == 422
    assert "They work at their usual location then: 11:00–12:00." in read(refused)
    enter(clinic)
    assert not HoursException.objects.exists()


def booked_at_nine_and_two(clinic, cleo):
    for time in (9, 14):
        book_by_hand(
            clinic,
            service=Service.objects.get(name="Check-up"),
            practitioner=cleo,
            starts_at=dt.datetime(2026, 11, 24, time, tzinfo=dt.UTC),
            patient=Patient.objects.create(name=f"Patient at {time}"),
            user_id=None,
        )


def test_a_place_that_closes_names_what_is_booked_there_then(manager, clinic, cleo, headingley):
    booked_at_nine_and_two(clinic, cleo)
    sent = {"exception-first": "2026-11-24", "exception-practitioner": f"at-{headingley.pk}"}
    sent |= {"exception-note": "Building works"}
    page = read(manager.post(f"{SETTINGS}/hours/days/", sent))
    assert "Not saved yet: 1 appointment would be outside of hours." in page
    assert "Patient at 14" in page
    assert "Patient at 9" not in page
    enter(clinic)
    assert not HoursException.objects.exists()
    saved = read(manager.post(f"{SETTINGS}/hours/days/", sent | {"seen": "1"}, follow=True))
    assert "1 appointment is outside of hours now: Tue 24 Nov, 14:00 Patient at 14 (Cleo Marsh)." in saved
    enter(clinic)
    assert HoursException.objects.get().note == "Building works"


def test_the_way_is_a_rule_of_the_house(manager, clinic, cleo):
    page = read(manager.get(f"{SETTINGS}/booking/"))
    assert "Time from one location to the other" in page
    sent = {
        "horizon_days": 180, "series_most": 12, "late_cancel": "allow", "late_move": "allow",
        "hold_minutes": "10 minutes", "waitlist_minutes": "1 hour", "travel_minutes": "30 minutes",
    }  # fmt: skip
    assert manager.post(f"{SETTINGS}/booking/", sent).status_code == 302
    enter(clinic)
    assert BookingRules.objects.get().travel_minutes == 30


def test_the_diary_of_one_place_shows_who_is_there_and_what_is_there(staff, clinic, cleo, headingley, park_street):
    booked_at_nine_and_two(clinic, cleo)
    page = read(staff.get(f"{DIARY}?date=2026-11-24&location={headingley.pk}"))
    assert "Cleo Marsh" in page
    assert "Patient at 14" in page
    assert "Patient at 9" not in page
    query = f"start=2026-11-24T00:00&end=2026-11-25T00:00&location={headingley.pk}"
    events = json.loads(read(staff.get(f"{DIARY}events/?{query}")))
    titles = [each["title"] for each in events]
    assert any("Patient at 14" in each for each in titles)
    assert not any("Patient at 9" in each for each in titles)
    (elsewhere,) = [each for each in events if each["classNames"] == ["away--elsewhere"]]
    assert (elsewhere["title"], elsewhere["start"][11:16], elsewhere["end"][11:16]) == (
        "At Park Street",
        "09:00",
        "12:00",
    )


def test_whoever_waits_may_wish_for_a_place(staff, clinic, cleo, check_up, headingley):
    page = read(staff.get("/b/bright-smile/waitlist/"))
    assert 'name="location"' in page
    sent = {"name": "Rosa Blum", "phone": "07911 123456", "service": check_up.pk, "location": headingley.pk}
    assert staff.post("/b/bright-smile/waitlist/", sent).status_code == 302
    assert "at Headingley" in read(staff.get("/b/bright-smile/waitlist/"))
    enter(clinic)
    entry = WaitlistEntry.objects.get()
    offer = read(staff.get(f"/b/bright-smile/waitlist/{entry.pk}/offer/"))
    assert "Dr Bea Wolf, Headingley" in offer
    assert ", Park Street" not in offer


def test_locations_list_who_works_there_at_times(manager, cleo):
    page = read(manager.get(f"{SETTINGS}/hours/"))
    assert page.count("Cleo Marsh") == 2


def test_time_off_from_one_place_counts_what_is_booked_there(manager, clinic, cleo, headingley):
    booked_at_nine_and_two(clinic, cleo)
    sent = {"off-practitioner": cleo.pk, "off-first": "2026-11-24", "off-last": "2026-11-24"}
    sent |= {"off-place": headingley.pk}
    page = read(manager.post(f"{SETTINGS}/hours/time-off/", sent))
    assert "Not saved yet: 1 appointment is booked then." in page
    assert "Patient at 14" in page
    out = manager.post(f"{SETTINGS}/hours/time-off/", sent | {"seen": "1", "then": "out"}, follow=True)
    assert "1 appointment can’t take place." in read(out)
    enter(clinic)
    assert not TimeOff.objects.exists()
    started = {name.removeprefix("off-"): value for name, value in sent.items()}
    assert manager.post(f"{DIARY}out/", started).status_code == 302
    enter(clinic)
    assert TimeOff.objects.get().location == headingley
    assert CampaignCase.objects.get().appointment.patient.name == "Patient at 14"
    enter(clinic)
    assert "from Headingley only" in read(manager.get(f"{SETTINGS}/hours/time-off/"))
