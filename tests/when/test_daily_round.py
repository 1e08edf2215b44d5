"""Work, school and lunch tell a part of the day."""

from datetime import date, datetime, time

import pytest

from calendar_sync.when import for_booking, resolve, understand

FRIDAY = datetime(2026, 11, 20, 9)
EARLY, MIDDAY, SCHOOL, WORK = time(8), time(12, 30), time(15, 30), time(18)
SAID = [
    ("en", "Tuesday after school", SCHOOL),
    ("en", "Tuesday after work", WORK),
    ("en", "during my lunch break on Tuesday", MIDDAY),
    ("en", "Tuesday before work", EARLY),
    ("de", "Dienstag nach der Schule", SCHOOL),
    ("de", "am Dienstag nach der Arbeit", WORK),
    ("de", "Dienstag in der Mittagspause", MIDDAY),
    ("de", "Dienstag vor der Arbeit", EARLY),
    ("es", "el martes después del cole", SCHOOL),
    ("es", "el martes al salir del trabajo", WORK),
    ("es", "el martes a la hora de comer", MIDDAY),
    ("es", "el martes antes de entrar a trabajar", EARLY),
    ("fr", "mardi après l'école", SCHOOL),
    ("fr", "mardi après le boulot", WORK),
    ("fr", "mardi pendant ma pause déjeuner", MIDDAY),
    ("fr", "mardi avant le travail", EARLY),
    ("pt", "terça depois da escola", SCHOOL),
    ("pt", "terça saindo do trabalho", WORK),
    ("pt", "terça na hora do almoço", MIDDAY),
    ("pt", "terça antes do trabalho", EARLY),
]


@pytest.mark.parametrize(("language", "said", "then"), SAID)
def test_what_people_do_all_day_tells_when(language: str, said: str, then: time) -> None:
    wish = for_booking(said, now=FRIDAY, language=language)
    fits = {hour for hour in (EARLY, MIDDAY, SCHOOL, WORK) if _fits(wish, hour)}
    assert fits == {then}


def _fits(wish, hour: time) -> bool:
    return wish.rank(datetime.combine(date(2026, 11, 24), hour)) is not None


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "not this Friday, the one after"),
        ("de", "diesen Freitag nicht, aber den drauf"),
        ("es", "el viernes que viene no, el siguiente"),
        ("fr", "pas vendredi, le suivant"),
        ("pt", "não nesta sexta, na outra"),
    ],
)
def test_not_this_one_but_the_one_after_is_a_week_later(language: str, said: str) -> None:
    wednesday = datetime(2026, 11, 18, 9)
    assert resolve(understand(said, now=wednesday, language=language), since=wednesday) == ["2026-11-27"]


def test_the_one_after_an_hour_is_after_that_hour() -> None:
    assert resolve(understand("the one after 3", now=FRIDAY))[0] == "15:00"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "how soon could I be seen?"),
        ("de", "wie schnell könnte ich drankommen?"),
        ("es", "¿qué tan pronto me pueden atender?"),
        ("fr", "dans combien de temps je peux être reçue ?"),
        ("pt", "quão rápido consigo ser atendida?"),
    ],
)
def test_how_soon_asks_for_the_soonest(language: str, said: str) -> None:
    assert for_booking(said, now=FRIDAY, language=language).asap


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "tomorrow evening before 7pm"),
        ("de", "morgen Abend vor 19 Uhr"),
        ("es", "mañana por la tarde antes de las 19:00"),
        ("fr", "demain soir avant 19h"),
        ("pt", "amanhã à tarde antes das 19h"),
    ],
)
def test_before_an_hour_of_a_part_of_the_day_is_within_that_part(language: str, said: str) -> None:
    wish = for_booking(said, now=FRIDAY, language=language)
    times = [hour for hour in (9, 18, 19) if wish.rank(datetime(2026, 11, 21, hour)) is not None]
    assert times == [18]
    assert resolve(understand(said, now=FRIDAY, language=language)) == ["2026-11-21 19:00"]


@pytest.mark.parametrize(
    ("language", "said", "values"),
    [
        ("fr", "j'ai mal à une dent, mardi", ["2026-11-24", "2026-11-17"]),
        ("fr", "mardi à une heure et demie", ["2026-11-24 13:30", "2026-11-24 01:30"]),
        ("fr", "vendredi l'un après l'autre", ["2026-11-20", "2026-11-13"]),
        ("fr", "demain en avant-midi", ["2026-11-21"]),
        ("es", "el martes 24 a las 10 las dos", ["2026-11-24 10:00"]),
        ("de", "nach dem 20.", ["2026-11-21"]),
        ("de", "vor Samstag 12 Uhr", ["2026-11-21 12:00"]),
        ("en", "need one tomorrow morning", ["2026-11-21"]),
        ("en", "saturday b4 12", ["2026-11-21 12:00"]),
        ("en", "ten of nine tomorrow morning", ["2026-11-21 08:50"]),
        ("de", "in zwei Wochen am Dienstag", ["2026-12-01"]),
        ("de", "in einer Dreiviertelstunde", ["2026-11-20 09:45"]),
        ("en", "tomorrow, say 10", ["2026-11-21 10:00", "2026-11-21 22:00"]),
        ("es", "la primera semana de diciembre", ["2026-12-01"]),
        ("es", "el jueves de la otra semana", ["2026-11-26"]),
        ("pt", "15 para as 3 no dia 26", ["2026-11-26 14:45"]),
        ("fr", "demain pour 1 coupe", ["2026-11-21"]),
    ],
)
def test_small_words_tell_no_hour_of_their_own(language: str, said: str, values: list[str]) -> None:
    got = resolve(understand(said, now=FRIDAY, language=language))
    assert got[: len(values)] == values


def test_a_morning_that_is_over_is_the_one_in_a_week() -> None:
    noon = datetime(2026, 11, 20, 15)
    assert resolve(understand("Friday morning", now=noon), since=noon)[0] == "2026-11-27"
