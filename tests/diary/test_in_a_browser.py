"""The grid of the diary in a real Chromium: clicked, dragged, live, by keyboard, without JavaScript."""

import datetime as dt
import re
from contextlib import suppress

import pytest
from playwright.sync_api import TimeoutError

from calendar_sync import booking
from calendar_sync.models import Appointment, BookedBy
from tests.diary.full import drawn, event, full_diary, visit

__all__ = ["full_diary", "visit"]
pytestmark = pytest.mark.browser


def test_an_event_opens_is_moved_cancelled_and_taken_back(visit, full_diary):
    _, tomorrow = full_diary
    window = visit(f"diary/?date={tomorrow.date()}")
    page = window.page
    dialog = opened(page, "Rosa Blum")
    window.shoot("diary/dialog-appointment")
    assert window.violations() == []

    dialog.get_by_text("Move to another time").click()
    dialog.get_by_label("Time", exact=True).fill("10:00")
    dialog.get_by_label("Practitioner").select_option(label="Dr Bea Wolf")
    dialog.get_by_role("button", name="Move", exact=True).click()
    dialog.get_by_text("This time is already taken").wait_for()
    window.shoot("diary/dialog-conflict")
    dialog.get_by_label("Time", exact=True).fill("11:00")
    dialog.get_by_role("button", name="Move", exact=True).click()
    page.get_by_role("button", name=re.compile("11:00–11:30.*Rosa Blum · Check-up.*, with Dr Bea Wolf")).click()

    dialog.get_by_role("button", name="Cancel appointment").click()
    dialog.get_by_role("button", name="Undo the cancellation").click()
    dialog.get_by_text("Undone: the cancellation").wait_for()
    dialog.get_by_role("button", name="Undo the").wait_for(state="detached")
    assert Appointment.objects.get(patient__name="Rosa Blum").status == "confirmed"
    assert [each for each in window.problems if "422" not in each] == []  # Chromium's own line on the refusal


def opened(page, name):
    """Its dialog; pressed again when the diary was drawn anew under the first press."""
    dialog = page.get_by_role("dialog", name=name)
    for _ in range(20):
        event(page, name).click()
        with suppress(TimeoutError):
            dialog.wait_for(timeout=3000)
            return dialog
    raise AssertionError(f"{name} does not open")


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
    window = visit(f"diary/?date={tomorrow.date()}")
    page = window.page
    box = place_of(page, "Rosa Blum")
    page.mouse.click(box["x"] + 40, box["y"] + box["height"] * 6.2)
    dialog = page.get_by_role("dialog", name="New appointment")
    dialog.get_by_label("Patient’s name").fill("Nora Field")
    drawn(window)
    window.shoot("diary/dialog-new")
    dialog.get_by_role("button", name="Book").click()
    event(page, "Nora Field").wait_for()
    assert Appointment.objects.get(patient__name="Nora Field").practitioner.name == "Dr Ada Silva"


def test_an_event_is_dragged_to_another_time_and_back_when_that_is_refused(visit, full_diary):
    _, tomorrow = full_diary
    page = visit(f"diary/?date={tomorrow.date()}").page
    event(page, "Rosa Blum").wait_for()

    def drag(slots):
        box = place_of(page, "Rosa Blum")
        x, y = box["x"] + 30, box["y"] + 8
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x, y + slots * box["height"] / 4, steps=8)
        page.mouse.move(x, y + slots * box["height"] / 2, steps=8)
        page.mouse.up()

    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        drag(2)
    event(page, re.compile("09:30–10:00.*Rosa Blum")).wait_for()
    drag(5)  # onto the next one
    page.get_by_text("This time is already taken.").first.wait_for()
    event(page, re.compile("09:30–10:00.*Rosa Blum")).wait_for()
    local = Appointment.objects.get(patient__name="Rosa Blum").starts_at.astimezone(tomorrow.tzinfo)
    assert f"{local:%H:%M}" == "09:30"


def test_what_somebody_else_books_appears_by_itself(visit, full_diary, fresh_business):
    _, tomorrow = full_diary
    page = visit(f"diary/?date={tomorrow.date()}").page
    event(page, "Rosa Blum").wait_for()
    page.locator("body[data-connection=open]").wait_for()

    gone = Appointment.objects.get(patient__name="Rosa Blum")
    booking.cancel(fresh_business, gone, by=BookedBy.ASSISTANT)

    event(page, "Rosa Blum").wait_for(state="detached")


def test_without_javascript_the_day_is_a_list(visit, full_diary):
    _, tomorrow = full_diary
    page = visit(f"diary/?date={tomorrow.date()}", javascript=False).page
    page.get_by_role("link", name="Rosa Blum").click()
    page.get_by_role("heading", name="Rosa Blum").wait_for()


def test_a_rule_is_set_aside_by_name_and_the_history_says_so(visit, full_diary):
    _, tomorrow = full_diary
    window = visit(f"diary/?date={tomorrow.date()}")
    page = window.page
    page.get_by_role("link", name="New appointment").click()
    dialog = page.get_by_role("dialog", name="New appointment")
    dialog.get_by_label("Practitioner").select_option(label="Dr Bea Wolf")
    dialog.get_by_label("Time", exact=True).fill("18:00")
    dialog.get_by_label("Patient’s name").fill("Nora Field")
    drawn(window)
    dialog.get_by_role("button", name="Book", exact=True).click()
    dialog.get_by_text("That sets aside").wait_for()
    window.shoot("diary/dialog-anyway")
    assert window.violations() == []
    dialog.get_by_label("Why").fill("In pain")
    dialog.get_by_role("button", name="Book anyway").click()
    opened(page, "Nora Field").get_by_text("Overruled").wait_for()
    window.shoot("diary/dialog-history")


def test_a_series_shows_its_dates_before_it_is_booked(visit, full_diary):
    _, tomorrow = full_diary
    window = visit(f"diary/?date={tomorrow.date()}")
    page = window.page
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
    window.shoot("diary/dialog-series")
    assert window.violations() == []
    dialog.get_by_role("button", name="Book", exact=True).click()
    event(page, "Nora Field").wait_for()
    assert Appointment.objects.filter(patient__name="Nora Field").count() == 3


def test_a_week_of_three_people_is_readable_on_a_tablet(visit, full_diary):
    _, tomorrow = full_diary
    page = visit(f"diary/?date={tomorrow.date()}&view=week", width=820).page
    box = place_of(page, "Rosa Blum")
    assert box["width"] >= 90


def test_a_week_that_is_wider_than_the_window_begins_at_the_day_that_was_asked_for(visit, full_diary):
    _, tomorrow = full_diary
    monday = tomorrow.date() - dt.timedelta(days=tomorrow.weekday())
    for later in (0, 6, 9):  # of this week and of another
        day = monday + dt.timedelta(days=later)
        page = visit(f"diary/?date={day}&view=week", width=820).page
        page.wait_for_function(
            """day => {
                const head = document.querySelector(`.ec-header time[datetime^="${day}"]`)?.getBoundingClientRect();
                return head && head.left >= 0 && head.right <= innerWidth;
            }""",
            arg=str(day),
        )


def test_days_are_turned_by_keyboard(visit, full_diary):
    _, tomorrow = full_diary
    page = visit(f"diary/?date={tomorrow.date()}").page
    event(page, "Rosa Blum").wait_for()
    page.keyboard.press("Alt+PageDown")
    page.wait_for_url(f"**date={tomorrow.date() + dt.timedelta(days=1)}*")
