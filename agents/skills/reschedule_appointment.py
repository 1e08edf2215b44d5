"""Move an appointment, or a whole visit; it keeps its number."""

from typing import Annotated, Any

from pydantic import Field

from agents.skills import book_appointment
from agents.skills.appointment_lines import refused, several, undo_minutes
from agents.skills.cancel_appointment import Number, theirs
from agents.types import SkillContext, ToolResult
from calendar_sync import booking, house_rules, visits
from calendar_sync.errors import DiaryError
from calendar_sync.models import BookedBy, BookingRules

before = book_appointment.before


def reschedule_appointment(
    context: SkillContext,
    *,
    appointment: Number,
    slot: Annotated[str, Field(description="The `slot` ticket from find_slots for the new time, unchanged.")],
) -> ToolResult:
    """Move one of this patient's appointments to a new slot that the patient has agreed to. Say "moved" only after
    this returned ok. Tell `fee_text` if there is one. A slot that was found with `with_services` moves the whole
    visit. A refusal with the rule move_notice is the team's to decide: hand over.
    """
    found = theirs(context, appointment)
    if isinstance(found, ToolResult):
        return found
    late = house_rules.late(BookingRules.of_this_business(), found, "move", context.now)
    common: dict[str, Any] = {
        "ticket": slot,
        "contact_id": context.contact_id,
        "by": BookedBy.ASSISTANT,
        "turn_id": context.turn_id,
    }
    try:
        if visits.is_visit(slot):
            moved = visits.reschedule(context.business, found, **common)
        else:
            moved = [booking.reschedule(context.business, found, **common)]
    except DiaryError as error:
        return refused(context, error)
    fee = {"fee_text": late.fee_text} if late is not None and late.fee_text else {}
    return ToolResult(data=several(context, "moved", moved) | fee | undo_minutes())
