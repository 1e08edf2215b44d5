"""Who is writing, in a real Chromium: the setting, the patient's date of birth, the contact's page."""

from typing import Any

import pytest
from django.db import transaction

from agents.skills.verify_patient import verify_patient
from agents.types import SkillContext
from calendar_sync.models import Patient, Verification
from conversations.connecting import connect
from tenants import clock
from tests.conversations.test_automatic_in_a_browser import writes
from tests.verification.conftest import BORN

pytestmark = pytest.mark.browser


@pytest.fixture
def window(alice_at: Any, fresh_business: Any) -> Any:
    opened = alice_at()
    opened.path = fresh_business.path
    return opened


def look(window: Any, name: str) -> None:
    assert window.faults(f"verification-{name}") == []


def test_from_the_choice_to_who_was_let_in(window: Any, fresh_business: Any) -> None:
    channel = connect(fresh_business, address="whatsapp:+441134960655")
    contact = writes(fresh_business, channel, "Hello, I booked by phone. When is it?").conversation.contact
    anna = Patient.objects.create(name="Anna Weber", phone="+44 7700 900111")
    page = window.open(f"{window.path}settings/")
    page.get_by_role("link", name="Who is writing").click()
    page.get_by_label("The assistant asks for the full name and the date of birth").check()
    look(window, "choice")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()

    page = window.open(f"{window.path}diary/patients/{anna.pk}/")
    page.get_by_label("Date of birth").fill(BORN.isoformat())
    look(window, "patient")
    page.get_by_role("region", name="About").get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    _proves(fresh_business, contact.pk)

    page = window.open(f"{window.path}contacts/{contact.pk}/")
    page.get_by_text("Date of birth given").wait_for()
    page.get_by_text("Open a patient’s appointments to this phone").click()
    page.get_by_label("Appointment’s number, or the full name").fill("Nobody Here")
    page.get_by_role("button", name="I know who it is").click()
    page.get_by_text("Nobody has exactly this name").wait_for()
    look(window, "contact")
    page.get_by_role("button", name="Close Anna Weber").click()
    page.get_by_text("You can bring it back for ten minutes").wait_for()
    look(window, "withdrawn")
    page.get_by_role("button", name="Undo: open Anna Weber").press("Enter")
    page.get_by_text("Date of birth given").wait_for()
    assert Verification.objects.get(withdrawn_at__isnull=True).patient == anna

    window.open(f"{window.path}diary/appointments/new/")
    look(window, "booking")


def _proves(business: Any, contact_id: int) -> None:
    context = SkillContext(
        business=business,
        conversation_id=1,
        contact_id=contact_id,
        contact_name="",
        turn_id=1,
        now=clock.local_now(business.timezone),
    )
    with transaction.atomic():
        result = verify_patient(context, patient_name="anna weber", date_of_birth="3 April 1985")
    assert result.data["confirmed"] is True
