"""Turn a ticket into an appointment."""

from typing import Annotated, Any

from pydantic import Field

from agents.skills.appointment_lines import appointment_line, refused
from agents.types import SkillContext, ToolResult
from calendar_sync import booking, tickets
from calendar_sync.errors import DiaryError, TicketRefused
from calendar_sync.models import BookedBy


def book_appointment(
    context: SkillContext,
    *,
    slot: Annotated[str, Field(description="The `slot` ticket from find_slots, unchanged.")],
    patient_name: Annotated[str | None, Field(description="Who is treated; null for the person writing.")] = None,
) -> ToolResult:
    """Book the slot that the patient has agreed to. Read date, time, service and practitioner back and get a yes
    first. Say "booked" only after this returned ok.
    """
    name = (patient_name or context.contact_name).strip() or "Name not given"
    patient = booking.patient_for(context.contact_id, name[:120])
    try:
        made = booking.book(
            context.business,
            ticket=slot,
            contact_id=context.contact_id,
            patient=patient,
            by=BookedBy.ASSISTANT,
            turn_id=context.turn_id,
        )
    except DiaryError as error:
        return refused(context, error)
    return ToolResult(data={"booked": appointment_line(context, made)})


def before(context: SkillContext, **arguments: Any) -> None:
    """A last look at the connected calendar: the time may have been taken there since the offer."""
    from calendar_sync.google.busy import look_again

    try:
        wanted = tickets.read(context.business, arguments["slot"], contact_id=context.contact_id)
    except TicketRefused:
        return  # said properly by the skill itself
    look_again(context.business, wanted.practitioner_id, wanted.starts_at)
