"""Staff find the turn they look for, and read exactly what a model was sent in it."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agents.models import Step, TranscriptEntry, Turn
from agents.versions import published
from tenants import clock

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.fixture
def turns(scene: Any) -> dict[str, Turn]:
    """Turns of every sort, of one conversation, an hour apart; the newest is the last."""
    conversation = scene.writes("Maria Lopes", "Hello")
    made = {}
    for place, (name, fields) in enumerate(
        {
            "reply": {"outcome": "reply", "model": "claude-haiku-5-5", "cost_micro": 900, "version": published()},
            "dear": {"outcome": "reply", "model": "claude-opus-5-5", "cost_micro": 90_000},
            "asked": {"outcome": "handoff", "reason": "customer_request", "trigger": "asked"},
            "ruled": {"outcome": "handoff", "reason": "policy", "trigger": "rule r7"},
            "flag": {"outcome": "handoff", "reason": "red_flag", "trigger": "red_flag"},
            "slow": {"outcome": "reply", "took": 42},
            "old": {"outcome": "silence", "days": 9},
            "failed": {"status": "failed"},
        }.items()
    ):
        at = NOW - dt.timedelta(hours=10 - place, days=fields.pop("days", 0))
        took = dt.timedelta(seconds=fields.pop("took", 2))
        made[name] = Turn.objects.create(
            **({"conversation_id": conversation.pk, "contact_id": 1, "status": "done"} | fields),
            started_at=at,
            ended_at=at + took,
        )
    return made


def step(turn: Turn, kind: str = "tool", **fields: Any) -> Step:
    return Step.objects.create(turn=turn, index=turn.steps.count(), kind=kind, **({"name": "find_slots"} | fields))


def found(client: Any, turns: dict[str, Turn], query: str) -> set[str]:
    page = client.get(f"traces/?{query}")
    assert page.status_code == 200
    return {name for name, turn in turns.items() if f"/traces/{turn.pk}/" in page.content.decode()}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"reply", "dear", "asked", "ruled", "flag", "slow", "old", "failed"}),
        ("outcome=handoff", {"asked", "ruled", "flag"}),
        ("outcome=failed", {"failed"}),
        ("reason=red_flag", {"flag"}),
        ("trigger=asked", {"asked"}),
        ("trigger=red_flag", {"flag"}),
        ("trigger=rule+", {"ruled"}),
        ("trigger=limit_", set()),
        ("model=claude-opus-5-5", {"dear"}),
        ("version=1", {"reply"}),
        ("cost=0.05", {"dear"}),
        ("slower=30", {"slow"}),
        ("until=2026-11-20", {"old"}),
        ("since=2026-11-23&until=2026-11-23&outcome=reply", {"reply", "dear", "slow"}),
        ("outcome=handoff&reason=red_flag&trigger=asked", set()),
    ],
)
def test_turns_are_found_by_what_they_are(alices: Any, turns: Any, query: str, expected: set[str]) -> None:
    assert found(alices, turns, query) == expected


def test_turns_are_found_by_the_tools_they_used_and_what_failed(alices: Any, turns: Any) -> None:
    step(turns["reply"], name="find_slots")
    step(turns["dear"], name="find_slots", status="error")
    step(turns["slow"], name="book_appointment", status="error")
    step(turns["old"], "check", name="outgoing", status="error")
    assert found(alices, turns, "tool=find_slots") == {"reply", "dear"}
    assert found(alices, turns, "tool=find_slots&failed=on") == {"dear"}
    assert found(alices, turns, "failed=on") == {"dear", "slow", "old"}


def test_turns_are_found_by_words_that_were_said_in_them(alices: Any, turns: Any) -> None:
    step(turns["reply"], "model", output={"blocks": [{"type": "text", "text": "We have parking behind the house"}]})
    step(turns["dear"], output={"offers": [], "message": "Nothing free on Tuesday"})
    TranscriptEntry.objects.create(
        conversation_id=turns["slow"].conversation_id,
        index=0,
        role="patient",
        blocks=[{"type": "text", "text": "Habt ihr Parkplätze? [NAME_1]"}],
        turn=turns["slow"],
    )
    assert found(alices, turns, "words=parking") == {"reply"}
    assert found(alices, turns, "words=tuesday+free") == {"dear"}
    assert found(alices, turns, "words=parkpl%C3%A4tze") == {"slow"}
    assert found(alices, turns, 'words="nothing+parking"') == set()


def test_bad_input_is_told_beside_the_field(alices: Any, turns: Any) -> None:
    for query, words in {
        "outcome=nonsense": "Select a valid choice",
        "cost=lots": "Enter a number",
        "since=2026-11-23&until=2026-11-20": "This day is before the first one",
        "version=99999999999999": "less than or equal",
    }.items():
        page = alices.get(f"traces/?{query}")
        assert page.status_code == 200
        assert words in page.content.decode(), query


def test_a_search_without_result_says_what_to_do_and_its_address_can_be_shared(alices: Any, turns: Any) -> None:
    page = alices.get("traces/?outcome=silence&slower=500").content.decode()
    assert "No turn is like this" in page
    assert 'value="500"' in page
    assert '<option value="silence" selected>' in page


def test_older_results_keep_the_search(alices: Any, turns: Any) -> None:
    Turn.objects.bulk_create(
        Turn(conversation_id=1, contact_id=1, status="done", outcome="reply", model="m") for _ in range(60)
    )
    page = alices.get("traces/?model=m&outcome=reply").content.decode()
    assert "model=m&amp;outcome=reply&amp;before=" in page


def test_a_search_takes_few_queries_however_many_turns_it_finds(alices: Any, scene: Any) -> None:
    for number in range(40):
        conversation = scene.writes(f"Person {number}", "Hi")
        step(Turn.objects.create(conversation_id=conversation.pk, contact_id=1, status="done", outcome="reply"))
    query = "outcome=reply&tool=find_slots&words=anything&cost=0&since=2026-01-01"
    alices.get(f"traces/?{query}")
    with CaptureQueriesContext(connection) as queries:
        alices.get(f"traces/?{query}")
    assert len(queries) <= 12


REQUEST = {
    "model": "claude-haiku-5-5",
    "max_tokens": 1024,
    "system": [{"type": "text", "text": "You are Mia.\nBe brief."}],
    "tools": [{"name": "find_slots", "description": "Look for times.", "input_schema": {"type": "object"}}],
    "messages": [
        {"role": "user", "content": [{"type": "text", "text": "I am [NAME_1], any time on Monday?"}]},
        {"role": "assistant", "content": [{"type": "tool_use", "id": "t1", "name": "find_slots", "input": {"day": 1}}]},
    ],
}
RESULT = {"type": "tool_result", "tool_use_id": "t1", "content": '{"offers":["Monday 09:00"]}', "is_error": False}


LOOK = {
    "model": "claude-sonnet-5-5",
    "system": [{"type": "text", "text": "You are the last check.\n[1] Services\n[2] - Check-up: 30 minutes, £45"}],
    "messages": [{"role": "user", "content": [{"type": "text", "text": "[3] Coming: none\n\nTo check:\nIt is £45."}]}],
}
STATED = [
    {"words": "A check-up is £45", "lines": [2], "so": True},
    {"words": "you are in on Tuesday", "lines": [3], "so": False},
    {"words": "the doctor rings you", "lines": [], "so": False},
]


def second_look(turn: Turn, **fields: Any) -> Step:
    found = {"statements": STATED, "model": "claude-sonnet-5-5"}
    return step(turn, "check", name="second_look", status="error", input={"request": LOOK}, output=found, **fields)


@pytest.fixture
def two_calls(turns: Any) -> Turn:
    later = REQUEST | {"messages": [*REQUEST["messages"], {"role": "user", "content": [RESULT]}]}
    step(turns["reply"], "model", name="anthropic:claude", input={"read": 1, "request": REQUEST})
    step(turns["reply"])
    step(turns["reply"], "model", name="anthropic:claude", input={"read": 3, "request": later})
    return turns["reply"]


def test_what_the_model_saw_is_shown_whole(alices: Any, two_calls: Turn) -> None:
    trace = alices.get(f"traces/{two_calls.pk}/").content.decode()
    assert f"traces/{two_calls.pk}/seen/0/" in trace
    page = alices.get(f"traces/{two_calls.pk}/seen/0/").content.decode()
    for words in ("Be brief.", "Look for times.", "I am [NAME_1], any time on Monday?", "max_tokens", "Call 1 of 2"):
        assert words in page
    assert "&quot;tool_use&quot;" in page, "the request as it was sent"
    assert "data-copy-from" in page


def test_two_calls_of_a_turn_are_compared(alices: Any, two_calls: Turn) -> None:
    page = alices.get(f"traces/{two_calls.pk}/seen/2/").content.decode()
    came = page[page.index("Other than in call 1") : page.index("Instructions")]
    assert "Monday 09:00" in came
    assert "Be brief." not in came
    backwards = alices.get(f"traces/{two_calls.pk}/seen/0/?with=2").content.decode()
    assert "seen-line--gone" in backwards


def test_a_second_look_shows_each_statement_with_what_it_was_held_against(alices: Any, two_calls: Turn) -> None:
    look = second_look(two_calls)
    trace = alices.get(f"traces/{two_calls.pk}/").content.decode()
    shown = trace[trace.index("What the reply states") :]
    so, coming, unknown = shown.split("statement__words")[1:4]
    assert "A check-up is £45" in so
    assert "Check-up: 30 minutes, £45" in so
    assert "Coming: none" in coming
    assert "Nothing that is known says so." in unknown
    assert "Held its draft back. A second model found nothing that bears out: “you are in on Tuesday”" in trace
    page = alices.get(f"traces/{two_calls.pk}/seen/{look.index}/").content.decode()
    assert "You are the last check." in page
    assert "Call 3 of 3 to claude-sonnet-5-5" in page
    assert "Other than in call" not in page, "it is no later call of the same conversation"


def test_turns_are_found_by_what_the_check_of_the_answer_came_to(alices: Any, turns: Any) -> None:
    second_look(turns["reply"])
    step(turns["slow"], "check", name="outgoing", output={"doubted": ["time"]})
    step(turns["dear"], "check", name="second_look", output={"missed": "overloaded_error"})
    assert found(alices, turns, "checked=held") == {"reply"}
    assert found(alices, turns, "checked=freed") == {"slow"}
    assert found(alices, turns, "checked=missed") == {"dear"}


def test_there_is_no_page_for_calls_that_were_not_made(alices: Any, turns: Any) -> None:
    step(turns["dear"], "model", name="guided:guided", input={"read": 1, "request": {}})
    assert alices.get(f"traces/{turns['dear'].pk}/seen/0/").status_code == 404
    assert alices.get(f"traces/{turns['dear'].pk}/seen/7/").status_code == 404
    assert "/seen/" not in alices.get(f"traces/{turns['dear'].pk}/").content.decode()


def test_another_business_has_no_such_trace(two_calls: Turn, salon: Any, charlie: Any) -> None:
    from tests.desk.conftest import DeskClient

    assert DeskClient(salon, charlie).get(f"traces/{two_calls.pk}/seen/0/").status_code == 404


def test_the_clock_of_a_day_is_the_business_s_own(alices: Any, turns: Any) -> None:
    """A turn at half past midnight in summer London belongs to that day, though it is the day before in UTC."""
    turns["reply"].started_at = dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)
    turns["reply"].save()
    with clock.pinned(NOW):
        assert found(alices, turns, "since=2026-07-02&until=2026-07-02") == {"reply"}
        assert found(alices, turns, "since=2026-07-01&until=2026-07-01") == set()
