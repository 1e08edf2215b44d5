"""A patient at the terminal: the whole path in one process."""

import datetime as dt
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from calendar_sync.models import Appointment
from conversations import handoffs
from conversations.models import Message
from conversations.simulation import SimulatedPatient
from tenants import clock
from tenants.models import WorkItem

MONDAY = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)


@pytest.fixture
def patient(clinic):
    with clock.pinned(MONDAY):
        yield SimulatedPatient(clinic, "+447911123456", "Maria", provider="guided")


def chat(monkeypatch, *lines, **options):
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    given = {"business": "bright-smile", "phone": "+447911123456", "model": "guided", "jsonl": True, **options}
    call_command("chat", stdout=out, **given)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_every_message_is_answered_and_sent(patient, clinic):
    replies = patient.say("Hello, when are you open?")
    assert replies
    assert all(replies)
    assert set(Message.objects.filter(direction="out").values_list("delivery", flat=True)) == {"sent"}
    left = WorkItem.objects.filter(business=clinic).exclude(kind="agents.remember")  # due when the talk has rested
    assert not left.exists()


def test_it_books_in_a_few_messages(patient, clinic):
    patient.say("I'd like a check-up on Wednesday at 10am please")
    for _ in range(4):
        if Appointment.objects.exists():
            break
        patient.say("Yes")
    [visit] = patient.visits
    assert visit.service == "Check-up"
    assert visit.start.isoformat() == "2026-11-25T10:00:00+00:00"
    assert visit.status == "confirmed"


def test_asking_for_a_person_is_a_handoff_with_a_message(patient, clinic):
    replies = patient.say("I want to speak to a human")
    assert patient.conversation.handling == "waiting_for_staff"
    assert "I've passed this to the team at Bright Smile." in replies[-1]
    assert patient.say("Hello?") == []


def test_returned_to_the_assistant_it_answers_the_next_message(patient, clinic, alice):
    patient.say("I want to speak to a human")
    handoffs.return_to_assistant(clinic, patient.conversation, alice)
    assert patient.say("When are you open?")
    assert patient.conversation.handling == "assistant"


@pytest.mark.parametrize("kind", ["voice", "image", "sticker", "document", "location", "unsupported"])
def test_what_it_cannot_read_is_answered_politely(patient, kind):
    assert patient.say("", kind=kind)


def test_a_very_long_text_is_answered(patient):
    assert patient.say("I wonder " * 7000)


def test_two_patients_do_not_mix(patient, clinic):
    other = SimulatedPatient(clinic, "+447911999999", provider="guided")
    patient.say("Hello")
    other.say("Hello")
    assert patient.conversation != other.conversation
    assert patient.conversation.contact_id != other.conversation.contact_id


def test_json_lines_in_and_out(clinic, monkeypatch):
    answers = chat(
        monkeypatch, json.dumps({"text": "Hello"}), "", json.dumps({"text": "A person, please"}), now="2026-11-23T08:00"
    )
    assert [set(each) for each in answers] == [{"replies", "handling", "appointments"}] * 2
    assert answers[0]["handling"] == "assistant"
    assert answers[1]["handling"] == "waiting_for_staff"
    assert answers[0]["appointments"] == []


@pytest.mark.parametrize(
    ("options", "line", "said"),
    [
        ({"business": "nobody"}, "{}", "there is no business nobody"),
        ({"phone": "call me"}, "{}", "write a phone number"),
        ({"now": "yesterday"}, "{}", "write it like 2026"),
        ({"model": "anthropic"}, "{}", "needs ANTHROPIC_API_KEY"),
        ({}, "{}", "line 1: write"),
        ({}, "[1]", "line 1: write"),
        ({}, '{"text": 5}', "line 1: text has to be a string"),
    ],
)
def test_bad_input_gets_a_clear_answer(clinic, monkeypatch, settings, options, line, said):
    settings.ANTHROPIC_API_KEY = ""
    with pytest.raises(CommandError, match=said):
        chat(monkeypatch, line, **options)


def test_the_command_itself_writes_nothing_but_json_lines(fresh_business):
    where = connection.settings_dict
    login = f"{where['USER']}:{where['PASSWORD']}@{where['HOST']}:{where['PORT']}"
    command = [sys.executable, "manage.py", "chat", "--business", fresh_business.slug, "--from", "+447911123456"]
    command += ["--now", "2026-11-23T08:00", "--model", "guided", "--jsonl"]
    said = ["A check-up on Wednesday at 10:00 please", "yes", "I'd like to talk to a person"]
    done = subprocess.run(
        command,
        cwd=Path(__file__).resolve().parents[2],
        env=os.environ | {"DATABASE_URL": f"postgres://{login}/{where['NAME']}"},
        input="".join(json.dumps({"text": text}) + "\n" for text in said),
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == 3
    assert all(each["replies"] for each in answers)
    [visit] = answers[1]["appointments"]
    assert (visit["service"], visit["start"], visit["status"]) == (
        "Check-up",
        "2026-11-25T10:00:00+00:00",
        "confirmed",
    )
    assert answers[2]["handling"] == "waiting_for_staff"
