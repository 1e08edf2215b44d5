"""Put the patient on the waiting list."""

import datetime as dt
from typing import Annotated, Any

from pydantic import Field

from agents.skills.appointment_lines import appointment_line
from agents.skills.find_slots import LocationName, PractitionerName, ServiceName
from agents.types import SkillContext, ToolResult
from calendar_sync import booking, waitlist
from calendar_sync.models import Appointment, BookedBy, Patient, Service
from calendar_sync.named import place_called, practitioner_called, service_called
from calendar_sync.wanted import Actor


def join_waitlist(
    context: SkillContext,
    *,
    service: ServiceName,
    practitioner: PractitionerName = None,
    location: LocationName = None,
    earliest: Annotated[str | None, Field(description="First day wanted, YYYY-MM-DD, or null for any.")] = None,
    latest: Annotated[str | None, Field(description="Last day wanted, YYYY-MM-DD, or null for any.")] = None,
    time_from: Annotated[str | None, Field(description="Earliest start HH:MM, or null.")] = None,
    time_to: Annotated[str | None, Field(description="Latest start HH:MM, or null.")] = None,
) -> ToolResult:
    """Put the patient on the waiting list, when they want a time that is not free, or something earlier than the
    appointment of that service that they have. They get a message when a time becomes free. Again: the wish changes.
    """
    offered = service_called(service)
    if offered is None:
        return ToolResult.failed(f"There is no service called {service!r}; use a listed name.")
    who, where = practitioner_called(practitioner or ""), place_called(location) if location else None
    if practitioner and who is None:
        return ToolResult.failed(f"Nobody here is called {practitioner!r}; use a listed name or null.")
    if location and where is None:
        return ToolResult.failed(f"There is no location called {location!r}; use a listed name or null.")
    try:
        first, last = _date(earliest), _date(latest)
        begin, end = _time(time_from), _time(time_to)
    except ValueError:
        return ToolResult.failed("Write dates as YYYY-MM-DD and times as HH:MM.")
    if (first and last and last < first) or (begin and end and end < begin):
        return ToolResult.failed("The last day or time lies before the first.")
    if last and last < context.now.date():
        return ToolResult.failed(f"{latest} is in the past; today is {context.now.date()}.")
    known = _appointment(context, offered)
    wish = waitlist.Wish(
        patient=known.patient if known else _patient(context),
        service=offered,
        practitioner=who,
        location=where,
        earliest=first,
        latest=last,
        time_from=begin,
        time_to=end,
        for_appointment=known,
    )
    waitlist.join(
        context.business,
        wish,
        contact_id=context.contact_id,
        actor=Actor(by=BookedBy.ASSISTANT, turn_id=context.turn_id),
    )
    return ToolResult(data=_joined(context, wish))


def _joined(context: SkillContext, wish: waitlist.Wish) -> dict[str, Any]:
    who, where, known = wish.practitioner, wish.location, wish.for_appointment
    told: dict[str, Any] = {"joined": True, "service": wish.service.name, "practitioner": who.name if who else None}
    if where:
        told["location"] = where.name
    if known:
        told["earlier_than"] = appointment_line(context, known)
    return told


def _appointment(context: SkillContext, service: Service) -> Appointment | None:
    """What they want something earlier than: their next appointment of this service."""
    coming = booking.upcoming(context.contact_id, context.now)
    return next((each for each in coming if each.service_id == service.pk and each.starts_at > context.now), None)


def _patient(context: SkillContext) -> Patient:
    known = booking.patients_of(context.contact_id)
    return known[0] if known else booking.patient_for(context.contact_id, context.contact_name or "Name not given")


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _time(text: str | None) -> dt.time | None:
    return dt.time.fromisoformat(text) if text else None
