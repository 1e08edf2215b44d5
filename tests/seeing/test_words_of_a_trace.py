"""What happened in a turn is told in words and in the reader's language: no codes, no vendor's error names."""

from typing import Any

import pytest

from agents import versions
from agents.models import Step, Turn
from agents.runtime.router import ORDINARY, RULES
from conversations.models import Handoff
from escalations.model_words import why_words
from frontdesk.words import catalogs

DRAFT = {"blocks": [{"type": "text", "text": "You're booked on Tuesday at 14:00 for £60."}], "stop": "end"}


@pytest.fixture
def turn(scene: Any) -> Turn:
    conversation = scene.writes("Tom Becker", "Is Tuesday at two free?")
    return Turn.objects.create(
        conversation_id=conversation.pk,
        contact_id=conversation.contact_id,
        version=versions.published(),
        model="claude-haiku-5-5",
        provider="anthropic",
        role="fast",
        route="many patients wait for an answer",
        status=Turn.Status.DONE,
        outcome=Turn.Outcome.HANDOFF,
        reason="tool_failure",
    )


def step(turn: Turn, index: int, kind: str, name: str, *, status: str = "error", **fields: Any) -> None:
    Step.objects.create(turn=turn, index=index, kind=kind, name=name, status=status, **fields)


def page_of(client: Any, turn: Turn) -> str:
    return " ".join(client.get(f"traces/{turn.pk}/").content.decode().split())


def test_a_draft_that_was_held_back_is_quoted_with_what_was_wrong(alices: Any, turn: Turn) -> None:
    step(turn, 0, "model", "claude-haiku-5-5", status="ok", output=DRAFT)
    step(turn, 1, "check", "outgoing", output={"unfounded": ["booked", "price", "booked", "new_kind"]})
    page = page_of(alices, turn)
    assert "Wrote a draft: “You&#x27;re booked on Tuesday at 14:00 for £60.”" in page
    assert "What nothing bears out: that something is booked, a price, new kind" in page


def test_an_answer_that_went_out_is_not_called_a_draft(alices: Any, turn: Turn) -> None:
    step(turn, 0, "model", "claude-haiku-5-5", status="ok", output=DRAFT)
    step(turn, 1, "check", "outgoing", status="ok")
    page = page_of(alices, turn)
    assert "Wrote the answer" in page
    assert "Wrote a draft" not in page


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ("overloaded_error", "its vendor is overloaded"),
        ("401: Anthropic refuses the API key", "Anthropic refuses the API key"),
        ("the turn’s limit of money is reached", "the limit of one answer is reached"),
        ("language models are switched off: upgrade", "language models are switched off: upgrade"),
        ("418 teapot_error", "418 teapot_error"),
    ],
)
def test_why_a_model_did_not_answer_is_said_in_words(alices: Any, turn: Turn, stored: str, said: str) -> None:
    step(turn, 0, "check", "model_failed", output={"model": "claude-haiku-5-5", "error": stored})
    assert f"claude-haiku-5-5 could not answer: {said}" in page_of(alices, turn)


def test_a_reader_of_german_reads_german(alices: Any, alice: Any, turn: Turn) -> None:
    alice.language = "de"
    alice.save()
    step(turn, 0, "check", "outgoing", output={"unfounded": ["time"]})
    step(turn, 1, "check", "model_failed", output={"model": "claude-haiku-5-5", "error": "overloaded_error"})
    page = page_of(alices, turn)
    for words in ("eine Uhrzeit", "der Anbieter ist überlastet", "viele Patienten warten auf eine Antwort"):
        assert words in page


def test_each_reason_of_the_router_is_translated() -> None:
    catalog = catalogs.read("fr", "django")
    for reason in (*(rule.reason for rule in RULES), ORDINARY.reason):
        entry = catalog.get(reason)
        assert entry is not None, reason
        assert entry.string, reason
        assert why_words(reason) == reason


def test_a_handoff_by_a_house_rule_quotes_the_rule(alices: Any, scene: Any, turn: Turn) -> None:
    version = versions.published()
    version.rules = [{"id": "r7", "kind": "escalate", "text": "Invoices go to Olivia."}]
    version.save()
    handoff = scene.hands_over(scene.writes("Maria Lopes", "My invoice is wrong")).handoff
    Handoff.objects.filter(pk=handoff.pk).update(trigger="rule r7", turn_id=turn.pk)
    for path in (f"why/handoffs/{handoff.pk}/", f"conversations/{handoff.conversation_id}/panel/"):
        assert "the rule “Invoices go to Olivia”" in alices.get(path).content.decode()
    version.rules = []
    version.save()
    assert "house rule r7" in alices.get(f"why/handoffs/{handoff.pk}/").content.decode()


def test_what_the_assistant_noted_on_a_handoff_is_read_in_german_and_a_models_words_stay(
    alices: Any, alice: Any, scene: Any
) -> None:
    alice.language = "de"
    alice.save()
    escalation = scene.hands_over(scene.writes("Maria Lopes", "Hello"))
    path = f"conversations/{escalation.conversation_id}/panel/"
    for stored, said in (
        ("The assistant went in circles.", "Der Assistent drehte sich im Kreis."),
        ("Wants to know whether her bridge is ready.", "Wants to know whether her bridge is ready."),
    ):
        Handoff.objects.filter(pk=escalation.handoff_id).update(summary=stored)
        assert said in alices.get(path).content.decode()
        assert said in alices.get("escalations/").content.decode()
