"""The private calendar feed of a practitioner, and its page in the settings."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from calendar_sync import booking, by_hand, patients
from calendar_sync.ics import feeds
from calendar_sync.models import (
    Appointment,
    AppointmentStatus,
    BookedBy,
    BookingRules,
    CalendarFeed,
    GroupSession,
    Location,
    Patient,
    Practitioner,
    Service,
)
from tenants import clock
from tenants.models import AuditEntry, Business

LONDON = ZoneInfo("Europe/London")
PAGE = "/b/bright-smile/settings/practitioners/{}/"


@pytest.fixture
def address(clinic, ada):
    """The path of Ada's feed."""
    feed = CalendarFeed.objects.create(practitioner=ada)
    return feeds.address_for(clinic, feed).removeprefix(settings.PUBLIC_ORIGIN)


@pytest.fixture
def book(clinic, monday, ada, check_up):
    def booked(starts_at, name="Rosa Blum", practitioner=ada):
        return by_hand.book_by_hand(
            clinic,
            service=check_up,
            practitioner=practitioner,
            starts_at=starts_at,
            patient=Patient.objects.create(name=name),
            user_id=None,
            overrule=True,
        )

    return booked


@pytest.fixture
def manager(client, clinic, alice, monday):
    client.force_login(alice)
    return client


def fetch(client, address, **headers):
    connection.set_schema_to_public()
    return client.get(address, headers=headers)


def events_in(response):
    assert response.status_code == 200
    return sorted(Calendar.from_ical(response.content).events, key=lambda event: event.start)


def test_the_feed_holds_what_stands_in_the_diary(client, clinic, address, book, monday):
    rosa = book(monday + dt.timedelta(hours=2))
    tom = book(monday + dt.timedelta(days=1, hours=2), name="Tom Reed")
    gone = book(monday + dt.timedelta(days=2, hours=2), name="Olu Adeyemi")
    booking.cancel(clinic, gone, by=BookedBy.STAFF)
    Appointment.objects.filter(pk=tom.pk).update(status=AppointmentStatus.PENDING)
    first, second = events_in(fetch(client, address))
    assert (first.start, first.end) == (rosa.starts_at, rosa.ends_at)
    assert str(first["summary"]) == "Check-up · RB"
    assert (str(first["status"]), str(second["status"])) == ("CONFIRMED", "TENTATIVE")
    assert str(first["url"]) == f"{settings.PUBLIC_ORIGIN}/b/bright-smile/diary/appointments/{rosa.pk}/"
    assert first["uid"] != second["uid"]


def test_patients_are_initials_unless_the_business_chose_names(client, clinic, address, book, monday):
    book(monday + dt.timedelta(hours=2))
    assert b"Rosa" not in fetch(client, address).content
    connection.set_tenant(clinic)
    BookingRules.objects.update_or_create(pk=1, defaults={"feeds_show": BookingRules.FeedsShow.NAMES})
    [event] = events_in(fetch(client, address))
    assert str(event["summary"]) == "Check-up · Rosa Blum"


def test_it_reaches_a_month_back_and_a_year_ahead(client, clinic, address, book, monday):
    for days in (-31, -29, 365, 368):
        book(monday + dt.timedelta(days=days))
    starts = [event.start for event in events_in(fetch(client, address))]
    assert starts == [monday - dt.timedelta(days=29), monday + dt.timedelta(days=365)]


def test_it_is_one_practitioners_own(client, clinic, address, book, monday):
    bea = Practitioner.objects.create(name="Dr Bea Wolf", location=Location.objects.get(), position=1)
    bea.services.set(Service.objects.all())
    book(monday + dt.timedelta(hours=2), practitioner=bea)
    assert events_in(fetch(client, address)) == []


def test_the_hours_are_right_on_both_sides_of_a_clock_change(client, clinic, address, book):
    local = [dt.datetime(2027, 3, 26, 9), dt.datetime(2027, 3, 29, 9), dt.datetime(2027, 10, 29, 9)]
    local += [dt.datetime(2027, 11, 1, 9)]
    for each in local:
        book(each.replace(tzinfo=LONDON))
    shown = [event.start.astimezone(LONDON).replace(tzinfo=None) for event in events_in(fetch(client, address))]
    assert shown == local


def test_a_group_is_one_event(client, clinic, address, ada, check_up, monday):
    start = monday + dt.timedelta(hours=3)
    during = (start, start + dt.timedelta(hours=1))
    session = GroupSession.objects.create(service=check_up, practitioner=ada, during=during, seats=5)
    for seat, name in enumerate(("Rosa Blum", "Tom Reed"), start=1):
        Appointment.objects.create(
            service=check_up,
            practitioner=ada,
            patient=patients.patient_for(seat, name),
            during=during,
            booked_by=BookedBy.STAFF,
            session=session,
            seat=seat,
        )
    [event] = events_in(fetch(client, address))
    assert str(event["summary"]) == "Check-up · RB, TR"


def test_asking_again_is_cheap(client, clinic, address, book, monday):
    for hours in (1, 2, 3):
        book(monday + dt.timedelta(hours=hours))
    connection.set_schema_to_public()
    with CaptureQueriesContext(connection) as asked:
        first = client.get(address)
    assert len([query for query in asked if not query["sql"].startswith("SET search_path")]) <= 4
    again = fetch(client, address, if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert first["Cache-Control"] == again["Cache-Control"] == "private, no-cache"


def test_whatever_changes_is_told_again(client, clinic, address, book, monday):
    rosa = book(monday + dt.timedelta(hours=2))
    tags = [fetch(client, address)["ETag"]]

    def changed(act):
        connection.set_tenant(clinic)
        act()
        response = fetch(client, address, if_none_match=tags[-1])
        assert response.status_code == 200
        tags.append(response["ETag"])

    changed(lambda: book(monday + dt.timedelta(hours=4), name="Tom Reed"))
    changed(lambda: Patient.objects.filter(name="Rosa Blum").update(name="Rosa Bloom-Field"))
    changed(lambda: booking.cancel(clinic, rosa, by=BookedBy.STAFF))
    changed(lambda: BookingRules.objects.update_or_create(pk=1, defaults={"feeds_show": "names"}))
    changed(lambda: Location.objects.update(address="1 New Road"))
    assert len(set(tags)) == len(tags)


def test_the_clock_alone_changes_nothing(client, clinic, address, book, monday):
    book(monday + dt.timedelta(hours=2))
    first = fetch(client, address)
    with clock.pinned(monday + dt.timedelta(hours=7)):
        assert fetch(client, address, if_none_match=first["ETag"]).status_code == 304


def test_no_other_address_opens_it(client, clinic, salon, address, monday):
    token = address[len("/feeds/") : -len(".ics")]
    for place, sign in enumerate(token):
        other = f"{token[:place]}{'A' if sign != 'A' else 'B'}{token[place + 1 :]}"
        assert fetch(client, f"/feeds/{other}.ics").status_code == 404
    assert fetch(client, f"/c/{token}.ics").status_code == 404
    assert fetch(client, "/feeds/x.ics").status_code == 404


def test_who_left_has_no_feed(client, clinic, ada, address, monday):
    Practitioner.objects.filter(pk=ada.pk).update(active=False)
    assert fetch(client, address).status_code == 404


def test_a_business_that_is_being_updated_asks_to_come_later(client, clinic, address):
    Business.objects.filter(pk=clinic.pk).update(fenced_at=clock.now())
    assert fetch(client, address).status_code == 503


# The page


def test_a_manager_makes_an_address_and_sees_it(manager, clinic, ada):
    before = manager.get(PAGE.format(ada.pk)).content.decode()
    assert "Make an address" in before
    page = manager.post(PAGE.format(ada.pk) + "feed/", follow=True).content.decode()
    connection.set_tenant(clinic)
    address = feeds.address_for(clinic, CalendarFeed.objects.get())
    assert address in page
    assert 'data-copy-from="feed-address"' in page
    assert AuditEntry.objects.filter(action="feed.made", subject=f"practitioner {ada.pk}").exists()
    assert fetch(manager, address.removeprefix(settings.PUBLIC_ORIGIN)).status_code == 200


def test_a_new_address_ends_the_old_one_at_once(manager, clinic, ada, address):
    assert fetch(manager, address).status_code == 200
    page = manager.post(PAGE.format(ada.pk) + "feed/", follow=True).content.decode()
    assert "The old one shows nothing any more." in page
    connection.set_tenant(clinic)
    new = feeds.address_for(clinic, CalendarFeed.objects.get()).removeprefix(settings.PUBLIC_ORIGIN)
    assert new != address
    assert new in page
    assert fetch(manager, address).status_code == 404
    assert fetch(manager, new).status_code == 200


def test_turned_off_and_on_again_the_old_address_stays_dead(manager, clinic, ada, address):
    manager.post(PAGE.format(ada.pk) + "feed/off/")
    assert fetch(manager, address).status_code == 404
    manager.post(PAGE.format(ada.pk) + "feed/")
    assert fetch(manager, address).status_code == 404


def test_what_is_shown_is_chosen_on_the_page(manager, clinic, ada, address):
    page = manager.post(PAGE.format(ada.pk) + "feed/patients/", {"feeds_show": "names"}, follow=True).content.decode()
    assert "Calendar feeds show full names of patients." in page
    connection.set_tenant(clinic)
    assert BookingRules.of_this_business().feeds_show == "names"
    page = manager.post(PAGE.format(ada.pk) + "feed/patients/", {"feeds_show": "all"}, follow=True).content.decode()
    assert "initials or full names" in page


def test_only_managers_make_addresses_and_only_in_their_own_business(client, clinic, ada, bob, charlie, address):
    for user in (bob, charlie):
        client.force_login(user)
        for act in ("feed/", "feed/off/", "feed/patients/"):
            assert client.post(PAGE.format(ada.pk) + act, {"feeds_show": "names"}).status_code == 404
    assert fetch(client, address).status_code == 200
