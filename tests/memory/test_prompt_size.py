"""What a model is sent stays as large however long a conversation has become (proof; `bench prompt_size` prints it)."""

import json

import pytest

from agents.models import ConversationSummary, Fact, Step, TranscriptEntry
from bench.earlier_messages import NEW_MESSAGE, conversation_with, told
from bench.prompt_size import EARLIER, MOST_DIFFERENT, differs
from conversations.models import Message


@pytest.fixture
def stories(clinic, monday):
    return told(clinic, "+447911000001")


def test_the_input_differs_by_less_than_a_tenth(sandbox, clinic, stories):
    characters, tokens = [], []
    for number, earlier in enumerate(EARLIER):
        patient, conversation = conversation_with(clinic, f"+4479110000{10 + number}", earlier, stories)
        past = Message.objects.filter(conversation=conversation).count()
        assert earlier <= past < earlier + 12
        assert Fact.objects.filter(contact_id=conversation.contact_id).count() >= 4, "known by name and habit"
        assert ConversationSummary.objects.filter(conversation_id=conversation.pk).exists() == (earlier > 10)
        sandbox.post("/reset", {})
        sandbox.script({"text": "Which day would suit you best?"})
        patient.provider = "anthropic"
        assert patient.say(NEW_MESSAGE) == ["Which day would suit you best?"]
        (request,) = sandbox.log("anthropic")
        characters.append(len(request["body"]))
        tokens.append(Step.objects.filter(kind="model").latest("pk").input_tokens)
        assert NEW_MESSAGE in json.dumps(json.loads(request["body"])["messages"][-1])
    assert differs(characters) < MOST_DIFFERENT, characters
    assert differs(tokens) < MOST_DIFFERENT, tokens


def test_the_window_is_read_by_an_index_and_not_the_whole_transcript(clinic, stories):
    from agents.memory import window

    _, conversation = conversation_with(clinic, "+447911000020", 1_000, stories)
    written = TranscriptEntry.objects.filter(conversation_id=conversation.pk).count()
    begins_at, entries = window.newest_entries(conversation.pk)
    assert written > 1_000
    assert len(entries) == window.NEWEST
    assert begins_at == written - window.NEWEST
