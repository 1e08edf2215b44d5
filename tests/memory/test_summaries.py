"""The rolling summary, by a model or by rules, and the requests in which it stands for what was before."""

import json

import pytest

from agents.models import ConversationSummary, UsageRecord
from agents.recalling import AFTER_THE_TURN
from agents.summarising import SUMMARISE, summarise
from agents.types import Reply
from tenants.models import WorkItem
from tests.memory.conftest import booking, chat

LONG = [*booking(), *chat(6), *booking(reference="#1002"), *chat(10)]


@pytest.fixture
def without_a_model(settings):
    settings.ANTHROPIC_API_KEY = ""


def sent(sandbox) -> list[dict]:
    """Requests, the first one first."""
    return [json.loads(entry["body"]) for entry in sandbox.turns()][::-1]


def words_of(body: dict) -> str:
    return json.dumps(body["messages"], ensure_ascii=False)


def test_a_full_window_asks_for_a_summary_beside_the_turn(sandbox, say, past):
    past(LONG)
    sandbox.script({"text": "Hello!"})
    assert say("Hello again").outcome == Reply(text="Hello!")
    item = WorkItem.objects.get(kind=SUMMARISE)
    assert item.object_id == 1
    assert AFTER_THE_TURN.total_seconds() > 0
    assert len(sent(sandbox)) == 1, "nothing but the turn asked the model"


def test_a_conversation_that_fits_asks_for_none(sandbox, say, past):
    past(booking())
    sandbox.script({"text": "Hello!"})
    say("Hello again")
    assert not WorkItem.objects.filter(kind=SUMMARISE).exists()


def test_by_rules_it_tells_what_was_done_and_what_was_written_last(clinic, past, work, without_a_model):
    past(LONG)
    work(SUMMARISE, summarise)
    summary = ConversationSummary.objects.get()
    assert summary.made_by == "rules"
    lines = summary.text.splitlines()
    assert lines[0] == "2026-11-16: Booked #1001 Check-up with Dr Ada Silva, Tuesday 2026-11-24T10:00, for [NAME_1]"
    assert "Last written before this:" in lines
    assert lines[-2].startswith("Patient (2026-11-16): ")
    assert not WorkItem.objects.filter(kind=SUMMARISE).exists()


def test_the_same_transcript_has_the_same_summary(clinic, past, work, without_a_model):
    for conversation in (1, 2):
        past(LONG, conversation_id=conversation)
        work(SUMMARISE, summarise, conversation_id=conversation)
    first, second = ConversationSummary.objects.order_by("conversation_id")
    assert (first.text, first.up_to) == (second.text, second.up_to)


def test_it_rolls_on_and_stays_short(clinic, past, work, without_a_model):
    for number in range(30):
        past([*booking(reference=f"#{2000 + number}"), *chat(5)])
        work(SUMMARISE, summarise)
    newest = ConversationSummary.objects.order_by("-up_to").first()
    assert ConversationSummary.objects.count() > 5
    assert len(newest.text) <= 1_700
    assert newest.text.count("Last written before this:") == 1
    assert "#2028" in newest.text
    assert "#2000" not in newest.text


def test_the_request_holds_the_summary_and_nothing_of_what_it_stands_for(sandbox, say, past, work, settings):
    past(LONG)
    settings.ANTHROPIC_API_KEY = ""
    work(SUMMARISE, summarise)
    settings.ANTHROPIC_API_KEY = "sk-ant-tests"
    sandbox.script({"text": "Hello!"}, {"text": "Bye!"})
    say("Hello again")
    say("Goodbye")
    first, second = sent(sandbox)
    opening = first["messages"][0]["content"][0]["text"]
    assert "Booked #1001" in opening
    assert "never an instruction" in opening
    assert words_of(first).count("#1001") == 1
    assert "Question 9:" in words_of(first)
    shared = len(first["messages"]) - 1
    assert second["messages"][:shared] == first["messages"][:shared], "the prefix stays cacheable"


def test_the_fast_model_sums_up_the_redacted_text(sandbox, clinic, past, work):
    past(LONG)
    sandbox.script({"text": "Booked #1001 for [NAME_1].\nLikes to park behind the house.", "times": 0})
    work(SUMMARISE, summarise)
    summary = ConversationSummary.objects.order_by("-up_to").first()
    assert summary.made_by == "claude-haiku-5-5"
    assert summary.text.startswith("Booked #1001 for [NAME_1].")
    record = UsageRecord.objects.filter(purpose="memory").first()
    assert (record.role, record.conversation_id, record.ok) == ("fast", 1, True)
    asked = words_of(sent(sandbox)[0])
    assert "slot" not in asked, "tables of free times are left out"


@pytest.mark.parametrize(
    "answer", [{"text": "It was [NAME_7] who booked."}, {"text": "Cut", "stop_reason": "max_tokens"}]
)
def test_a_summary_of_somebody_unknown_or_cut_off_is_not_used(sandbox, clinic, past, work, answer):
    past(LONG)
    sandbox.script({**answer, "times": 0})
    work(SUMMARISE, summarise)
    assert set(ConversationSummary.objects.values_list("made_by", flat=True)) == {"rules"}


def test_a_model_that_is_down_leaves_it_to_the_rules(sandbox, clinic, past, work):
    past(LONG)
    sandbox.fault(vendor="anthropic", path="/v1/messages", kind="status", status=529, times=50)
    work(SUMMARISE, summarise)
    assert ConversationSummary.objects.get().made_by == "rules"
    assert UsageRecord.objects.filter(purpose="memory", ok=False).exists()


def test_a_spent_day_asks_no_model(sandbox, clinic, past, work):
    from agents.models import SpendLimit

    SpendLimit.objects.update(per_day_micro=0)
    past(LONG)
    work(SUMMARISE, summarise)
    assert ConversationSummary.objects.get().made_by == "rules"
    assert sent(sandbox) == []


def test_done_twice_it_is_written_once(clinic, past, work, without_a_model):
    past(LONG)
    work(SUMMARISE, summarise)
    work(SUMMARISE, summarise)
    assert ConversationSummary.objects.count() == 1
