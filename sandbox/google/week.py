"""A page for a person: the week of a calendar, and a form that adds a busy time."""

from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sandbox.core.state import Document
from sandbox.core.world import World, world_of
from sandbox.google import accounts, diary, listing, times
from sandbox.google.errors import GoogleError
from sandbox.pages.render import page


async def list_calendars(request: Request) -> Response:
    world = world_of(request)
    shown = [
        {"account": account, "calendars": accounts.calendars_of(world, account["email"])}
        for account in accounts.ensure_accounts(world)
    ]
    return page(request, "calendars.html", accounts=shown)


async def show(request: Request) -> Response:
    """The week of ?week=YYYY-MM-DD (any day of it), or this week."""
    calendar = _calendar(request)
    if calendar is None:
        return page(request, "missing.html", status=404, what="This calendar does not exist.")
    return _week(request, calendar)


async def add(request: Request) -> Response:
    """Inserts the form's event, or shows what was wrong with it."""
    world, calendar, form = world_of(request), _calendar(request), await request.form()
    if calendar is None:
        return page(request, "missing.html", status=404, what="This calendar does not exist.")
    if form.get("delete"):
        diary.delete(world, calendar, str(form["delete"]))
        return RedirectResponse(str(request.url), status_code=303)
    day, begins, ends = (str(form.get(name, "")) for name in ("day", "start", "end"))
    zone = {"timeZone": calendar["timeZone"]}
    event = {
        "summary": str(form.get("summary", "")) or "Busy",
        "start": {"dateTime": f"{day}T{begins}:00", **zone},
        "end": {"dateTime": f"{day}T{ends}:00", **zone},
    }
    try:
        diary.insert(world, calendar, event)
    except ValueError:
        return _week(request, calendar, problem="Please fill in a day, a start and an end.", status=400)
    except GoogleError as error:
        return _week(request, calendar, problem=str(error), status=error.code)
    return RedirectResponse(f"{request.url.path}?week={day}", status_code=303)


def _calendar(request: Request) -> Document | None:
    accounts.ensure_accounts(world_of(request))
    return world_of(request).store.get("calendar", request.path_params["calendar"])


def _week(request: Request, calendar: Document, problem: str = "", status: int = 200) -> Response:
    zone = times.zone(calendar["timeZone"])
    try:
        chosen = datetime.fromisoformat(request.query_params.get("week", "")).replace(tzinfo=zone)
    except ValueError:
        chosen = datetime.now(zone)
    monday = (chosen - timedelta(days=chosen.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    days = [monday + timedelta(days=n) for n in range(7)]
    return page(
        request,
        "week.html",
        status=status,
        calendar=calendar,
        days=[{"date": day, "events": _events(world_of(request), calendar, day)} for day in days],
        before=f"{monday - timedelta(days=7):%Y-%m-%d}",
        after=f"{monday + timedelta(days=7):%Y-%m-%d}",
        today=datetime.now(zone),
        chosen=chosen,
        problem=problem,
    )


def _events(world: World, calendar: Document, day: datetime) -> list[dict[str, Any]]:
    query = {
        "singleEvents": True,
        "orderBy": "startTime",
        "timeMin": day.isoformat(),
        "timeMax": (day + timedelta(days=1)).isoformat(),
    }
    found = listing.list_events(world, calendar, query)["items"]
    return [{**event, "times": _times(event, calendar)} for event in found]


def _times(event: Document, calendar: Document) -> str:
    if "date" in event["start"]:
        return "all day"
    zone = times.zone(calendar["timeZone"])
    start, end = (moment.astimezone(zone) for moment in times.span(event, calendar["timeZone"]))
    return f"{start:%H:%M}–{end:%H:%M}"
