"""What is busy in Google is not offered; what can't be read is busy; our own events stand in nobody's way."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calendar_sync import booking, by_hand, tickets
from calendar_sync.availability import Period
from calendar_sync.errors import CalendarSaysBusy
from calendar_sync.external_busy import external_busy_of
from calendar_sync.google import busy
from calendar_sync.models import BookedBy, CalendarMirror, MirroredEvent
from calendar_sync.slots import find_slots
from tenants import clock
from tests.google.conftest import at
from tests.google.consent import ACCOUNT

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
ADA, BEA = "ada@group.test", "bea@group.test"


def test_before_it_was_ever_read_nothing_is_offered(desk):
    assert desk.offered() == []
    desk.refresh()
    assert {9, 10, 11} <= set(desk.offered())


def test_what_is_busy_in_google_is_not_offered(desk):
    desk.private(at(10), at(11))
    desk.refresh()
    assert 10 not in desk.offered()
    assert {9, 11} <= set(desk.offered())


@pytest.mark.parametrize(
    ("event", "blocks"),
    [
        ({"transparency": "transparent"}, False),
        ({"eventType": "outOfOffice"}, True),
        ({"start": {"date": "2026-11-23"}, "end": {"date": "2026-11-24"}}, True),
        ({"start": {"date": "2026-11-23"}, "end": {"date": "2026-11-24"}, "transparency": "transparent"}, False),
        (
            {
                "start": {"dateTime": "2026-11-16T10:00:00Z", "timeZone": "Europe/London"},
                "end": {"dateTime": "2026-11-16T11:00:00Z", "timeZone": "Europe/London"},
                "recurrence": ["RRULE:FREQ=WEEKLY"],
            },
            True,
        ),
    ],
)
def test_events_block_as_google_says(desk, event, blocks):
    desk.private(at(10), at(11), **event)
    desk.refresh()
    assert (10 not in desk.offered()) is blocks


def test_a_reading_of_the_last_minute_is_used_again(desk, monday):
    desk.refresh()
    desk.refresh(fresh=False)
    with clock.pinned(monday + dt.timedelta(seconds=59)):
        desk.refresh(fresh=False)
    assert desk.lists() == ["whole"]
    with clock.pinned(monday + dt.timedelta(seconds=61)):
        desk.refresh(fresh=False)
    assert desk.lists() == ["whole", "changes"]


def test_fresh_means_fresh(desk):
    desk.refresh()
    desk.private(at(10), at(11))
    desk.refresh(fresh=False)
    assert 10 in desk.offered()
    desk.refresh()
    assert 10 not in desk.offered()


def test_days_beyond_what_was_read_are_busy(desk, monday):
    desk.refresh()
    last = monday + dt.timedelta(days=400)
    window = Period(last - DAY, last + DAY)
    found = external_busy_of([desk.ada.pk], window, monday, None)[desk.ada.pk]
    assert found == [Period(last, last + DAY)]


def test_a_date_next_year_is_read_without_asking_google_for_too_much(desk, monday):
    far = monday + dt.timedelta(days=200)
    desk.service.horizon_days = 300
    window = (far, far + dt.timedelta(days=1))
    busy.refresh(desk.business, window=window)
    assert desk.now().failing_since is None
    assert find_slots(desk.business, service=desk.service, window=window)
    busy.refresh(desk.business, window=(monday, far))
    assert desk.now().failing_since is None


def test_our_own_event_stands_in_nobodys_way(desk):
    made = desk.book(10)
    desk.work()
    desk.refresh()
    assert desk.busy() == []
    assert 10 not in desk.offered()
    booking.cancel(desk.business, made, by=BookedBy.STAFF)
    assert 10 in desk.offered(), "though the copy still stands in Google"
    desk.refresh()
    assert 10 in desk.offered()


def test_where_a_lagging_copy_stands_is_free_once_the_appointment_has_moved(desk):
    made = desk.book(10)
    desk.work()
    desk.move(made, 12)
    desk.move(made, 14)
    desk.refresh()
    assert {10, 12} <= set(desk.offered())
    assert 14 not in desk.offered()


def test_somebody_elses_time_stays_busy_where_our_appointment_once_was(desk):
    made = desk.book(10)
    desk.work()
    desk.move(made, 12)
    desk.work()
    desk.private(at(10), at(11))
    desk.move(made, 14)  # lags: its copy stands at 12, no longer at 10
    desk.refresh()
    assert 10 not in desk.offered()
    assert 12 in desk.offered()


def test_an_appointment_handed_over_hides_nothing_in_the_old_calendar(desk):
    bea = desk.another()
    desk.choose(bea, BEA)
    made = desk.book(10)
    desk.work()
    desk.private(at(12), at(13), calendar=ADA)
    desk.move(made, 12, person=bea)  # lags
    desk.refresh()
    assert desk.busy() == [(at(12), at(13))]


def test_two_who_share_a_calendar_do_not_block_each_other(desk):
    bea = desk.another()
    desk.choose(bea, ADA)
    desk.book(10)
    desk.private(at(12), at(13))
    desk.work()
    desk.refresh()
    assert desk.busy() == desk.busy(bea) == [(at(12), at(13))]
    assert 10 in desk.offered()
    assert CalendarMirror.objects.count() == 1, "read once for both"


def test_moving_ones_own_appointment_by_half_its_length_is_possible(desk):
    made = desk.book(10)
    desk.work()
    desk.refresh()
    moved = by_hand.move_by_hand(
        desk.business, made, starts_at=at(10) + dt.timedelta(minutes=15), practitioner=desk.ada, user_id=None
    )
    assert moved.starts_at.minute == 15


@pytest.mark.parametrize("kind", ["status", "drop", "wrong_body"])
def test_a_calendar_that_can_not_be_read_is_busy_never_free(desk, monday, kind):
    desk.refresh()
    assert desk.offered()
    desk.google.fault(vendor="google", path="/events", times=0, kind=kind, body={"items": []})
    with clock.pinned(monday + dt.timedelta(seconds=90)):
        desk.refresh(fresh=False)
        assert desk.offered() == []
        assert desk.now().failing_since == clock.now()
        desk.choose(desk.ada, ADA, offer_when_unreachable=True)
        assert desk.offered()
        desk.google.http.delete("/control/faults")
        desk.choose(desk.ada, ADA)
        desk.later()
        desk.refresh(fresh=False)
        assert desk.offered()
        assert desk.now().failing_since is None


def test_withdrawn_access_ends_offers_at_once(desk):
    desk.refresh()
    desk.google.post("/google/revoke", {"email": ACCOUNT})
    desk.refresh()
    assert desk.now().status == "revoked"
    assert desk.offered() == []


def test_a_calendar_that_was_deleted_is_busy_and_the_page_says_so(desk, manager):
    desk.choose(desk.ada, "gone@group.test")
    desk.refresh()
    assert desk.offered() == []
    page = manager.get(f"{desk.business.path}settings/calendars/").content.decode()
    assert "gone@group.test (practice@clinic.test): can&#x27;t be read now" in page


def test_one_deleted_calendar_does_not_hide_the_others(desk):
    bea = desk.another()
    desk.choose(bea, "gone@group.test")
    desk.refresh()
    assert set(desk.offered()) >= {9, 10}
    assert "“gone@group.test” can't be read" in desk.now().last_error


def test_a_time_taken_in_google_after_the_offer_is_not_booked(desk):
    desk.refresh()
    window = (at(10), at(11))
    slot = find_slots(desk.business, service=desk.service, window=window)[0]
    ticket = tickets.issue(desk.business, slot, contact_id=1)
    desk.private(at(10), at(11))
    desk.refresh()
    with pytest.raises(CalendarSaysBusy) as refusal:
        booking.book(desk.business, ticket=ticket, contact_id=1, patient=desk.patient, by=BookedBy.ASSISTANT)
    assert refusal.value.alternatives[0].starts_at >= at(11)


def test_a_reading_of_the_old_calendar_is_not_kept_for_the_new_one(desk, monday):
    desk.refresh()
    desk.private(at(10), at(11))
    desk.choose(desk.ada, BEA)
    assert desk.offered() == []
    desk.refresh()
    desk.choose(desk.ada, "")
    desk.later()
    desk.work()
    assert not CalendarMirror.objects.exists(), "what nobody uses is not kept"


def test_asking_costs_the_same_queries_for_one_calendar_and_for_four(desk, monday):
    window, people = Period(monday, monday + DAY), [desk.ada.pk]

    def queries():
        with CaptureQueriesContext(connection) as seen:
            external_busy_of(people, window, monday, None)
        return len(seen)

    desk.book(10)
    desk.work()
    before = queries()
    for number in range(3):
        person = desk.another(f"Dr {number}")
        desk.choose(person, BEA)
        people.append(person.pk)
    desk.work()
    assert queries() == before <= 4


def test_what_is_kept_holds_no_titles_and_none_are_asked_for(desk):
    desk.private(at(10), at(11), summary="Colonoscopy of the mayor", description="secret")
    desk.refresh()
    kept = list(MirroredEvent.objects.values())
    assert len(kept) == 1
    assert "mayor" not in str(kept)
    asked = [each["query"] for each in desk.google.log("google") if each["path"].endswith("/events")]
    assert all("fields=" in each and "summary" not in each and "description" not in each for each in asked)
