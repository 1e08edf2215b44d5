"""Calendar truth: what differs between the diary and Google is found, said in words and mended by one click."""

import pytest

from calendar_sync import booking
from calendar_sync.google import truth
from calendar_sync.google.events import mark_of
from calendar_sync.models import (
    Appointment,
    BookedBy,
    CalendarDifference,
    CalendarMirror,
    MirroredEvent,
    PractitionerCalendar,
)
from tenants import clock
from tests.google.conftest import DAY, at
from tests.google.consent import ACCOUNT

pytestmark = pytest.mark.django_db
ADA, BEA = "ada@group.test", "bea@group.test"
ROSA = "Rosa Blum · Check-up"


@pytest.fixture
def page(desk, manager):
    return f"{desk.business.path}settings/calendars/truth/"


def compare(desk):
    """(kind, appointment) of each difference that a comparison finds."""
    for mirror in CalendarMirror.objects.all():
        assert truth.compare(desk.business, mirror)
    return sorted(CalendarDifference.objects.values_list("kind", "appointment"))


def mend(desk, manager, page, how):
    found = CalendarDifference.objects.get()
    answer = manager.post(f"{desk.business.path}settings/calendars/differences/{found.pk}/{how}/", follow=True)
    desk.later()
    desk.work()
    return answer.content.decode()


def delete(desk, event_id):
    gone = {"calendar": ADA, "id": event_id}
    assert desk.google.http.request("DELETE", "/control/google/events", json=gone).is_success


def test_all_is_well_since_the_first_comparison_that_finds_nothing(desk, manager, page, monday):
    assert "Not compared yet" in manager.get(page).content.decode()
    desk.book(10)
    desk.work()
    assert compare(desk) == []
    with clock.pinned(monday + DAY / 2):
        assert compare(desk) == []
        assert CalendarMirror.objects.get().well_since == monday
    shown = manager.get(page).content.decode()
    assert "All is well" in shown
    assert "Every appointment stands in Google" in shown


def test_it_is_compared_every_day_by_itself(desk, monday):
    from tenants.models import WorkItem

    due = WorkItem.objects.filter(kind="calendar_sync.compare")
    assert due.count() == 1
    due.update(due_at="2000-01-01T00:00Z")
    desk.work()
    assert CalendarMirror.objects.get().compared_at == monday
    assert due.count() == 1, "and again tomorrow"


def test_one_that_is_missing_in_google_is_written_again(desk, manager, page):
    made = desk.book(10)
    desk.work()
    delete(desk, made.event_links.get().event_id)
    assert compare(desk) == [("missing", made.pk)]
    assert CalendarMirror.objects.get().well_since is None
    assert "Stands in the diary, but not in Google." in manager.get(page).content.decode()
    assert "It is written to Google again." in mend(desk, manager, page, "write")
    assert desk.events() == [(at(10), ROSA)]
    assert compare(desk) == []


def test_or_google_is_right_and_it_is_cancelled(desk, manager, page):
    made = desk.book(10)
    desk.work()
    delete(desk, made.event_links.get().event_id)
    compare(desk)
    mend(desk, manager, page, "accept")
    assert Appointment.objects.get().status == "cancelled"
    assert compare(desk) == []


def test_one_at_another_time_is_written_again_or_accepted(desk, manager, page):
    made = desk.book(10)
    desk.work()

    def moved(hour):
        sides = {"start": {"dateTime": at(hour).isoformat()}, "end": {"dateTime": at(hour + 1).isoformat()}}
        desk.google.post("/google/events", {"calendar": ADA, "id": made.event_links.get().event_id, "event": sides})
        assert compare(desk) == [("moved", made.pk)]

    moved(15)
    mend(desk, manager, page, "write")
    assert desk.events() == [(at(10), ROSA)]
    stretched = {"end": {"dateTime": at(12).isoformat()}}
    name = made.event_links.get().event_id
    desk.google.post("/google/events", {"calendar": ADA, "id": name, "event": stretched})
    assert compare(desk) == [("moved", made.pk)]
    mend(desk, manager, page, "accept")
    assert Appointment.objects.get().ends_at == at(12), "it takes longer, as Google says"
    assert compare(desk) == []
    moved(16)
    mend(desk, manager, page, "accept")
    assert Appointment.objects.get().starts_at == at(16)
    assert compare(desk) == []
    moved_end = desk.google.get("/google/events", calendar=ADA)["events"][0]["end"]["dateTime"]
    assert moved_end.startswith("2026-11-23T16:30"), "as long as the service takes"


def test_a_copy_of_our_event_is_an_orphan_and_blocks_until_it_is_removed(desk, manager, page):
    made = desk.book(10)
    desk.work()
    copy = {"extendedProperties": {"private": {"frontdesk": mark_of(desk.business, made.pk)}}}
    desk.private(at(14), at(15), **copy)
    assert compare(desk) == [("orphan", made.pk)]
    assert 14 not in desk.offered()
    assert "no appointment asks for" in manager.get(page).content.decode()
    mend(desk, manager, page, "remove")
    assert desk.events() == [(at(10), ROSA)]
    assert compare(desk) == []
    assert 14 in desk.offered()


def test_a_cancelled_one_that_was_brought_back_in_google_is_an_orphan(desk, manager, page):
    made = desk.book(10)
    desk.work()
    name = made.event_links.get().event_id
    booking.cancel(desk.business, made, by=BookedBy.STAFF)
    desk.work()
    desk.google.post("/google/events", {"calendar": ADA, "id": name, "event": {"status": "confirmed"}})
    assert compare(desk) == [("orphan", made.pk)]
    mend(desk, manager, page, "remove")
    assert desk.events() == []
    assert compare(desk) == []


def test_what_was_read_wrongly_is_read_again(desk, manager, page):
    desk.private(at(10), at(11))
    desk.refresh()
    MirroredEvent.objects.all().delete()
    assert [kind for kind, _ in compare(desk)] == ["unread"]
    mend(desk, manager, page, "read")
    assert compare(desk) == []
    assert 10 not in desk.offered()


def test_somebody_elses_event_is_never_removed(desk, manager, page):
    mine = {"extendedProperties": {"private": {"frontdesk": mark_of(desk.business, 1)}}}
    event = desk.private(at(14), at(15), **mine)
    compare(desk)
    changed = {"extendedProperties": {"private": {"frontdesk": "another/1"}}}
    desk.google.post("/google/events", {"calendar": ADA, "id": event["id"], "event": changed})
    assert "We left it alone." in mend(desk, manager, page, "remove")
    assert desk.events() == [(at(14), "Private")]


def test_a_way_that_does_not_fit_does_nothing(desk, manager, page, browser_of, bob, charlie):
    desk.book(10)
    compare(desk)  # before the worker came
    found = CalendarDifference.objects.get()
    path = f"{desk.business.path}settings/calendars/differences/{found.pk}"
    assert manager.post(f"{path}/remove/").status_code == 404
    for user in (bob, charlie):  # for managers of this business only
        assert browser_of(user).post(f"{path}/write/").status_code == 404
    assert "nothing to accept" in manager.post(f"{path}/accept/", follow=True).content.decode()
    assert CalendarDifference.objects.exists()


def test_comparing_on_demand_says_when_google_can_not_be_read(desk, manager, page):
    assert "Compared just now." in manager.post(f"{page}compare/", follow=True).content.decode()
    desk.google.fault(vendor="google", path="/events", times=0, kind="status", status=503)
    assert "Not every calendar could be read" in manager.post(f"{page}compare/", follow=True).content.decode()


def test_several_calendars_block_one_is_written_to_and_the_rest_are_ignored(desk, manager):
    value = f"{desk.account.pk}|"
    posted = {"calendar": value + ADA, "blocking": [value + BEA]}
    manager.post(f"{desk.business.path}settings/calendars/practitioners/{desk.ada.pk}/", posted)
    desk.private(at(10), at(11), calendar=ADA)
    desk.private(at(12), at(13), calendar=BEA)
    desk.private(at(14), at(15), calendar=ACCOUNT)
    desk.refresh()
    assert set(desk.offered()) & {10, 12, 14} == {14}
    desk.book(16)
    desk.work()
    assert (at(16), ROSA) in desk.events(ADA)
    assert (at(16), ROSA) not in desk.events(BEA)
    chosen = PractitionerCalendar.objects.order_by("calendar_id").values_list("calendar_id", "written_to")
    assert list(chosen) == [(ADA, True), (BEA, False)]


def test_a_calendar_shared_as_free_busy_only_blocks_and_our_own_time_in_it_does_not(desk, manager):
    blind = {"summary": "Blind", "id": "blind@group.test", "accessRole": "freeBusyReader"}
    desk.google.post("/google/accounts", {"email": ACCOUNT, "calendars": [blind]})
    value = f"{desk.account.pk}|"
    posted = {"calendar": value + ADA, "blocking": [value + "blind@group.test"]}
    manager.post(f"{desk.business.path}settings/calendars/practitioners/{desk.ada.pk}/", posted)
    desk.private(at(12), at(13), calendar="blind@group.test")
    desk.refresh()
    assert CalendarMirror.objects.get(calendar_id="blind@group.test").access == "free_busy"
    assert "free/busy" in desk.lists()
    assert set(desk.offered()) & {11, 12, 14} == {11, 14}
    page = manager.get(f"{desk.business.path}settings/calendars/").content.decode()
    assert "(free/busy only)" in page
