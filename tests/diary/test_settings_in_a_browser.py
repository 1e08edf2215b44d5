"""The diary's pages in a real Chromium: each by axe at every width, and what the settings draw while one types."""

import datetime as dt
import itertools
import re

import pytest

from calendar_sync.models import Appointment, HoursException, Practitioner, Resource, Service
from tests.diary.full import WIDTHS, event, full_diary, visit

__all__ = ["full_diary", "visit"]
pytestmark = pytest.mark.browser


def test_every_page_is_readable_by_everybody(visit, full_diary):
    business, tomorrow = full_diary
    appointment, person, service = Appointment.objects.first(), Practitioner.objects.first(), Service.objects.first()
    grids = {
        "day": f"diary/?date={tomorrow.date()}",
        "week": f"diary/?date={tomorrow.date()}&view=week",
        "rooms-day": f"diary/?date={tomorrow.date()}&view=rooms",
    }
    pages = {
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
    }
    window, faults = visit("settings/"), []
    for (name, path), width in itertools.product(grids.items(), WIDTHS):
        window.resize(width, "light")  # a grid is laid out for the screen on which it opens
        window.open(business.path + path)
        if width > 390:
            event(window.page, "Rosa Blum").first.wait_for()
        faults += window.faults(f"diary/{name}", widths=[width])
    for name, path in pages.items():
        window.open(business.path + path)
        faults += window.faults(f"diary/{name}", widths=WIDTHS)
    assert faults == []


def test_what_an_appointment_blocks_is_drawn_while_one_types(visit, full_diary):
    page = visit(f"settings/services/{Service.objects.first().pk}/").page
    page.get_by_label("Kept free before").fill("5")
    page.get_by_text("An appointment at 9:00 blocks 8:55–9:40: 45 minutes.").wait_for()
    page.get_by_label("3 days").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Check-up", exact=True).wait_for()
    assert Service.objects.first().buffer_before == 5
    assert Service.objects.first().reminders == [4320, 2880, 180]


def test_the_sentences_for_patients_follow_the_rules_while_one_types(visit, full_diary):
    window = visit("settings/booking/")
    page = window.page
    cancelling = page.get_by_role("group", name="Cancel", exact=True)
    cancelling.get_by_label("Free until").press_sequentially("24 hours")
    page.get_by_text("You can cancel freely until 1 day before.").wait_for()
    cancelling.get_by_label("Ask the team").check()
    page.get_by_text("To cancel after that, please ask the team").wait_for()
    assert window.problems == []


def test_a_day_off_is_removed_and_comes_back(visit, full_diary):
    page = visit("settings/hours/days/").page
    page.get_by_role("button", name=re.compile("^Remove ")).click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("It is back.").wait_for()
    assert HoursException.objects.get().note == "Team day"


def test_alternating_weeks_show_a_second_week(visit, full_diary):
    window = visit(f"settings/practitioners/{Practitioner.objects.first().pk}/")
    page = window.page
    page.get_by_label("Two weeks alternate (A and B)").check()
    page.locator("#id_b-day1").fill("22:00-02:00")  # Tuesday
    page.get_by_label("a B week").check()
    window.shoot("diary/practitioner-alternating")
    assert window.violations() == []
    page.get_by_role("button", name="Save").click()
    page.get_by_text("is saved").wait_for()
    rows = Practitioner.objects.first().working_hours.filter(weeks="b", weekday=1)
    assert [(row.starts, row.ends) for row in rows] == [(dt.time(22), dt.time(2))]
