"""What this contact has coming."""

from agents.skills.appointment_lines import appointment_line
from agents.types import SkillContext, ToolResult
from calendar_sync import booking


def my_appointments(context: SkillContext) -> ToolResult:
    """List the coming appointments of the person writing, with their numbers. Nobody else's can be seen."""
    coming = booking.upcoming(context.contact_id, context.now)
    return ToolResult(data={"appointments": [appointment_line(context, each) for each in coming]})
