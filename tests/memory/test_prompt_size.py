"""What a model is sent stays as large however long a conversation has become (proof; `bench prompt_size` prints it)."""

import json

import pytest

from agents.models import ConversationSummary, Fact, Step, TranscriptEntry
from bench.earlier_messages import conversation_with, new_message, told
from bench.prompt_size import EARLIER, MOST_DIFFERENT, differs
from conversations.models import Message

LANGUAGES = ("en", "de", "fr", "es", "pt")
MANY = (12, 15, 20, 24, 31, 38, 45, 57, 70, 93, 160, 301)  # in the middle of stories too


@pytest.fixture
def stories(clinic, monday):
    return told(clinic, "+447911000001")


def sent_after(sandbox, clinic, stories, number, earlier):
    """Characters and tokens of the request for one new message after so many."""
    patient, conversation = conversation_with(clinic, f"+4479110001{number:02}", earlier, stories)
    past = Message.objects.filter(conversation=conversation).count()
    assert earlier <= past <= earlier + 1
    assert Fact.objects.filter(contact_id=conversation.contact_id).count() >= 4, "known by name and habit"
    assert ConversationSummary.objects.filter(conversation_id=conversation.pk).exists() or earlier < 20
    sandbox.post("/reset", {})
    sandbox.script({"text": "Which day would suit you best?"})
    patient.provider, said = "anthropic", new_message(clinic)
    assert patient.say(said) == ["Which day would suit you best?"]
    (request,) = sandbox.turns()
    words = json.loads(request["body"])["messages"][-1]["content"]
    assert any(said == each.get("text") for each in words)
    return len(request["body"]), Step.objects.filter(kind="model").latest("pk").input_tokens


def test_the_input_differs_by_less_than_a_tenth(sandbox, clinic, stories):
    sent = [sent_after(sandbox, clinic, stories, *each) for each in enumerate(EARLIER)]
    characters, tokens = zip(*sent, strict=True)
    assert differs(characters) < MOST_DIFFERENT, characters
    assert differs(tokens) < MOST_DIFFERENT, tokens


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_two_lengths_differ_by_less_than_a_tenth_in_each_language(sandbox, clinic, monday, language):
    clinic.language = language
    clinic.save(update_fields=["language"])
    stories = told(clinic, "+447911000001")
    sent = [sent_after(sandbox, clinic, stories, *each) for each in enumerate(MANY)]
    characters, tokens = zip(*sent, strict=True)
    assert differs(characters) < MOST_DIFFERENT, characters
    assert differs(tokens) < MOST_DIFFERENT, tokens


def test_the_window_is_read_by_an_index_and_not_the_whole_transcript(clinic, stories):
    from agents.memory import window

    _, conversation = conversation_with(clinic, "+447911000020", 1_000, stories)
    written = TranscriptEntry.objects.filter(conversation_id=conversation.pk).count()
    begins_at, entries = window.newest_entries(conversation.pk)
    assert written > 900
    assert len(entries) == window.NEWEST
    assert begins_at == written - window.NEWEST
