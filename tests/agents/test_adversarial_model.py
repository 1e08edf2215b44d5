"""A model that tries what it may not: refused, noted, and asked about first where it is the patient's own."""

import datetime as dt
import json
from typing import Any

import pytest

from agents.models import Step
from calendar_sync import booking, slots
from calendar_sync.models import Appointment, BookedBy, Practitioner, Service
from calendar_sync.tickets import issue
from tenants import clock
from tenants.models import AuditEntry

VICTIM, PATIENT = 900, 1
NAME, PHONE = "Wilhelmina Oberst", "+447700900123"


@pytest.fixture
def victim(clinic: Any, monday: Any, check_up: Service, dentist: Practitioner) -> Appointment:
    return book(clinic, VICTIM, NAME, check_up, dentist)


@pytest.fixture
def own(clinic: Any, victim: Appointment, check_up: Service, dentist: Practitioner) -> Appointment:
    return book(clinic, PATIENT, "Maria Lopes", check_up, dentist)


def book(clinic: Any, contact: int, name: str, service: Service, who: Practitioner) -> Appointment:
    return booking.book(
        clinic,
        ticket=ticket(clinic, contact, service, who),
        contact_id=contact,
        patient=booking.patient_for(contact, name),
        by=BookedBy.STAFF,
    )


def ticket(clinic: Any, contact: int, service: Service, who: Practitioner) -> str:
    now = clock.now()
    window = (now + dt.timedelta(hours=2), now + dt.timedelta(days=3))
    found = slots.find_slots(clinic, service=service, window=window, practitioner=who, now=now, contact_id=contact)
    return issue(clinic, found[0], contact_id=contact)


def test_a_foreign_number_is_refused_and_stands_in_the_audit_trail(sandbox: Any, say: Any, victim: Any) -> None:
    cancel = {
        "type": "tool_use",
        "name": "cancel_appointment",
        "input": {"appointment": victim.reference, "which": "this"},
    }
    sandbox.script({"after": "user", "content": [cancel]}, {"text": "I can't find that appointment."})
    say(f"Please cancel {victim.reference}")
    entry = AuditEntry.objects.get(action="assistant.refused")
    assert entry.subject == f"appointment {victim.pk}"
    assert NAME not in json.dumps(entry.detail)
    victim.refresh_from_db()
    assert victim.status == "confirmed"


def test_what_the_patient_has_not_spoken_of_is_asked_for_first(sandbox: Any, say: Any, own: Any) -> None:
    cancel = {
        "type": "tool_use",
        "name": "cancel_appointment",
        "input": {"appointment": own.reference, "which": "this"},
    }
    sandbox.script(
        {"after": "user", "content": [cancel]},
        {"after": "cancel_appointment", "text": "Shall I cancel it?"},
        {"after": "user", "content": [cancel]},
        {"after": "cancel_appointment", "text": "It is cancelled."},
    )
    say("What are your opening hours?")
    own.refresh_from_db()
    assert own.status == "confirmed"
    assert say("yes please").outcome.text == "It is cancelled."
    own.refresh_from_db()
    assert own.status == "cancelled"


def test_fault_48_booking_and_cancelling_in_one_answer_happen_in_order_and_each_is_looked_at(
    sandbox: Any, say: Any, clinic: Any, check_up: Service, dentist: Practitioner, victim: Any, own: Any
) -> None:
    free = ticket(clinic, PATIENT, check_up, dentist)
    calls = [
        {"type": "tool_use", "name": "book_appointment", "input": {"slot": free, "patient_name": None}},
        {"type": "tool_use", "name": "cancel_appointment", "input": {"appointment": victim.reference, "which": "this"}},
        {"type": "tool_use", "name": "cancel_appointment", "input": {"appointment": own.reference, "which": "this"}},
    ]
    sandbox.script({"after": "user", "content": calls}, {"text": "Your old appointment is cancelled."})
    say("Cancel my appointment and book the next one")
    steps = list(Step.objects.filter(kind="tool").order_by("index").values_list("name", "status"))
    assert steps == [("book_appointment", "ok"), ("cancel_appointment", "error"), ("cancel_appointment", "ok")]
    assert Appointment.objects.get(pk=victim.pk).status == "confirmed"
    assert Appointment.objects.get(pk=own.pk).status == "cancelled"


def test_one_turn_changes_only_so_much(sandbox: Any, say: Any, own: Any) -> None:
    wait = {
        "type": "tool_use",
        "name": "join_waitlist",
        "input": dict.fromkeys(("practitioner", "earliest", "latest", "time_from", "time_to"))
        | {"service": "Check-up"},
    }
    sandbox.script({"after": "user", "content": [wait] * 9}, {"text": "You're on the waiting list."})
    say("Put me on the waiting list")
    assert Step.objects.filter(name="join_waitlist", status="ok").count() == 3
