"""The reports in a real browser: looked at, explained by keyboard, saved as a picture."""

import datetime as dt

import pytest

from calendar_sync import by_hand
from calendar_sync.models import Patient, Practitioner, Service
from tenants import clock
from tests.desk.scene import Scene
from tests.stories.looking import Looker

pytestmark = pytest.mark.browser
PNG = b"\x89PNG\r\n\x1a\n"


def four_weeks(business, bob):
    scene = Scene(business)
    now = clock.now().replace(minute=5)
    for number in range(60):
        with clock.pinned(now - dt.timedelta(days=number % 27, hours=number * 5 % 11)):
            talk = scene.writes(f"Patient {number % 20}", "Do you have a time for me?")
            if number % 7 == 3:
                scene.hands_over(talk, ("customer_request", "missing_knowledge", "red_flag")[number % 3])
            elif number % 13:
                scene.says(talk, "We do.")
    service, person = Service.objects.first(), Practitioner.objects.first()
    for number in range(12):
        patient = Patient.objects.create(name=f"Patient {number}")
        start = (now + dt.timedelta(days=3 + number)).replace(hour=11, minute=0, second=0, microsecond=0)
        with clock.pinned(now - dt.timedelta(days=number * 2)):
            by_hand.book_by_hand(
                business,
                service=service,
                practitioner=person,
                starts_at=start,
                patient=patient,
                user_id=bob,
                overrule=True,
            )


def test_the_reports_can_be_read_explained_and_saved(alice_at, fresh_business):
    window = alice_at("reports/")
    looker = Looker(window)
    looker.look("reports-empty")
    four_weeks(fresh_business, None)
    looker.visit("reports", f"{fresh_business.path}reports/")
    looker.visit("reports-year", f"{fresh_business.path}reports/?days=364")
    looker.visit("reports-diary", f"{fresh_business.path}reports/diary/")
    page = window.open(f"{fresh_business.path}reports/")
    button = page.get_by_label("What “By the assistant alone” counts")
    assert not page.get_by_text("Enquiries whose first reply").first.is_visible()
    button.focus()
    assert page.get_by_text("Enquiries whose first reply").first.is_visible()
    looker.look("reports-explained")
    for place, name in enumerate(("Who answered", "Busiest hours")):
        with page.expect_download() as saved:
            page.get_by_role("button", name="PNG").nth(place).click()
        picture = saved.value.path().read_bytes()
        assert saved.value.suggested_filename.startswith(name)
        assert picture.startswith(PNG)
        assert len(picture) > 5000, "it is not blank"
    assert looker.faults == []
