"""The link to one appointment as a calendar file."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import connection
from icalendar import Calendar

from calendar_sync import booking, by_hand
from calendar_sync.ics import links, tokens
from calendar_sync.models import Appointment, BookedBy, Location, Patient, Service
from tenants import clock
from tenants.models import Business

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def rosas(desk):
    Location.objects.update(name="Bright Smile", address="12 High Street, Leeds")
    Service.objects.filter(name="Check-up").update(preparation="Please brush your teeth; no coffee before.")
    return desk.book(desk.ticket())


def fetch(client, link, **headers):
    """By its path, as whoever taps on the link does: no session, no schema."""
    connection.set_schema_to_public()
    assert link.startswith(settings.PUBLIC_ORIGIN)
    return client.get(link.removeprefix(settings.PUBLIC_ORIGIN), headers=headers)


def event_in(response):
    calendar = Calendar.from_ical(response.content)
    [event] = calendar.events
    return event


def test_the_file_holds_the_appointment_and_nothing_of_the_patient(client, clinic, rosas):
    response = fetch(client, links.link_for(clinic, rosas))
    assert response.status_code == 200
    event = event_in(response)
    assert str(event["summary"]) == "Check-up at Bright Smile"
    assert event.start == rosas.starts_at
    assert event.end == rosas.ends_at
    assert "With Dr Ada Silva" in str(event["description"])
    assert "no coffee before" in str(event["description"])
    assert str(event["location"]) == "Bright Smile, 12 High Street, Leeds"
    assert str(event["status"]) == "CONFIRMED"
    assert b"Rosa" not in response.content
    assert b"Blum" not in response.content


def test_it_comes_as_a_calendar_that_nobody_else_keeps(client, clinic, rosas):
    response = fetch(client, links.link_for(clinic, rosas))
    assert response["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert 'filename="appointment.ics"' in response["Content-Disposition"]
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies
    assert str(Calendar.from_ical(response.content)["method"]) == "PUBLISH"


def test_the_link_is_short_and_shows_no_number(clinic, rosas):
    link = links.link_for(clinic, rosas)
    assert re.fullmatch(re.escape(settings.PUBLIC_ORIGIN) + r"/c/[A-Za-z0-9_-]{32}\.ics", link)
    assert str(rosas.pk) != link.split("/")[-1]


def test_a_move_keeps_link_and_uid_and_raises_the_sequence(client, clinic, desk, rosas):
    link = links.link_for(clinic, rosas)
    before = event_in(fetch(client, link))
    connection.set_tenant(clinic)
    moved = booking.reschedule(
        clinic, rosas, ticket=desk.ticket(place=5), contact_id=1, by=BookedBy.ASSISTANT, turn_id=8
    )
    assert links.link_for(clinic, moved) == link
    after = event_in(fetch(client, link))
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after.start == moved.starts_at != before.start
    assert after["dtstamp"].dt >= before["dtstamp"].dt


def test_a_cancelled_one_says_so(client, clinic, rosas):
    sequence = event_in(fetch(client, links.link_for(clinic, rosas)))["sequence"]
    connection.set_tenant(clinic)
    booking.cancel(clinic, rosas, by=BookedBy.PATIENT)
    event = event_in(fetch(client, links.link_for(clinic, rosas)))
    assert str(event["status"]) == "CANCELLED"
    assert event["sequence"] > sequence


@pytest.mark.parametrize(
    "local", [dt.datetime(2027, 3, 25, 9), dt.datetime(2027, 3, 30, 9), dt.datetime(2027, 5, 4, 9)]
)
def test_the_hour_is_right_on_both_sides_of_a_clock_change(client, clinic, monday, ada, check_up, local):
    made = by_hand.book_by_hand(
        clinic,
        service=check_up,
        practitioner=ada,
        starts_at=local.replace(tzinfo=LONDON),
        patient=Patient.objects.create(name="Rosa Blum"),
        user_id=None,
    )
    event = event_in(fetch(client, links.link_for(clinic, made)))
    assert event.start.astimezone(LONDON).replace(tzinfo=None) == local


def test_it_is_open_until_thirty_days_after_the_end(client, clinic, rosas):
    link = links.link_for(clinic, rosas)
    with clock.pinned(rosas.ends_at + dt.timedelta(days=29, hours=23)):
        assert fetch(client, link).status_code == 200
    with clock.pinned(rosas.ends_at + dt.timedelta(days=30)):
        assert fetch(client, link).status_code == 404


def altered(link):
    """Each character of the token turned into another, one at a time."""
    start, token = link[: -len("/.ics") - 31], link[-len(".ics") - 32 : -len(".ics")]
    for place, sign in enumerate(token):
        yield f"{start}{token[:place]}{'A' if sign != 'A' else 'B'}{token[place + 1 :]}.ics"


def test_no_altered_token_opens_anything(client, clinic, rosas):
    link = links.link_for(clinic, rosas)
    tries = list(altered(link))
    assert len(tries) == 32
    assert all(fetch(client, each).status_code == 404 for each in tries)
    for nonsense in ("x", "A" * 31, "A" * 32, "A" * 33, "%00" * 32, "é" * 32, "../" * 10):
        assert client.get(f"/c/{nonsense}.ics").status_code == 404


def test_a_token_of_one_business_opens_nothing_of_another(client, clinic, salon, rosas):
    other = tokens.sealed(links.PURPOSE, (salon.pk, rosas.pk, 1))
    assert fetch(client, f"{settings.PUBLIC_ORIGIN}/c/{other}.ics").status_code == 404


def test_a_link_dies_when_the_appointment_is_somebody_elses(client, clinic, rosas):
    link = links.link_for(clinic, rosas)
    Appointment.objects.filter(pk=rosas.pk).update(contact_id=2)
    assert fetch(client, link).status_code == 404


def test_a_feeds_token_is_no_link(client, clinic, rosas):
    token = tokens.sealed("feed", (clinic.pk, rosas.pk, 1))
    assert fetch(client, f"{settings.PUBLIC_ORIGIN}/c/{token}.ics").status_code == 404


def test_links_outlive_a_new_key_as_long_as_the_old_one_is_kept(client, clinic, rosas, settings):
    link = links.link_for(clinic, rosas)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key " * 5
    assert fetch(client, link).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert fetch(client, link).status_code == 404


def test_a_business_that_is_being_updated_asks_to_come_later(client, clinic, rosas):
    link = links.link_for(clinic, rosas)
    Business.objects.filter(pk=clinic.pk).update(fenced_at=clock.now())
    response = fetch(client, link)
    assert response.status_code == 503
    assert response["Retry-After"]


def test_it_is_only_read(client, clinic, rosas):
    link = links.link_for(clinic, rosas).removeprefix(settings.PUBLIC_ORIGIN)
    connection.set_schema_to_public()
    assert client.post(link).status_code == 405
    assert client.head(link).status_code == 200


def test_the_words_are_the_businesss_language(client, clinic, rosas):
    Business.objects.filter(pk=clinic.pk).update(language="de")
    event = event_in(fetch(client, links.link_for(clinic, rosas)))
    assert str(event["summary"]) == "Check-up bei Bright Smile"
    assert "Bei Dr Ada Silva" in str(event["description"])


def test_one_that_staff_made_for_nobody_who_writes_has_a_link_too(client, clinic, monday, ada, check_up):
    made = by_hand.book_by_hand(
        clinic,
        service=check_up,
        practitioner=ada,
        starts_at=monday + dt.timedelta(hours=3),
        patient=Patient.objects.create(name="Tom Reed"),
        user_id=None,
    )
    assert made.contact_id is None
    assert fetch(client, links.link_for(clinic, made)).status_code == 200
