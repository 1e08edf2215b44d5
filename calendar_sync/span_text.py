"""Lengths of time as people write them: "2 days", "3 hours", "1 h 30", "45 minutes"; in minutes."""

import re

from django.utils.translation import gettext

UNITS = (("week", 10080), ("day", 1440), ("hour", 60), ("minute", 1))
LONGEST = 525_600  # a year
# As they are written in the languages of the pages (and "w", "d", "h", "m"): a word's beginning tells the unit.
_MINUTES = {"w": 10080, "se": 10080, "d": 1440, "ta": 1440, "j": 1440, "h": 60, "st": 60, "m": 1}
_PART = re.compile(
    r"\s*([0-9]{1,6})\s*(w(?:ee)?ks?|wochen?|semanas?|semaines?|w|days?|tage?n?|d[ií]as?|jours?|d|j|"
    r"h(?:ou)?rs?|stunden?|std|heures?|horas?|h|min(?:ute)?[sn]?|minutos?|mins?|m)?\.?\s*(?:,|and|und|et|y|e)?"
)


class SpanRefused(ValueError):
    """The message tells the person what to write."""


def span_from(text: str) -> int:
    """Minutes. A number alone is minutes, after hours as well ("1 h 30")."""
    minutes, place, plain = 0, 0, text.strip().casefold()
    while place < len(plain):
        found = _PART.match(plain, place)
        if found is None:
            raise SpanRefused(
                gettext("“%(text)s” is not understood. Write it like 2 days, 3 hours or 45 minutes.")
                % {"text": text.strip()}
            )
        unit = found[2] or "m"
        minutes += int(found[1]) * (_MINUTES.get(unit[:2]) or _MINUTES[unit[0]])
        place = found.end()
    if minutes > LONGEST:
        raise SpanRefused(gettext("That is more than a year."))
    return minutes


def span_text(minutes: int) -> str:
    """The fewest units: 2880 → "2 days", 90 → "1 hour 30 minutes", 0 → "0 minutes"; weeks only when they are whole."""
    return " ".join(_said(count, unit) for count, unit in parts_of(minutes))


def parts_of(minutes: int) -> list[tuple[int, str]]:
    """90 → [(1, "hour"), (30, "minute")]; never empty."""
    if minutes and minutes % UNITS[0][1] == 0:
        return [(minutes // UNITS[0][1], UNITS[0][0])]
    parts = []
    for unit, length in UNITS[1:]:
        count, minutes = divmod(minutes, length)
        if count:
            parts.append((count, unit))
    return parts or [(0, "minute")]


def _said(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
