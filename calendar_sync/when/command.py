"""Phrases on lines in, the dates and times they mean out, as JSON lines. Needs no Django and no database."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import TextIO
from zoneinfo import ZoneInfo

from calendar_sync.when.understanding import resolve, understand


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
    since = now if future_only else None
    for line in stdin:
        when = understand(line.strip(), now=now, language=language, day_first=day_first)
        stdout.write(json.dumps({"values": resolve(when, since=since)}) + "\n")
        stdout.flush()
