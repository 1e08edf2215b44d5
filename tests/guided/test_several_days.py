"""Two days that are both wanted are two appointments; two days that would do are one."""

import datetime as dt

import pytest

from tests.guided.desk import Chat, Practice, brief_of

BOTH = [
    ("en", "Tuesday AND Thursday please, at 9", "yes"),
    ("en", "I need two fillings, Tuesday and Thursday at 9am", "yes"),
    ("de", "Ich brauche zwei Termine, Dienstag und Donnerstag, jeweils um 9", "ja"),
    ("es", "Quiero dos citas, el martes y el jueves, a las 9 las dos", "sí"),
    ("fr", "je voudrais deux rdv, mardi et jeudi, à 9h les deux", "oui"),
    ("pt", "Queria duas consultas, terça e quinta, às 9 as duas", "sim"),
]


@pytest.mark.parametrize(("language", "said", "yes"), BOTH)
def test_both_days_are_booked_one_after_the_other(language: str, said: str, yes: str) -> None:
    practice = Practice(brief_of(language=language))
    chat = Chat(practice)
    chat.say(said)
    chat.say(yes)
    chat.say(yes)
    assert starts(practice) == ["2026-11-24T09:00", "2026-11-26T09:00"]


def test_the_second_day_is_looked_at_for_the_hour_of_the_first() -> None:
    practice = Practice(brief_of())
    chat = Chat(practice)
    chat.say("two appointments please, Tuesday and Thursday")
    chat.say("at 2pm")
    assert "Thursday 26 November at 14:00" in chat.say("yes")
    assert "2026-11-24T14:00" in starts(practice)


def test_another_part_of_the_second_day_is_proposed() -> None:
    practice = Practice(brief_of(language="de"))
    chat = Chat(practice)
    chat.say("zwei Termine, Dienstag vormittags und Donnerstag nachmittags")
    chat.say("1")
    assert "Donnerstag, 26. November um 12:00" in chat.say("ja")
    chat.say("lieber um 14 Uhr")
    chat.say("ja")
    assert starts(practice) == ["2026-11-24T07:00", "2026-11-26T14:00"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Tuesday or Thursday at 9"),
        ("en", "Tuesday and Thursday both work for me, 9am"),
        ("de", "Dienstag oder Donnerstag um 9"),
        ("es", "el martes o el jueves a las 9"),
        ("fr", "mardi ou jeudi à 9h"),
        ("pt", "terça ou quinta às 9"),
    ],
)
def test_days_that_would_do_are_alternatives(language: str, said: str) -> None:
    chat = Chat(Practice(brief_of(language=language)))
    chat.say(said)
    assert {call[1]["date"] for call in chat.calls if call[0] == "find_slots"} == {"2026-11-24", "2026-11-26"}


def test_a_second_day_that_is_full_then_is_proposed_at_the_nearest_time() -> None:
    practice = Practice(brief_of(language="es"), taken={dt.datetime(2026, 11, 26, 9)})
    chat = Chat(practice)
    chat.say("dos citas, el martes y el jueves a las 9")
    assert "jueves 26 de noviembre" in chat.say("sí")


def starts(practice: Practice) -> list[str]:
    return sorted(each["start"] for each in practice.appointments.values())
