"""Where an appointment is: in the diary, its dialog, its calendar file, its reminder and the API."""

import datetime as dt
import json

import pytest
from django.conf import settings
from django.db import connection
from icalendar import Calendar

from calendar_sync.by_hand import book_by_hand, move_by_hand
from calendar_sync.ics.links import link_for
from calendar_sync.models import (
    Hold,
    Location,
    Patient,
    Practitioner,
    Resource,
    ResourceKind,
    WaitlistEntry,
    WaitlistOffer,
)
from calendar_sync.places import move_practitioner
from conversations.automatic import text_of, values_of
from conversations.placeholders import filled
from conversations.proposal_texts import offer_values
from tests.api.conftest import made, program

__all__ = ["made", "program"]
DIARY = "/b/bright-smile/diary/"
TUESDAY = dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC)


@pytest.fixture
def book(clinic, headingley, check_up):
    def by_staff(who, name):
        patient = Patient.objects.create(name=name)
        return book_by_hand(
            clinic, service=check_up, practitioner=who, starts_at=TUESDAY, patient=patient, user_id=None
        )

    return by_staff


@pytest.fixture
def both(book, ada, bea):
    return book(ada, "Rosa Blum"), book(bea, "Tom Reed")


def read(answer):
    return answer.content.decode()


def test_the_diary_shows_one_place_and_keeps_to_it(staff, both, headingley):
    assert "All locations" in read(staff.get(f"{DIARY}?date=2026-11-24"))
    page = read(staff.get(f"{DIARY}?date=2026-11-24&location={headingley.pk}"))
    assert "Tom Reed" in page
    assert "Rosa Blum" not in page
    assert f"date=2026-11-25&amp;view=day&amp;location={headingley.pk}" in page
    assert f'data-location="{headingley.pk}"' in page
    assert "Dr Ada Silva" not in page


def test_what_is_no_place_shows_all_of_them(staff, both):
    for wrong in ("x", "999999"):
        page = read(staff.get(f"{DIARY}?date=2026-11-24&location={wrong}"))
        assert "Tom Reed" in page
        assert "Rosa Blum" in page


def test_with_one_place_the_diary_offers_no_choice(staff, park_street):
    assert 'name="location"' not in read(staff.get(DIARY))


def test_the_grid_fetches_one_place(staff, both, headingley):
    query = f"start=2026-11-24T00:00&end=2026-11-25T00:00&location={headingley.pk}"
    titles = [each["title"] for each in json.loads(read(staff.get(f"{DIARY}events/?{query}")))]
    assert any("Tom Reed" in each for each in titles)
    assert not any("Rosa Blum" in each for each in titles)


def test_rooms_of_several_places_say_where_they_are(staff, both, headingley, park_street):
    kind = ResourceKind.objects.create(name="Chair")
    for number, place in enumerate((headingley, park_street), start=1):
        Resource.objects.create(kind=kind, location=place, name=f"Chair {number}")
    assert "Chair 1, Headingley" in read(staff.get(f"{DIARY}?view=rooms"))
    one = read(staff.get(f"{DIARY}?view=rooms&location={headingley.pk}"))
    assert '"Chair 1"' in one
    assert "Chair 2" not in one


def test_the_appointment_says_where_it_is(staff, both):
    assert "<dt>Where</dt><dd>Headingley</dd>" in read(staff.get(f"{DIARY}appointments/{both[1].pk}/"))


def test_its_calendar_file_holds_the_address_of_its_own_place(client, clinic, both):
    link = link_for(clinic, both[1])
    connection.set_schema_to_public()
    answer = client.get(link.removeprefix(settings.PUBLIC_ORIGIN))
    (event,) = Calendar.from_ical(answer.content).events
    assert str(event["location"]) == "Headingley, 2 Otley Road, Leeds"


def test_its_reminder_says_where(clinic, both):
    text = filled(text_of("reminder", "en"), values_of(clinic, both[1], "en"))
    assert "your appointment at Bright Smile, Headingley: Check-up with Dr Bea Wolf" in text


def test_an_offer_from_the_waiting_list_says_where(clinic, both, bea, check_up):
    entry = WaitlistEntry(service=check_up, patient=both[0].patient)
    hold = Hold(practitioner=bea)
    offer = WaitlistOffer(pk=1, entry=entry, hold=hold, practitioner=bea, starts_at=TUESDAY, deadline=TUESDAY)
    text = filled(text_of("waitlist_offer", "en"), offer_values(clinic, offer, "en"))
    assert "a time has become free at Bright Smile, Headingley: Check-up with Dr Bea Wolf" in text


def test_with_one_place_the_reminder_reads_as_ever(clinic, park_street, both):
    Practitioner.objects.filter(name="Dr Bea Wolf").update(location=park_street)
    Location.objects.exclude(pk=park_street.pk).update(active=False)
    text = filled(text_of("reminder", "en"), values_of(clinic, both[1], "en"))
    assert "your appointment at Bright Smile: Check-up" in text


def test_what_stayed_behind_goes_along_once_it_is_moved(clinic, both, bea, headingley, park_street):
    bea.location = park_street
    bea.save()
    move_practitioner(bea, headingley)
    both[1].refresh_from_db()
    assert both[1].where == headingley
    moved = move_by_hand(clinic, both[1], practitioner=bea, starts_at=TUESDAY + dt.timedelta(days=1), user_id=None)
    assert moved.where == park_street


def test_programs_find_and_read_where(program, clinic, both, headingley, check_up, monday):
    asked = {
        "service": check_up.pk, "starts_from": monday.isoformat(), "starts_before": "2026-11-27T00:00:00Z"
    }  # fmt: skip
    everywhere = program.get("availability", asked).json()["data"]
    there = program.get("availability", asked | {"location": headingley.pk}).json()["data"]
    assert {each["location"] for each in there} == {headingley.pk}
    assert {each["location"] for each in everywhere} > {headingley.pk}
    assert program.get("availability", asked | {"location": 999999}).status_code == 422
    listed = program.get("appointments").json()["data"]
    assert {each["location"] for each in listed} == {each.where.pk for each in both}
    assert program.get(f"appointments/{both[1].pk}").json()["location"] == headingley.pk
