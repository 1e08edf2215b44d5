"""Lengths of time as people write them: "2 days", "3 hours", "1 h 30", "45 minutes"; in minutes."""

import re

UNITS = (("week", 10080), ("day", 1440), ("hour", 60), ("minute", 1))
LONGEST = 525_600  # a year
_MINUTES = {"w": 10080, "d": 1440, "h": 60, "m": 1}
_PART = re.compile(
    r"\s*([0-9]{1,6})\s*(w(?:ee)?ks?|w|days?|d|h(?:ou)?rs?|h|min(?:ute)?s?|mins?|m)?\.?\s*(?:,|and)?", re.A
)


class SpanRefused(ValueError):
    """The message tells the person what to write."""


def span_from(text: str) -> int:
    """Minutes. A number alone is minutes, after hours as well ("1 h 30")."""
    minutes, place, plain = 0, 0, text.strip().casefold()
    while place < len(plain):
        found = _PART.match(plain, place)
        if found is None:
            raise SpanRefused(f"“{text.strip()}” is not understood. Write it like 2 days, 3 hours or 45 minutes.")
        minutes += int(found[1]) * _MINUTES[(found[2] or "m")[0]]
        place = found.end()
    if minutes > LONGEST:
        raise SpanRefused("That is more than a year.")
    return minutes


def span_text(minutes: int) -> str:
    """The fewest units: 2880 → "2 days", 90 → "1 hour 30 minutes", 0 → "0 minutes"; weeks only when they are whole."""
    if minutes and minutes % UNITS[0][1] == 0:
        return _said(minutes // UNITS[0][1], UNITS[0][0])
    parts = []
    for unit, length in UNITS[1:]:
        count, minutes = divmod(minutes, length)
        if count:
            parts.append(_said(count, unit))
    return " ".join(parts) or "0 minutes"


def _said(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
