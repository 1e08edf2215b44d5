"""A turn without effects: true answers of the diary, and nothing left anywhere."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from agents.models import AssistantVersion, UsageRecord
from agents.rehearsal import rehearse
from agents.runtime.providers import Provider
from agents.types import HandOver, ModelAnswer, ModelRequest, Reply, Stop, Text, ToolCall
from agents.versions import published
from calendar_sync.by_hand import book_by_hand
from calendar_sync.models import Appointment, Patient, Practitioner, Service
from tests.versions.conftest import MARIA, arrival, heard

FIND = {"service": "Check-up", "date": "2026-11-24", "weekday": "Tuesday", "days": 1,
        "time_from": "14:00", "time_to": "16:00", "practitioner": None}  # fmt: skip


@dataclass
class Scripted:
    """A model that says what it is told, and notes how it was asked."""

    answers: list[Any]
    name: str = "anthropic"
    asked: list[ModelRequest] = field(default_factory=list)
    within_transaction: list[bool] = field(default_factory=list)

    def respond(self, request: ModelRequest) -> ModelAnswer:
        self.asked.append(request)
        self.within_transaction.append(connection.in_atomic_block)
        answer = self.answers.pop(0)
        answer = answer(request) if callable(answer) else answer
        if isinstance(answer, str):
            return ModelAnswer(blocks=(Text(text=answer),), stop=Stop.END, model="scripted")
        name, arguments = answer
        call = ToolCall(id=f"call-{len(self.asked)}", name=name, arguments=arguments)
        return ModelAnswer(blocks=(call,), stop=Stop.TOOLS, model="scripted")


def scripted(*answers: Any) -> tuple[list[Provider], Scripted]:
    model = Scripted(list(answers))
    return [Provider(model=model, model_name="scripted")], model


def first_offer(request: ModelRequest) -> tuple[str, dict[str, Any]]:
    slot = request.transcript[-1].outcomes[0].content["offers"][0]["slot"]
    return "book_appointment", {"slot": slot, "patient_name": None}


def booked_number(request: ModelRequest) -> str:
    return str(
        next(
            o.content["booked"]["appointment"] for e in request.transcript for o in e.outcomes if "booked" in o.content
        )
    )


def test_it_books_lists_and_cancels_and_nothing_of_it_stays(clinic, monday, rows, django_capture_on_commit_callbacks):
    providers, _ = scripted(
        ("find_slots", FIND),
        first_offer,
        ("my_appointments", {}),
        lambda request: ("cancel_appointment", {"appointment": booked_number(request)}),
        ("my_appointments", {}),
        "That is cancelled.",
    )
    before = rows()
    with django_capture_on_commit_callbacks() as bells:
        done = rehearse(clinic, published(), transcript=heard("book and cancel"), contact=MARIA, providers=providers)
    assert rows() == before
    assert bells == []
    assert done.outcome == Reply(text="That is cancelled.")
    names = [call.name for call in done.calls]
    assert names == ["find_slots", "book_appointment", "my_appointments", "cancel_appointment", "my_appointments"]
    listed = [entry.outcomes[0].content for entry in done.entries if entry.outcomes]
    number = listed[1]["booked"]["appointment"]
    assert [each["appointment"] for each in listed[2]["appointments"]] == [number]
    assert listed[3]["cancelled"]["appointment"] == number
    assert listed[4]["appointments"] == []


def test_the_guided_flow_books_over_several_rehearsals_and_nothing_of_it_stays(chat, rows):
    before = rows()
    chat.say("A check-up tomorrow at 2pm please")
    booked = chat.say("yes")
    while not any(call.name == "book_appointment" for call in booked.calls):
        booked = chat.say("yes")
    assert "booked" in booked.said.lower()
    listed = chat.say("When is my appointment?")
    assert "14:00" in listed.said or "2" in listed.said
    assert not Appointment.objects.exists()
    assert rows() == before


def test_a_time_that_is_really_taken_is_refused(clinic, monday, rows):
    check_up, dentist = Service.objects.get(name="Check-up"), Practitioner.objects.get()
    providers, _ = scripted(
        ("find_slots", FIND),
        lambda request: taken(request, clinic, check_up, dentist) or first_offer(request),
        "I am sorry, that time has just gone.",
    )
    done = rehearse(clinic, published(), transcript=heard("two please"), contact=MARIA, providers=providers)
    outcomes = [entry.outcomes[0] for entry in done.entries if entry.outcomes]
    assert [outcome.is_error for outcome in outcomes] == [False, True]
    assert Appointment.objects.count() == 1


def taken(request: ModelRequest, clinic: Any, service: Service, who: Practitioner) -> None:
    start = dt.datetime.fromisoformat(request.transcript[-1].outcomes[0].content["offers"][0]["start"])
    book_by_hand(
        clinic,
        service=service,
        practitioner=who,
        starts_at=start.replace(tzinfo=ZoneInfo("Europe/London")),
        patient=Patient.objects.create(name="Somebody Else"),
        user_id=None,
    )


def test_what_it_claims_is_checked_against_what_it_did(clinic, monday):
    providers, _ = scripted("You're booked for Tuesday at 14:00.", "You're booked for Tuesday at 14:00.")
    done = rehearse(clinic, published(), transcript=heard("book me in"), contact=MARIA, providers=providers)
    assert isinstance(done.outcome, HandOver)
    assert (done.kind, done.reason, done.said) == ("handoff", "tool_failure", "")


def test_names_are_hidden_from_the_model_and_kept_for_the_next_rehearsal(clinic, monday, rows):
    before = rows()
    providers, model = scripted("Hello [NAME_1].")
    done = rehearse(clinic, published(), arrivals=[arrival("I'm Maria Lopes")], contact=MARIA, providers=providers)
    assert done.outcome == Reply(text="Hello Maria Lopes.")
    assert done.said == "Hello [NAME_1]."
    assert "Lopes" not in model.asked[0].transcript[0].text
    assert [(each.token, each.value) for each in done.pseudonyms] == [("[NAME_1]", "Maria Lopes")]
    assert rows() == before


def test_a_placeholder_whose_conversation_is_gone_stands_for_somebody(clinic, monday):
    providers, _ = scripted("Hello [NAME_3].")
    done = rehearse(clinic, published(), transcript=heard("I am [NAME_3]"), providers=providers)
    assert done.kind == "reply"
    providers, _ = scripted("Hello [NAME_9].", "Hello [NAME_9].")
    done = rehearse(clinic, published(), transcript=heard("I am [NAME_3]"), providers=providers)
    assert done.kind == "handoff"  # it knows no such person


def test_a_red_flag_is_answered_before_the_model(clinic, monday, rows):
    version = published()
    phrase = version.red_flags[0]["phrases"][0]
    before = rows()
    providers, model = scripted()
    done = rehearse(clinic, version, transcript=heard(phrase), providers=providers)
    assert (done.kind, done.reason) == ("handoff", "red_flag")
    assert model.asked == []
    assert rows() == before


def test_what_the_model_costs_is_counted_apart(clinic, monday):
    providers, _ = scripted("Hello.")
    rehearse(clinic, published(), transcript=heard("hi"), providers=providers, purpose=UsageRecord.Purpose.SHADOW)
    usage = UsageRecord.objects.get()
    assert (usage.purpose, usage.turn_id, usage.provider) == ("shadow", None, "anthropic")


def test_no_transaction_is_open_while_a_model_thinks(fresh_business, rows):
    providers, model = scripted(("my_appointments", {}), ("my_appointments", {}), "You have nothing coming.")
    before = rows()
    rehearse(fresh_business, published(), transcript=heard("what have I got"), contact=MARIA, providers=providers)
    assert model.within_transaction == [False, False, False]
    assert rows() == before


def test_its_steps_are_told_as_they_happen(clinic, monday):
    providers, _ = scripted(("my_appointments", {}), "You have nothing coming.")
    steps: list[str] = []
    rehearse(
        clinic, published(), transcript=heard("hi"), providers=providers, on_step=lambda step: steps.append(step.name)
    )
    assert steps == ["anthropic:scripted", "my_appointments", "anthropic:scripted", "outgoing"]


@pytest.mark.parametrize("broken", ["unknown tool", "bad arguments"])
def test_a_model_that_asks_for_nonsense_is_told_so(clinic, monday, rows, broken):
    call = ("delete_everything", {}) if broken == "unknown tool" else ("find_slots", {"service": 3})
    providers, _ = scripted(call, "What would you like?")
    before = rows()
    done = rehearse(clinic, published(), transcript=heard("hi"), providers=providers)
    assert done.kind == "reply"
    assert [step.status for step in done.steps if step.kind == "tool"] == ["error"]
    assert rows() == before


def test_a_red_flag_of_the_kind_is_heard_in_a_transcript_too_whatever_the_version_says(clinic, monday):
    AssistantVersion.objects.update(red_flags=[])
    done = rehearse(clinic, published(), transcript=heard("Ich bekomme keine Luft"), contact=MARIA)
    assert (done.kind, done.reason) == ("handoff", "red_flag")
    assert "Notruf" in done.said
