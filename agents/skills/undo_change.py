"""Take the last change back."""

from typing import Annotated

from pydantic import Field

from agents.skills.appointment_lines import refused, several
from agents.skills.cancel_appointment import theirs
from agents.types import SkillContext, ToolResult
from calendar_sync import undo
from calendar_sync.errors import DiaryError
from calendar_sync.models import BookedBy


def undo_change(
    context: SkillContext,
    *,
    appointment: Annotated[
        str | None, Field(description="Its number, such as #1042; null for whatever was changed last.")
    ] = None,
) -> ToolResult:
    """Undo the last booking, move or cancellation that was made for this patient, when they say "undo" or that it was
    a mistake. `undone` says what was taken back, `appointment` how it stands now: an undone booking is cancelled, an
    undone cancellation is booked again, an undone move is back at its old time. A visit or a series is undone whole.
    """
    found = theirs(context, appointment) if appointment else None
    if isinstance(found, ToolResult):
        return found
    try:
        undone = undo.undo_last(
            context.business,
            contact_id=context.contact_id,
            appointment=found,
            by=BookedBy.ASSISTANT,
            turn_id=context.turn_id,
        )
    except DiaryError as error:
        return refused(context, error)
    return ToolResult(data={"undone": undone.act} | several(context, "appointment", undone.appointments))
