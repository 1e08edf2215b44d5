"""A second location, entered and used in a real Chromium; every page by axe on a phone and on a desk."""

import pytest

from calendar_sync.models import Location, Practitioner
from tests.diary.full import full_diary, visit

__all__ = ["full_diary", "visit"]
pytestmark = pytest.mark.browser
WIDTHS = (390, 1440)


def test_a_second_place_is_added_and_somebody_works_there(visit, full_diary):
    window = visit("settings/hours/")
    page = window.page
    faults = window.faults("places/one", widths=WIDTHS)
    page.get_by_role("link", name="Add a location").click()
    page.get_by_label("Name").fill("Headingley")
    page.get_by_label("Address").fill("2 Otley Road, Leeds")
    page.get_by_label("Saturday").first.fill("9:00-12:00")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Nobody works here yet").wait_for()
    faults += window.faults("places/several", widths=WIDTHS)

    bea = Practitioner.objects.get(name="Dr Bea Wolf")
    business = full_diary[0]
    window.open(f"{business.path}settings/practitioners/{bea.pk}/")
    page.get_by_label("Works at").select_option(label="Headingley")
    faults += window.faults("places/practitioner", widths=WIDTHS)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Dr Bea Wolf is saved.").wait_for()
    bea.refresh_from_db()
    assert bea.location.name == "Headingley"

    pages = {"rooms": "settings/rooms/", "days": "settings/hours/days/"}
    pages["place"] = f"settings/hours/locations/{bea.location_id}/"
    for name, path in pages.items():
        window.open(business.path + path)
        faults += window.faults(f"places/{name}", widths=WIDTHS)

    window.open(f"{business.path}diary/")
    page.get_by_label("Location").select_option(label="Headingley")
    page.wait_for_url("**location=**")
    assert page.get_by_label("Location").input_value() == str(bea.location_id)
    faults += window.faults("places/diary", widths=WIDTHS)

    window.open(f"{business.path}settings/hours/")
    page.get_by_role("button", name="Close for good: Headingley").click()
    page.get_by_text("Dr Bea Wolf still work at Headingley.").wait_for()
    assert faults == []
    assert Location.objects.filter(active=True).count() == 2


def test_hours_at_two_places_are_entered_and_seen(visit, full_diary):
    business, tomorrow = full_diary
    ada = Practitioner.objects.get(name="Dr Ada Silva")
    there = Location.objects.create(name="Headingley", address="2 Otley Road, Leeds")
    window = visit(f"settings/practitioners/{ada.pk}/")
    page = window.page
    page.get_by_text("Hours at Headingley").click()
    elsewhere = page.locator("details", has_text="Hours at Headingley")
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"):
        elsewhere.get_by_label(day).first.fill("12:00-16:00")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("They work at").first.wait_for()
    faults = window.faults("places/overlap", widths=WIDTHS)
    for day in range(7):
        page.locator(f"#id_day{day}").fill("8:30-12:00")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Dr Ada Silva is saved.").wait_for()
    faults += window.faults("places/listed", widths=WIDTHS)

    pages = {
        "both": f"settings/practitioners/{ada.pk}/",
        "rules": "settings/booking/",
        "own-day": "settings/hours/days/",
        "waiting": "waitlist/",
    }
    for name, path in pages.items():
        window.open(business.path + path)
        faults += window.faults(f"places/{name}", widths=WIDTHS)
    for name, where in {"everywhere": "", "there": f"&location={there.pk}"}.items():
        window.open(f"{business.path}diary/?date={tomorrow.date().isoformat()}{where}")
        page.locator(".away--place, .away--elsewhere").first.wait_for(state="attached")
        faults += window.faults(f"places/diary-{name}", widths=WIDTHS)
    assert faults == []
