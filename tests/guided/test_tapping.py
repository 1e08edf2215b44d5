"""Buttons and lists: what an answer offers to tap, and what a tap means."""

import pytest

from agents.llm.guided.reading import chosen
from tests.guided.desk import Chat, Practice, brief_of


@pytest.fixture
def chat() -> Chat:
    return Chat(Practice(brief_of(practitioners=("Dr Ada Silva", "Dr Tom Berg"))))


def test_a_list_of_times_can_be_tapped(chat: Chat) -> None:
    chat.say("hygienist on Thursday morning")
    assert [each.id for each in chat.choices][:2] == ["slot:1", "slot:2"]
    assert chat.choices[1].title.startswith("Thu 26 Nov, ")
    assert chat.choices[1].description == "Dr Ada Silva"
    title = chat.choices[1].title
    assert title[-5:] in chat.tap("slot:2")
    assert [(each.id, each.title) for each in chat.choices] == [("yes", "Yes, please"), ("no", "Another time")]
    assert "booked in" in chat.tap("yes")
    assert chat.choices == ()


def test_a_no_that_is_tapped_asks_for_another_time(chat: Chat) -> None:
    chat.say("hygienist on Thursday at 9")
    assert "instead?" in chat.tap("no")
    assert chat.practice.appointments == {}


def test_a_button_of_an_older_list_means_the_time_that_stands_on_it(chat: Chat) -> None:
    chat.say("hygienist on Thursday morning")
    old = chat.choices[1].title
    chat.say("or rather on Friday afternoon")
    assert f"Thursday 26 November at {old[-5:]}" in chat.say(f"{old}\n[choice:slot:2]")


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "pt"])
def test_titles_fit_on_a_button(language: str) -> None:
    chat = Chat(Practice(brief_of(language=language, now="2026-09-20T10:00")))
    chat.say({"en": "check-up", "de": "Kontrolle", "es": "revisión", "fr": "contrôle", "pt": "avaliação"}[language])
    chat.say({"en": "tomorrow", "de": "morgen", "es": "mañana", "fr": "demain", "pt": "amanhã"}[language])
    assert len(chat.choices) > 1
    assert all(len(each.title) <= 24 for each in chat.choices)
    chat.tap("slot:1")
    assert [each.id for each in chat.choices] == ["yes", "no"]
    assert all(len(each.title) <= 20 for each in chat.choices)


def test_a_choice_within_a_sentence_is_no_tap() -> None:
    assert chosen("what does [choice:yes] mean") == ("", "what does [choice:yes] mean")
    assert chosen("Yes\n[choice:yes]") == ("yes", "Yes")
