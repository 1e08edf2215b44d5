"""A weekday said beside a list of times is that of the list, not the nearest of that name."""

import pytest

from tests.guided.desk import Chat, Practice, brief_of

# Asked on Friday 20 November 2026: the list is of the week from 30 November on.
WORDS = [
    ("en", "a check-up on 30 November or 1 December in the morning", "then tuesday at 9.20"),
    ("de", "Kontrolle am 30. November oder 1. Dezember vormittags", "dann dienstag um 9:20"),
    ("es", "una revisión el 30 de noviembre o el 1 de diciembre por la mañana", "entonces el martes a las 9:20"),
    ("fr", "un contrôle le 30 novembre ou le 1er décembre le matin", "alors mardi à 9h20"),
    ("pt", "rotina a 30 de novembro ou 1 de dezembro de manhã", "então terça às 9:20"),
]


@pytest.mark.parametrize(("language", "asked", "answered"), WORDS)
def test_it_is_the_day_of_the_list(language: str, asked: str, answered: str) -> None:
    chat = Chat(Practice(brief_of(language=language)))
    chat.say(asked)
    days = {call[1]["date"] for call in chat.calls if call[0] == "find_slots"}
    assert days == {"2026-11-30", "2026-12-01"}
    chat.say(answered)
    _, search = [call for call in chat.calls if call[0] == "find_slots"][-1]
    assert search["date"] == "2026-12-01"


def test_a_weekday_that_the_list_does_not_hold_is_the_nearest() -> None:
    chat = Chat(Practice(brief_of(language="en")))
    chat.say("a check-up on 30 November or 1 December in the morning")
    chat.say("then Wednesday at 9.20")
    _, search = [call for call in chat.calls if call[0] == "find_slots"][-1]
    assert search["date"] == "2026-11-25"
