"""Settings of a business in several places: what is entered, refused, closed and opened again."""

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext

from calendar_sync.by_hand import book_by_hand
from calendar_sync.models import (
    Appointment,
    HoursException,
    Location,
    OpeningHours,
    Patient,
    Practitioner,
    Resource,
)
from tenants.models import AuditEntry

SETTINGS = "/b/bright-smile/settings"
HOURS = f"{SETTINGS}/hours"
PLACES = f"{HOURS}/locations"


def enter(clinic):
    """The request left the schema when it was answered."""
    connection.set_tenant(clinic)


def form(**values):
    return {f"day{number}": "" for number in range(7)} | {"name": "Headingley"} | values


def read(answer):
    return answer.content.decode()


def test_with_one_place_nothing_asks_which(manager, park_street, ada):
    page = read(manager.get(f"{HOURS}/"))
    assert "Add a location" in page
    assert "Your locations" not in page
    assert 'name="location"' not in read(manager.get(f"{SETTINGS}/practitioners/{ada.pk}/"))
    assert 'name="location"' not in read(manager.get(f"{SETTINGS}/rooms/"))
    assert "Everybody at" not in read(manager.get(f"{HOURS}/days/"))


def test_a_second_place_is_added_with_hours_of_its_own(manager, clinic, park_street, alice):
    page = read(manager.get(f"{PLACES}/new/"))
    assert 'value="08:30–12:30, 13:30–17:30"' in page
    assert manager.post(f"{PLACES}/new/", form(day1="10-16", address="2 Otley Road")).status_code == 302

    listed = read(manager.get(f"{HOURS}/"))
    assert "Your locations" in listed
    assert "2 Otley Road" in listed
    assert "Nobody works here yet" in listed
    enter(clinic)
    there = Location.objects.get(name="Headingley")
    assert [(row.weekday, row.opens) for row in there.opening_hours.all()] == [(1, dt.time(10))]
    assert OpeningHours.objects.filter(location=park_street, weekday=0).exists()
    assert AuditEntry.objects.filter(action="location.added", actor=alice, business=clinic).exists()


def test_what_makes_no_sense_is_refused_beside_the_field(manager, clinic, headingley):
    answer = manager.post(f"{PLACES}/new/", form(name="park  street", day0="nine"))
    assert answer.status_code == 422
    assert "Another location has this name." in read(answer)
    assert "not understood" in read(answer)
    enter(clinic)
    assert Location.objects.count() == 2


def test_a_place_is_renamed_without_touching_the_other(manager, clinic, headingley, park_street):
    manager.post(f"{PLACES}/{headingley.pk}/", form(name="Far Headingley", day5="9-11"))
    enter(clinic)
    headingley.refresh_from_db()
    assert headingley.name == "Far Headingley"
    assert [row.weekday for row in headingley.opening_hours.all()] == [5]
    assert park_street.opening_hours.count() == 9


def test_no_place_is_closed_where_somebody_works(manager, clinic, headingley):
    answer = manager.post(f"{PLACES}/{headingley.pk}/open/", {"on": "0"}, follow=True)
    assert "Dr Bea Wolf still work" in read(answer)
    enter(clinic)
    assert Location.objects.get(pk=headingley.pk).active


def test_no_place_is_closed_where_somebody_is_expected(manager, clinic, headingley, park_street, bea, check_up):
    tuesday = dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC)
    patient = Patient.objects.create(name="Rosa Blum")
    book_by_hand(clinic, service=check_up, practitioner=bea, starts_at=tuesday, patient=patient, user_id=None)
    manager.post(f"{SETTINGS}/practitioners/{bea.pk}/active/", {"on": "0"})

    answer = manager.post(f"{PLACES}/{headingley.pk}/open/", {"on": "0"}, follow=True)
    assert "1 appointment is still coming at Headingley" in read(answer)


def test_a_place_is_closed_for_good_and_opened_again(manager, clinic, headingley, park_street, bea):
    Practitioner.objects.filter(pk=bea.pk).update(active=False)
    gone = manager.post(f"{PLACES}/{headingley.pk}/open/", {"on": "0"}, follow=True)
    assert "Headingley is closed." in read(gone)
    assert "Open again" in read(gone)
    last = manager.post(f"{PLACES}/{park_street.pk}/open/", {"on": "0"}, follow=True)
    assert "It is your only location" in read(last)
    refused = manager.post(f"{SETTINGS}/practitioners/{bea.pk}/active/", {"on": "1"}, follow=True)
    assert "Headingley, where Dr Bea Wolf worked, is closed." in read(refused)
    assert 'name="location"' in read(refused)

    manager.post(f"{PLACES}/{headingley.pk}/open/", {"on": "1"})
    enter(clinic)
    assert Location.objects.get(pk=headingley.pk).active


def test_whoever_moves_leaves_what_is_booked_where_patients_were_told(
    manager, clinic, headingley, park_street, bea, check_up
):
    tuesday = dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC)
    patient = Patient.objects.create(name="Rosa Blum")
    booked = book_by_hand(clinic, service=check_up, practitioner=bea, starts_at=tuesday, patient=patient, user_id=None)
    data = {f"day{number}": "9-17" for number in range(7)} | {
        "name": bea.name, "services": [check_up.pk], "location": park_street.pk
    }  # fmt: skip
    manager.post(f"{SETTINGS}/practitioners/{bea.pk}/", data)

    enter(clinic)
    bea.refresh_from_db()
    assert bea.location_id == park_street.pk
    assert Appointment.objects.get(pk=booked.pk).where.name == "Headingley"
    answer = manager.post(f"{PLACES}/{headingley.pk}/open/", {"on": "0"}, follow=True)
    assert "1 appointment is still coming at Headingley" in read(answer)


def test_rooms_are_at_the_place_that_was_chosen(manager, clinic, headingley):
    manager.post(f"{SETTINGS}/rooms/", {"name": "Chair", "count": "2", "location": headingley.pk})
    assert "Headingley" in read(manager.get(f"{SETTINGS}/rooms/"))
    enter(clinic)
    assert {each.location_id for each in Resource.objects.all()} == {headingley.pk}


def test_one_place_has_a_day_of_its_own(manager, clinic, headingley, bea):
    data = {"exception-first": "2026-12-01", "exception-practitioner": f"at-{headingley.pk}"}
    manager.post(f"{HOURS}/days/", data)
    page = read(manager.get(f"{HOURS}/days/"))
    assert "everybody at Headingley" in page
    again = manager.post(f"{HOURS}/days/", data)
    assert "This day has an exception already" in read(again)
    stranger = manager.post(f"{HOURS}/days/", data | {"exception-practitioner": "at-999999"})
    assert stranger.status_code == 422
    enter(clinic)
    assert HoursException.objects.get().location == headingley


def test_the_list_of_many_places_takes_no_more_queries(manager, clinic, headingley):
    def counted():
        with CaptureQueriesContext(connection) as seen:
            assert manager.get(f"{HOURS}/").status_code == 200
        enter(clinic)
        return len(seen)

    few = counted()
    Location.objects.bulk_create(Location(name=f"Place {number}") for number in range(12))
    assert counted() == few


def test_only_whoever_manages_may_change_places(staff, clinic, headingley):
    assert staff.get(f"{HOURS}/").status_code == 404
    assert staff.post(f"{PLACES}/{headingley.pk}/open/", {"on": "0"}).status_code == 404


def test_another_business_sees_none_of_them(client, clinic, headingley, charlie):
    client.force_login(charlie)
    assert client.get(f"{PLACES}/{headingley.pk}/").status_code == 404
    assert client.get(f"/b/cut-and-co/settings/hours/locations/{headingley.pk}/").status_code == 404
