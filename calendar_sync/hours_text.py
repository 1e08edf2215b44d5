"""A day's hours as people write them in one line: "08:30–12:30, 13:30–17:30"; "22:00–02:00" goes past midnight."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import get_language, gettext

from calendar_sync.availability import Hours
from calendar_sync.when import LANGUAGES, When, understand

_TIME = r"([01]?[0-9]|2[0-4])(?:[:.]([0-5][0-9]))?"
_PERIOD = re.compile(rf"\s*{_TIME}\s*(?:-|–|—|to)\s*{_TIME}\s*", re.ASCII)
_WHOLE_DAY = 24 * 60
_ANY_DAY = dt.datetime.fromisoformat("2026-01-05")  # local time, as the grammar wants it


class HoursRefused(ValueError):
    """The message tells the person what to write."""


def hours_from(text: str) -> list[Hours]:
    """The periods of a day, in order; nothing written means closed."""
    parts = [part for part in text.split(",") if part.strip()]
    found = [period for part in parts for period in (spoken(part) or (_period(part),))]
    periods = sorted(found, key=lambda each: each.starts)
    for earlier, later in pairwise(periods):
        if _minutes(later.starts) < _end(earlier):
            raise HoursRefused(
                gettext("%(earlier)s and %(later)s overlap.") % {"earlier": said(earlier), "later": said(later)}
            )
    return periods


def spoken(text: str) -> tuple[Hours, ...]:
    """ "Halb neun bis halb sechs", "de ocho y media a seis": hours in words, in the page's language or another of the
    desk's; () for anything else."""
    if _PERIOD.fullmatch(text):
        return ()
    mine = (get_language() or "en")[:2]
    for code in sorted(LANGUAGES, key=lambda each: each != mine):
        periods = _stretches(understand(text, now=_ANY_DAY, language=code))
        if periods:
            return periods
    return ()


def _stretches(when: When) -> tuple[Hours, ...]:
    """The hours said, where nothing else was."""
    if when.dates or when.excluded_dates or any(each.kind != "between" for each in when.times):
        return ()
    meant = [each.readings[0] for each in when.times]
    return tuple(Hours(each.start, each.end) for each in meant if each.start is not None and each.end is not None)


def text_of(periods: Sequence[Hours]) -> str:
    return ", ".join(map(said, periods))


def week_lines(days: Mapping[tuple[int, str], Sequence[Hours]]) -> list[tuple[str, str]]:
    """("Mon–Wed", "08:30–12:30"): days in a row with the same hours are one line.

    By weekday, 0 is Monday, and what is said behind it, such as " (A)" for one of two alternating weeks.
    """
    runs: list[tuple[list[int], str, str]] = []
    for (day, note), periods in sorted(days.items()):
        hours = text_of(periods)
        if runs and runs[-1][0][-1] == day - 1 and runs[-1][1:] == (note, hours):
            runs[-1][0].append(day)
        else:
            runs.append(([day], note, hours))
    return [(_run(run) + note, hours) for run, note, hours in runs]


def _run(days: Sequence[int]) -> str:
    return "–".join(dict.fromkeys((str(WEEKDAYS_ABBR[days[0]]), str(WEEKDAYS_ABBR[days[-1]]))))


def said(period: Hours) -> str:
    """Midnight at the end of a day is 24:00."""
    ends = "24:00" if period.ends == dt.time.min else f"{period.ends:%H:%M}"
    return f"{period.starts:%H:%M}–{ends}"


def _period(text: str) -> Hours:
    found = _PERIOD.fullmatch(text)
    if found is None:
        raise _not_understood(text)
    hour, minute, end_hour, end_minute = (int(each or 0) for each in found.groups())
    if hour == 24 or (end_hour == 24 and end_minute):
        raise _not_understood(text)
    period = Hours(dt.time(hour, minute), dt.time(end_hour % 24, end_minute))
    if period.starts == period.ends != dt.time.min:
        raise HoursRefused(
            gettext("%(period)s ends when it begins. Write 00:00–24:00 for the whole day.") % {"period": said(period)}
        )
    return period


def _not_understood(text: str) -> HoursRefused:
    return HoursRefused(
        gettext("“%(text)s” is not understood. Write times such as 08:30–12:30, 13:30–17:30.") % {"text": text.strip()}
    )


def _end(period: Hours) -> int:
    """Minutes since the midnight at which the day began; more than 24 hours past midnight."""
    return _minutes(period.ends) + (_WHOLE_DAY if period.ends <= period.starts else 0)


def _minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute
