"""Each appointment and each handoff of the assistant says why: words, version, times offered, steps."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agents.models import Turn
from calendar_sync.models import Appointment
from conversations.models import Handoff
from tests.desk.conftest import DeskClient


@pytest.fixture
def booked(scene: Any) -> Appointment:
    """Maria books by herself with the guided flow."""
    for text in ("Hi, a check-up please", "any time tomorrow or the day after", "1", "yes"):
        conversation = scene.writes("Maria Lopes", text, phone="+351912000111")
        scene.answers(conversation)
    return Appointment.objects.get()


def test_an_appointment_says_why_it_stands(alices: Any, booked: Appointment) -> None:
    page = alices.get(f"why/appointments/{booked.pk}/").content.decode()
    turn = booked.changes.get().turn_id
    for words in ("any time tomorrow or the day after", "“yes”", "Version 1", "guided flow", "Times offered"):
        assert words in page
    local = booked.starts_at.astimezone(ZoneInfo("Europe/London"))
    assert f"{local:%H:%M} with {booked.practitioner.name}" in page
    assert "Booked: Check-up with" in page
    assert f"/traces/{turn}/" in page


def test_the_diary_leads_to_it_and_fetches_it_as_a_card(alices: Any, booked: Appointment) -> None:
    diary = alices.get(f"diary/appointments/{booked.pk}/").content.decode()
    assert f"why/appointments/{booked.pk}/" in diary
    card = alices.get(f"why/appointments/{booked.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "Times offered" in card
    assert "<html" not in card


def test_an_appointment_that_people_made_has_no_why(alices: Any, booked: Appointment) -> None:
    booked.changes.update(turn_id=None)
    assert "why/appointments" not in alices.get(f"diary/appointments/{booked.pk}/").content.decode()
    assert "The assistant had no part in it" in alices.get(f"why/appointments/{booked.pk}/").content.decode()


def test_a_handoff_says_why(alices: Any, scene: Any) -> None:
    conversation = scene.writes("Tom Becker", "I want to speak to a person please, it is about my bill")
    scene.answers(conversation)
    handoff = Handoff.objects.get()
    Turn.objects.filter(pk=handoff.turn_id).update(sources=[{"entry": 1, "chunk": 2, "title": "Billing"}])
    Handoff.objects.filter(pk=handoff.pk).update(trigger="asked")
    scene.escalation_of(handoff.pk)
    page = alices.get(f"why/handoffs/{handoff.pk}/").content.decode()
    for words in ("Tom Becker", "it is about my bill", "Billing", "Steps"):
        assert words in page
    for path in ("escalations/", f"conversations/{conversation.pk}/panel/"):
        assert f"why/handoffs/{handoff.pk}/" in alices.get(path).content.decode()


def test_a_handoff_without_a_turn_and_one_of_another_business(
    alices: Any, scene: Any, salon: Any, charlie: Any
) -> None:
    escalation = scene.hands_over(scene.writes("Tom Becker", "Hello"))
    page = alices.get(f"why/handoffs/{escalation.handoff_id}/")
    assert "The assistant had no part in it" in page.content.decode()
    assert DeskClient(salon, charlie).get(f"why/handoffs/{escalation.handoff_id}/").status_code == 404
