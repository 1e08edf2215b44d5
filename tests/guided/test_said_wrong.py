"""Who says that what was read back is wrong has not agreed to it, even if they say the same time again."""

import pytest

from tests.guided.desk import Chat, Practice, brief_of

WRONG = [
    ("en", "A check-up on Tuesday at 11", "that's wrong, I said Tuesday at 11"),
    ("de", "Kontrolle am Dienstag um 11 Uhr", "Das ist falsch, ich sagte Dienstag um 11 Uhr"),
    ("es", "Una revisión el martes a las 11", "Está mal, dije el martes a las 11"),
    ("fr", "Un contrôle mardi à 11h", "C'est faux, j'ai dit mardi à 11h"),
    ("pt", "Uma consulta de rotina na terça às 11h", "Está errado, eu disse terça às 11h"),
]


@pytest.mark.parametrize(("language", "wish", "words"), WRONG)
def test_a_time_that_is_called_wrong_is_not_booked(language: str, wish: str, words: str) -> None:
    chat = Chat(Practice(brief_of(language=language)))
    chat.say(wish)
    said = chat.say(words)
    assert chat.practice.appointments == {}, said


def test_nothing_wrong_is_a_yes() -> None:
    chat = Chat(Practice(brief_of()))
    chat.say("A check-up on Tuesday at 11")
    chat.say("Yes, nothing wrong with that")
    assert len(chat.practice.appointments) == 1
