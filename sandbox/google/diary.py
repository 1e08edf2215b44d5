"""Events as stored: one document per event and calendar, with a change number for sync tokens."""

import re
import secrets
from datetime import UTC, datetime
from typing import Any

from sandbox.core.state import Document
from sandbox.core.world import World
from sandbox.google import channels, times
from sandbox.google.errors import GoogleError, invalid, not_found

CLIENT_ID = re.compile(r"[a-v0-9]{5,1024}")
INSTANCE = re.compile(r"(?P<master>[a-v0-9]{5,1024})_(?P<start>\d{8}(T\d{6}Z)?)")
# Set by the server: what a client sends for these is ignored.
SERVERS_OWN = ("kind", "etag", "created", "updated", "creator", "organizer", "htmlLink", "sequence", "locked")
KINDS = ("default", "outOfOffice", "focusTime", "workingLocation", "birthday", "fromGmail")


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _key(calendar: Document, identifier: str) -> str:
    return f"{calendar['id']}\n{identifier}"


def all_of(world: World, calendar: Document) -> list[Document]:
    """Stored documents {"calendar", "change", "event"}, cancelled ones too."""
    return [d for d in world.store.all("event") if d["calendar"] == calendar["id"]]


def find(world: World, calendar: Document, identifier: str) -> Document | None:
    """The event's resource; an instance of a recurring event is worked out from its id."""
    stored = world.store.get("event", _key(calendar, identifier))
    if stored is not None:
        return dict(stored["event"])
    match = INSTANCE.fullmatch(identifier)
    master = world.store.get("event", _key(calendar, match["master"])) if match else None
    if master is None or master["event"]["status"] == "cancelled" or not master["event"].get("recurrence"):
        return None
    for begins, ends in times.occurrences(master["event"], calendar["timeZone"], datetime.now(UTC) + times.FAR):
        candidate = instance(master["event"], begins, ends, calendar["timeZone"])
        if candidate["id"] == identifier:
            return candidate
    return None


def get(world: World, calendar: Document, identifier: str) -> Document:
    event = find(world, calendar, identifier)
    if event is None:
        raise not_found()
    return event


def instance(master: Document, begins: datetime, ends: datetime, timezone: str) -> Document:
    """One occurrence of a recurring event."""
    if "date" in master["start"]:
        suffix = f"{begins:%Y%m%d}"
        sides = {"start": {"date": f"{begins:%Y-%m-%d}"}, "end": {"date": f"{ends:%Y-%m-%d}"}}
    else:
        suffix = f"{begins.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        name = master["start"]["timeZone"]
        sides = {
            "start": times.written(begins, timezone, name),
            "end": times.written(ends, timezone, name),
        }
    copied = {key: value for key, value in master.items() if key != "recurrence"}
    identity = {"id": f"{master['id']}_{suffix}", "recurringEventId": master["id"]}
    return {**copied, **identity, **sides, "originalStartTime": sides["start"]}


def insert(world: World, calendar: Document, given: Document) -> Document:
    """A new event. 409 when the id was ever used, also by a deleted event."""
    identifier = given.get("id") or secrets.token_hex(13)
    if not CLIENT_ID.fullmatch(identifier):
        raise invalid("Invalid resource id value.")
    if world.store.get("event", _key(calendar, identifier)) is not None:
        raise GoogleError(409, "duplicate", "The requested identifier already exists.")
    moment = now()
    event = {
        **_clients_part(given),
        "id": identifier,
        "status": given.get("status") or "confirmed",
        "created": moment,
        "iCalUID": given.get("iCalUID") or f"{identifier}@google.com",
        "creator": {"email": calendar["owner"], "self": True},
        "organizer": {"email": calendar["id"], "displayName": calendar["summary"], "self": True},
        "sequence": 0,
        "eventType": given.get("eventType") or "default",
        "reminders": given.get("reminders") or {"useDefault": True},
    }
    return save(world, calendar, event)


def _clients_part(given: Document) -> Document:
    return {key: value for key, value in given.items() if key not in SERVERS_OWN and value is not None}


def save(world: World, calendar: Document, event: Document) -> Document:
    """Checks, stamps and stores; tells the watchers."""
    if event["status"] not in ("confirmed", "tentative", "cancelled"):
        raise invalid("Invalid value for: status")
    if event.get("eventType", "default") not in KINDS:
        raise invalid("Invalid value for: eventType")
    if event["status"] != "cancelled":
        times.check_times(event, calendar["timeZone"])
        event = {**event, **times.normalised(event, calendar["timeZone"])}
    change = world.store.next("google.change")
    event = {
        "kind": "calendar#event",
        **event,
        "etag": f'"{change:016d}"',
        "updated": now(),
        "htmlLink": f"{world.base}/google/calendar/{calendar['id']}?event={event['id']}",
    }
    stored = {"calendar": calendar["id"], "change": change, "event": event}
    world.store.put("event", _key(calendar, event["id"]), stored)
    channels.notify(world, calendar["id"])
    return dict(event)


def change(world: World, calendar: Document, identifier: str, given: Document, *, whole: bool) -> Document:
    """Patch, or (`whole`) replace. Times that change raise `sequence`."""
    before = get(world, calendar, identifier)
    if given.get("id", identifier) != identifier:
        raise invalid("Invalid resource id value.")
    own: Document = {key: before[key] for key in (*SERVERS_OWN, "id", "iCalUID", "eventType") if key in before}
    fixed: Document = {key: before[key] for key in ("recurringEventId", "originalStartTime") if key in before}
    after: Document
    if whole:
        after = {"status": "confirmed", **_clients_part(given), **own, **fixed}
    else:
        after = {**_merged(before, {k: v for k, v in given.items() if k not in SERVERS_OWN}), **own, **fixed}
    moved = any(after.get(side) != before.get(side) for side in ("start", "end", "recurrence"))
    return save(world, calendar, {**after, "sequence": before["sequence"] + moved})


def _merged(before: Any, given: Any) -> Any:
    """A JSON merge: objects are merged, null removes, anything else replaces."""
    if not isinstance(before, dict) or not isinstance(given, dict):
        return given
    merged: dict[str, Any] = dict(before)
    for key, value in given.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = _merged(merged.get(key), value)
    # A day becomes a time and back: the two never stand together.
    for new, old in (("dateTime", "date"), ("date", "dateTime")):
        if given.get(new) is not None and given.get(old) is None and old in before:
            merged.pop(old, None)
    return merged


def delete(world: World, calendar: Document, identifier: str) -> None:
    """Cancels; 410 when it is already cancelled."""
    event = get(world, calendar, identifier)
    if event["status"] == "cancelled":
        raise GoogleError(410, "deleted", "Resource has been deleted")
    save(world, calendar, {**event, "status": "cancelled"})


def check_match(event: Document, if_match: str | None) -> None:
    """412 when the caller's etag is not the event's."""
    if if_match is not None and if_match not in ("*", event["etag"]):
        where = {"locationType": "header", "location": "If-Match"}
        raise GoogleError(412, "conditionNotMet", "Precondition Failed", **where)
