"""The copies in Google: written, moved, removed, and put right when Google disagrees."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calendar_sync import booking, entries
from calendar_sync.google import push
from calendar_sync.google.events import event_id
from calendar_sync.models import AppointmentChange, AppointmentStatus, BookedBy, CalendarEventLink
from calendar_sync.wanted import Actor
from tenants import worklist
from tenants.models import WorkItem
from tenants.worklist import LeaseLost
from tests.google.conftest import at
from tests.google.consent import ACCOUNT, connect_through_the_pages

pytestmark = pytest.mark.django_db
ADA, BEA = "ada@group.test", "bea@group.test"
ROSA = "Rosa Blum · Check-up"


def test_an_appointment_is_written_moved_and_removed_as_one_event(desk):
    made = desk.book(10)
    desk.work()
    assert desk.events() == [(at(10), ROSA)]
    link = made.event_links.get()

    desk.move(made, 14)
    desk.work()
    assert desk.events() == [(at(14), ROSA)]
    assert made.event_links.get().event_id == link.event_id
    assert made.event_links.get().etag != link.etag

    booking.cancel(desk.business, made, by=BookedBy.STAFF)
    desk.work()
    assert desk.events() == []
    assert made.event_links.get().removed_at is not None
    assert desk.waiting() == 0
    assert desk.requests() == ["POST", "PATCH", "DELETE"]


def test_a_cancellation_taken_back_brings_the_same_event_back(desk):
    from calendar_sync.by_hand import restore

    made = desk.book(10)
    desk.work()
    booking.cancel(desk.business, made, by=BookedBy.STAFF)
    desk.work()
    restore(desk.business, made, user_id=None)
    desk.work()
    assert desk.events() == [(at(10), ROSA)]
    assert made.event_links.count() == 1


def test_what_was_moved_and_cancelled_before_the_worker_came_is_never_written(desk):
    made = desk.book(10)
    desk.move(made, 11)
    booking.cancel(desk.business, made, by=BookedBy.STAFF)
    desk.work()
    assert desk.events() == []
    assert desk.requests() == []
    assert desk.waiting() == 0


def test_handed_to_another_practitioner_it_changes_calendars(desk):
    bea = desk.another()
    desk.choose(bea, BEA)
    made = desk.book(10)
    desk.work()
    desk.move(made, 10, person=bea)
    desk.work()
    assert (desk.events(ADA), desk.events(BEA)) == ([], [(at(10), ROSA)])
    desk.move(made, 11, person=desk.ada)
    desk.work()
    assert (desk.events(ADA), desk.events(BEA)) == ([(at(11), ROSA)], [])


@pytest.mark.parametrize("kind", ["drop_after_accept", "status", "wrong_body"])
def test_an_answer_that_is_lost_leaves_one_event(desk, kind):
    desk.google.fault(vendor="google", method="POST", path="/events$", kind=kind, accept=kind == "status", body={})
    made = desk.book(10)
    for _ in range(2):
        desk.work()
        desk.later()
    assert desk.events() == [(at(10), ROSA)]
    assert made.event_links.get().written == made.revision
    assert desk.waiting() == 0
    assert desk.now().failing_since is None


def test_cancelled_after_a_lost_answer_the_event_is_removed(desk):
    desk.google.fault(vendor="google", method="POST", path="/events$", kind="status", accept=True)
    made = desk.book(10)
    desk.work()
    assert desk.events() == [(at(10), ROSA)]
    booking.cancel(desk.business, made, by=BookedBy.STAFF)
    desk.later()
    desk.work()
    assert desk.events() == []


def test_a_foreign_event_under_our_id_is_left_alone_and_shown(desk, manager):
    made = desk.book(10)
    name = event_id(desk.business, made.pk, desk.account.pk, ADA)
    desk.private(at(16), at(17), id=name)
    desk.work()
    assert desk.events() == [(at(16), "Private")]
    assert desk.waiting() == 0
    assert desk.now().failing_since is None
    page = manager.get(f"{desk.business.path}settings/calendars/").content.decode()
    assert "Not written to Google" in page
    assert "We left it alone." in page
    assert "1 appointment waits to be written" in page

    booking.cancel(desk.business, made, by=BookedBy.STAFF)
    desk.work()
    assert desk.events() == [(at(16), "Private")]

    page = manager.get(f"{desk.business.path}settings/calendars/").content.decode()
    assert "Not written to Google" not in page


def test_a_manager_may_have_a_refused_one_tried_again(desk, manager):
    made = desk.book(10)
    name = event_id(desk.business, made.pk, desk.account.pk, ADA)
    desk.private(at(16), at(17), id=name)
    desk.work()
    desk.google.http.request("DELETE", "/control/google/events", json={"calendar": ADA, "id": name})
    page = manager.post(f"{desk.business.path}settings/calendars/write/", follow=True)
    assert "Writing 1 appointment to Google." in page.content.decode()
    desk.work()
    assert desk.events() == [(at(10), ROSA)]
    assert made.event_links.get().last_error == ""
    page = manager.post(f"{desk.business.path}settings/calendars/write/", follow=True)
    assert "Google is up to date." in page.content.decode()


def test_changed_in_google_meanwhile_the_diary_counts_and_the_rest_of_the_event_stays(desk):
    made = desk.book(10)
    desk.work()
    desk.google.post(
        "/google/events",
        {"calendar": ADA, "id": made.event_links.get().event_id,
         "event": {"colorId": "5", "start": {"date": "2026-11-24"}, "end": {"date": "2026-11-25"}}},
    )  # fmt: skip
    desk.move(made, 11)
    desk.work()
    assert desk.events() == [(at(11), ROSA)]
    assert desk.google.get("/google/events", calendar=ADA)["events"][0]["colorId"] == "5"
    assert desk.requests()[1:] == ["PATCH", "GET", "PATCH"]  # refused by its etag, read, written


def test_deleted_in_google_it_is_written_again_with_the_next_change(desk):
    made = desk.book(10)
    desk.work()
    gone = {"calendar": ADA, "id": made.event_links.get().event_id}
    desk.google.http.request("DELETE", "/control/google/events", json=gone)
    assert desk.events() == []
    desk.move(made, 11)
    desk.work()
    assert desk.events() == [(at(11), ROSA)]


def test_cancelled_here_and_deleted_there_is_fine(desk):
    made = desk.book(10)
    desk.work()
    gone = {"calendar": ADA, "id": made.event_links.get().event_id}
    desk.google.http.request("DELETE", "/control/google/events", json=gone)
    booking.cancel(desk.business, made, by=BookedBy.STAFF)
    desk.work()
    assert made.event_links.get().removed_at is not None
    assert desk.waiting() == 0


def complete(business, appointment):
    deed = entries.Deed(actor=Actor(by=BookedBy.STAFF))
    entries.close(
        business, appointment, AppointmentStatus.COMPLETED, AppointmentChange.Act.COMPLETED, deed=deed
    )  # fmt: skip


def test_another_calendar_takes_the_coming_events_with_it(desk):
    made, over = desk.book(10), desk.book(12)
    complete(desk.business, over)
    desk.work()
    desk.choose(desk.ada, BEA)
    desk.work()
    assert (desk.events(ADA), desk.events(BEA)) == ([], [(at(10), ROSA)])
    desk.choose(desk.ada, ADA)
    desk.work()
    assert (desk.events(ADA), desk.events(BEA)) == ([(at(10), ROSA)], [])
    desk.choose(desk.ada, "")
    desk.work()
    assert (desk.events(ADA), desk.events(BEA)) == ([], [])
    assert made.event_links.filter(removed_at=None).count() == 0
    assert desk.waiting() == 0


def test_what_is_completed_stays_in_the_calendar(desk):
    made = desk.book(10)
    desk.work()
    complete(desk.business, made)
    desk.work()
    assert desk.events() == [(at(10), ROSA)]


def test_choosing_a_calendar_writes_what_stands_already(desk):
    bea = desk.another()
    desk.book(10, person=bea)
    assert desk.waiting() == 0
    desk.choose(bea, BEA)
    desk.work()
    assert desk.events(BEA) == [(at(10), ROSA)]


def test_a_calendar_that_was_deleted_in_google_is_told_not_tried_for_ever(desk):
    desk.choose(desk.ada, "gone@group.test")
    made = desk.book(10)
    desk.work()
    assert made.event_links.get().last_error.startswith("The calendar is no longer there")
    assert desk.waiting() == 0


def test_one_account_in_trouble_does_not_hold_up_another(desk, manager):
    other = "bea@elsewhere.test"
    desk.google.post("/google/accounts", {"email": other})
    connect_through_the_pages(manager, desk.business, desk.google, account=other)
    bea = desk.another()
    made = desk.book(10)
    desk.work()
    mine, desk.account = desk.account, type(desk.account).objects.get(account=other)
    desk.choose(bea, other)
    desk.google.fault(vendor="google", path="ada", times=0, kind="status", status=503)
    desk.move(made, 11, person=bea)
    desk.work()
    assert desk.events(other) == [(at(11), ROSA)]
    assert desk.events(ADA) == [(at(10), ROSA)]
    mine.refresh_from_db()
    assert mine.failing_since is not None
    desk.google.http.delete("/control/faults")
    desk.later()
    desk.work()
    assert desk.events(ADA) == []


def test_a_change_made_while_the_push_runs_is_written_too(desk):
    made = desk.book(10)
    lease = worklist.claim(desk.business.pk, push.KIND, made.pk)
    desk.move(made, 11)
    WorkItem.objects.filter(kind=push.KIND).update(leased_until=None)  # as a second worker would see it, later
    stale = worklist.claim(desk.business.pk, push.KIND, made.pk)
    with pytest.raises(LeaseLost):
        push.push(desk.business, made.pk, lease)
    desk.move(made, 12)
    push.push(desk.business, made.pk, stale)
    assert desk.waiting() == 1, "called for again meanwhile"
    desk.work()
    assert desk.events() == [(at(12), ROSA)]
    assert desk.waiting() == 0


def test_a_zombie_writes_nothing_here_and_no_second_event_there(desk):
    made = desk.book(10)
    zombie = worklist.claim(desk.business.pk, push.KIND, made.pk)
    push._saved_link(desk.business, push._copies(made)[0][0], zombie)
    desk.later()
    current = worklist.claim(desk.business.pk, push.KIND, made.pk)
    push.push(desk.business, made.pk, current)
    written = made.event_links.get()
    CalendarEventLink.objects.update(written=0)  # what the zombie read before
    with pytest.raises(LeaseLost):
        push.push(desk.business, made.pk, zombie)
    assert made.event_links.get().etag == written.etag
    assert desk.events() == [(at(10), ROSA)]


def test_google_is_never_called_inside_a_transaction(desk):
    from django.db import transaction

    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        desk.call().calendars()


def test_many_appointments_cost_no_more_queries_each(desk):
    def queries(count):
        for hour in range(count):
            desk.book(hour)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            desk.work()
        return len(seen)

    first = queries(1)
    assert first <= 60
    for made in CalendarEventLink.objects.all():
        booking.cancel(desk.business, made.appointment, by=BookedBy.STAFF)
    desk.work()
    assert queries(4) <= 4 * first


def test_no_token_and_no_name_reaches_the_log(desk, capsys, caplog):
    desk.google.post("/google/expire-access", {})
    desk.google.fault(vendor="google", path="/events", kind="status", status=400)
    desk.book(10)
    with caplog.at_level("DEBUG"):
        desk.work()
    said = capsys.readouterr()
    written = said.out + said.err + caplog.text
    for secret in ("ya29.", "1//", "Rosa", "refresh_token", ACCOUNT):
        assert secret not in written
