"""The settings page in a real Chromium, in each of its states."""

import datetime as dt

import pytest
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from calendar_sync.models import (
    Appointment,
    CalendarConnection,
    CalendarDifference,
    CalendarEventLink,
    CalendarMirror,
    Location,
    Patient,
    Practitioner,
    PractitionerCalendar,
    ProposedChange,
    Service,
)
from calendar_sync.taking import take
from tenants import clock
from tenants.models import User
from tests.google.consent import ACCOUNT
from tests.tenants.serving import log_in, running
from tests.vendors import GOOGLE_ID, GOOGLE_SECRET

pytestmark = pytest.mark.browser
HOUR = dt.timedelta(hours=1)
CALENDARS = [{"summary": "Dr Ada", "id": "ada@group.test"}, {"summary": "Dr Bea", "id": "bea@group.test"}]
Status = CalendarConnection.Status


@pytest.fixture
def google(sandbox):
    sandbox.post("/google/accounts", {"email": ACCOUNT, "name": "The practice", "calendars": CALENDARS})
    return sandbox


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker, sandbox_program):
    project = {"GOOGLE_CLIENT_ID": GOOGLE_ID, "GOOGLE_CLIENT_SECRET": GOOGLE_SECRET}
    with django_db_blocker.unblock(), running(GOOGLE_BASE_URL=f"{sandbox_program.url}/google", **project) as server:
        yield server


@pytest.fixture(scope="module")
def server_without_google(django_db_setup, django_db_blocker):
    nothing = {"GOOGLE_CLIENT_ID": "", "GOOGLE_CLIENT_SECRET": "", "GOOGLE_BASE_URL": ""}
    with django_db_blocker.unblock(), running(**nothing) as server:
        yield server


@pytest.fixture
def visit(fresh_business, browser_page):
    session = log_in(User.objects.get(email="alice@clinic.test"))

    def open_window(server, width=1280, path="settings/calendars/"):
        window = browser_page(f"http://127.0.0.1:{server.port}", session, width=width)
        window.open(fresh_business.path + path)
        return window

    return open_window


@pytest.fixture
def every_state(fresh_business, google):
    """Four accounts, one in each state; a refused event; a practitioner without a calendar."""
    location, now = Location.objects.get(), clock.now()
    states = {
        ACCOUNT: {"status": Status.CONNECTED},
        "maya@elsewhere.test": {
            "status": Status.CONNECTED,
            "failing_since": now - dt.timedelta(minutes=42),
            "last_error": "Google asks us to slow down.",
        },
        "olu@elsewhere.test": {"status": Status.REVOKED, "failing_since": now},
        "reception@a-rather-long-name-of-a-practice.test": {"status": Status.DISCONNECTED},
    }
    granted = google.post("/google/grant", {"email": ACCOUNT})
    token = f'{{"token": "{granted["access_token"]}", "refresh_token": "{granted["refresh_token"]}", "expiry": null}}'
    for place, (account, state) in enumerate(states.items()):
        made = CalendarConnection.objects.create(account=account, token=token, **state)
        person = Practitioner.objects.create(name=f"Dr Number {place}", location=location, position=place + 1)
        calendar = "ada@group.test" if place == 0 else account
        PractitionerCalendar.objects.create(
            practitioner=person, connection=made, calendar_id=calendar, calendar_name=f"Calendar {place}"
        )
        trouble = {"failures": 3, "retry_at": now + HOUR, "last_error": state["last_error"]} if place == 1 else {}
        mirror = CalendarMirror.objects.create(
            connection=made, calendar_id=calendar, synced_at=now, compared_at=now, **trouble
        )
        if place == 0:
            CalendarMirror.objects.filter(pk=mirror.pk).update(channel_id="c", channel_expires_at=now + 24 * HOUR)
    for calendar, told in (("bea@group.test", "It is not allowed here."), ("blind@group.test", "")):
        PractitionerCalendar.objects.create(
            practitioner=Practitioner.objects.get(name="Dr Number 0"), written_to=False, calendar_name=calendar,
            connection=CalendarConnection.objects.get(account=ACCOUNT), calendar_id=calendar,
        )  # fmt: skip
        CalendarMirror.objects.create(
            connection=CalendarConnection.objects.get(account=ACCOUNT), calendar_id=calendar, channel_error=told,
            access="free_busy" if calendar.startswith("blind") else "events", well_since=now, compared_at=now,
        )  # fmt: skip
    with transaction.atomic():
        appointment = Appointment.objects.create(
            practitioner=person,
            service=Service.objects.first(),
            patient=Patient.objects.create(name="Rosa Blum"),
            during=DateTimeTZRange(now, now + dt.timedelta(hours=1)),
            booked_by="staff",
        )
        take(appointment)
    CalendarEventLink.objects.create(
        appointment=appointment,
        connection=CalendarConnection.objects.get(account=ACCOUNT),
        calendar_id="ada@group.test",
        event_id="fd0",
        last_error="An event that isn't ours stands under our number. We left it alone.",
    )
    _questions(appointment, now)
    _differences(appointment, now)


def _questions(appointment, now):
    link, theirs = CalendarEventLink.objects.get(), (now + 3 * HOUR, now + 4 * HOUR)
    ProposedChange.objects.create(link=link, etag="1", act="moved", during=theirs, problem="This time is taken.")
    for number, status in enumerate(["accepted", "refused", "superseded"]):
        ProposedChange.objects.create(
            link=link, etag=f"a{number}", act=("moved", "deleted")[number % 2], status=status, answered_at=now,
            during=None if number % 2 else theirs,
        )  # fmt: skip
    second = CalendarEventLink.objects.create(
        appointment=appointment, connection=link.connection, calendar_id="bea@group.test", event_id="fd1"
    )
    ProposedChange.objects.create(link=second, etag="1", act="deleted", both_sides=True)


def _differences(appointment, now):
    mirror, theirs = CalendarMirror.objects.get(calendar_id="ada@group.test"), (now + 3 * HOUR, now + 4 * HOUR)
    for kind in CalendarDifference.Kind.values:
        CalendarDifference.objects.create(
            mirror=mirror, kind=kind, event_id=kind, theirs=None if kind == "missing" else theirs,
            appointment=None if kind == "unread" else appointment,
        )  # fmt: skip


def look(window, name):
    assert window.faults(f"google/{name}") == []
    window.page.close()


def test_every_state_is_readable_by_everybody(visit, every_state, server):
    # "can't be reached" stays so while the page is drawn
    CalendarConnection.objects.filter(account="maya@elsewhere.test").update(token='{"token": "no", "expiry": null}')
    look(visit(server), "calendars")


def test_questions_and_differences_are_readable_by_everybody(visit, every_state, server):
    look(visit(server, path="settings/calendars/truth/"), "truth")
    look(visit(server, path="diary/google/"), "changes")


def test_a_question_is_answered_and_a_difference_mended(visit, every_state, server):
    page = visit(server, 390, path="diary/google/").page
    page.get_by_role("button", name="Keep ours: Rosa Blum").first.click()
    page.get_by_text("The diary stays as it is").wait_for()
    assert ProposedChange.objects.filter(status="refused").count() == 2
    page.close()
    page = visit(server, 390, path="settings/calendars/truth/").page
    page.get_by_role("button", name="Leave both").click()
    page.get_by_text("Both stand.").wait_for()
    assert not CalendarDifference.objects.filter(kind="overlap").exists()


def test_nothing_to_compare_and_nothing_to_answer_say_so(visit, server, google):
    look(visit(server, path="settings/calendars/truth/"), "truth-none")
    look(visit(server, path="diary/google/"), "changes-none")


def test_nothing_connected_and_nothing_set_up_say_what_to_do(visit, server, server_without_google, google):
    look(visit(server), "calendars-none")
    window = visit(server_without_google)
    assert "GOOGLE_CLIENT_ID" in window.page.inner_text("main")
    look(window, "calendars-not-set-up")


def test_an_owner_connects_chooses_and_disconnects(visit, server, google, fresh_business):
    window = visit(server)
    page = window.page
    page.get_by_role("button", name="Connect Google Calendar").click()
    page.get_by_text("Allow access to your calendar?").wait_for()
    page.get_by_label(ACCOUNT).check()
    page.get_by_role("button", name="Allow").click()
    page.get_by_text(f"{ACCOUNT} is connected").wait_for()

    person = Practitioner.objects.get()
    form = page.get_by_role("form", name=person.name)
    form.get_by_label("Appointments are written to").select_option(label=f"Dr Ada ({ACCOUNT})")
    form.get_by_label(f"Dr Bea ({ACCOUNT})").check()
    form.get_by_role("button", name=f"Save the calendars of {person.name}").click()
    page.get_by_text(f"Calendar of {person.name}: Dr Ada.").wait_for()
    chosen = PractitionerCalendar.objects.order_by("calendar_id").values_list("calendar_id", "written_to")
    assert list(chosen) == [("ada@group.test", True), ("bea@group.test", False)]
    page.get_by_label("When an appointment is moved or deleted in Google").select_option(
        label="Follow Google at once, and tell the patient"
    )
    page.get_by_role("button", name=f"Save the rule of {ACCOUNT}").click()
    page.get_by_text(f"Saved for {ACCOUNT}").wait_for()
    assert CalendarConnection.objects.get().on_change == "accept"

    page.get_by_role("button", name=f"Disconnect {ACCOUNT}").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("no longer written to Google").wait_for()
    window.shoot("google/calendars-dialog")
    dialog.get_by_role("button", name="Disconnect").click()
    page.get_by_text("so their times are not offered").wait_for()
    form.get_by_label("Appointments are written to").select_option(label="No calendar")
    form.get_by_label(f"Dr Bea ({ACCOUNT}): can't be read now").uncheck()
    form.get_by_role("button", name=f"Save the calendars of {person.name}").click()
    page.get_by_text("No Google account yet").wait_for()
