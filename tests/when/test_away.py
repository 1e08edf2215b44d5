"""Whoever says when they are away does not want to come then."""

from datetime import date, datetime

import pytest

from calendar_sync.when import understand

FRIDAY = datetime(2026, 11, 20, 10)
NEXT_MONDAY, NEXT_SUNDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 29), date(2026, 11, 24)


@pytest.mark.parametrize(
    ("language", "said", "wanted"),
    [
        ("en", "next week I'm on holiday, is there anything on 7 December?", date(2026, 12, 7)),
        ("en", "can I come on 24 November? I'm away next week, but that day works", TUESDAY),
        ("de", "weil ich nächste Woche im Urlaub bin, lieber am 7. Dezember", date(2026, 12, 7)),
        ("es", "la semana que viene estoy de vacaciones, mejor el lunes 7", date(2026, 12, 7)),
        ("fr", "je suis en vacances la semaine prochaine, plutôt lundi 7 décembre", date(2026, 12, 7)),
        ("pt", "na próxima semana estou de férias, pode ser segunda dia 7?", date(2026, 12, 7)),
    ],
)
def test_a_week_that_somebody_is_away_is_ruled_out(language: str, said: str, wanted: date) -> None:
    read = understand(said, now=FRIDAY, language=language)
    assert [choice.readings[0].first for choice in read.dates] == [wanted]
    assert [(each.readings[0].first, each.readings[0].last) for each in read.excluded_dates] == [
        (NEXT_MONDAY, NEXT_SUNDAY)
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "on Monday I'm away, Tuesday please"),
        ("de", "Montag bin ich nicht da, Dienstag bitte"),
        ("es", "estoy fuera el lunes, el martes"),
        ("fr", "lundi je suis absente, mardi"),
        ("pt", "estou fora na segunda, terça"),
    ],
)
def test_a_day_too(language: str, said: str) -> None:
    read = understand(said, now=FRIDAY, language=language)
    assert [choice.readings[0].first for choice in read.dates] == [TUESDAY]
    assert [choice.readings[0].first for choice in read.excluded_dates] == [NEXT_MONDAY]


@pytest.mark.parametrize("said", ["Monday at 3, I'm travelling from Leeds", "away from the window on Monday"])
def test_travelling_rules_nothing_out(said: str) -> None:
    read = understand(said, now=FRIDAY, language="en")
    assert [choice.readings[0].first for choice in read.dates] == [NEXT_MONDAY]
    assert read.excluded_dates == ()
