"""Cancel an appointment."""

from typing import Annotated

from pydantic import Field

from agents.skills.appointment_lines import appointment_line, refused
from agents.types import SkillContext, ToolResult
from calendar_sync import booking
from calendar_sync.errors import DiaryError
from calendar_sync.models import BookedBy


def cancel_appointment(
    context: SkillContext,
    *,
    appointment: Annotated[str, Field(description="Its number from my_appointments, such as #1042.")],
) -> ToolResult:
    """Cancel one of this patient's appointments, after the patient has said which one and agreed. Say "cancelled"
    only after this returned ok.
    """
    found = booking.appointment_of(context.contact_id, appointment)
    if found is None:
        return ToolResult.failed(f"This patient has no appointment {appointment}; call my_appointments.")
    try:
        gone = booking.cancel(context.business, found, by=BookedBy.ASSISTANT, turn_id=context.turn_id)
    except DiaryError as error:
        return refused(context, error)
    return ToolResult(data={"cancelled": appointment_line(context, gone)})
