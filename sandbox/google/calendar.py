"""The Calendar API: every request is matched and checked by the discovery document, then answered here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.core.state import Document
from sandbox.core.world import World, world_of
from sandbox.google import accounts, channels, diary, discovery, freebusy, listing
from sandbox.google.errors import GoogleError
from sandbox.google.oauth import bearer

PREFIX = b"/google/calendar/v3/"


@dataclass(frozen=True)
class Call:
    """A checked request."""

    world: World
    email: str
    path: dict[str, str]
    query: dict[str, Any]
    body: dict[str, Any]
    if_match: str | None
    if_none_match: str | None

    @property
    def calendar(self) -> Document:
        return accounts.calendar_of(self.world, self.email, self.path["calendarId"])

    @property
    def writable(self) -> Document:
        calendar = self.calendar
        if calendar["accessRole"] not in ("owner", "writer"):
            message = "You need to have writer access to this calendar."
            raise GoogleError(403, "requiredAccessLevel", message, domain="calendar")
        return calendar


async def dispatch(request: Request) -> Response:
    raw = request.scope["raw_path"].partition(b"?")[0].removeprefix(PREFIX).decode()
    method = discovery.match(request.method, raw)
    holder = bearer(request)
    if not set(method.definition["scopes"]) & set(holder["scope"].split()):
        raise GoogleError(403, "insufficientPermissions", "Request had insufficient authentication scopes.")
    answer = ANSWERS.get(method.id)
    if answer is None:
        raise GoogleError(501, "notImplemented", f"Sandbox: {method.id} is not played")
    call = Call(
        world=world_of(request),
        email=holder["email"],
        path=method.path,
        query=discovery.check_query(method, request.query_params),
        body=discovery.check_body(method, await request.body()),
        if_match=request.headers.get("if-match"),
        if_none_match=request.headers.get("if-none-match"),
    )
    return answer(call)


def _event(event: Document) -> Response:
    return JSONResponse(event, headers={"ETag": event["etag"]})


def list_calendars(call: Call) -> Response:
    entries = [accounts.list_entry(c) for c in accounts.calendars_of(call.world, call.email)]
    roles = {
        "writer": ("writer", "owner"),
        "owner": ("owner",),
        "reader": ("reader", "writer", "owner"),
    }.get(call.query.get("minAccessRole", ""))
    shown = [entry for entry in entries if roles is None or entry["accessRole"] in roles]
    return JSONResponse({"kind": "calendar#calendarList", "etag": '"p1"', "items": shown, "nextSyncToken": "c1"})


def get_calendar_entry(call: Call) -> Response:
    return JSONResponse(accounts.list_entry(call.calendar))


def get_calendar(call: Call) -> Response:
    calendar = call.calendar
    shown = {key: calendar[key] for key in ("id", "summary", "timeZone")}
    return JSONResponse({"kind": "calendar#calendar", "etag": '"1"', **shown})


def list_events(call: Call) -> Response:
    return JSONResponse(listing.list_events(call.world, call.calendar, call.query))


def list_instances(call: Call) -> Response:
    master = diary.get(call.world, call.calendar, call.path["eventId"])
    if master["status"] == "cancelled":
        raise GoogleError(410, "deleted", "Resource has been deleted")
    return JSONResponse(listing.list_instances(call.world, call.calendar, master, call.query))


def get_event(call: Call) -> Response:
    event = diary.get(call.world, call.calendar, call.path["eventId"])
    if call.if_none_match == event["etag"]:
        return Response(status_code=304, headers={"ETag": event["etag"]})
    return _event(event)


def insert_event(call: Call) -> Response:
    return _event(diary.insert(call.world, call.writable, call.body))


def update_event(call: Call) -> Response:
    return _changed(call, whole=True)


def patch_event(call: Call) -> Response:
    return _changed(call, whole=False)


def _changed(call: Call, *, whole: bool) -> Response:
    calendar, identifier = call.writable, call.path["eventId"]
    diary.check_match(diary.get(call.world, calendar, identifier), call.if_match)
    return _event(diary.change(call.world, calendar, identifier, call.body, whole=whole))


def delete_event(call: Call) -> Response:
    calendar, identifier = call.writable, call.path["eventId"]
    diary.check_match(diary.get(call.world, calendar, identifier), call.if_match)
    diary.delete(call.world, calendar, identifier)
    return Response(status_code=204)


def query_free_busy(call: Call) -> Response:
    return JSONResponse(freebusy.query(call.world, call.email, call.body))


def watch_events(call: Call) -> Response:
    return JSONResponse(channels.watch(call.world, call.calendar, call.body))


def stop_channel(call: Call) -> Response:
    channels.stop(call.world, call.body)
    return Response(status_code=204)


ANSWERS: dict[str, Callable[[Call], Response]] = {
    "calendar.calendarList.list": list_calendars,
    "calendar.calendarList.get": get_calendar_entry,
    "calendar.calendars.get": get_calendar,
    "calendar.events.list": list_events,
    "calendar.events.get": get_event,
    "calendar.events.instances": list_instances,
    "calendar.events.insert": insert_event,
    "calendar.events.update": update_event,
    "calendar.events.patch": patch_event,
    "calendar.events.delete": delete_event,
    "calendar.events.watch": watch_events,
    "calendar.freebusy.query": query_free_busy,
    "calendar.channels.stop": stop_channel,
}
