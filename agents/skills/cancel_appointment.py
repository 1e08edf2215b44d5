"""Cancel an appointment, a visit, or the rest of a series."""

from typing import Annotated, Any, Literal

from pydantic import Field

from agents.skills.appointment_lines import refused, several, undo_minutes
from agents.types import SkillContext, ToolResult
from calendar_sync import booking, house_rules, series, visits
from calendar_sync.errors import DiaryError
from calendar_sync.models import Appointment, BookedBy, BookingRules
from calendar_sync.patients import is_private

Which = Literal["this", "whole_visit", "rest_of_series"]
Number = Annotated[str, Field(description="Its number from my_appointments, such as #1042.")]


def cancel_appointment(
    context: SkillContext,
    *,
    appointment: Number,
    which: Annotated[
        Which, Field(description="Only this one; all parts of its visit; or it and all later ones of its series.")
    ] = "this",
) -> ToolResult:
    """Cancel one of this patient's appointments, after the patient has said which one and agreed. Say "cancelled"
    only after this returned ok. Tell `fee_text` if there is one. A refusal with the rule cancel_notice is the team's
    to decide: hand over.
    """
    found = theirs(context, appointment)
    if isinstance(found, ToolResult):
        return found
    late = house_rules.late(BookingRules.of_this_business(), found, "cancel", context.now)
    how: dict[str, Any] = {"by": BookedBy.ASSISTANT, "turn_id": context.turn_id}
    try:
        if which == "whole_visit":
            gone = visits.cancel(context.business, found, **how)
        elif which == "rest_of_series":
            gone = series.cancel_rest(context.business, found, **how)
        else:
            gone = [booking.cancel(context.business, found, **how)]
    except DiaryError as error:
        return refused(context, error)
    fee = {"fee_text": late.fee_text} if late is not None and late.fee_text else {}
    return ToolResult(data=several(context, "cancelled", gone or [found]) | fee | undo_minutes())


def theirs(context: SkillContext, number: str) -> Appointment | ToolResult:
    """The contact's appointment of that number, if anything of it may be told on this phone."""
    found = booking.appointment_of(context.contact_id, number)
    if found is None:
        return ToolResult.failed(f"This patient has no appointment {number}; call my_appointments.")
    if is_private(found):
        return ToolResult.failed("The team talks about this one in person: hand over.", rule="private")
    return found
