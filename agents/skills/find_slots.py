"""Free times that may be offered, each with the ticket that books it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from agents.types import SkillContext, ToolResult
from calendar_sync import booking, house_rules, slots, tickets, visits
from calendar_sync.external_busy import unread
from calendar_sync.models import Appointment, Practitioner, Service
from calendar_sync.named import place_called, practitioner_called, service_called
from calendar_sync.places import open_places
from calendar_sync.visit_slots import visit_slots

MOST_OFFERS = 6
UNREAD = (
    "The calendar of {names} can't be read at the moment, so those times are not offered. Say that there is a delay of"
    " some minutes; never say that nothing is free."
)
APART = dt.timedelta(hours=1)
LATER = dt.timedelta(days=14)  # how far ahead visits are looked for, which takes a search per service
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

ServiceName = Annotated[str, Field(description="A service by its listed name.")]
LocationName = Annotated[
    str | None, Field(description="A location by its listed name, when the patient names one, else null.")
]
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
    location: LocationName = None,
    with_services: Annotated[
        list[str] | None, Field(description="Services that follow right after it in the same visit, in order, or null.")
    ] = None,
    seats: Annotated[
        int, Field(description="For how many people, in a group only; 1 elsewhere.", ge=1, le=visits.MOST_SEATS)
    ] = 1,
    moving: Annotated[
        str | None, Field(description="Number of the appointment that is to be moved (#1042), or null.")
    ] = None,
) -> ToolResult:
    """Find free times for a service. Returns `offers` that fit, each with a `slot` ticket for booking, and, when
    none fits, `nearest`: the closest free times. Offer only times from this answer; never invent one. With
    `with_services` each offer is a whole visit, its `parts` one after the other, and its `slot` books them together;
    with `seats` it books so many places. Where there are several locations each offer names its own.
    """
    wanted = _wanted(service, with_services, practitioner)
    when = _when(context, date, weekday, days, time_from, time_to)
    where = _where(location)
    if isinstance(wanted, ToolResult) or isinstance(when, ToolResult) or isinstance(where, ToolResult):
        return next(each for each in (wanted, when, where) if isinstance(each, ToolResult))
    moved = booking.appointment_of(context.contact_id, moving) if moving else None
    few = _too_few(wanted[0], seats)
    if few is not None:
        return few
    search = _Search(
        context=context, services=wanted[0], practitioner=wanted[1], moving=moved, location_id=where, seats=seats
    )
    begin, end = _midnight(context, when.first), _midnight(context, when.first + dt.timedelta(days=days))
    found = search.between(begin, end)
    data: dict[str, Any] = {"service": wanted[0][0].name}
    fitting = [parts for parts in found if when.fits(parts[0].starts_at.astimezone(context.now.tzinfo))]
    if fitting:
        return ToolResult(data=data | {"offers": _lines(context, _spread(_one_per_time(search.begun(fitting))), seats)})
    near = _nearest(search, found, dt.datetime.combine(when.first, when.earliest, context.now.tzinfo), end)
    data |= {"offers": [], "nearest": _lines(context, near, seats)} | _delay(context, *wanted)
    return ToolResult(data=data)


def _delay(context: SkillContext, services: Sequence[Service], who: Practitioner | None) -> dict[str, str]:
    """Nothing free may mean that a calendar can't be read; whoever asks is told so."""
    people = [who] if who else list(services[0].practitioners.filter(active=True))
    blind = set(unread([each.pk for each in people], context.now))
    names = ", ".join(each.name for each in people if each.pk in blind)
    return {"delay": UNREAD.format(names=names)} if names else {}


def before(context: SkillContext, **arguments: Any) -> None:
    """Read the connected calendars anew where what we know of them has become old."""
    from calendar_sync.google.busy import refresh

    if not context.calendars:
        return
    try:
        first = _midnight(context, dt.date.fromisoformat(arguments["date"]))
    except ValueError:
        return
    refresh(
        context.business,
        window=(first, first + dt.timedelta(days=arguments.get("days", 1) + 14)),
        now=context.now,
    )


Offer = tuple[slots.Slot, ...]  # one slot, or the parts of a visit


@dataclass(frozen=True, kw_only=True)
class _When:
    first: dt.date
    earliest: dt.time
    latest: dt.time

    def fits(self, local: dt.datetime) -> bool:
        return self.earliest <= local.time() <= self.latest


@dataclass(frozen=True, kw_only=True)
class _Search:
    """What is looked for, whenever it is."""

    context: SkillContext
    services: Sequence[Service]
    practitioner: Practitioner | None
    moving: Appointment | None
    location_id: int | None
    seats: int = 1

    def between(self, begin: dt.datetime, end: dt.datetime) -> list[Offer]:
        business, window, who = self.context.business, (begin, end), self.practitioner
        asked: dict[str, Any] = {
            "now": self.context.now, "contact_id": self.context.contact_id, "location_id": self.location_id
        }  # fmt: skip
        if len(self.services) > 1:
            return visit_slots(business, self.services, window, who, **asked)
        found = slots.find_slots(
            business, service=self.services[0], window=window, practitioner=who, moving=self.moving, **asked
        )
        return self._large_enough(found)

    def later(self, end: dt.datetime) -> list[Offer]:
        """The next ones, some weeks ahead at most."""
        after = max(end, self.context.now)
        if len(self.services) > 1:
            return self.between(after, after + LATER)
        found = slots.next_free(
            self.context.business,
            self.services[0],
            after,
            practitioner=self.practitioner,
            count=40,
            now=self.context.now,
            contact_id=self.context.contact_id,
            moving=self.moving,
            location_id=self.location_id,
        )
        return self._large_enough(found)

    def _large_enough(self, found: Sequence[slots.Slot]) -> list[Offer]:
        return [(each,) for each in found if (each.seats_left or 1) >= self.seats]

    def begun(self, found: list[Offer]) -> list[Offer]:
        """Of a group, the times that somebody comes to already; all of them where nobody does."""
        most = self.services[0].seats
        return [each for each in found if most > 1 and (each[0].seats_left or most) < most] or found


def _too_few(services: Sequence[Service], seats: int) -> ToolResult | None:
    """Where so many can't come together at all."""
    if seats == 1 or (len(services) == 1 and services[0].seats >= seats):
        return None
    return ToolResult.failed(f"{services[0].name} has {services[0].seats} seats at most.", rule="seats")


def _where(location: str | None) -> int | ToolResult | None:
    """The id of the named location; None for all of them."""
    if not location:
        return None
    found = place_called(location)
    if found is None:
        names = ", ".join(each.name for each in open_places())
        return ToolResult.failed(f"There is no location called {location!r}; use one of: {names}. Or null.")
    return found.pk


def _wanted(
    service: str, with_services: list[str] | None, practitioner: str | None
) -> tuple[list[Service], Practitioner | None] | ToolResult:
    services = []
    for name in [service, *(with_services or [])]:
        offered = service_called(name)
        if offered is None:
            return ToolResult.failed(f"There is no service called {name!r}; use a listed name.")
        if not offered.bookable_online:
            return ToolResult.failed(str(house_rules.refusal("not_online")), rule="not_online")
        services.append(offered)
    if len(services) > visits.MOST_PARTS:
        return ToolResult.failed(f"At most {visits.MOST_PARTS} services fit in one visit.")
    who = practitioner_called(practitioner) if practitioner else None
    if practitioner and who is None:
        return ToolResult.failed(f"Nobody here is called {practitioner!r}; use a listed name or null.")
    return services, who


def _when(
    context: SkillContext, date: str, weekday: str, days: int, time_from: str | None, time_to: str | None
) -> _When | ToolResult:
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
    return _When(first=first, earliest=earliest, latest=latest)


def _midnight(context: SkillContext, day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, context.now.tzinfo)


def _nearest(search: _Search, same_days: list[Offer], wanted: dt.datetime, end: dt.datetime) -> list[Offer]:
    """The closest times around the wish: on the same days first, else the next free ones, an hour or more apart."""
    if same_days:
        closest = sorted(_one_per_time(search.begun(same_days)), key=lambda offer: abs(offer[0].starts_at - wanted))[:4]
        return sorted(closest, key=lambda offer: offer[0].starts_at)
    apart: list[Offer] = []
    for offer in _one_per_time(search.begun(search.later(end))):
        if not apart or offer[0].starts_at - apart[-1][0].starts_at >= APART:
            apart.append(offer)
    return apart[:4]


def _one_per_time(found: list[Offer]) -> list[Offer]:
    """Who performs it matters only when the patient asks: one offer per start and location."""
    first: dict[tuple[dt.datetime, int | None], Offer] = {}
    for offer in found:
        first.setdefault((offer[0].starts_at, offer[0].location_id), offer)
    return sorted(first.values(), key=lambda offer: offer[0].starts_at)


def _spread(found: list[Offer]) -> list[Offer]:
    """A few offers over the whole window rather than the first quarter of an hour each; some of each location."""
    by_place: dict[int | None, list[Offer]] = {}
    for offer in found:
        by_place.setdefault(offer[0].location_id, []).append(offer)
    most = max(2, MOST_OFFERS // max(1, len(by_place)))
    chosen = [offer for there in by_place.values() for offer in _some(there, most)]
    return sorted(chosen, key=lambda offer: offer[0].starts_at)


def _some(found: list[Offer], most: int) -> list[Offer]:
    if len(found) <= most:
        return found
    step = (len(found) - 1) / (most - 1)
    return [found[round(step * place)] for place in range(most)]


def _lines(context: SkillContext, found: list[Offer], seats: int = 1) -> list[dict[str, Any]]:
    if seats > 1:
        return [_seats_line(context, parts[0], seats) for parts in found]
    return [slot_line(context, parts[0]) if len(parts) == 1 else _visit_line(context, parts) for parts in found]


def _seats_line(context: SkillContext, slot: slots.Slot, seats: int) -> dict[str, Any]:
    """Its ticket books all of them."""
    ticket = visits.issue_seats(context.business, slot, seats, contact_id=context.contact_id)
    return slot_line(context, slot) | {"slot": ticket, "seats": seats}


def _visit_line(context: SkillContext, parts: Offer) -> dict[str, Any]:
    """A visit as a model reads it: the line of its beginning, and every part."""
    told = [
        {"service": each.service, "start": _local(context, each), "practitioner": each.practitioner} for each in parts
    ]
    ticket = visits.issue(context.business, parts, contact_id=context.contact_id)
    return slot_line(context, parts[0]) | {"slot": ticket, "parts": told}


def slot_line(context: SkillContext, slot: slots.Slot) -> dict[str, Any]:
    """One offer as a model reads it: local time without offset. `seats_left` only where a group shares the time."""
    start = slot.starts_at.astimezone(context.now.tzinfo)
    line: dict[str, Any] = {
        "slot": tickets.issue(context.business, slot, contact_id=context.contact_id),
        "start": _local(context, slot),
        "weekday": WEEKDAYS[start.weekday()],
        "practitioner": slot.practitioner,
        **place_line(slot.location_id),
    }
    return line if slot.seats_left is None else line | {"seats_left": slot.seats_left}


def place_line(location_id: int | None) -> dict[str, str]:
    """Where it is, where there are several locations."""
    known = {each.pk: each.name for each in open_places()}
    return {"location": known[location_id]} if len(known) > 1 and location_id in known else {}


def _local(context: SkillContext, slot: slots.Slot) -> str:
    return slot.starts_at.astimezone(context.now.tzinfo).strftime("%Y-%m-%dT%H:%M")
