"""A day and time in words, in each language of the grammar, such that the grammar reads them back as they were."""

import datetime as dt

_WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "pt": ("segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo"),
}
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
}
_DAY = {
    "en": "{weekday} {day} {month}",
    "de": "{weekday}, {day}. {month}",
    "es": "{weekday} {day} de {month}",
    "fr": "{weekday} {day} {month}",
    "pt": "{weekday}, {day} de {month}",
}
_YEAR = {"en": " {year}", "de": " {year}", "es": " de {year}", "fr": " {year}", "pt": " de {year}"}
_TIME = {
    "en": " at {hour:02}:{minute:02}",
    "de": " um {hour:02}:{minute:02} Uhr",
    "es": " a las {hour:02}:{minute:02}",
    "fr": " à {hour:02}h{minute:02}",
    "pt": " às {hour:02}:{minute:02}",
}


def in_words(local: dt.datetime, language: str, *, with_year: bool = False) -> str:
    """ "Thursday 3 December at 14:30" for a local time; `language` is one of `LANGUAGES`."""
    day = _DAY[language].format(
        weekday=_WEEKDAYS[language][local.weekday()], day=local.day, month=_MONTHS[language].split()[local.month - 1]
    )
    year = _YEAR[language].format(year=local.year) if with_year else ""
    return day + year + _TIME[language].format(hour=local.hour, minute=local.minute)
