"""Days that differ from the week, as patients ask for them. "Now" is Friday 20 November 2026."""

import datetime as dt

import pytest

from agents.types import SpecialDay
from tests.guided.desk import Chat, Practice, brief_of

SPECIAL = (
    SpecialDay(date=dt.date(2026, 12, 4), hours="09:00–12:00", reason="Staff training"),
    SpecialDay(date=dt.date(2026, 12, 25), hours="", reason="Christmas Day"),
    SpecialDay(date=dt.date(2026, 12, 26), hours="", reason="Boxing Day"),
)


def chat(**changes: object) -> Chat:
    return Chat(Practice(brief_of(special_days=SPECIAL, **changes)))


def test_a_closed_day_is_told_when_it_is_asked_for():
    said = chat().say("Are you open on 25 December?")
    assert "Friday 25 December: closed (Christmas Day)" in said
    assert "Boxing Day" not in said


def test_other_hours_of_one_day_are_told():
    assert "Friday 4 December: 09:00–12:00 (Staff training)" in chat().say("what are your opening hours on 4 December?")


def test_the_week_comes_with_the_special_days_of_the_next_three_weeks():
    said = chat().say("When are you open?")
    assert "Staff training" in said
    assert "Christmas" not in said


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Haben Sie am 25. Dezember geöffnet?", "Freitag, 25. Dezember: geschlossen"),
        ("¿Abren el 25 de diciembre?", "25 de diciembre: cerrado"),
        ("Êtes-vous ouverts le 25 décembre ?", "25 décembre: fermé"),
        ("Estão abertos no dia 25 de dezembro?", "25 de dezembro: fechado"),
    ],
)
def test_it_is_told_in_the_patients_language(words, answer):
    assert answer.casefold() in chat().say(words).casefold()


def test_americans_read_the_month_first():
    assert "Friday, December 25: closed" in chat(country="US").say("Are you open on December 25?")
