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
    HoursException,
    Location,
    Practitioner,
    Resource,
    ResourceKind,
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
WIDTHS = {390: 844, 820: 1180, 1280: 900}
HOUR = dt.timedelta(hours=1)
MONDAY = dt.date(2026, 11, 16)  # begins an A week


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
    cleo = Practitioner.objects.create(name="Cleo Marsh", location=bea.location, position=2, fortnight_from=MONDAY)
    cleo.services.set(Service.objects.all())
    for weekday in range(5):
        cleo.working_hours.create(weekday=weekday, starts=dt.time(8), ends=dt.time(13), weeks="ab"[weekday % 2])
    chair = ResourceKind.objects.create(name="Chair")
    for number in (1, 2):
        Resource.objects.create(kind=chair, location=bea.location, name=f"Chair {number}")
    check_up = Service.objects.first()
    check_up.needs.create(kind=chair, count=1)
    HoursException.objects.create(date=tomorrow.date() + dt.timedelta(days=9), note="Team day")
    names = ["Rosa Blum", "Tom Reed", "Amélie Durand-Castaignède", "Olu Adeyemi"]
    offered = list(Service.objects.all())
    for place, name in enumerate(names):
        by_hand.book_by_hand(
            fresh_business,
            service=offered[place],
            practitioner=(ada, bea)[place % 2],
            starts_at=tomorrow + place * HOUR,
            patient=patients.patient_by_hand(name, "07911 123456"),
            user_id=User.objects.get(email="alice@clinic.test").pk,
        )
    Service.objects.filter(pk=check_up.pk).update(buffer_after=10, minimum_notice=60, reminders=[2880, 180])
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

    def open_page(path, width=1280, scheme="light"):
        context = chromium.new_context(viewport={"width": width, "height": WIDTHS[width]}, color_scheme=scheme)
        contexts.append(context)
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": f"http://127.0.0.1:{server.port}"}]
        )
        page = context.new_page()
        page.set_default_timeout(15000)
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda said: said.type == "error" and page.complaints.append(f"{said.text} {said.location}"))
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
        height = page.evaluate("document.querySelector('.desk__main').scrollHeight")
        if full and height > page.viewport_size["height"]:
            page.set_viewport_size(page.viewport_size | {"height": height})
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=full)
        # The picture leaves style="" on inputs, which htmx would carry over and the content policy complain about.
        page.evaluate("""document.querySelectorAll('[style=""]').forEach(each => each.removeAttribute("style"))""")


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
        "rooms-day": f"diary/?date={tomorrow.date()}&view=rooms",
        "new": "diary/appointments/new/",
        "patient": f"diary/patients/{appointment.patient_id}/",
        "appointment": f"diary/appointments/{appointment.pk}/",
        "services": "settings/services/",
        "service": f"settings/services/{service.pk}/",
        "practitioners": "settings/practitioners/",
        "practitioner": f"settings/practitioners/{person.pk}/",
        "hours": "settings/hours/",
        "days": "settings/hours/days/",
        "time-off": "settings/hours/time-off/",
        "glance": "settings/hours/glance/",
        "rooms": "settings/rooms/",
        "room": f"settings/rooms/{Resource.objects.first().pk}/",
        "booking": "settings/booking/",
        "settings": "settings/",
    }
    for name, path in pages.items():
        page = visit(path, width, scheme)
        if name in ("day", "week", "rooms-day") and width > 390:
            event(page, "Rosa Blum").first.wait_for()
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
    dialog.get_by_role("button", name="Undo the cancellation").click()
    dialog.get_by_text("Undone: the cancellation").wait_for()
    dialog.get_by_role("button", name="Undo the").wait_for(state="detached")
    assert Appointment.objects.get(patient__name="Rosa Blum").status == "confirmed"
    assert [each for each in page.complaints if "422" not in each] == []  # Chromium's own line on the refusal


def place_of(page, name):
    """Where it stands; asked again when the diary was drawn anew in between."""
    for _ in range(40):
        event(page, name).wait_for()
        box = event(page, name).bounding_box()
        if box is not None:
            return box
        page.wait_for_timeout(50)
    raise AssertionError(f"{name} never stands still")


def test_picking_a_free_time_makes_an_appointment_there(visit, full_diary):
    _, tomorrow = full_diary
    page = visit(f"diary/?date={tomorrow.date()}")
    box = place_of(page, "Rosa Blum")
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
        box = place_of(page, "Rosa Blum")
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


def test_a_rule_is_set_aside_by_name_and_the_history_says_so(visit, full_diary):
    _, tomorrow = full_diary
    page = visit(f"diary/?date={tomorrow.date()}")
    page.get_by_role("link", name="New appointment").click()
    dialog = page.get_by_role("dialog", name="New appointment")
    dialog.get_by_label("Practitioner").select_option(label="Dr Bea Wolf")
    dialog.get_by_label("Time", exact=True).fill("18:00")
    dialog.get_by_label("Patient’s name").fill("Nora Field")
    dialog.get_by_role("button", name="Book", exact=True).click()
    dialog.get_by_text("That sets aside").wait_for()
    shoot(page, "dialog-anyway", full=False)
    assert violations(page) == []
    dialog.get_by_role("button", name="Book anyway").click()
    event(page, "Nora Field").click()
    page.get_by_role("dialog", name="Nora Field").get_by_text("Overruled").wait_for()
    shoot(page, "dialog-history", full=False)


def test_a_series_shows_its_dates_before_it_is_booked(visit, full_diary):
    _, tomorrow = full_diary
    page = visit(f"diary/?date={tomorrow.date()}")
    page.get_by_role("link", name="New appointment").click()
    dialog = page.get_by_role("dialog", name="New appointment")
    dialog.get_by_label("Service").select_option(label="Hygienist")
    dialog.get_by_label("Time", exact=True).fill("17:00")
    dialog.get_by_label("Patient’s name").fill("Nora Field")
    dialog.get_by_text("A second service, or repeat it").click()
    dialog.get_by_label("Every … weeks").fill("1")
    dialog.get_by_label("How often in all").fill("3")
    dialog.get_by_role("button", name="Show the dates").click()
    dialog.get_by_role("list", name="Dates of the series").wait_for()
    shoot(page, "dialog-series", full=False)
    assert violations(page) == []
    dialog.get_by_role("button", name="Book", exact=True).click()
    event(page, "Nora Field").wait_for()
    assert Appointment.objects.filter(patient__name="Nora Field").count() == 3


def test_what_an_appointment_blocks_is_drawn_while_one_types(visit, full_diary):
    page = visit(f"settings/services/{Service.objects.first().pk}/")
    page.get_by_label("Kept free before").fill("5")
    page.get_by_text("An appointment at 9:00 blocks 8:55–9:40: 45 minutes.").wait_for()
    page.get_by_label("3 days").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Check-up", exact=True).wait_for()
    assert Service.objects.first().buffer_before == 5
    assert Service.objects.first().reminders == [4320, 2880, 180]


def test_the_sentences_for_patients_follow_the_rules_while_one_types(visit, full_diary):
    page = visit("settings/booking/")
    cancelling = page.get_by_role("group", name="Cancel", exact=True)
    cancelling.get_by_label("Free until").press_sequentially("24 hours")
    page.get_by_text("You can cancel freely until 1 day before.").wait_for()
    cancelling.get_by_label("Ask the team").check()
    page.get_by_text("To cancel after that, please ask the team").wait_for()
    assert page.complaints == []


def test_a_day_off_is_removed_and_comes_back(visit, full_diary):
    page = visit("settings/hours/days/")
    page.get_by_role("button", name=re.compile("^Remove ")).click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("It is back.").wait_for()
    assert HoursException.objects.get().note == "Team day"


def test_alternating_weeks_show_a_second_week(visit, full_diary):
    page = visit(f"settings/practitioners/{Practitioner.objects.first().pk}/")
    page.get_by_label("Two weeks alternate (A and B)").check()
    page.locator("#id_b-day1").fill("22:00-02:00")  # Tuesday
    page.get_by_label("a B week").check()
    shoot(page, "practitioner-alternating")
    assert violations(page) == []
    page.get_by_role("button", name="Save").click()
    page.get_by_text("is saved").wait_for()
    rows = Practitioner.objects.first().working_hours.filter(weeks="b", weekday=1)
    assert [(row.starts, row.ends) for row in rows] == [(dt.time(22), dt.time(2))]


def test_a_week_of_three_people_is_readable_on_a_tablet(visit, full_diary):
    _, tomorrow = full_diary
    page = visit(f"diary/?date={tomorrow.date()}&view=week", 820)
    box = place_of(page, "Rosa Blum")
    assert box["width"] >= 90
    assert 0 <= box["x"] <= 820 - box["width"], "the chosen day is in view"


def test_days_are_turned_by_keyboard(visit, full_diary):
    _, tomorrow = full_diary
    page = visit(f"diary/?date={tomorrow.date()}")
    event(page, "Rosa Blum").wait_for()
    page.keyboard.press("Alt+PageDown")
    page.wait_for_url(f"**date={tomorrow.date() + dt.timedelta(days=1)}*")
