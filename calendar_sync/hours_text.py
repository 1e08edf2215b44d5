"""A day's hours as people write them in one line: "08:30–12:30, 13:30–17:30"."""

import datetime as dt
import re
from itertools import pairwise

from calendar_sync.availability import Hours

_TIME = r"([01]?[0-9]|2[0-3])(?:[:.]([0-5][0-9]))?"
_PERIOD = re.compile(rf"\s*{_TIME}\s*(?:-|–|—|to)\s*{_TIME}\s*", re.ASCII)


class HoursRefused(ValueError):
    """The message tells the person what to write."""


def hours_from(text: str) -> list[Hours]:
    """The periods of a day, in order; nothing written means closed."""
    periods = sorted((_period(part) for part in text.split(",") if part.strip()), key=lambda each: each.starts)
    for earlier, later in pairwise(periods):
        if later.starts < earlier.ends:
            raise HoursRefused(f"{said(earlier)} and {said(later)} overlap.")
    return periods


def text_of(periods: list[Hours]) -> str:
    return ", ".join(map(said, periods))


def said(period: Hours) -> str:
    return f"{period.starts:%H:%M}–{period.ends:%H:%M}"


def _period(text: str) -> Hours:
    found = _PERIOD.fullmatch(text)
    if found is None:
        raise HoursRefused(f"“{text.strip()}” is not understood. Write times such as 08:30–12:30, 13:30–17:30.")
    hour, minute, end_hour, end_minute = (int(each or 0) for each in found.groups())
    period = Hours(dt.time(hour, minute), dt.time(end_hour, end_minute))
    if period.ends <= period.starts:
        raise HoursRefused(f"{said(period)} ends before it begins.")
    return period
