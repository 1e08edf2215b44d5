"""A new appointment in a real Chromium: somebody known by keyboard, a free time pressed, a rule set aside."""

import pytest

from calendar_sync.models import Appointment, Patient
from tests.diary.full import event, full_diary, visit

__all__ = ["full_diary", "visit"]
pytestmark = pytest.mark.browser


def test_somebody_known_is_booked_by_keyboard_and_a_chip(visit, full_diary):
    _, tomorrow = full_diary
    known = Patient.objects.create(name="Amélie Neri", born_on="1986-04-03", phone="07911 555666")
    window = visit(f"diary/?date={tomorrow.date()}")
    page = window.page
    page.get_by_role("link", name="New appointment").click()
    dialog = page.get_by_role("dialog", name="New appointment")
    dialog.get_by_label("Patient’s name").fill("amelie n")
    dialog.get_by_text("born 3 Apr 1986").wait_for()
    window.shoot("diary/dialog-new-found")
    assert window.violations() == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    dialog.get_by_role("button", name="Somebody else").wait_for()
    dialog.get_by_role("button", name="10:15", exact=True).click()
    dialog.locator(".time-chip[aria-pressed=true]", has_text="10:15").wait_for()
    assert dialog.get_by_label("Time", exact=True).input_value() == "10:15"
    assert window.violations() == []
    dialog.get_by_role("button", name="Book", exact=True).click()
    event(page, "Amélie Neri").wait_for()
    made = Appointment.objects.get(patient=known)
    assert f"{made.starts_at.astimezone(tomorrow.tzinfo):%H:%M}" == "10:15"
    assert window.problems == []


def test_enter_beside_the_reason_books_anyway(visit, full_diary):
    _, tomorrow = full_diary
    window = visit(f"diary/appointments/new/?start={tomorrow.date()}T05:00", width=390)
    page = window.page
    page.get_by_label("Patient’s name").fill("Nora Field")
    page.keyboard.press("Enter")
    page.get_by_label("Why").wait_for()
    assert window.faults("diary/new-why") == []
    page.get_by_label("Why").fill("Broken tooth")
    page.keyboard.press("Enter")
    page.get_by_text("for Nora Field.").first.wait_for()
    assert Appointment.objects.get(patient__name="Nora Field").changes.get().reason == "Broken tooth"


def test_without_javascript_a_time_is_pressed_too(visit, full_diary):
    _, tomorrow = full_diary
    page = visit(f"diary/appointments/new/?start={tomorrow.date()}", javascript=False).page
    page.get_by_label("Patient’s name").fill("Nora Field")
    page.get_by_role("button", name="10:15", exact=True).click()
    page.locator(".time-chip[aria-pressed=true]", has_text="10:15").wait_for()
    assert page.get_by_label("Time", exact=True).input_value() == "10:15"
    assert page.get_by_label("Patient’s name").input_value() == "Nora Field"
