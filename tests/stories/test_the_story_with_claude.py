"""The same story with Claude: the real webhook, worker and outbox; the sandbox says what the model would."""

import datetime as dt
import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agents.models import Step, Turn
from conversations.models import Conversation
from escalations.models import Escalation
from tenants.models import Business
from tests.stories.patient import Patient
from tests.stories.stack import Stack, eventually

pytestmark = pytest.mark.stack
LONDON = ZoneInfo("Europe/London")


@pytest.fixture(params=[True, False], ids=["streaming", "plain"])
def claude(request: pytest.FixtureRequest, stack: Stack) -> Stack:
    stack.employ_with_claude(stream=request.param)
    return stack


def test_maria_books_moves_cancels_and_gets_a_person(
    claude: Stack, practice: Business, patient: Patient, appointments: Any
) -> None:
    first, second = day(3), day(4)
    claude.sandbox.script(*booking(first), *moving(second), *cancelling(), *handing_over())

    said = patient.ask(f"A check-up on {first.day} {first:%B} at two please. I'm Maria Lopes, 07911 123456")
    told, link = said.split("\n")[0], said.split("\n")[-1]
    assert told == f"Booked, Maria Lopes: check-up on {first.day} {first:%B} at 14:00."
    assert link.startswith(f"Add to your calendar: {claude.origin}/c/")
    (made,) = appointments()
    assert (made.status, made.starts_at, made.patient.name) == ("confirmed", at(first, 14), "Maria Lopes")

    told = patient.ask("Could we move it one day later, same time?")
    assert told.startswith(f"Moved: it is on {second.day} {second:%B} at 14:00 now.\n")
    (moved,) = appointments()
    assert (moved.pk, moved.status, moved.starts_at) == (made.pk, "confirmed", at(second, 14))

    assert patient.ask("Sorry, please cancel it") == "It is cancelled."
    assert [each.status for each in appointments()] == ["cancelled"]

    assert "passed this to the team" in patient.ask("Can a person call me?")
    assert Conversation.objects.get().handling == Conversation.Handling.WAITING_FOR_STAFF
    eventually(Escalation.objects.exists, "the desk has an escalation")

    assert set(Turn.objects.values_list("status", "provider")) == {("done", "anthropic")}
    assert not Step.objects.filter(status="error").exists()
    the_model_saw_nobody(claude)


def the_model_saw_nobody(stack: Stack) -> None:
    bodies = [entry["body"] for entry in stack.sandbox.log("anthropic")]
    assert len(stack.sandbox.turns()) == 9
    sent = json.dumps(bodies)
    for personal in ("Maria", "Lopes", "07911", "7911123456"):
        assert personal not in sent


def booking(date: dt.date) -> list[dict[str, Any]]:
    book = {"slot": {"$from_last_tool_result": "offers.0.slot"}, "patient_name": None}
    return [
        {"when": "check-up", "after": "user", "content": [use("find_slots", look_for(date))]},
        {"after": "find_slots", "content": [use("book_appointment", book)]},
        {"after": "book_appointment", "text": f"Booked, [NAME_1]: check-up on {date.day} {date:%B} at 14:00."},
    ]


def moving(date: dt.date) -> list[dict[str, Any]]:
    move = {
        "appointment": {"$from_tool_result": {"tool": "book_appointment", "path": "booked.appointment"}},
        "slot": {"$from_last_tool_result": "offers.0.slot"},
    }
    return [
        {"when": "move it", "after": "user", "content": [use("find_slots", look_for(date))]},
        {"after": "find_slots", "content": [use("reschedule_appointment", move)]},
        {"after": "reschedule_appointment", "text": f"Moved: it is on {date.day} {date:%B} at 14:00 now."},
    ]


def cancelling() -> list[dict[str, Any]]:
    cancel = {"appointment": {"$from_tool_result": {"tool": "book_appointment", "path": "booked.appointment"}}}
    return [
        {"when": "cancel it", "after": "user", "content": [use("cancel_appointment", cancel)]},
        {"after": "cancel_appointment", "text": "It is cancelled."},
    ]


def handing_over() -> list[dict[str, Any]]:
    why = {"reason": "customer_request", "summary": "Wants to be called by a person."}
    return [{"when": "a person", "after": "user", "content": [use("hand_over", why)]}]


def look_for(date: dt.date) -> dict[str, Any]:
    times = {"time_from": "14:00", "time_to": "15:00", "practitioner": None}
    return {"service": "Check-up", "date": date.isoformat(), "weekday": f"{date:%A}", "days": 1, **times}


def use(tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
    return {"type": "tool_use", "name": tool, "input": arguments}


def day(after: int) -> dt.date:
    return dt.datetime.now(LONDON).date() + dt.timedelta(days=after)


def at(date: dt.date, hour: int) -> dt.datetime:
    return dt.datetime.combine(date, dt.time(hour), LONDON)
