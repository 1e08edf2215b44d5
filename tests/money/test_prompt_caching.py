"""The stable part of a request comes first and stays the same, byte for byte, so that the vendor can cache it."""

import itertools
import json

import pytest

from agents.models import UsageRecord
from tests.agents.test_turns_with_claude import BOOK, FIND


def blocks(body):
    """A request's blocks in the vendor's order, as sent, without the marks of what may be cached."""
    told = [{"role": message["role"], **block} for message in body["messages"] for block in message["content"]]
    return [
        json.dumps({key: value for key, value in block.items() if key != "cache_control"})
        for block in [*body["tools"], *body["system"], *told]
    ]


@pytest.fixture
def talk(sandbox, say):
    """A booking over three turns and six calls; the requests in their order."""
    sandbox.script(
        {"after": "user", "when": "check-up", "content": [FIND]},
        {"after": "find_slots", "text": "I have 14:00 or 14:30. Which do you prefer?"},
        {"after": "user", "when": "two", "content": [FIND]},
        {"after": "find_slots", "content": [BOOK]},
        {"after": "book_appointment", "text": "Booked: check-up on Tuesday 24 November at 14:00."},
        {"text": "See you then!"},
    )
    say("Could I have a check-up tomorrow afternoon?")
    say("the first, at two please. My name is Maria Lopes")
    say("thanks")
    return [json.loads(entry["body"]) for entry in reversed(sandbox.turns())]


def test_each_request_goes_on_from_everything_but_the_momentary_part_of_the_one_before(talk):
    assert len(talk) == 6
    assert len({body["model"] for body in talk}) == 1
    for before, after in itertools.pairwise(talk):
        stable = blocks(before)[:-1]  # the last block is the clock and the calendar table
        assert blocks(after)[: len(stable)] == stable


def test_the_last_stable_block_is_marked_and_the_momentary_part_is_not(talk):
    for body in talk:
        *_, stable, momentary = [block for message in body["messages"] for block in message["content"]]
        assert stable["cache_control"] == {"type": "ephemeral"}
        assert "cache_control" not in momentary
        assert "The next 21 days" in momentary["text"]


def test_most_of_what_a_model_reads_comes_from_the_cache(talk):
    first, *rest = UsageRecord.objects.exclude(role="judge").order_by("pk")
    assert (first.cache_read_tokens, first.cache_write_tokens > 1024) == (0, True)
    for each in rest:
        read = each.input_tokens + each.cache_write_tokens + each.cache_read_tokens
        assert each.cache_read_tokens / read > 0.8


def test_the_claim_of_the_mark_survives_a_transcript_that_ends_with_the_assistant():
    from agents.llm.claude.messages import to_messages
    from agents.types import Entry, Text

    told = to_messages((Entry(role="assistant", blocks=(Text(text="Your appointment is tomorrow."),)),), "now")
    assert [message["role"] for message in told] == ["user", "assistant", "user"]
    assert told[1]["content"][0]["cache_control"] == {"type": "ephemeral"}
    assert told[2]["content"] == [{"type": "text", "text": "now"}]
