"""Improve and translate: the model sees no name, nothing is sent, and what it made up is not shown."""

import html
import json

import pytest

from agents.models import AssistantVersion, UsageRecord
from conversations.models import Message

HX = {"HX-Request": "true"}


def text_of(answer, status=200):
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


@pytest.fixture
def model(sandbox, clinic):
    """A business whose assistant is Claude."""
    AssistantVersion.objects.filter(status="published").update(provider="anthropic")
    return sandbox


@pytest.fixture
def maria(scene):
    return scene.writes("Maria Quintal", "Hello")


def helped(alices, conversation, **given):
    return alices.post(f"conversations/{conversation.pk}/writing/", {"task": "improve", **given}, headers=HX)


def asked(sandbox):
    return [json.loads(each["body"]) for each in sandbox.log("anthropic") if each["body"]]


def test_the_text_comes_back_in_better_words_and_nothing_is_sent(model, alices, maria):
    model.script({"text": "Dear [NAME_1], your crown has arrived. Shall we find a time?"})
    page = text_of(helped(alices, maria, text="maria quintal ur crown here. time?"))
    assert "crown has arrived. Shall we find a time?" in page
    assert "[NAME_1]" not in page
    assert not Message.objects.filter(direction="out").exists()
    [question] = asked(model)
    assert "uintal" not in json.dumps(question)
    usage = UsageRecord.objects.get()
    assert (usage.purpose, usage.conversation_id) == ("writing", maria.pk)


def test_it_is_translated_into_the_language_that_was_chosen(model, alices, maria):
    model.script({"text": "Ihre Krone ist da."})
    page = text_of(helped(alices, maria, task="translate", language="de", text="Your crown has arrived."))
    assert "Ihre Krone ist da." in page
    assert "into German" in json.dumps(asked(model))


@pytest.mark.parametrize("said", ["Dear [NAME_7], hello.", "Hello without a name.", ""])
def test_an_answer_with_somebody_else_or_nobody_in_it_is_not_shown(model, alices, maria, said):
    model.script({"text": said})
    page = text_of(helped(alices, maria, text="Hello Maria Quintal, please come."), 422)
    assert "data-written" not in page


@pytest.mark.parametrize("without", ["key", "version"])
def test_without_a_model_it_says_so(model, alices, maria, settings, without):
    if without == "key":
        settings.ANTHROPIC_API_KEY = ""
    else:
        AssistantVersion.objects.update(provider="guided")
    page = text_of(alices.get(f"conversations/{maria.pk}/writing/", headers=HX))
    assert "this assistant works without one" in page
    assert "No model is configured" in text_of(helped(alices, maria, text="Hello"), 422)
    assert not asked(model)


def test_while_the_model_fails_the_text_stays(model, alices, maria):
    model.fault(vendor="anthropic", kind="status", status=529, times=9)
    page = text_of(helped(alices, maria, text="Hello"), 422)
    assert "The model gave no answer." in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": " "}, "Write something in the box first."),
        ({"text": "x" * 4001}, "This is too long for one message"),
        ({"text": "Hello", "task": "translate", "language": "xx"}, "Choose a language."),
    ],
)
def test_what_can_not_be_done_is_said(model, alices, maria, given, said):
    assert said in text_of(helped(alices, maria, **given), 422)
    assert not asked(model)
