"""Booking somebody by phone in a real Chromium, and noting that they may be written to."""

import pytest

from calendar_sync.models import Appointment, MessageConsent
from tests.diary.full import drawn, full_diary, visit

__all__ = ["full_diary", "visit"]
pytestmark = pytest.mark.browser


def test_the_dialog_and_the_patients_page_ask_whether_they_agreed(visit, full_diary, fresh_business):
    _, tomorrow = full_diary
    window = visit(f"diary/appointments/new/?start={tomorrow.date()}T16:00")
    page = window.page
    page.get_by_label("name", exact=False).first.fill("Nora Vance")
    drawn(window)
    page.get_by_label("Asked: they agreed").check()
    page.get_by_role("button", name="Book", exact=True).click()
    page.get_by_text("Which phone may we write to?").wait_for()
    assert window.faults("diary/new-agreed") == []
    made = Appointment.objects.get(patient__name="Rosa Blum")
    window.open(f"{fresh_business.path}diary/patients/{made.patient_id}/")
    assert window.faults("diary/patient-not-asked") == []
    page.get_by_label("Phone", exact=True).fill("07911 123499")
    page.get_by_label("Asked: they agreed").check()
    page.locator("#reached").get_by_role("button", name="Save").click()
    page.get_by_text("Not in use yet").wait_for()
    assert MessageConsent.objects.get().patient_id == made.patient_id
    assert window.faults("diary/patient-agreed") == []
