"""The settings page in a real Chromium, in each of its states. FRONTDESK_SHOTS=<folder> keeps pictures."""

import datetime as dt

import pytest
from django.conf import settings

from calendar_sync.models import (
    Appointment,
    CalendarConnection,
    CalendarEventLink,
    Location,
    Patient,
    Practitioner,
    PractitionerCalendar,
    Service,
)
from calendar_sync.taking import take
from tenants import clock
from tenants.models import User
from tests.diary.test_in_a_browser import WIDTHS, chromium, shoot, violations  # noqa: F401 (a fixture)
from tests.google.consent import ACCOUNT
from tests.tenants.serving import log_in, running
from tests.vendors import GOOGLE_ID, GOOGLE_SECRET

pytestmark = pytest.mark.browser
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
def visit(fresh_business, chromium):  # noqa: F811
    session = log_in(User.objects.get(email="alice@clinic.test"))
    contexts = []

    def open_page(server, width=1440, scheme="light"):
        origin = f"http://127.0.0.1:{server.port}"
        context = chromium.new_context(viewport={"width": width, "height": WIDTHS[width]}, color_scheme=scheme)
        contexts.append(context)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": origin}])
        page = context.new_page()
        page.set_default_timeout(15000)
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda said: said.type == "error" and page.complaints.append(said.text))
        page.goto(f"{origin}{fresh_business.path}settings/calendars/")
        return page

    yield open_page
    for context in contexts:
        context.close()


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
            practitioner=person, connection=made, calendar_id=calendar, calendar_name="Dr Ada"
        )
    appointment = Appointment.objects.create(
        practitioner=person,
        service=Service.objects.first(),
        patient=Patient.objects.create(name="Rosa Blum"),
        during=(now, now + dt.timedelta(hours=1)),
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


def look(page, name):
    shoot(page, name)
    assert violations(page) == [], name
    assert page.complaints == [], name
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} scrolls sideways"
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", list(WIDTHS))
def test_every_state_is_readable_by_everybody(visit, every_state, server, width, scheme):
    # "can't be reached" stays so while the page is drawn
    CalendarConnection.objects.filter(account="maya@elsewhere.test").update(token='{"token": "no", "expiry": null}')
    look(visit(server, width, scheme), f"calendars-{width}-{scheme}")


def test_nothing_connected_and_nothing_set_up_say_what_to_do(visit, server, server_without_google, google):
    look(visit(server, 390), "calendars-none-390")
    page = visit(server_without_google, 390)
    assert "GOOGLE_CLIENT_ID" in page.inner_text("main")
    look(page, "calendars-not-set-up-390")


def test_an_owner_connects_chooses_and_disconnects(visit, server, google, fresh_business):
    page = visit(server)
    page.get_by_role("button", name="Connect Google Calendar").click()
    page.get_by_text("Allow access to your calendar?").wait_for()
    page.get_by_label(ACCOUNT).check()
    # The server is known as http://127.0.0.1 without its port: come back to where it listens.
    with page.expect_request("http://127.0.0.1/calendar/**") as back:
        page.get_by_role("button", name="Allow").click()
    page.wait_for_url("chrome-error://**")
    page.goto(back.value.url.replace("http://127.0.0.1/", f"http://127.0.0.1:{server.port}/"))
    page.get_by_text(f"{ACCOUNT} is connected").wait_for()

    person = Practitioner.objects.get()
    page.get_by_label(person.name, exact=True).select_option(label=f"Dr Ada ({ACCOUNT})")
    page.get_by_role("button", name=f"Save the calendar of {person.name}").click()
    page.get_by_text(f"Calendar of {person.name}: Dr Ada.").wait_for()
    assert PractitionerCalendar.objects.get().calendar_id == "ada@group.test"

    page.get_by_role("button", name=f"Disconnect {ACCOUNT}").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("no longer written to Google").wait_for()
    shoot(page, "calendars-dialog", full=False)
    dialog.get_by_role("button", name="Disconnect").click()
    page.get_by_text("so their times are not offered").wait_for()
    page.get_by_label(person.name, exact=True).select_option(label="No calendar")
    page.get_by_role("button", name=f"Save the calendar of {person.name}").click()
    page.get_by_text("No Google account yet").wait_for()
