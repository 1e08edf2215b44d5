"""What phrases mean, on Wednesday 18 November 2026, 10:00, for somebody who looks ahead; the likeliest first."""

from datetime import date, datetime

import pytest

from calendar_sync.when import resolve, understand

NOW = datetime(2026, 11, 18, 10)


def first_value(text: str, **options) -> str | None:
    values = resolve(understand(text, now=NOW, **options), since=NOW)
    return values[0] if values else None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("monday", "2026-11-23"),
        ("this Friday", "2026-11-20"),
        ("next Friday", "2026-11-27"),
        ("coming Friday", "2026-11-20"),
        ("Saturday this week", "2026-11-21"),
        ("Tuesday of next week", "2026-11-24"),
        ("the week after next, on Tuesday", "2026-12-01"),
        ("a week on Monday", "2026-11-30"),
        ("Monday week", "2026-11-30"),
        ("Monday fortnight", "2026-12-07"),
        ("two weeks from Monday", "2026-12-07"),
        ("in a fortnight", "2026-12-02"),
        ("in 10 days", "2026-11-28"),
        ("three days before Christmas", "2026-12-22"),
        ("the 30th", "2026-11-30"),
        ("the 3rd", "2026-12-03"),
        ("3rd of next month", "2026-12-03"),
        ("the thirty first of december", "2026-12-31"),
        ("Dec. 9, 2027", "2027-12-09"),
        ("2 March", "2027-03-02"),
        ("tmrw", "2026-11-19"),
        ("the day after tomorrow", "2026-11-20"),
        ("end of November", "2026-11-30"),
        ("last Friday of the month", "2026-11-27"),
        ("second Tuesday in January", "2027-01-12"),
        ("good friday", "2027-03-26"),
        ("new year's eve", "2026-12-31"),
        ("2026-12-24", "2026-12-24"),
        ("1/12", "2026-12-01"),
        ("25.12.2026", "2026-12-25"),
    ],
)
def test_it_knows_the_day(text, value):
    assert first_value(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("half eleven", "11:30"),
        ("half past one", "13:30"),
        ("quarter to 9", "08:45"),
        ("twenty past ten", "10:20"),
        ("ten to five", "16:50"),
        ("3ish", "15:00"),
        ("7 o'clock", "19:00"),
        ('6 o"clock in the morning', "06:00"),
        ("evening 6:30", "18:30"),
        ("in the morning at 8", "08:00"),
        ("noon", "12:00"),
        ("at 1430", "14:30"),
        ("5.30pm", "17:30"),
        ("9 a. m.", "09:00"),
        ("between 2 and 4", "14:00"),
        ("from 9 to 5", "09:00"),
        ("8 at night", "20:00"),
        ("five thirty pm", "17:30"),
    ],
)
def test_it_knows_the_time(text, value):
    assert first_value(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("monday the twenty third at six pm", "2026-11-23 18:00"),
        ("3pm on 4 December", "2026-12-04 15:00"),
        ("tonight at 8", "2026-11-18 20:00"),
        ("in half an hour", "2026-11-18 10:30"),
        ("in two hours", "2026-11-18 12:00"),
        ("Fri 27 Nov, 14:30", "2026-11-27 14:30"),
        ("tomorrow evening, say five thirty", "2026-11-19 17:30"),
    ],
)
def test_it_knows_day_and_time_together(text, value):
    assert first_value(text) == value


@pytest.mark.parametrize(
    "text",
    [
        *("feb 30", "31 November", "29 Feb 2027", "at 25:00", "the 32nd"),
        *("the second one", "option 2", "unit 5", "2 people", "a table for the 3rd time"),
        *("it costs £50", "45 euros", "about 30 pounds", "07700 900123", "+44 20 7946 0958", "415-555-0132"),
        *("21 Baker Street", "1512 Barber Shop", "24/7", "I am 35", "I may come", "38.5", "Good morning!"),
        *("have a nice evening", "this one please", "", "   ", "!?", "\u0000"),
    ],
)
def test_it_does_not_guess(text):
    assert resolve(understand(text, now=NOW)) == []


def test_a_weekday_without_more_is_the_coming_one_or_the_last():
    assert resolve(understand("Monday", now=NOW)) == ["2026-11-23", "2026-11-16"]


def test_an_hour_without_more_keeps_both_readings():
    assert resolve(understand("at 3", now=NOW)) == ["15:00", "03:00"]
    assert resolve(understand("at 9", now=NOW)) == ["09:00", "21:00"]


def test_the_order_of_day_and_month_is_the_countrys():
    for day_first, values in (
        (True, ["2026-12-03"]),
        (False, ["2026-03-12"]),
        (None, ["2026-12-03", "2026-03-12"]),
    ):
        assert resolve(understand("03/12/2026", now=NOW, day_first=day_first)) == values


def test_a_figure_that_can_be_no_month_is_the_day_whatever_the_order():
    assert resolve(understand("12/25/2026", now=NOW, day_first=True)) == ["2026-12-25"]


def test_a_weekday_settles_the_order_of_day_and_month():
    assert date(2026, 12, 4).strftime("%A") == "Friday"
    assert "2026-12-04" in resolve(understand("Friday 12/4", now=NOW, day_first=True))


def test_a_weekday_that_does_not_fit_its_date_is_reported():
    assert understand("Monday 25 November 2026", now=NOW).dates[0].conflict
    assert not understand("Wednesday 25 November 2026", now=NOW).dates[0].conflict


def test_spans_are_offsets_into_the_text_as_written():
    text = "Ça va: le 14 à 17h, d’accord ?"
    spans = understand(text, now=NOW, language="fr").spans
    assert [text[start:end] for start, end in spans] == ["le 14", "à 17h"]


def test_a_language_without_words_is_refused():
    with pytest.raises(ValueError, match="no words for dates"):
        understand("huomenna", now=NOW, language="fi")


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("de", "am Donnerstag um Viertel nach drei", "2026-11-19 15:15"),
        ("de", "nächste Woche Mittwoch um halb zehn", "2026-11-25 09:30"),
        ("de", "am 3.12. um 15 Uhr 30", "2026-12-03 15:30"),
        ("de", "der einundzwanzigste Dezember", "2026-12-21"),
        ("es", "el 14 a las cinco menos cuarto", "2026-12-14 16:45"),
        ("es", "el lunes que viene a las tres y media", "2026-11-23 15:30"),
        ("fr", "jeudi en huit à 16 heures", "2026-11-26 16:00"),
        ("fr", "le 1er mars à trois heures et demie", "2027-03-01 15:30"),
        ("pt", "no dia 14 às três e meia", "2026-12-14 15:30"),
        ("pt-BR", "depois de amanhã ao meio-dia", "2026-11-20 12:00"),
    ],
)
def test_it_speaks_other_languages(language, text, value):
    assert first_value(text, language=language) == value


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("es", "el lunes pasado", ["2026-11-16"]),
        ("pt", "segunda passada", ["2026-11-16"]),
        ("fr", "lundi dernier", ["2026-11-16"]),
        ("de", "vor zwei Wochen", ["2026-11-04"]),
        ("es", "hace tres días", ["2026-11-15"]),
        ("fr", "il y a deux heures", ["2026-11-18 08:00"]),
        ("pt", "há uma semana", ["2026-11-11"]),
        ("en", "an hour and a half ago", ["2026-11-18 08:30"]),
    ],
)
def test_it_looks_back_in_every_language(language, text, values):
    assert resolve(understand(text, now=NOW, language=language)) == values


@pytest.mark.parametrize(
    ("language", "text"),
    [
        *(("de", "die Praxis im 2. Stock"), ("de", "mein Mann ist 45"), ("de", "ich bin zum ersten Mal da")),
        *(("es", "pasado mucho tiempo"), ("es", "es la primera vez"), ("es", "por qué no")),
        *(("fr", "c'est la première fois"), ("fr", "pourquoi pas"), ("fr", "est-ce qu'il y a un parking")),
        *(("pt", "a segunda opção"), ("pt", "é a primeira vez"), ("pt", "tenho dois filhos")),
        *(("en", "she sat down"), ("en", "sun cream allergy"), ("en", "50/50"), ("en", "why not")),
    ],
)
def test_it_does_not_guess_in_any_language(language, text):
    assert resolve(understand(text, now=NOW, language=language)) == []
