"""Phrases on lines in, the dates and times they mean out, as JSON lines. Needs no Django and no database."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import TextIO
from zoneinfo import ZoneInfo

from calendar_sync.when.understanding import resolve, understand

# Where 3/12 is 12 March (CLDR, short date formats); elsewhere it is 3 December.
MONTH_FIRST_ZONES = (
    *("America/New_York", "America/Detroit", "America/Chicago", "America/Menominee", "America/Denver"),
    *("America/Boise", "America/Phoenix", "America/Los_Angeles", "America/Anchorage", "America/Juneau"),
    *("America/Sitka", "America/Metlakatla", "America/Yakutat", "America/Nome", "America/Adak"),
    *("America/Indiana/", "America/Kentucky/", "America/North_Dakota/", "America/Puerto_Rico", "US/"),
    *("Pacific/Honolulu", "Pacific/Guam", "Asia/Manila"),
)


def day_order(*, timezone: str | None, language: str) -> bool | None:
    """True for day first, False for month first, None in English when no timezone tells the country."""
    if not language.lower().startswith("en"):
        return True
    return None if timezone is None else not timezone.startswith(MONTH_FIRST_ZONES)


def local_now(now: str, timezone: str | None) -> datetime:
    """An ISO time as naive local time; one with an offset is taken to the timezone if there is one."""
    moment = datetime.fromisoformat(now)
    if moment.tzinfo and timezone:
        moment = moment.astimezone(ZoneInfo(timezone))
    return moment.replace(tzinfo=None)


def run(
    stdin: Iterable[str],
    stdout: TextIO,
    *,
    now: datetime,
    language: str = "en",
    day_first: bool | None = True,
    future_only: bool = False,
) -> None:
    """One line `{"values": [...]}` for each line read, written at once."""
    since = now.date() if future_only else None
    for line in stdin:
        when = understand(line.strip(), now=now, language=language, day_first=day_first)
        stdout.write(json.dumps({"values": resolve(when, since=since)}) + "\n")
        stdout.flush()
