"""The clinic with a Google account in the sandbox, and short words for its stories. Monday, 08:00 in London."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client

from calendar_sync import by_hand, tasks
from calendar_sync.availability import Period
from calendar_sync.external_busy import external_busy_of
from calendar_sync.google import alerts, busy, connecting, mirrors, overlaps, proposals, push
from calendar_sync.google.accounts import open_account
from calendar_sync.models import CalendarConnection, CalendarMirror, Location, Patient, Practitioner, Service
from calendar_sync.slots import find_slots
from tenants import clock
from tenants.models import WorkItem
from tests.google.consent import ACCOUNT, connect_through_the_pages

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
TASKS = {
    push.KIND: tasks.push_appointment,
    alerts.KIND: tasks.tell_owner,
    mirrors.SYNC: tasks.sync_calendar,
    mirrors.COMPARE: tasks.compare_calendar,
    proposals.SETTLE: tasks.settle_proposal,
    overlaps.KIND: tasks.check_overlap,
}
CALENDARS = [{"summary": "Dr Ada", "id": "ada@group.test"}, {"summary": "Dr Bea", "id": "bea@group.test"}]


@pytest.fixture
def monday():
    now = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)
    with clock.pinned(now):
        yield now


@pytest.fixture
def google(sandbox):
    """The sandbox with the practice's account and two more calendars."""
    sandbox.post("/google/accounts", {"email": ACCOUNT, "name": "The practice", "calendars": CALENDARS})
    yield sandbox
    assert sandbox.get("/complaints")["complaints"] == [], "not as Google's discovery document says"


@pytest.fixture
def browser_of(clinic):
    """browser_of(user) → a test client that comes back into the clinic's schema after each request."""

    class Browser(Client):
        def request(self, **request):
            try:
                return super().request(**request)
            finally:
                connection.set_tenant(clinic)

    def log_in(user):
        client = Browser()
        if user is not None:
            client.force_login(user)
        return client

    return log_in


@pytest.fixture
def manager(browser_of, alice):
    return browser_of(alice)


@pytest.fixture
def account(clinic, manager, google, monday):
    """Connected through the pages."""
    connect_through_the_pages(manager, clinic, google)
    return CalendarConnection.objects.get()


@pytest.fixture
def desk(clinic, account, google, monday):
    """Ada's appointments go to her calendar."""
    made = Desk(clinic, account, google)
    made.choose(made.ada, "ada@group.test")
    google.http.delete("/control/log")
    return made


class Desk:
    def __init__(self, business, account, google):
        self.business, self.account, self.google = business, account, google
        self.ada, self.service = Practitioner.objects.get(), Service.objects.get(name="Check-up")
        self.patient = Patient.objects.create(name="Rosa Blum", contact_id=1)

    def choose(self, person, calendar_id, **options):
        chosen = connecting.Choice(connection=self.account, calendar_id=calendar_id, name=calendar_id)
        connecting.choose(self.business, person, chosen if calendar_id else None, **options)

    def another(self, name="Dr Bea Wolf"):
        bea = Practitioner.objects.create(name=name, location=Location.objects.get(), position=1)
        bea.services.set(Service.objects.all())
        for row in self.ada.working_hours.all():
            bea.working_hours.create(weekday=row.weekday, starts=row.starts, ends=row.ends)
        return bea

    def book(self, hour=10, person=None):
        return self.book_at(at(hour), person or self.ada)

    def book_at(self, moment, person):
        return by_hand.book_by_hand(
            self.business, service=self.service, practitioner=person, starts_at=moment,
            patient=self.patient, user_id=None, overrule=True,
        )  # fmt: skip

    def move(self, appointment, hour, person=None):
        appointment.refresh_from_db()
        return self.move_to(appointment, at(hour), person or appointment.practitioner)

    def move_to(self, appointment, moment, person):
        return by_hand.move_by_hand(
            self.business, appointment, starts_at=moment, practitioner=person, user_id=None, overrule=True
        )

    def work(self):
        """The worker does what is due now, once each; how many."""
        due = list(WorkItem.objects.filter(business=self.business, kind__in=TASKS).order_by("pk"))
        for item in due:
            TASKS[item.kind].body(self.business, item.object_id)
        return len(due)

    def later(self):
        """Whatever was put off is due."""
        WorkItem.objects.exclude(kind=mirrors.COMPARE).update(due_at="2000-01-01T00:00Z", leased_until=None)
        CalendarMirror.objects.update(retry_at=None)

    def waiting(self):
        return WorkItem.objects.filter(business=self.business, kind=push.KIND).count()

    def events(self, calendar="ada@group.test"):
        """(start, summary) of each event there."""
        found = self.google.get("/google/events", calendar=calendar)["events"]
        return sorted((dt.datetime.fromisoformat(each["start"]["dateTime"]), each["summary"]) for each in found)

    def private(self, begins, ends, calendar="ada@group.test", **event):
        """Something that isn't ours stands there."""
        sides = (
            {} if begins is None else {"start": {"dateTime": begins.isoformat()}, "end": {"dateTime": ends.isoformat()}}
        )
        return self.google.post(
            "/google/events", {"calendar": calendar, "event": {"summary": "Private", **sides, **event}}
        )

    def refresh(self, *, fresh=True, days=1):
        now = clock.now()
        busy.refresh(self.business, window=(now, now + dt.timedelta(days=days)), fresh=fresh)

    def offered(self, days=1):
        """The hours (UTC) of the free slots that begin at the full hour."""
        now = clock.now()
        found = find_slots(self.business, service=self.service, window=(now, now + dt.timedelta(days=days)))
        return [slot.starts_at.hour for slot in found if slot.starts_at.minute == 0]

    def busy(self, person=None, days=1, moving=None):
        """What the calendars forbid that day, as (start, end)."""
        now = clock.now()
        window = Period(now, now + dt.timedelta(days=days))
        found = external_busy_of([(person or self.ada).pk], window, now, moving)
        return sorted((each.starts_at, each.ends_at) for periods in found.values() for each in periods)

    def now(self):
        """The connection as it is."""
        return CalendarConnection.objects.get(pk=self.account.pk)

    def requests(self):
        """The methods of the requests about single events since the log was emptied, oldest first."""
        return [each["method"] for each in self._log() if not _lists(each)]

    def lists(self):
        """The requests that read a calendar, oldest first: "whole", "changes" or "free/busy"."""
        return [_lists(each) for each in self._log() if _lists(each)]

    def _log(self):
        return [each for each in reversed(self.google.log("google")) if "/calendar/v3/" in each["path"]]

    def call(self):
        return open_account(self.now())


def _lists(entry):
    if entry["path"].endswith("/freeBusy"):
        return "free/busy"
    if entry["method"] == "GET" and entry["path"].endswith("/events"):
        return "changes" if "syncToken" in entry["query"] else "whole"
    return None


def at(hour):
    return dt.datetime(2026, 11, 23, hour, tzinfo=dt.UTC)
