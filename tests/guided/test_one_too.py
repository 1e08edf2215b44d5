"""Somebody who comes along gets an appointment of their own, and changes nothing of what was read back."""

import pytest

from tests.guided.desk import Chat, brief_of
from tests.guided.together.house import House


@pytest.mark.parametrize(
    ("language", "wish", "words", "yes", "theirs"),
    [
        ("en", "a cut and colour on Monday at 10", "can my sister have a beard trim too?", "yes", "Beard trim"),
        ("en", "a cut on Monday at 10", "and could my son get a beard trim as well", "yes", "Beard trim"),
        (
            "de",
            "Schneiden und Farbe am Montag um 10",
            "meine Schwester will auch einen Bartschnitt",
            "ja",
            "Beard trim",
        ),
        ("es", "corte y color el lunes a las 10", "y mi hermana también quiere color", "sí", "Colour"),
        ("fr", "une coupe lundi à 10h", "ma sœur voudrait aussi une couleur", "oui", "Colour"),
        ("pt", "um corte na segunda às 10", "a minha irmã também quer cor", "sim", "Colour"),
    ],
)
def test_it_is_booked_after_what_was_read_back(language: str, wish: str, words: str, yes: str, theirs: str) -> None:
    chat = Chat(House(brief_of("hair_salon", language=language)))
    chat.say(wish)
    chat.say(words)
    assert not chat.practice.appointments
    chat.say(yes)
    mine = len(chat.practice.appointments)
    assert mine >= 1
    chat.say("Ana")
    chat.say(yes)
    made = list(chat.practice.appointments.values())
    assert [each["service"] for each in made[mine:]] == [theirs]
    assert made[-1]["patient"] == "Ana"
    assert all(each["patient"] != "Ana" for each in made[:mine])
