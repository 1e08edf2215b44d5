"""What a person reads before they answer: agreed, offered, open."""

import html

import pytest

from escalations.models import Escalation
from tests.desk.scene import SCRIPT


@pytest.fixture
def notes(scene):
    def read(conversation):
        return Escalation.objects.filter(conversation=conversation).latest("pk").account

    return read


def says(scene, name, *texts):
    for text in texts:
        conversation = scene.writes(name, text)
        scene.answers(conversation)
    for handoff in conversation.handoffs.all():
        scene.open(handoff.pk)
    return conversation


def test_times_that_were_offered_and_what_is_open_stand_there(scene, notes):
    asked = says(scene, "Maria", "I need a check-up tomorrow", "I want to speak to a person please")
    found = notes(asked)
    assert found["agreed"] == []
    assert found["offered"]
    assert all(" with " in line for line in found["offered"])
    assert found["open"] == ["I want to speak to a person please"]


def test_what_was_booked_stands_there_as_it_is_now(scene, notes, alices):
    asked = says(scene, "Maria", "A check-up tomorrow please", "1", "My name is Maria Lopes", "yes")
    asked = says(scene, "Maria", "Can I speak to a person about my crown?")
    found = notes(asked)
    (line,) = found["agreed"]
    assert line.startswith("Booked: Check-up, ")
    page = html.unescape(alices.get(f"conversations/{asked.pk}/panel/").content.decode())
    assert line in page
    assert "“Can I speak to a person about my crown?”" in page


def test_nothing_to_say_shows_nothing(scene, notes, alices, clinic):
    conversation = scene.writes("Tom", "")
    scene.hands_over(conversation)
    assert notes(conversation) == {"agreed": [], "offered": [], "open": []}
    assert 'class="handover"' not in alices.get(f"conversations/{conversation.pk}/panel/").content.decode()


def test_what_the_patient_wrote_is_shown_as_text_and_shortened(scene, notes, alices):
    conversation = scene.writes("Tom", SCRIPT + "x" * 500)
    scene.hands_over(conversation)
    (line,) = notes(conversation)["open"]
    assert len(line) == 160
    assert "<script>" not in alices.get(f"conversations/{conversation.pk}/panel/").content.decode().split("handover")[1]
