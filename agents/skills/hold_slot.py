"""Keep a slot while the patient makes up their mind."""

from typing import Annotated, Any

from pydantic import Field

from agents.skills import book_appointment
from agents.skills.appointment_lines import refused
from agents.types import SkillContext, ToolResult
from calendar_sync import booking, holds
from calendar_sync.errors import DiaryError

before = book_appointment.before


def hold_slot(
    context: SkillContext,
    *,
    slot: Annotated[str, Field(description="The `slot` ticket from find_slots, unchanged.")],
    moving: Annotated[
        str | None, Field(description="Number of the appointment that would move there, such as #1042.")
    ] = None,
) -> ToolResult:
    """Keep a slot, or a whole visit, for this patient for some minutes while they think or ask somebody. It isn't
    booked: book it with the same `slot` once they agree. Only one offer is kept at a time; another lets the first go.
    """
    moved = booking.appointment_of(context.contact_id, moving) if moving else None
    try:
        hold = holds.keep_offer(context.business, ticket=slot, contact_id=context.contact_id, moving=moved)
    except DiaryError as error:
        return refused(context, error)
    until = hold.expires_at.astimezone(context.now.tzinfo)
    data: dict[str, Any] = {"held_until": until.strftime("%Y-%m-%dT%H:%M"), "slot": slot}
    return ToolResult(data=data)
