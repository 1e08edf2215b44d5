"""Free times, and the tickets by which they are booked."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from calendar_sync import house_rules, slots, tickets
from calendar_sync.google.busy import refresh
from calendar_sync.models import HOLDS_TIME, Appointment, Location, Practitioner, Service
from conversations.models import Contact
from escalations.api.operations import Call, operation
from escalations.api.problems import Conflict, Invalid
from escalations.api.resources.finding import named
from escalations.api.scopes import Scope
from escalations.api.shapes import Id, Moment, Nothing, Out, Shape
from tenants import clock

LONGEST = dt.timedelta(days=31)


class SlotOut(Out):
    service: int
    practitioner: int
    location: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    seats_left: int | None = Field(description="Of a group; null where the time is not shared.")
    slot: str | None = Field(description="The ticket to book or move with, for half an hour; null without a contact.")


class Availability(Out):
    data: list[SlotOut]
    more: bool = Field(description="There are more than `limit`: ask for a shorter time.")


class AvailabilityQuery(Shape):
    service: Id
    contact: Id | None = Field(default=None, description="For whom the tickets are; without one there are none.")
    practitioner: Id | None = None
    location: Id | None = None
    moving: Id | None = Field(default=None, description="An appointment that would give its own time up.")
    starts_from: Moment
    starts_before: Moment = Field(description="At most 31 days later.")
    limit: Annotated[int, Field(ge=1, le=500)] = 100


def _read_calendars(call: Call[AvailabilityQuery, Nothing]) -> None:
    window = _window(call.query)
    refresh(call.business, window=window, practitioner_id=call.query.practitioner)


@operation(
    "GET", "availability", scope=Scope.DIARY_READ, tag="Appointments", summary="Find free times",
    answers=Availability, query=AvailabilityQuery, before=_read_calendars, conflicts=True,
)  # fmt: skip
def find_availability(call: Call[AvailabilityQuery, Nothing]) -> Availability:
    """By the same rules as the assistant: hours, holidays, rooms, connected calendars, notice, what is held for
    others. A calendar that can't be read is busy, never free.
    """
    query = call.query
    service = named(Service.objects.filter(active=True), query.service, "query.service")
    if not service.bookable_online:
        raise Conflict("not_online", str(house_rules.refusal("not_online")))
    who = query.practitioner
    practitioner = named(Practitioner.objects.all(), who, "query.practitioner") if who else None
    where = named(Location.objects.all(), query.location, "query.location") if query.location else None
    moving = _moving(query)
    contact_id = moving.contact_id if moving is not None else query.contact
    if query.contact is not None:
        named(Contact.objects.all(), query.contact, "query.contact")
    found = slots.find_slots(
        call.business,
        service=service,
        window=_window(query),
        practitioner=practitioner,
        limit=query.limit + 1,
        now=clock.now(),
        contact_id=contact_id,
        moving=moving,
        location_id=where.pk if where else None,
    )
    shown = [
        SlotOut(
            service=each.service_id,
            practitioner=each.practitioner_id,
            location=each.location_id,
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            seats_left=each.seats_left,
            slot=tickets.issue(call.business, each, contact_id=contact_id) if contact_id else None,
        )
        for each in found[: query.limit]
    ]
    return Availability(data=shown, more=len(found) > query.limit)


def _window(query: AvailabilityQuery) -> tuple[dt.datetime, dt.datetime]:
    begin, end = query.starts_from, query.starts_before
    if not begin < end <= begin + LONGEST:
        raise Invalid([("query.starts_before", "it lies after starts_from, by at most 31 days")])
    return begin, end


def _moving(query: AvailabilityQuery) -> Appointment | None:
    if query.moving is None:
        return None
    standing = Appointment.objects.filter(status__in=HOLDS_TIME).select_related("service", "practitioner")
    moving = named(standing, query.moving, "query.moving")
    if query.contact not in (None, moving.contact_id):
        raise Invalid([("query.contact", "the appointment that is moved is another contact's")])
    return moving
