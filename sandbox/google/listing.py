"""events.list: filters, expansion of recurring events, pages, sync tokens."""

import base64
import json
from datetime import UTC, datetime
from typing import Any

from sandbox.core.state import Document
from sandbox.core.world import World
from sandbox.google import diary, times
from sandbox.google.errors import GoogleError, bad_request, invalid

NOT_WITH_SYNC = (
    "iCalUID",
    "orderBy",
    "privateExtendedProperty",
    "sharedExtendedProperty",
    "q",
    "timeMin",
    "timeMax",
    "updatedMin",
)
PAGE, LARGEST_PAGE = 250, 2500
GENERATION = "google.sync-generation"


def list_events(world: World, calendar: Document, query: dict[str, Any]) -> Document:
    """One page. The last page carries nextSyncToken, the others nextPageToken."""
    if query.get("orderBy") == "startTime" and not query.get("singleEvents"):
        raise bad_request("The requested ordering is not available for the particular query.")
    since = _sync_start(world, calendar, query)
    # The token is taken before reading: what changes meanwhile is told again rather than lost.
    latest = max((d["change"] for d in diary.all_of(world, calendar)), default=0)
    found = _found(world, calendar, query, since)
    answer = _page(calendar, query, found)
    if "nextPageToken" in answer:
        return answer
    if "orderBy" in query or "q" in query:
        return answer
    bounds = _bounds(query)
    token = {"calendar": calendar["id"], "change": latest, "generation": generation(world), "bounds": bounds}
    return {**answer, "nextSyncToken": _encoded(token)}


def list_instances(world: World, calendar: Document, master: Document, query: dict[str, Any]) -> Document:
    """One page of the instances of a recurring event, its exceptions in their place."""
    identifier = master["id"]
    own = [d["event"] for d in diary.all_of(world, calendar) if d["event"].get("recurringEventId") == identifier]
    since, until = _bound(query, "timeMin"), _bound(query, "timeMax")
    found = expanded(world, calendar, [master, *own], since, until) if master.get("recurrence") else []
    kept = [_shown(e) for e in found if _wanted(e, calendar, query, None)]
    return _page(calendar, query, kept)


def _page(calendar: Document, query: dict[str, Any], found: list[Document]) -> Document:
    size, offset = min(query.get("maxResults") or PAGE, LARGEST_PAGE), _offset(query.get("pageToken"))
    answer = {
        "kind": "calendar#events",
        "etag": f'"p{len(found)}"',
        "summary": calendar["summary"],
        "updated": diary.now(),
        "timeZone": calendar["timeZone"],
        "accessRole": calendar["accessRole"],
        "defaultReminders": [],
        "items": found[offset : offset + size],
    }
    return {**answer, "nextPageToken": _encoded({"offset": offset + size})} if offset + size < len(found) else answer


def generation(world: World) -> int:
    """Sync tokens of an older generation have expired."""
    return int((world.store.get("setting", GENERATION) or {"value": 0})["value"])


def expire_sync_tokens(world: World) -> None:
    world.store.put("setting", GENERATION, {"value": world.store.next(GENERATION)})


def _sync_start(world: World, calendar: Document, query: dict[str, Any]) -> int | None:
    if "syncToken" not in query:
        return None
    for name in NOT_WITH_SYNC:
        if name in query:
            raise bad_request(f"The {name} parameter cannot be specified together with a syncToken.")
    if query.get("showDeleted") is False:
        raise bad_request("showDeleted cannot be false together with a syncToken.")
    token = _decoded(query["syncToken"])
    if token.get("calendar") != calendar["id"] or token.get("generation") != generation(world):
        where = {"locationType": "parameter", "location": "syncToken"}
        message = "Sync token is no longer valid, a full sync is required."
        raise GoogleError(410, "fullSyncRequired", message, **where)
    return int(token["change"])


def _offset(page_token: str | None) -> int:
    if page_token is None:
        return 0
    offset = _decoded(page_token).get("offset")
    if not isinstance(offset, int):
        raise invalid("Invalid page token value.")
    return offset


def _encoded(value: Document) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


def _decoded(text: str) -> Document:
    try:
        value = json.loads(base64.urlsafe_b64decode(text))
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _found(world: World, calendar: Document, query: dict[str, Any], since: int | None) -> list[Document]:
    stored = [d for d in diary.all_of(world, calendar) if since is None or d["change"] > since]
    stored.sort(key=lambda d: d["change"])
    events = [d["event"] for d in stored]
    if query.get("singleEvents"):
        bounds = _bounds(query)
        events = expanded(world, calendar, events, _bound(bounds, "timeMin"), _bound(bounds, "timeMax"))
    kept = [e for e in events if _wanted(e, calendar, query, since)]
    if query.get("orderBy") == "startTime":
        kept.sort(key=lambda e: times.moment_of(e["start"], calendar["timeZone"]))
    return [_shown(event) for event in kept if calendar["accessRole"] != "freeBusyReader"]


def _bounds(query: dict[str, Any]) -> dict[str, str]:
    """timeMin and timeMax; the first reading's go on to bound series while its sync token is used."""
    if "syncToken" in query:
        return dict(_decoded(query["syncToken"]).get("bounds", {}))
    return {name: query[name] for name in ("timeMin", "timeMax") if name in query}


def expanded(
    world: World, calendar: Document, events: list[Document], since: datetime | None, until: datetime | None
) -> list[Document]:
    """Recurring events replaced by their instances; changed or cancelled instances keep their own event."""
    own = {
        (d["event"]["recurringEventId"], json.dumps(d["event"]["originalStartTime"], sort_keys=True))
        for d in diary.all_of(world, calendar)
        if "recurringEventId" in d["event"]
    }
    result = []
    for event in events:
        if not event.get("recurrence") or event["status"] == "cancelled":
            result.append(event)
            continue
        horizon = until or datetime.now(UTC) + times.FAR
        for begins, ends in times.occurrences(event, calendar["timeZone"], horizon, since):
            single = diary.instance(event, begins, ends, calendar["timeZone"])
            if (event["id"], json.dumps(single["originalStartTime"], sort_keys=True)) not in own:
                result.append(single)
    return result


def _bound(query: dict[str, Any], name: str) -> datetime | None:
    return datetime.fromisoformat(query[name]) if name in query else None


def _wanted(event: Document, calendar: Document, query: dict[str, Any], since: int | None) -> bool:
    if event["status"] == "cancelled" and since is None and not query.get("showDeleted"):
        return False
    if "iCalUID" in query and event["iCalUID"] != query["iCalUID"]:
        return False
    if "eventTypes" in query and event["eventType"] not in query["eventTypes"]:
        return False
    if "q" in query and query["q"].lower() not in json.dumps(_texts(event)).lower():
        return False
    return _has_properties(event, query) and _in_time(event, calendar, query)


def _texts(event: Document) -> list[str]:
    return [event.get(name, "") for name in ("summary", "description", "location")]


def _has_properties(event: Document, query: dict[str, Any]) -> bool:
    properties = event.get("extendedProperties", {})
    for parameter, kind in (("privateExtendedProperty", "private"), ("sharedExtendedProperty", "shared")):
        for wish in query.get(parameter, []):
            name, _, value = wish.partition("=")
            if properties.get(kind, {}).get(name) != value:
                return False
    return True


def _in_time(event: Document, calendar: Document, query: dict[str, Any]) -> bool:
    start, end = times.span(event, calendar["timeZone"])
    time_min, time_max = _bound(query, "timeMin"), _bound(query, "timeMax")
    updated_min = _bound(query, "updatedMin")
    if event.get("recurrence") and not query.get("singleEvents"):
        # A recurring event is in the span when one of its occurrences is.
        until = time_max or datetime.now(UTC) + times.FAR
        in_span = next(times.occurrences(event, calendar["timeZone"], until, time_min), None) is not None
    else:
        in_span = (time_min is None or end > time_min) and (time_max is None or start < time_max)
    return in_span and (updated_min is None or datetime.fromisoformat(event["updated"]) >= updated_min)


def _shown(event: Document) -> Document:
    """Of a deleted event Google guarantees no more than this."""
    if event["status"] != "cancelled":
        return event
    kept = ("kind", "etag", "id", "status", "recurringEventId", "originalStartTime")
    return {key: event[key] for key in kept if key in event}
