"""Google's part of the control API: accounts, events, revocation, expired sync tokens."""

from typing import Any

from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from sandbox.core.control import ControlError, parsed
from sandbox.core.state import Document
from sandbox.core.world import world_of
from sandbox.google import accounts, diary, discovery, listing, oauth
from sandbox.google.errors import GoogleError


class CalendarSeed(BaseModel):
    model_config = ConfigDict(extra="forbid")
    summary: str
    id: str | None = None
    timeZone: str | None = None
    accessRole: str | None = None


class AccountSeed(BaseModel):
    model_config = ConfigDict(extra="forbid")
    email: str
    name: str = ""
    timezone: str = "Europe/London"
    calendars: list[CalendarSeed] = []


class Event(BaseModel):
    """`event` is a Calendar API event; with `id`, an existing one is patched."""

    model_config = ConfigDict(extra="forbid")
    calendar: str
    id: str | None = None
    event: dict[str, Any] = {}


class Revocation(BaseModel):
    model_config = ConfigDict(extra="forbid")
    email: str


class Grant(BaseModel):
    """Tokens without the consent page: for tests that are not about connecting."""

    model_config = ConfigDict(extra="forbid")
    email: str
    client_id: str | None = None
    scope: str = "openid email https://www.googleapis.com/auth/calendar"


async def seed(request: Request) -> JSONResponse:
    world, given = world_of(request), await parsed(request, AccountSeed)
    calendars = [calendar.model_dump(exclude_none=True) for calendar in given.calendars]
    try:
        accounts.seed(world, given.email, given.name, calendars, given.timezone)
    except GoogleError as error:
        raise ControlError(str(error)) from error
    return JSONResponse({"email": given.email, "calendars": accounts.calendars_of(world, given.email)})


async def read_accounts(request: Request) -> JSONResponse:
    world = world_of(request)
    shown = [
        {**account, "calendars": accounts.calendars_of(world, account["email"])}
        for account in accounts.ensure_accounts(world)
    ]
    return JSONResponse({"accounts": shown})


async def read_events(request: Request) -> JSONResponse:
    """Events in order of their last change; cancelled ones with ?cancelled=1."""
    query = request.query_params
    world = world_of(request)
    if "calendar" in query:
        stored = diary.all_of(world, _calendar(request, query["calendar"]))
    else:
        stored = world.store.all("event")
    events = [
        {**d["event"], "calendar": d["calendar"]}
        for d in sorted(stored, key=lambda d: d["change"])
        if d["event"]["status"] != "cancelled" or query.get("cancelled")
    ]
    return JSONResponse({"events": events})


async def write_event(request: Request) -> JSONResponse:
    """As the calendar's owner: inserts, or patches when `id` is given."""
    world, given = world_of(request), await parsed(request, Event)
    calendar = _calendar(request, given.calendar)
    try:
        discovery.check_event(given.event)
        if given.id:
            event = diary.change(world, calendar, given.id, given.event, whole=False)
        else:
            event = diary.insert(world, calendar, given.event)
    except GoogleError as error:
        raise ControlError(str(error), status=error.code) from error
    return JSONResponse(event)


async def delete_event(request: Request) -> JSONResponse:
    world, given = world_of(request), await parsed(request, Event)
    try:
        diary.delete(world, _calendar(request, given.calendar), given.id or "")
    except GoogleError as error:
        raise ControlError(str(error), status=error.code) from error
    return JSONResponse({"ok": True})


async def revoke(request: Request) -> JSONResponse:
    given = await parsed(request, Revocation)
    return JSONResponse({"revoked": oauth.revoke_account(world_of(request), given.email)})


async def expire_access(request: Request) -> JSONResponse:
    """Access tokens end now (401 once); refresh tokens stay."""
    store = world_of(request).store
    for value, holder in store.items("access"):
        store.put("access", value, {**holder, "expires": 0})
    return JSONResponse({"ok": True})


async def expire_sync(request: Request) -> JSONResponse:
    listing.expire_sync_tokens(world_of(request))
    return JSONResponse({"ok": True})


async def grant(request: Request) -> JSONResponse:
    world, given = world_of(request), await parsed(request, Grant)
    client = given.client_id or next(iter(world.options.google_clients))
    if world.store.get("account", given.email) is None:
        raise ControlError(f"no account {given.email}; seed it at /control/google/accounts", status=404)
    return JSONResponse(oauth.grant_directly(world, client, given.email, given.scope))


def _calendar(request: Request, identifier: str) -> Document:
    world = world_of(request)
    accounts.ensure_accounts(world)
    calendar = world.store.get("calendar", identifier)
    if calendar is None:
        raise ControlError(f"no calendar {identifier}", status=404)
    return calendar


routes = [
    Route("/google/accounts", seed, methods=["POST"]),
    Route("/google/accounts", read_accounts, methods=["GET"]),
    Route("/google/events", read_events, methods=["GET"]),
    Route("/google/events", write_event, methods=["POST"]),
    Route("/google/events", delete_event, methods=["DELETE"]),
    Route("/google/revoke", revoke, methods=["POST"]),
    Route("/google/expire-access", expire_access, methods=["POST"]),
    Route("/google/expire-sync", expire_sync, methods=["POST"]),
    Route("/google/grant", grant, methods=["POST"]),
]
