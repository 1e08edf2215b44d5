"""The diary in a real Chromium: every page by axe, and what the grid does.

FRONTDESK_SHOTS=<folder> keeps pictures of every page.
"""

import datetime as dt
import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from calendar_sync import booking, by_hand, patients
from calendar_sync.models import (
    Appointment,
    BookedBy,
    GroupSession,
    Hold,
    Location,
    Practitioner,
    Service,
    TakenTime,
    TimeOff,
)
from tenants import clock
from tenants.models import User
from tests.tenants.serving import log_in, running

pytestmark = pytest.mark.browser
CHROMIUM = "/usr/bin/chromium"
AXE = Path(__file__).parents[1] / "vendor" / "axe.min.js"
SHOTS = os.environ.get("FRONTDESK_SHOTS")
WIDTHS = {390: 844, 820: 1180, 1440: 900}
HOUR = dt.timedelta(hours=1)


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), running() as server:
        yield server


@pytest.fixture(scope="module")
def chromium():
    if not Path(CHROMIUM).exists():
        if os.environ.get("CI") == "true":
            pytest.fail("CI has no Chromium")
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright keeps a loop in this thread
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def full_diary(fresh_business):
    """Tomorrow: two practitioners, some appointments, time off."""
    ada = Practitioner.objects.get()
    bea = Practitioner.objects.create(name="Dr Bea Wolf", location=Location.objects.get(), position=1)
    bea.services.set(Service.objects.all())
    for row in ada.working_hours.all():
        bea.working_hours.create(weekday=row.weekday, starts=dt.time(9), ends=dt.time(17))
    tomorrow = clock.local_now("Europe/London").replace(hour=9, minute=0, second=0, microsecond=0) + 24 * HOUR
    names = ["Rosa Blum", "Tom Reed", "Amélie Durand-Castaignède", "Olu Adeyemi"]
    for place, name in enumerate(names):
        by_hand.book_by_hand(
            fresh_business,
            service=Service.objects.all()[place],
            practitioner=(ada, bea)[place % 2],
            starts_at=tomorrow + place * HOUR,
            patient=patients.patient_by_hand(name, "07911 123456"),
            user_id=User.objects.get(email="alice@clinic.test").pk,
        )
    TimeOff.objects.create(
        practitioner=bea, starts_at=tomorrow + 5 * HOUR, ends_at=tomorrow + 8 * HOUR, reason="Course"
    )
    a_group_and_a_hold(ada, tomorrow + 6 * HOUR)
    return fresh_business, tomorrow


def a_group_and_a_hold(ada, starts_at):
    """Two of eight seats are taken; the hour before is kept for a patient."""
    service = Service.objects.create(name="Brushing class", duration=60, seats=8, position=9)
    kept, during = (starts_at - HOUR, starts_at), (starts_at, starts_at + HOUR)
    with transaction.atomic():
        hold = Hold.objects.create(
            reason="offer", service=service, practitioner=ada, during=kept, expires_at=starts_at - HOUR
        )
        TakenTime.objects.create(hold=hold, practitioner=ada, during=kept)
        session = GroupSession.objects.create(service=service, practitioner=ada, during=during, seats=8)
        TakenTime.objects.create(session=session, practitioner=ada, during=(during[0], during[1] + HOUR / 6))
        for seat, name in enumerate(("Ida Moss", "Jon Vale"), start=1):
            Appointment.objects.create(
                service=service,
                practitioner=ada,
                patient=patients.patient_by_hand(name, "07911 123456"),
                during=during,
                booked_by=BookedBy.STAFF,
                session=session,
                seat=seat,
            )


@pytest.fixture
def visit(full_diary, server, chromium):
    """visit(path) → an open page of the business, logged in as its owner."""
    business, _ = full_diary
    session = log_in(User.objects.get(email="alice@clinic.test"))
    contexts = []

    def open_page(path, width=1440, scheme="light"):
        context = chromium.new_context(viewport={"width": width, "height": WIDTHS[width]}, color_scheme=scheme)
        contexts.append(context)
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": f"http://127.0.0.1:{server.port}"}]
        )
        page = context.new_page()
        page.set_default_timeout(15000)
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda said: said.type == "error" and page.complaints.append(said.text))
        page.goto(f"http://127.0.0.1:{server.port}{business.path}{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()


def violations(page):
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
    return [f"{each['id']}: {node['html'][:200]}" for each in found["violations"] for node in each["nodes"]]


def shoot(page, name, full=True):
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=full)


def event(page, name):
    return page.locator(".ec-event:not(.ec-bg-event)", has_text=name)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", list(WIDTHS))
def test_every_page_is_readable_by_everybody(visit, full_diary, width, scheme):
    _, tomorrow = full_diary
    appointment, person, service = Appointment.objects.first(), Practitioner.objects.first(), Service.objects.first()
    pages = {
        "day": f"diary/?date={tomorrow.date()}",
        "week": f"diary/?date={tomorrow.date()}&view=week",
        "new": "diary/appointments/new/",
        "appointment": f"diary/appointments/{appointment.pk}/",
        "services": "settings/services/",
        "service": f"settings/services/{service.pk}/",
        "practitioners": "settings/practitioners/",
        "practitioner": f"settings/practitioners/{person.pk}/",
        "hours": "settings/hours/",
    }
    for name, path in pages.items():
        page = visit(path, width, scheme)
        if name == "day" and width > 390:
            event(page, "Rosa Blum").wait_for()
        shoot(page, f"{name}-{width}-{scheme}")
        assert violations(page) == [], name
        assert page.complaints == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} scrolls sideways"
        page.close()


def test_an_event_opens_is_moved_cancelled_and_taken_back(visit, full_diary):
    _, tomorrow = full_diary
    page = visit(f"diary/?date={tomorrow.date()}")
    event(page, "Rosa Blum").click()
    dialog = page.get_by_role("dialog", name="Rosa Blum")
    dialog.wait_for()
    shoot(page, "dialog-appointment", full=False)
    assert violations(page) == []

    dialog.get_by_text("Move to another time").click()
    dialog.get_by_label("Time", exact=True).fill("10:00")
    dialog.get_by_label("Practitioner").select_option(label="Dr Bea Wolf")
    dialog.get_by_role("button", name="Move", exact=True).click()
    dialog.get_by_text("This time is already taken").wait_for()
    shoot(page, "dialog-conflict", full=False)
    dialog.get_by_label("Time", exact=True).fill("11:00")
    dialog.get_by_role("button", name="Move", exact=True).click()
    page.get_by_role("button", name=re.compile("11:00–11:30.*Rosa Blum · Check-up.*, with Dr Bea Wolf")).click()

    dialog.get_by_role("button", name="Cancel appointment").click()
    page.get_by_role("button", name="Cancel the appointment").click()
    dialog.get_by_role("button", name="Undo the cancellation").click()
    dialog.get_by_text("Booked for").first.wait_for()
    dialog.get_by_role("button", name="Undo").wait_for(state="detached")
    assert Appointment.objects.get(patient__name="Rosa Blum").status == "confirmed"
    assert ["422" in each for each in page.complaints] == [True]  # Chromium's own line on the refusal


def test_picking_a_free_time_makes_an_appointment_there(visit, full_diary):
    _, tomorrow = full_diary
    page = visit(f"diary/?date={tomorrow.date()}")
    event(page, "Rosa Blum").wait_for()
    box = event(page, "Rosa Blum").bounding_box()
    page.mouse.click(box["x"] + 40, box["y"] + box["height"] * 6.2)
    dialog = page.get_by_role("dialog", name="New appointment")
    dialog.get_by_label("Patient’s name").fill("Nora Field")
    shoot(page, "dialog-new", full=False)
    dialog.get_by_role("button", name="Book").click()
    event(page, "Nora Field").wait_for()
    assert Appointment.objects.get(patient__name="Nora Field").practitioner.name == "Dr Ada Silva"


def test_an_event_is_dragged_to_another_time_and_back_when_that_is_refused(visit, full_diary):
    _, tomorrow = full_diary
    page = visit(f"diary/?date={tomorrow.date()}")
    event(page, "Rosa Blum").wait_for()

    def drag(slots):
        event(page, "Rosa Blum").wait_for()
        box = event(page, "Rosa Blum").bounding_box()
        x, y = box["x"] + 30, box["y"] + 8
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x, y + slots * box["height"] / 4, steps=8)
        page.mouse.move(x, y + slots * box["height"] / 2, steps=8)
        page.mouse.up()

    drag(2)
    event(page, re.compile("09:30–10:00.*Rosa Blum")).wait_for()
    drag(5)  # onto the next one
    page.get_by_text("This time is already taken.").first.wait_for()
    event(page, re.compile("09:30–10:00.*Rosa Blum")).wait_for()
    local = Appointment.objects.get(patient__name="Rosa Blum").starts_at.astimezone(tomorrow.tzinfo)
    assert f"{local:%H:%M}" == "09:30"


def test_what_somebody_else_books_appears_by_itself(visit, full_diary, fresh_business):
    _, tomorrow = full_diary
    page = visit(f"diary/?date={tomorrow.date()}")
    event(page, "Rosa Blum").wait_for()
    page.locator("body[data-connection=open]").wait_for()

    gone = Appointment.objects.get(patient__name="Rosa Blum")
    booking.cancel(fresh_business, gone, by=BookedBy.ASSISTANT)

    event(page, "Rosa Blum").wait_for(state="detached")


def test_without_javascript_the_day_is_a_list(full_diary, server, chromium):
    business, tomorrow = full_diary
    session = log_in(User.objects.get(email="alice@clinic.test"))
    context = chromium.new_context(java_script_enabled=False)
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": f"http://127.0.0.1:{server.port}"}]
    )
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.port}{business.path}diary/?date={tomorrow.date()}")
    page.get_by_role("link", name="Rosa Blum").click()
    page.get_by_role("heading", name="Rosa Blum").wait_for()
    context.close()
