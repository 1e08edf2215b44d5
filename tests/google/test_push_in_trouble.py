"""While Google has trouble or access is withdrawn: tried ever more rarely, told once, nothing lost."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from calendar_sync import booking
from calendar_sync.google import backoff, push
from calendar_sync.google.accounts import open_account
from calendar_sync.models import BookedBy
from tenants import clock
from tenants.models import WorkItem
from tests.google.conftest import HOUR, at
from tests.google.consent import ACCOUNT, connect_through_the_pages

pytestmark = pytest.mark.django_db
ROSA = "Rosa Blum · Check-up"

RATE = {"error": {"code": 403, "message": "slow", "errors": [{"domain": "usageLimits", "reason": "rateLimitExceeded"}]}}


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "status", "status": 403, "body": RATE},
        {"kind": "status", "status": 429},
        {"kind": "status", "status": 500},
        {"kind": "status", "status": 503},
        {"kind": "drop"},
        {"kind": "wrong_body", "body": "<html>busy</html>"},
    ],
)
def test_while_google_has_trouble_it_is_tried_ever_more_rarely_then_written(desk, fault):
    desk.google.fault(vendor="google", path="/events", times=0, **fault)
    desk.book(10)
    for attempt in range(1, 5):
        desk.google.http.delete("/control/log")
        begun = timezone.now()
        desk.work()
        assert len(desk.requests()) <= 2  # httplib2 asks once more when a connection broke
        due_at = WorkItem.objects.get(kind=push.KIND).due_at
        assert due_at >= begun + dt.timedelta(seconds=2**attempt / 2)
        assert due_at <= timezone.now() + dt.timedelta(seconds=2**attempt)
        desk.later()
    failing = desk.now()
    assert failing.status == "connected"
    assert failing.failing_since == clock.now()
    assert failing.last_error.startswith("Google ")

    desk.google.http.delete("/control/faults")
    desk.work()
    assert desk.events() == [(at(10), ROSA)]
    assert desk.now().failing_since is None
    assert desk.now().last_error == ""


def test_waits_stay_finite_after_days_of_trouble():
    assert backoff.wait(10_000) <= dt.timedelta(minutes=10)


def test_the_owner_is_told_once_when_trouble_lasts(desk, monday):
    desk.google.fault(vendor="google", path="/events", times=0, kind="status", status=503)
    desk.book(10)
    desk.work()
    with clock.pinned(monday + dt.timedelta(minutes=10)):
        desk.later()
        desk.work()
        assert mail.outbox == []
    with clock.pinned(monday + dt.timedelta(minutes=31)):
        for _ in range(3):
            desk.later()
            desk.work()
    assert [letter.to for letter in mail.outbox] == [["alice@clinic.test"]]
    assert "has not reached the Google Calendar of practice@clinic.test for 31 minutes" in mail.outbox[0].body


def test_withdrawn_access_is_told_once_and_asked_for_no_more(desk, manager):
    desk.work()
    desk.google.post("/google/revoke", {"email": ACCOUNT})
    first, second = desk.book(10), desk.book(12)
    for _ in range(3):
        desk.work()
        desk.later()
    assert desk.now().status == "revoked"
    assert desk.waiting() == 0
    assert [letter.subject for letter in mail.outbox] == [f"{desk.business.name}: please connect Google Calendar again"]
    asked = len(desk.google.log("google"))
    desk.move(first, 11)
    booking.cancel(desk.business, second, by=BookedBy.STAFF)
    third = desk.book(15)
    desk.refresh()
    desk.work()
    page = manager.get(f"{desk.business.path}settings/calendars/").content.decode()
    assert "Access was withdrawn" in page
    assert len(desk.google.log("google")) == asked

    connect_through_the_pages(manager, desk.business, desk.google)
    desk.work()
    assert desk.events() == [(at(11), ROSA), (at(15), ROSA)]
    assert third.event_links.get().written == third.revision
    assert len(mail.outbox) == 1


def test_what_took_place_while_access_was_withdrawn_is_written_afterwards(desk, manager, monday):
    desk.google.post("/google/revoke", {"email": ACCOUNT})
    desk.book(10)
    desk.work()
    with clock.pinned(monday + 5 * HOUR):
        connect_through_the_pages(manager, desk.business, desk.google)
        desk.work()
    assert desk.events() == [(at(10), ROSA)]


def test_disconnecting_forgets_the_token_and_connecting_again_writes_what_was_missed(desk, manager):
    first = desk.book(10)
    desk.work()
    manager.post(f"{desk.business.path}settings/calendars/{desk.account.pk}/disconnect/")
    assert (desk.now().status, desk.now().token) == ("disconnected", "")
    desk.move(first, 11)
    desk.book(13)
    desk.work()
    assert desk.events() == [(at(10), ROSA)]
    page = manager.get(f"{desk.business.path}settings/calendars/").content.decode()
    assert "times are not offered" in page

    connect_through_the_pages(manager, desk.business, desk.google)
    desk.work()
    assert desk.events() == [(at(11), ROSA), (at(13), ROSA)]


def test_a_token_renewed_too_late_does_not_come_back_after_disconnecting(desk, manager):
    desk.google.post("/google/expire-access", {})
    late = open_account(desk.now())
    manager.post(f"{desk.business.path}settings/calendars/{desk.account.pk}/disconnect/")
    late.calendars()
    assert desk.now().token == ""


def test_a_renewed_token_is_kept(desk):
    desk.google.post("/google/expire-access", {})
    before = desk.now().token
    desk.book(10)
    desk.work()
    after = desk.now().token
    assert before != after
    desk.google.http.delete("/control/log")
    desk.book(12)
    desk.work()
    assert [each["path"] for each in desk.google.log("google") if "token" in each["path"]] == []
    assert len(desk.events()) == 2
