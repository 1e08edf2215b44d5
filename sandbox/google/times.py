"""When an event takes place, also when it recurs."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

from sandbox.core.state import Document
from sandbox.google.errors import GoogleError, invalid, required

Span = tuple[datetime, datetime]
FAR = timedelta(days=730)


def check_times(event: Document, timezone: str) -> None:
    """Refuses what Google refuses about start, end and recurrence."""
    for side in ("start", "end"):
        moment = event.get(side) or {}
        if not moment.get("date") and not moment.get("dateTime"):
            raise required(f"Missing {side} time.")
        if moment.get("date") and moment.get("dateTime"):
            raise invalid(f"Invalid {side} time.")
        if moment.get("timeZone"):
            zone(moment["timeZone"])
        if moment.get("dateTime") and not _aware(moment) and not moment.get("timeZone"):
            raise required(f"Missing time zone definition for {side} time.")
        if event.get("recurrence") and moment.get("dateTime") and not moment.get("timeZone"):
            raise required(f"Missing time zone definition for {side} time.")
    if ("date" in event["start"]) != ("date" in event["end"]):
        raise invalid("Invalid start time.")
    start, end = span(event, timezone)
    if end < start or (end == start and "date" in event["start"]):
        raise GoogleError(400, "timeRangeEmpty", "The specified time range is empty.", domain="calendar")
    if event.get("recurrence"):
        _check_recurrence(event, timezone)


def _aware(moment: Document) -> bool:
    return datetime.fromisoformat(moment["dateTime"]).tzinfo is not None


def _check_recurrence(event: Document, timezone: str) -> None:
    try:
        next(occurrences(event, timezone, datetime.max.replace(tzinfo=UTC) - FAR), None)
    except (ValueError, KeyError):
        raise invalid("Invalid recurrence rule.") from None


def zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise invalid("Invalid time zone definition for start time.") from None


def moment_of(moment: Document, timezone: str) -> datetime:
    """An EventDateTime as an aware time; a day begins at midnight in the calendar's timezone."""
    if moment.get("date"):
        return datetime.combine(date.fromisoformat(moment["date"]), time(), zone(timezone))
    at = datetime.fromisoformat(moment["dateTime"])
    return at if at.tzinfo else at.replace(tzinfo=zone(moment.get("timeZone") or timezone))


def span(event: Document, timezone: str) -> Span:
    return moment_of(event["start"], timezone), moment_of(event["end"], timezone)


def written(moment: datetime, timezone: str, name: str) -> Document:
    """As Google writes a time, however it was sent: in the calendar's own offset, UTC as "Z"."""
    text = moment.astimezone(zone(timezone)).isoformat(timespec="seconds").replace("+00:00", "Z")
    return {"dateTime": text, "timeZone": name}


def normalised(event: Document, timezone: str) -> Document:
    """`start` and `end` as they are stored and answered."""
    return {
        side: event[side]
        if event[side].get("date")
        else written(moment_of(event[side], timezone), timezone, event[side].get("timeZone") or timezone)
        for side in ("start", "end")
    }


def occurrences(event: Document, timezone: str, until: datetime, since: datetime | None = None) -> Iterator[Span]:
    """Spans of a recurring event that end after `since` and begin before `until`."""
    start, end = span(event, timezone)
    local = zone(event["start"].get("timeZone") or timezone)
    first, length = start.astimezone(local).replace(tzinfo=None), end - start
    left_out = {moment for line in event["recurrence"] if line.startswith("EXDATE") for moment in _dates(line, local)}
    added = {moment for line in event["recurrence"] if line.startswith("RDATE") for moment in _dates(line, local)}
    rules = [line for line in event["recurrence"] if line.startswith("RRULE")]
    if not rules and not added:
        raise ValueError("no rule")
    for naive in _merged(rules, first, added, local):
        begins = naive.replace(tzinfo=local)
        if begins.astimezone(UTC) >= until.astimezone(UTC):
            return
        ends = (begins.astimezone(UTC) + length).astimezone(local)
        if naive not in left_out and (since is None or ends > since):
            yield begins, ends


def _merged(rules: list[str], first: datetime, added: set[datetime], local: ZoneInfo) -> Iterator[datetime]:
    if not rules:
        yield from sorted(added | {first})
        return

    def naive_until(match: re.Match[str]) -> str:
        # dateutil wants UNTIL as naive as the start is.
        moment = datetime.strptime(match[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        return f"UNTIL={moment.astimezone(local):%Y%m%dT%H%M%S}"

    rule = re.sub(r"UNTIL=(\d{8}T\d{6}Z)", naive_until, rules[0].removeprefix("RRULE:"))
    waiting = sorted(added)
    for moment in rrulestr(rule, dtstart=first):
        while waiting and waiting[0] < moment:
            yield waiting.pop(0)
        yield moment
    yield from waiting


def _dates(line: str, local: ZoneInfo) -> Iterator[datetime]:
    """The moments of an EXDATE or RDATE line, as local wall clock."""
    for text in line.partition(":")[2].split(","):
        if text.endswith("Z"):
            moment = datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            yield moment.astimezone(local).replace(tzinfo=None)
        elif "T" in text:
            yield datetime.strptime(text, "%Y%m%dT%H%M%S")  # noqa: DTZ007
        else:
            yield datetime.strptime(text, "%Y%m%d")  # noqa: DTZ007
