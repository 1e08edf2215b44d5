"""How long before: "2 days, 3 hours" as a person writes it in any language of the desk, and back."""

import re

from django.utils.translation import gettext, ngettext

UNITS = {"week": 10080, "day": 1440, "hour": 60, "minute": 1}  # minutes
LONGEST = 4 * UNITS["week"]
SHORTEST = 15
MOST = 4
_WORDS = {  # English, German, Spanish, French, Portuguese
    "week": "w week weeks woche wochen semana semanas semaine semaines sem wk wks",
    "day": "d day days tag tage tagen día días dia dias jour jours j",
    "hour": "h hour hours hr hrs stunde stunden std hora horas heure heures",
    "minute": "m min mins minute minutes minuten minuto minutos",
}
_UNIT_OF = {word: unit for unit, words in _WORDS.items() for word in words.split()}
_PART = re.compile(r"(\d{1,5})\s*([^\W\d_]+)\.?")
_BETWEEN = re.compile(r"[,;\n]|\b(?:and|und|y|et|e)\b", re.IGNORECASE)


class NotUnderstood(ValueError):
    """The text says why, for the person who wrote it."""


def minutes_in(text: str) -> list[int]:
    """ "2 days, 3 hours" → [2880, 180], the longest first; "" → []. Raises NotUnderstood."""
    found: set[int] = set()
    for part in filter(None, (each.strip() for each in _BETWEEN.split(text))):
        match = _PART.fullmatch(part)
        unit = _UNIT_OF.get(match[2].lower()) if match else None
        if match is None or unit is None:
            example = text_of([2 * UNITS["day"], 3 * UNITS["hour"]])
            raise NotUnderstood(
                gettext("“%(part)s” is not understood. Write it like %(example)s.")
                % {"part": part[:30], "example": example}
            )
        minutes = int(match[1]) * UNITS[unit]
        if not SHORTEST <= minutes <= LONGEST:
            raise NotUnderstood(gettext("Between 15 minutes and 4 weeks before the appointment."))
        found.add(minutes)
    if len(found) > MOST:
        raise NotUnderstood(gettext("At most %(most)s reminders for one appointment.") % {"most": MOST})
    return sorted(found, reverse=True)


def words_for(minutes: int) -> str:
    """2880 → "2 days"; 90 → "90 minutes"; in the language of the page."""
    unit, size = next((each, size) for each, size in UNITS.items() if minutes % size == 0)
    count = minutes // size
    words = {
        "week": ngettext("%(count)s week", "%(count)s weeks", count),
        "day": ngettext("%(count)s day", "%(count)s days", count),
        "hour": ngettext("%(count)s hour", "%(count)s hours", count),
        "minute": ngettext("%(count)s minute", "%(count)s minutes", count),
    }
    return words[unit] % {"count": count}


def text_of(minutes: list[int]) -> str:
    """[2880, 180] → "2 days, 3 hours"."""
    return ", ".join(words_for(each) for each in sorted(minutes, reverse=True))
