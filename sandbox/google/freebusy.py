"""freeBusy.query: merged busy spans."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.core.state import Document
from sandbox.core.world import World
from sandbox.google import accounts, diary, listing, times
from sandbox.google.errors import GoogleError, bad_request, required

MOST_CALENDARS = 50
LONGEST = timedelta(days=93)


def query(world: World, email: str, given: dict[str, Any]) -> Document:
    """Busy time of the asked calendars between timeMin and timeMax."""
    start, end = _moment(given, "timeMin"), _moment(given, "timeMax")
    if end <= start:
        raise GoogleError(400, "timeRangeEmpty", "The specified time range is empty.", domain="calendar")
    if end - start > LONGEST:
        raise GoogleError(400, "timeRangeTooLong", "The requested time range is too long.", domain="calendar")
    items = [item["id"] for item in given.get("items", [])]
    if len(items) > (given.get("calendarExpansionMax") or MOST_CALENDARS):
        raise GoogleError(400, "tooManyCalendarsRequested", "Too many calendars.", domain="calendar")
    zone = times.zone(given.get("timeZone") or "UTC")
    calendars: dict[str, Any] = {}
    for identifier in items:
        try:
            calendar = accounts.calendar_of(world, email, identifier)
        except GoogleError:
            calendars[identifier] = {"errors": [{"domain": "global", "reason": "notFound"}], "busy": []}
            continue
        spans = [(max(a, start), min(b, end)) for a, b in busy(world, calendar, start, end)]
        calendars[identifier] = {
            "busy": [{"start": _written(a, zone), "end": _written(b, zone)} for a, b in _merged(spans)]
        }
    return {
        "kind": "calendar#freeBusy",
        "timeMin": _written(start, zone),
        "timeMax": _written(end, zone),
        "calendars": calendars,
    }


def _moment(given: dict[str, Any], name: str) -> datetime:
    if not given.get(name):
        raise required(f"Missing {name} parameter.")
    moment = datetime.fromisoformat(given[name])
    if moment.tzinfo is None:
        raise bad_request("Bad Request")
    return moment


def busy(world: World, calendar: Document, start: datetime, end: datetime) -> list[times.Span]:
    """Spans of events that block: not cancelled, not transparent, no place of work or birthday."""
    events = [d["event"] for d in diary.all_of(world, calendar)]
    blocking = [
        event
        for event in listing.expanded(world, calendar, events, start, end)
        if event["status"] != "cancelled"
        and event.get("transparency") != "transparent"
        and event["eventType"] not in ("workingLocation", "birthday")
    ]
    spans = [times.span(event, calendar["timeZone"]) for event in blocking]
    return [(a, b) for a, b in spans if a < end and b > start]


def _merged(spans: list[times.Span]) -> list[times.Span]:
    merged: list[times.Span] = []
    for begins, ends in sorted((a.astimezone(UTC), b.astimezone(UTC)) for a, b in spans):
        if merged and begins <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], ends))
        else:
            merged.append((begins, ends))
    return merged


def _written(moment: datetime, zone: Any) -> str:
    return moment.astimezone(zone).isoformat(timespec="seconds").replace("+00:00", "Z")
