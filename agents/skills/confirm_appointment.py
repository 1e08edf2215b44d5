"""The patient says that they will come, in answer to a reminder."""

from typing import Annotated

from pydantic import Field

from agents.skills.appointment_lines import appointment_line
from agents.types import SkillContext, ToolResult
from calendar_sync import reminding


def confirm_appointment(
    context: SkillContext,
    *,
    appointment: Annotated[str, Field(description="Its number from the reminder, such as #1042.")],
) -> ToolResult:
    """Write down that the patient will come to an appointment they already have, when they answer a reminder with
    yes. It changes nothing else; to book, use book_appointment.
    """
    found = reminding.confirm(context.business, context.contact_id, appointment)
    if found is None:
        return ToolResult.failed(f"Appointment {appointment} is not ahead any more; call my_appointments.")
    return ToolResult(data={"confirmed": appointment_line(context, found)})
