"""Claude hears what went out by itself and which appointment an answer is about."""

import json

import pytest

from agents.types import Arrival, Reply
from calendar_sync import by_hand, reminding
from calendar_sync.models import Patient, PatientConfirmation
from tenants import clock
from tests.agents.conftest import MONDAY


@pytest.fixture
def appointment(clinic, monday, check_up, dentist):
    return by_hand.book_by_hand(
        clinic,
        service=check_up,
        practitioner=dentist,
        starts_at=MONDAY.replace(day=25, hour=10),
        patient=Patient.objects.create(name="Maria Lopes", contact_id=1),
        user_id=None,
        overrule=True,
    )


def reminder(appointment):
    text = f"Hello Maria, a reminder of your appointment on Wednesday at 10:00 ({appointment.reference}). Can you come?"
    return Arrival(message_id=7001, author="system", kind="text", text=text, at=clock.now())


def confirms(appointment, reference=""):
    used = {"appointment": reference or appointment.reference}
    return {"after": "user", "content": [{"type": "tool_use", "name": "confirm_appointment", "input": used}]}


def test_a_yes_to_a_reminder_is_written_down(sandbox, say, appointment):
    sandbox.script(confirms(appointment), {"after": "confirm_appointment", "text": "Lovely, until Wednesday!"})
    answer = Arrival(
        message_id=7002, author="contact", kind="text", text="Yes", at=clock.now(), about=appointment.reference
    )
    decision = say(arrivals=(reminder(appointment), answer))
    assert decision.outcome == Reply(text="Lovely, until Wednesday!")
    assert PatientConfirmation.objects.get().appointment == appointment
    assert reminding.confirmed_at(appointment) == MONDAY
    sent = json.loads(sandbox.turns()[0]["body"])["messages"]
    said = [(each["role"], each["content"][0]["text"]) for each in sent[1:3]]
    assert said[0][0] == "assistant"
    assert appointment.reference in said[0][1]
    assert "Maria" not in said[0][1], "what went out is redacted like everything else"
    assert said[1] == ("user", f"Yes\n[about:{appointment.reference}]")


def test_somebody_elses_appointment_is_not_confirmed(sandbox, say, appointment):
    sandbox.script(confirms(appointment), {"after": "confirm_appointment", "text": "Which one do you mean?"})
    say("Yes, I confirm", contact_id=2, conversation_id=2)
    assert not PatientConfirmation.objects.exists()


@pytest.mark.parametrize("reference", ["#1", "tomorrow", "#99999999999999999999", ""])
def test_a_number_that_is_none_confirms_nothing(sandbox, say, appointment, reference):
    sandbox.script(confirms(appointment, reference or " "), {"after": "confirm_appointment", "text": "Which one?"})
    say("Yes")
    assert not PatientConfirmation.objects.exists()
