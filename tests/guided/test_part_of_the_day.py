"""A part of the day, said to a list of times, narrows it."""

import pytest

from tests.guided.desk import Chat, Practice, brief_of


@pytest.mark.parametrize(
    ("language", "asked", "words", "later"),
    [
        ("en", "a check-up on Tuesday", "pm", True),
        ("en", "a check-up on Tuesday", "PM please", True),
        ("en", "a check-up on Tuesday", "am", False),
        ("de", "Kontrolle am Dienstag", "nachmittags", True),
        ("es", "una revisión el martes", "por la tarde", True),
        ("fr", "un contrôle mardi", "l'après-midi", True),
        ("pt", "rotina na terça", "à tarde", True),
    ],
)
def test_it_lists_that_part_only(language: str, asked: str, words: str, *, later: bool) -> None:
    chat = Chat(Practice(brief_of(language=language)))
    chat.say(asked)
    chat.say(words)
    _, search = [call for call in chat.calls if call[0] == "find_slots"][-1]
    assert search["date"] == "2026-11-24"
    assert ((search["time_from"] or "00:00") >= "12:00") is later
    assert len([call for call in chat.calls if call[0] == "find_slots"]) == 2
