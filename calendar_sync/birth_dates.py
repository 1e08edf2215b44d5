"""A date of birth as people write it, in any of the languages; figures are read in the country's order."""

import datetime as dt
import re

from calendar_sync.when import LANGUAGES, day_first_in, understand

LONGEST = 60  # characters
MOST_READINGS = 2  # 3/4/1985, where both orders are in use
OLDEST = 1900


def readings(text: str, *, now: dt.datetime, country: str) -> tuple[dt.date, ...]:
    """The days in the past that a text can mean, its year said in it; () when it says none, or too many."""
    if len(text) > LONGEST:
        return ()
    said = {int(figures) % 100 for figures in re.findall(r"(?<!\d)(?:\d{4}|\d\d)(?!\d)", text)}
    said |= {int(text.strip()[at : at + 4]) % 100 for at in (0, 4) if re.fullmatch(r"\s*\d{8}\s*", text)}
    found = {}
    for language in LANGUAGES:
        when = understand(text, now=now, language=language, day_first=day_first_in(country, "en"))
        for mention in when.mentions:
            for reading in mention.date.readings if mention.date else ():
                day = _past(reading.first, now.date(), text) if reading.single else None
                if day is not None and day.year % 100 in said:
                    found[day] = True
    return tuple(found) if len(found) <= MOST_READINGS else ()


def _past(day: dt.date, today: dt.date, text: str) -> dt.date | None:
    """A year in two figures may have been taken for one to come."""
    if day > today and str(day.year) not in text and (day.month, day.day) != (2, 29):
        day = day.replace(year=day.year - 100)
    return day if day.year >= OLDEST and day <= today else None
