"""Every hour in the usual words of each language, and every day of the year as it is usually written."""

from datetime import date, datetime, timedelta

import pytest

from calendar_sync.when import resolve, understand
from calendar_sync.when.language import listed

NOW = datetime(2027, 3, 10, 8)  # a Wednesday
HOURS = {
    "en": listed("one two three four five six seven eight nine ten eleven twelve"),
    "de": listed("eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf"),
    "es": listed("una dos tres cuatro cinco seis siete ocho nueve diez once doce"),
    "fr": listed("une deux trois quatre cinq six sept huit neuf dix onze douze"),
    "pt": listed("uma duas três quatro cinco seis sete oito nove dez onze doze"),
}
MONTHS = {
    "en": listed("January May August December"),
    "de": listed("Januar Mai August Dezember"),
    "es": listed("enero mayo agosto diciembre"),
    "fr": listed("janvier mai août décembre"),
    "pt": listed("janeiro maio agosto dezembro"),
}
# {0} is the hour, {1} the one after it; the minutes that the words mean.
TIMES = {
    "en": {
        "at {0}": 0,
        "{0} o'clock": 0,
        "ten past {0}": 10,
        "quarter past {0}": 15,
        "half {0}": 30,
        "half past {0}": 30,
        "at {0} thirty": 30,
        "twenty to {1}": 40,
        "quarter to {1}": 45,
        "five to {1}": 55,
        "at {0} oh five": 5,
        "twenty five past {0}": 25,
        "{0} forty-five": 45,
    },
    "de": {
        "um {0}": 0,
        "gegen {0}": 0,
        "zehn nach {0}": 10,
        "Viertel nach {0}": 15,
        "fünf vor halb {1}": 25,
        "halb {1}": 30,
        "fünf nach halb {1}": 35,
        "zwanzig vor {1}": 40,
        "Viertel vor {1}": 45,
        "dreiviertel {1}": 45,
        "viertel {1}": 15,
    },
    "es": {
        "a las {0}": 0,
        "a las {0} en punto": 0,
        "a las {0} y diez": 10,
        "a las {0} y cuarto": 15,
        "a las {0} y media": 30,
        "a las {1} menos veinte": 40,
        "a las {1} menos cuarto": 45,
        "un cuarto para las {1}": 45,
        "a las {0} horas": 0,
    },
    "fr": {
        "à {0} heures": 0,
        "à {0} heures dix": 10,
        "à {0} heures et quart": 15,
        "à {0} heures et demie": 30,
        "à {1} heures moins vingt": 40,
        "à {1} heures moins le quart": 45,
        "à {0} heures trente": 30,
    },
    "pt": {
        "às {0}": 0,
        "às {0} horas": 0,
        "às {0} e dez": 10,
        "às {0} e um quarto": 15,
        "às {0} e meia": 30,
        "dez para as {1}": 50,
        "às {1} menos um quarto": 45,
        "quinze para as {1}": 45,
        "às {0} e trinta": 30,
    },
}
DATES = {
    "en": ["{day} {month}", "{month} {day}", "the {day}th of {month}", "{day}/{number}", "{day}-{month}-{year}"],
    "de": ["am {day}. {month}", "{day}. {month}", "am {day}.{number}.", "den {day}.{number:02}.{year}"],
    "es": ["el {day} de {month}", "{day} {month}", "el día {day} de {month}", "{day}/{number}"],
    "fr": ["le {day} {month}", "{day} {month}", "le {day}/{number}", "le {day} {month} {year}"],
    "pt": ["dia {day} de {month}", "{day} de {month}", "no dia {day} de {month}", "{day}/{number}"],
}


def values_of(text, language, **options):
    return resolve(understand(text, now=NOW, language=language), **options)


@pytest.mark.parametrize(("language", "words"), [(code, words) for code, forms in TIMES.items() for words in forms])
def test_every_hour_of_the_clock_is_read(language, words):
    minutes = TIMES[language][words]
    for hour in range(1, 13):
        text = words.format(HOURS[language][hour - 1], HOURS[language][hour % 12])
        morning = f"{hour % 12:02}:{minutes:02}"
        assert set(values_of(text, language)) == {morning, f"{hour % 12 + 12:02}:{minutes:02}"}, text


@pytest.mark.parametrize(("language", "form"), [(code, form) for code, forms in DATES.items() for form in forms])
def test_every_day_of_the_year_is_read(language, form):
    for number, month in zip((1, 5, 8, 12), MONTHS[language], strict=True):
        for day in range(1, 32):
            year = 2027 if number > 3 else 2028
            text = form.format(day=day, month=month, number=number, year=year)
            assert values_of(text, language, since=NOW)[:1] == [f"{date(year, number, day)}"], text


@pytest.mark.parametrize("form", ["{time} on {day}", "{day} at {time}", "{day}, {time}", "Could I come {day} {time}?"])
def test_day_and_time_are_told_apart_whichever_comes_first(form):
    days = {
        "Friday": NOW.date() + timedelta(days=2),
        "12 May": date(2027, 5, 12),
        "May 12th": date(2027, 5, 12),
        "12 May 2027": date(2027, 5, 12),
    }
    times = {"3 pm": "15:00", "half past three pm": "15:30", "11 in the morning": "11:00", "14:15": "14:15"}
    for day, meant in days.items():
        for moment, time in times.items():
            text = form.format(day=day, time=moment)
            assert values_of(text, "en", since=NOW) == [f"{meant} {time}"], text
