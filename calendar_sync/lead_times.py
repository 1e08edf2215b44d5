"""How long before: "2 days, 3 hours" as a person writes it, and back."""

import re

from django.utils.translation import gettext

UNITS = {"week": 10080, "day": 1440, "hour": 60, "minute": 1}  # minutes
LONGEST = 4 * UNITS["week"]
SHORTEST = 15
MOST = 4
_SHORT = {"w": "week", "d": "day", "h": "hour", "m": "minute"}
_PART = re.compile(r"(\d{1,5})\s*(weeks?|days?|hours?|minutes?|mins?|hrs?|[wdhm])", re.IGNORECASE)


class NotUnderstood(ValueError):
    """The text says why, for the person who wrote it."""


def minutes_in(text: str) -> list[int]:
    """ "2 days, 3 hours" → [2880, 180], the longest first; "" → []. Raises NotUnderstood."""
    found: set[int] = set()
    for part in filter(None, (each.strip() for each in re.split(r",|;|\band\b|\n", text))):
        match = _PART.fullmatch(part)
        if match is None:
            raise NotUnderstood(f"“{part[:30]}” is not understood. Write it like 2 days, 3 hours.")
        minutes = int(match[1]) * UNITS[_SHORT[match[2][0].lower()]]
        if not SHORTEST <= minutes <= LONGEST:
            raise NotUnderstood(gettext("Between 15 minutes and 4 weeks before the appointment."))
        found.add(minutes)
    if len(found) > MOST:
        raise NotUnderstood(f"At most {MOST} reminders for one appointment.")
    return sorted(found, reverse=True)


def words_for(minutes: int) -> str:
    """2880 → "2 days"; 90 → "90 minutes"."""
    unit, size = next((each, size) for each, size in UNITS.items() if minutes % size == 0)
    count = minutes // size
    return f"{count} {unit}{'' if count == 1 else 's'}"


def text_of(minutes: list[int]) -> str:
    """[2880, 180] → "2 days, 3 hours"."""
    return ", ".join(words_for(each) for each in sorted(minutes, reverse=True))
