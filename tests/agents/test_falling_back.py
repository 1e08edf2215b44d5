"""Claude is down, too expensive or switched off in the middle of a conversation: the guided flow goes on with it,
and Claude goes on later, without the patient having to start again.
"""

import json

import pytest

from agents.models import SpendLimit, Turn
from agents.types import Reply
from calendar_sync.models import Appointment
from tests.agents.test_turns_with_claude import BOOK, FIND
from tests.vendors import Sandbox

GERMAN = "Guten Tag, ich bräuchte einen Kontrolltermin, morgen am frühen Nachmittag"


def break_claude(sandbox: Sandbox) -> None:
    sandbox.fault(vendor="anthropic", path="/v1/messages", kind="status", status=500, times=50)


def booked() -> list[str]:
    rows = Appointment.objects.filter(status="confirmed").order_by("during")
    return [f"{each.starts_at:%Y-%m-%dT%H:%M}" for each in rows]


def providers() -> list[str]:
    return [step.name for turn in Turn.objects.order_by("pk") for step in turn.steps.filter(kind="model")]


@pytest.mark.parametrize(
    ("asked", "offered", "answer"),
    [
        (
            "Could I have a check-up tomorrow afternoon?",
            "I can offer 14:00 or 3:30 pm tomorrow. Which do you prefer?",
            "the second one please",
        ),
        (GERMAN, "Morgen wäre um 14 Uhr oder um 15:30 Uhr etwas frei. Was passt Ihnen besser?", "halb vier"),
        (GERMAN, "Gerne: Dienstag, 24.11. um 14:00 Uhr oder 15:30 Uhr?", "die zweite Zeit bitte"),
    ],
)
def test_a_choice_from_what_claude_offered_is_booked_by_the_guided_flow(sandbox, say, asked, offered, answer):
    sandbox.script({"after": "user", "content": [FIND]}, {"after": "find_slots", "text": offered})
    say(asked)
    break_claude(sandbox)
    read_back = say(answer).outcome
    assert isinstance(read_back, Reply)
    assert "15:30" in read_back.text
    assert booked() == []
    say("ja" if asked == GERMAN else "yes")
    assert booked() == ["2026-11-24T15:30"]


@pytest.mark.parametrize(
    ("asked", "read_back", "yes"),
    [
        ("A check-up tomorrow at two please", "Check-up tomorrow at 2:00 pm with Dr Silva: shall I go ahead?", "yes"),
        (GERMAN, "Kontrolle am Dienstag um 14 Uhr bei Dr. Silva – darf ich das so eintragen?", "Ja, gerne"),
    ],
)
def test_a_yes_to_what_claude_read_back_books_that_time(sandbox, say, asked, read_back, yes):
    sandbox.script({"after": "user", "content": [FIND]}, {"after": "find_slots", "text": read_back})
    say(asked)
    SpendLimit.objects.update(per_day_micro=0)  # the day's money is spent
    told = say(yes).outcome
    assert booked() == ["2026-11-24T14:00"]
    assert isinstance(told, Reply)
    assert ("gebucht" in told.text) == (asked == GERMAN)


def test_what_claude_asked_in_german_is_answered_to_the_guided_flow(sandbox, say):
    sandbox.script({"text": "Gerne! An welchem Tag und um wie viel Uhr möchten Sie zur Kontrolle kommen?"})
    say("Hallo, ich hätte gern einen Termin zur Kontrolle")
    break_claude(sandbox)
    assert "Dienstag, 24. November um 15:30 Uhr" in say("morgen um halb vier").outcome.text
    say("passt")
    assert booked() == ["2026-11-24T15:30"]


def test_claude_goes_on_with_what_the_guided_flow_began(sandbox, say):
    say("Ich bräuchte morgen um 14 Uhr eine Kontrolle", provider="guided")
    found = {"$from_tool_result": {"tool": "find_slots", "path": "offers.0.slot"}}  # it has held the slot since
    sandbox.script(
        {"after": "user", "content": [{**BOOK, "input": {**BOOK["input"], "slot": found}}]},
        {"after": "book_appointment", "text": "Alles klar, am Dienstag um 14:00 Uhr sehen wir uns."},
    )
    say("ja bitte")
    assert booked() == ["2026-11-24T14:00"]
    sent = json.dumps(sandbox.log("anthropic")[0]["body"], ensure_ascii=False)
    assert "Soll ich das so buchen?" in sent
    assert "find_slots" in sent


def test_a_conversation_goes_there_and_back_and_there(sandbox, say):
    sandbox.script({"after": "user", "content": [FIND]}, {"after": "find_slots", "text": "14:00, 15:00 or 16:00?"})
    say("A check-up tomorrow afternoon please")
    assert "Shall I book it?" in say("15:00", provider="guided").outcome.text
    sandbox.script({"text": "It takes 30 minutes. Shall I book Tuesday at 15:00 for you?"})
    say("how long does it take?")
    say("yes please", provider="guided")
    assert booked() == ["2026-11-24T15:00"]


def test_claude_that_dies_between_two_steps_is_followed_within_the_turn(sandbox, say):
    sandbox.script(
        {"after": "user", "content": [FIND]}, {"after": "find_slots", "error": {"type": "api_error"}, "times": 9}
    )
    told = say("A check-up tomorrow at half past two please").outcome
    assert "14:30" in told.text
    assert "Shall I book it?" in told.text
    assert {name.split(":")[0] for name in providers()} == {"anthropic", "guided"}
    say("yes", provider="guided")
    assert booked() == ["2026-11-24T14:30"]
