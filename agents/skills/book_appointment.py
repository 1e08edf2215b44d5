"""Turn a ticket into an appointment, or several."""

from typing import Annotated, Any

from django.db import transaction
from pydantic import Field

from agents.skills.appointment_lines import refused, several, undo_minutes
from agents.types import SkillContext, ToolResult
from calendar_sync import booking, tickets, visits
from calendar_sync.errors import DiaryError, TicketRefused
from calendar_sync.models import BookedBy, Patient

PatientName = Annotated[str | None, Field(description="Who is treated; null for the person writing.")]


def book_appointment(
    context: SkillContext,
    *,
    slot: Annotated[str, Field(description="The `slot` ticket from find_slots, unchanged.")],
    patient_name: PatientName = None,
) -> ToolResult:
    """Book the slot that the patient has agreed to. Read date, time, service and practitioner back and get a yes
    first. Say "booked" only after this returned ok. Tell `preparation` with the confirmation. When it is refused with
    a `rule`, that is final: offer `nearest`, or hand over.
    """
    common: dict[str, Any] = {
        "ticket": slot,
        "contact_id": context.contact_id,
        "by": BookedBy.ASSISTANT,
        "turn_id": context.turn_id,
    }
    try:
        with transaction.atomic():  # a refusal leaves no new patient behind
            patient = who(context, patient_name)
            if visits.is_visit(slot):
                made = visits.book(context.business, patient=patient, **common)
            else:
                made = [booking.book(context.business, patient=patient, **common)]
    except DiaryError as error:
        return refused(context, error)
    return ToolResult(data=several(context, "booked", made) | undo_minutes())


def who(context: SkillContext, name: str | None) -> Patient:
    """The contact's patient of that name; without one, the person writing. Raises WhichPatient."""
    said = (name or context.contact_name).strip() or "Name not given"
    return booking.patient_for(context.contact_id, said[:120])


def before(context: SkillContext, **arguments: Any) -> None:
    """A last look at the connected calendar: the time may have been taken there since the offer."""
    from calendar_sync.google.busy import look_again

    if not context.calendars:
        return
    for ticket in dict.fromkeys(arguments["slot"].split("+")[: visits.MOST_SEATS]):
        try:
            wanted = tickets.read(context.business, ticket, contact_id=context.contact_id)
        except TicketRefused:
            return  # said properly by the skill itself
        look_again(context.business, wanted.practitioner_id, wanted.starts_at)
