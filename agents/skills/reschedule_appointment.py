"""Move an appointment; it keeps its number."""

from typing import Annotated, Any

from pydantic import Field

from agents.skills import book_appointment
from agents.skills.appointment_lines import appointment_line, refused
from agents.types import SkillContext, ToolResult
from calendar_sync import booking
from calendar_sync.errors import DiaryError
from calendar_sync.models import BookedBy

before = book_appointment.before


def reschedule_appointment(
    context: SkillContext,
    *,
    appointment: Annotated[str, Field(description="Its number from my_appointments, such as #1042.")],
    slot: Annotated[str, Field(description="The `slot` ticket from find_slots for the new time, unchanged.")],
) -> ToolResult:
    """Move one of this patient's appointments to a new slot that the patient has agreed to. Say "moved" only after
    this returned ok.
    """
    found = booking.appointment_of(context.contact_id, appointment)
    if found is None:
        return ToolResult.failed(f"This patient has no appointment {appointment}; call my_appointments.")
    try:
        moved = booking.reschedule(
            context.business,
            found,
            ticket=slot,
            contact_id=context.contact_id,
            by=BookedBy.ASSISTANT,
            turn_id=context.turn_id,
        )
    except DiaryError as error:
        return refused(context, error)
    line: dict[str, Any] = appointment_line(context, moved)
    return ToolResult(data={"moved": line})
