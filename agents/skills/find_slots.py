"""Free times that may be offered, each with the ticket that books it."""

import datetime as dt
from typing import Annotated, Any

from pydantic import Field

from agents.types import SkillContext, ToolResult
from calendar_sync import slots, tickets
from calendar_sync.models import Practitioner, Service
from calendar_sync.named import practitioner_called, service_called

MOST_OFFERS = 6
APART = dt.timedelta(hours=1)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

ServiceName = Annotated[str, Field(description="A service by its listed name.")]
PractitionerName = Annotated[str | None, Field(description="Only when the patient asks for somebody, else null.")]


def find_slots(
    context: SkillContext,
    *,
    service: ServiceName,
    date: Annotated[str, Field(description="First day wanted, YYYY-MM-DD, from the calendar table.")],
    weekday: Annotated[str, Field(description="Its English weekday; a mismatch with the date is refused.")],
    days: Annotated[int, Field(description="How many days from then on, 1 to 31.", ge=1, le=31)] = 1,
    time_from: Annotated[str | None, Field(description="Earliest start HH:MM, or null.")] = None,
    time_to: Annotated[
        str | None, Field(description="Latest start HH:MM, or null. Equal to time_from: just then.")
    ] = None,
    practitioner: PractitionerName = None,
) -> ToolResult:
    """Find free times for a service. Returns `offers` that fit, each with a `slot` ticket for booking, and, when
    none fits, `nearest`: the closest free times. Offer only times from this answer; never invent one.
    """
    wanted = _wanted(context, service, date, weekday, days, time_from, time_to, practitioner)
    if isinstance(wanted, ToolResult):
        return wanted
    offered, who, first, earliest, latest = wanted
    begin, end = _midnight(context, first), _midnight(context, first + dt.timedelta(days=days))
    found = slots.find_slots(context.business, service=offered, window=(begin, end), practitioner=who, now=context.now)
    fitting = [slot for slot in found if earliest <= slot.starts_at.astimezone(context.now.tzinfo).time() <= latest]
    if fitting:
        return ToolResult(data={"service": offered.name, "offers": _lines(context, _spread(_one_per_time(fitting)))})
    near = _nearest(context, offered, who, found, dt.datetime.combine(first, earliest, context.now.tzinfo), end)
    return ToolResult(data={"service": offered.name, "offers": [], "nearest": _lines(context, near)})


def before(context: SkillContext, **arguments: Any) -> None:
    """Read the connected calendars anew where what we know of them has become old."""
    from calendar_sync.google.busy import refresh

    try:
        first = _midnight(context, dt.date.fromisoformat(arguments["date"]))
    except ValueError:
        return
    refresh(
        context.business,
        window=(first, first + dt.timedelta(days=arguments.get("days", 1) + 14)),
        now=context.now,
    )


def _wanted(
    context: SkillContext,
    service: str,
    date: str,
    weekday: str,
    days: int,
    time_from: str | None,
    time_to: str | None,
    practitioner: str | None,
) -> tuple[Service, Practitioner | None, dt.date, dt.time, dt.time] | ToolResult:
    offered = service_called(service)
    if offered is None:
        return ToolResult.failed(f"There is no service called {service!r}; use a listed name.")
    who = practitioner_called(practitioner) if practitioner else None
    if practitioner and who is None:
        return ToolResult.failed(f"Nobody here is called {practitioner!r}; use a listed name or null.")
    try:
        first = dt.date.fromisoformat(date)
        earliest = dt.time.fromisoformat(time_from) if time_from else dt.time.min
        latest = dt.time.fromisoformat(time_to) if time_to else dt.time.max
    except ValueError:
        return ToolResult.failed("Write the date as YYYY-MM-DD and times as HH:MM.")
    if WEEKDAYS[first.weekday()].casefold() != weekday.strip().casefold():
        return ToolResult.failed(f"{date} is a {WEEKDAYS[first.weekday()]}, not a {weekday}: check the calendar table.")
    if first + dt.timedelta(days=days - 1) < context.now.date():
        return ToolResult.failed(f"{date} is in the past; today is {context.now.date()}.")
    return offered, who, first, earliest, latest


def _midnight(context: SkillContext, day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, context.now.tzinfo)


def _nearest(
    context: SkillContext,
    service: Service,
    who: Practitioner | None,
    same_days: list[slots.Slot],
    wanted: dt.datetime,
    end: dt.datetime,
) -> list[slots.Slot]:
    """The closest times around the wish: on the same days first, else the next free ones, an hour or more apart."""
    if same_days:
        closest = sorted(_one_per_time(same_days), key=lambda slot: abs(slot.starts_at - wanted))[:4]
        return sorted(closest, key=lambda slot: slot.starts_at)
    later = slots.next_free(
        context.business, service, max(end, context.now), practitioner=who, count=40, now=context.now
    )
    apart: list[slots.Slot] = []
    for slot in _one_per_time(later):
        if not apart or slot.starts_at - apart[-1].starts_at >= APART:
            apart.append(slot)
    return apart[:4]


def _one_per_time(found: list[slots.Slot]) -> list[slots.Slot]:
    """Who performs it matters only when the patient asks: one offer per start."""
    first: dict[dt.datetime, slots.Slot] = {}
    for slot in found:
        first.setdefault(slot.starts_at, slot)
    return sorted(first.values(), key=lambda slot: slot.starts_at)


def _spread(found: list[slots.Slot]) -> list[slots.Slot]:
    """A few offers over the whole window rather than the first quarter of an hour each."""
    if len(found) <= MOST_OFFERS:
        return found
    step = (len(found) - 1) / (MOST_OFFERS - 1)
    return [found[round(step * place)] for place in range(MOST_OFFERS)]


def _lines(context: SkillContext, found: list[slots.Slot]) -> list[dict[str, str]]:
    return [slot_line(context, slot) for slot in found]


def slot_line(context: SkillContext, slot: slots.Slot) -> dict[str, str]:
    """One offer as a model reads it: local time without offset."""
    start = slot.starts_at.astimezone(context.now.tzinfo)
    return {
        "slot": tickets.issue(context.business, slot, contact_id=context.contact_id),
        "start": start.strftime("%Y-%m-%dT%H:%M"),
        "weekday": WEEKDAYS[start.weekday()],
        "practitioner": slot.practitioner,
    }
