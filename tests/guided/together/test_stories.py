"""Visits, series and places in a class, as patients talk about them."""

import datetime as dt

import pytest

from agents.llm.guided.languages import WRITTEN, language_of
from tests.guided.desk import Chat, brief_of
from tests.guided.together.house import House, chat_with

NINE, TEN = dt.datetime(2026, 11, 24, 9), dt.datetime(2026, 11, 24, 10)
CLASS = dt.datetime(2026, 11, 26, 18)


def salon(**changes) -> Chat:
    return chat_with(House(brief_of("hair_salon"), **changes))


def physio(**changes) -> Chat:
    return chat_with(House(brief_of("physiotherapist"), **changes))


def starts(chat: Chat) -> list[str]:
    return sorted(each["start"] for each in chat.practice.appointments.values())


def test_a_visit_is_held_whole_while_it_is_asked() -> None:
    chat = salon()
    said = chat.say("a cut and a colour on Tuesday at 10")
    assert "Tuesday 24 November at 10:00: Cut and blow-dry with Sam Taylor, 45 minutes, £48" in said
    assert "Tuesday 24 November at 10:45: Colour with Sam Taylor, 120 minutes, £95" in said
    (held,) = [arguments["slot"] for name, arguments in chat.calls if name == "hold_slot"]
    assert held.count("+") == 1
    assert starts(chat) == []
    chat.say("yes")
    assert starts(chat) == ["2026-11-24T10:00", "2026-11-24T10:45"]


def test_a_visit_is_moved_whole() -> None:
    chat = salon()
    chat.say("a cut and a colour on Tuesday at 10")
    chat.say("yes")
    said = chat.say("can we move it to Wednesday at 10?")
    assert "Cut and blow-dry + Colour" in said
    chat.say("yes")
    assert starts(chat) == ["2026-11-25T10:00", "2026-11-25T10:45"]


def test_one_part_of_a_visit_can_be_cancelled_alone() -> None:
    chat = salon()
    chat.say("a cut and a colour on Tuesday at 10")
    chat.say("yes")
    said = chat.say("please cancel only the colour")
    assert "Cut" not in said
    chat.say("yes")
    assert starts(chat) == ["2026-11-24T10:00"]


def test_a_clash_in_a_series_is_said_with_another_time_of_that_day() -> None:
    chat = physio(taken={dt.datetime(2026, 12, 8, 10)})
    said = chat.say("physio every two weeks, 4 times, Tuesday at 10")
    assert "3 of 4 are free at 10:00." in said
    assert "(instead of 10:00, which is taken)" in said
    assert starts(chat) == []
    chat.say("no, leave that one out")
    chat.say("yes")
    assert starts(chat) == ["2026-11-24T10:00", "2026-12-22T10:00", "2027-01-05T10:00"]


def test_the_number_of_a_series_can_be_changed_before_the_yes() -> None:
    chat = physio()
    chat.say("physio every week, 4 times, Tuesday at 10")
    said = chat.say("yes, but make it 3 times")
    assert "3 appointments, every week" in said
    assert starts(chat) == []
    chat.say("yes")
    assert len(starts(chat)) == 3


@pytest.mark.parametrize("times", ["-3 times", "0 times", "1 time", "500 times", "60 times"])
def test_a_senseless_number_of_times_is_asked_again(times: str) -> None:
    chat = physio()
    said = (
        chat.say(f"physio every two weeks, {times}, Tuesday at 10")
        if times != "1 time"
        else chat.say("physio every two weeks, 1 times, Tuesday at 10")
    )
    assert "How many appointments shall it be in all?" in said
    assert [name for name, _ in chat.calls if name.startswith("book")] == []


def test_more_than_the_house_allows_is_asked_again_in_plain_words() -> None:
    chat = physio()
    said = chat.say("physio every week, 20 times, Tuesday at 10")
    assert "more appointments than I can book at once" in said
    assert "4 appointments" in chat.say("4 then")


def test_a_series_by_days_is_no_series() -> None:
    assert "whole weeks" in physio().say("physio every day, 5 times, Tuesday at 10")


@pytest.mark.parametrize("words", ["0 places", "-2 places", "500 places", "7 people"])
def test_a_senseless_number_of_places_is_asked_again(words: str) -> None:
    chat = physio(sessions={CLASS: 8})
    said = chat.say(f"{words} for pilates on Thursday")
    assert "from 1 to 6 places" in said
    assert "For how many people shall I book?" in said
    assert "3 places" in chat.say("3")


def test_a_full_class_offers_the_next_one_and_the_waiting_list() -> None:
    chat = physio(sessions={CLASS: 1, dt.datetime(2026, 12, 1, 18): 8})
    said = chat.say("3 places for pilates on Thursday")
    assert "aren't 3 places free then" in said
    assert "Tuesday 1 December at 18:00 (8 places left)" in said
    assert "waiting list" in said
    assert starts(chat) == []


def test_it_is_the_newer_question_that_stands_when_an_older_button_is_tapped() -> None:
    chat = salon()
    chat.say("a haircut on Tuesday at 10")
    chat.say("rather on Wednesday at 11")
    said = chat.say("Yes, please\n[choice:old:yes]")
    assert "older message" in said
    assert "Wednesday 25 November at 11:00" in said
    assert "Shall I book it?" in said
    assert starts(chat) == []
    chat.say("yes")
    assert starts(chat) == ["2026-11-25T11:00"]


def test_an_older_no_changes_nothing_either() -> None:
    chat = salon()
    chat.say("a haircut on Tuesday at 10")
    chat.say("rather on Wednesday at 11")
    assert "Wednesday 25 November at 11:00" in chat.say("Another time\n[choice:old:no]")


@pytest.mark.parametrize("words", ["a cut or a colour", "a cut but no colour", "a cut and blow dry"])
def test_what_is_no_wish_for_both_books_no_visit(words: str) -> None:
    chat = salon()
    chat.say(f"{words} on Tuesday at 10")
    chat.say("yes")
    assert len(starts(chat)) <= 1


@pytest.mark.parametrize("code", WRITTEN)
def test_every_language_says_all_of_it(code: str) -> None:
    english, own = language_of("en"), language_of(code)
    assert own.texts.keys() == english.texts.keys()
    assert own.questions.keys() == english.questions.keys()
