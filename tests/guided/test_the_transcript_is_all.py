"""The flow keeps nothing: the transcript alone, whoever wrote it, says where a conversation stands."""

import pytest

from agents.llm.guided.flow import Guided
from agents.types import Entry, ModelRequest, Stop, Text, ToolCall, ToolOutcome
from tests.guided.desk import Chat, Practice, brief_of

OFFER = {"slot": "s.x", "start": "2026-11-24T09:15", "weekday": "Tuesday", "practitioner": "Dr Ada Silva"}
OTHER = {"slot": "s.y", "start": "2026-11-24T15:30", "weekday": "Tuesday", "practitioner": "Dr Ada Silva"}


def ask(*transcript: Entry, note: str = "") -> object:
    return Guided().respond(ModelRequest(brief=brief_of(), transcript=transcript, tools=(), model="guided", note=note))


def says(role: str, text: str) -> Entry:
    return Entry(role=role, blocks=(Text(text=text),))  # type: ignore[arg-type]


def claude_offers(*offers: dict[str, str]) -> list[Entry]:
    call = ToolCall(id="toolu_1", name="find_slots", arguments={"service": "Check-up", "practitioner": None})
    content = {"status": "ok", "service": "Check-up", "offers": list(offers)}
    return [
        says("patient", "When could I have a check-up on Tuesday?"),
        Entry(role="assistant", blocks=(call,)),
        Entry(role="tools", blocks=(ToolOutcome(call_id="toolu_1", name="find_slots", content=content),)),
    ]


def test_the_same_transcript_gets_the_same_answer() -> None:
    chat = Chat(Practice(brief_of()))
    for words in ("hello", "check-up on Tuesday morning", "2", "yes", "move it to Friday", "yes"):
        chat.say(words)
    places = [place for place, entry in enumerate(chat.transcript) if entry.role == "assistant"]
    again = [ask(*chat.transcript[:place]).blocks for place in places]  # type: ignore[attr-defined]
    assert again == [chat.transcript[place].blocks for place in places]


def test_ids_of_calls_are_unique_in_a_conversation() -> None:
    chat = Chat(Practice(brief_of()))
    for words in ("check-up on Tuesday or Wednesday at 9", "2", "yes", "and a filling on Friday at 10 too", "yes"):
        chat.say(words)
    ids = [call.id for entry in chat.transcript for call in entry.calls]
    assert len(ids) > 3
    assert len(ids) == len(set(ids))


def test_a_yes_to_what_claude_read_back_books_that_time() -> None:
    answer = ask(
        *claude_offers(OFFER, OTHER),
        says("assistant", "I can do 3:30 pm on Tuesday with Dr Silva — would you like that one?"),
        says("patient", "yes please"),
    )
    assert answer.stop is Stop.TOOLS  # type: ignore[attr-defined]
    assert [(each.name, each.arguments["slot"]) for each in answer.calls] == [("book_appointment", "s.y")]  # type: ignore[attr-defined]


def test_a_choice_from_what_claude_listed_is_read_back() -> None:
    answer = ask(
        *claude_offers(OFFER, OTHER),
        says("assistant", "There's 9:15 or 15:30 on Tuesday. Which do you prefer?"),
        says("patient", "the second"),
    )
    assert "Tuesday 24 November at 15:30" in answer.text  # type: ignore[attr-defined]


def test_a_yes_to_a_text_of_the_staff_books_nothing() -> None:
    answer = ask(
        *claude_offers(OFFER),
        says("staff", "Shall I ask Dr Silva whether 9:15 is possible?"),
        says("patient", "yes please"),
    )
    assert not [call for call in answer.calls if call.name == "book_appointment"]  # type: ignore[attr-defined]


def test_a_booking_that_could_not_be_told_yet_is_told_with_the_next_answer() -> None:
    chat = Chat(Practice(brief_of()))
    chat.say("check-up tomorrow at 9")
    chat.say("yes")
    untold = [*chat.transcript[:-1], says("patient", "and what's your address?")]
    said = ask(*untold).text  # type: ignore[attr-defined]
    assert "You're booked in" in said
    assert "12 High Street" in said


def test_a_burst_is_one_turn() -> None:
    answer = ask(says("patient", "hello"), says("patient", "check-up please"), says("patient", "tomorrow 9am"))
    assert [(each.name, each.arguments["date"]) for each in answer.calls] == [("find_slots", "2026-11-21")]  # type: ignore[attr-defined]


def test_a_refused_draft_ends_with_people_and_not_in_a_circle() -> None:
    answer = ask(says("patient", "hello"), note="Your draft was not sent.")
    assert [each.name for each in answer.calls] == ["hand_over"]  # type: ignore[attr-defined]


def test_a_diary_that_cannot_be_read_goes_to_people() -> None:
    start = (says("patient", "check-up tomorrow at 9"),)
    calls = ask(*start).blocks  # type: ignore[attr-defined]
    content = {"status": "error", "message": "This could not be done just now.", "retryable": True}
    outcome = ToolOutcome(call_id=calls[0].id, name="find_slots", content=content, is_error=True)
    answer = ask(*start, Entry(role="assistant", blocks=calls), Entry(role="tools", blocks=(outcome,)))
    assert [each.name for each in answer.calls] == ["hand_over"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "?", "[NAME_1]", "١٢", "a" * 64_000, "1. 2. 3.", "{moment}", "🦷" * 500]
)
def test_any_text_gets_an_answer(text: str) -> None:
    answer = ask(says("patient", text))
    assert answer.text or answer.calls  # type: ignore[attr-defined]
