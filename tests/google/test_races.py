"""Several workers at once, with real commits."""

import datetime as dt
import json
import threading
import time

import pytest
from django.db import connection
from django_tenants.utils import tenant_context

from calendar_sync import by_hand, tasks
from calendar_sync.google import push
from calendar_sync.models import (
    CalendarConnection,
    CalendarEventLink,
    Patient,
    Practitioner,
    PractitionerCalendar,
    Service,
)
from tenants.models import WorkItem
from tests.google.conftest import HOUR, at
from tests.google.consent import ACCOUNT

LATER = dt.timedelta(days=365)


@pytest.fixture
def practice(fresh_business, google):
    granted = google.post("/google/grant", {"email": ACCOUNT})
    token = {"token": granted["access_token"], "refresh_token": granted["refresh_token"], "expiry": None}
    account = CalendarConnection.objects.create(account=ACCOUNT, token=json.dumps(token))
    PractitionerCalendar.objects.create(
        practitioner=Practitioner.objects.get(), connection=account, calendar_id=ACCOUNT, calendar_name="Own"
    )
    Patient.objects.create(name="Rosa Blum")
    return fresh_business


def book(business, hours):
    return by_hand.book_by_hand(
        business,
        service=Service.objects.first(),
        practitioner=Practitioner.objects.get(),
        starts_at=at(0) + LATER + hours * HOUR,
        patient=Patient.objects.get(),
        user_id=None,
        overrule=True,
    )


def worker(business, *appointments):
    """A thread that pushes them; joined by the test."""

    def run():
        try:
            with tenant_context(business):
                for each in appointments:
                    tasks.push_appointment.body(business, each.pk)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def starts(google):
    found = google.get("/google/events", calendar=ACCOUNT)["events"]
    return sorted(dt.datetime.fromisoformat(each["start"]["dateTime"]) for each in found)


def test_moved_while_google_answers_it_is_written_again(practice, google):
    made = book(practice, 10)
    google.fault(vendor="google", method="POST", path="/events$", kind="delay", seconds=1)
    thread = worker(practice, made)
    deadline = time.monotonic() + 20
    while not CalendarEventLink.objects.exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    by_hand.move_by_hand(
        practice, made, starts_at=made.starts_at + HOUR, practitioner=made.practitioner, user_id=None, overrule=True
    )
    thread.join()
    assert starts(google) == [made.starts_at]
    assert WorkItem.objects.filter(business=practice, kind=push.KIND).count() == 1
    tasks.push_appointment.body(practice, made.pk)
    assert starts(google) == [made.starts_at + HOUR]
    assert not WorkItem.objects.filter(business=practice, kind=push.KIND).exists()


def test_rung_twice_at_once_one_worker_writes(practice, google):
    made = book(practice, 10)
    google.fault(vendor="google", method="POST", path="/events$", kind="delay", seconds=0.5)
    for thread in [worker(practice, made) for _ in range(4)]:
        thread.join()
    writes = [each for each in google.log("google") if each["method"] == "POST" and each["path"].endswith("/events")]
    assert len(writes) == 1
    assert starts(google) == [made.starts_at]


def test_workers_whose_access_ended_at_once_renew_it_and_lose_nothing(practice, google):
    made = [book(practice, 2 * number) for number in range(8)]
    google.post("/google/expire-access", {})
    for thread in [worker(practice, *made[number::4]) for number in range(4)]:
        thread.join()
    assert starts(google) == [each.starts_at for each in made]
    account = CalendarConnection.objects.get()
    assert (account.status, account.failing_since) == ("connected", None)


def test_withdrawn_access_met_by_several_at_once_calls_for_one_letter(practice, google):
    made = [book(practice, 2 * number) for number in range(4)]
    google.post("/google/revoke", {"email": ACCOUNT})
    for thread in [worker(practice, each) for each in made]:
        thread.join()
    assert CalendarConnection.objects.get().status == "revoked"
    assert WorkItem.objects.filter(business=practice, kind="calendar_sync.tell_owner").get().version == 1
    assert not WorkItem.objects.filter(business=practice, kind=push.KIND).exists()
