"""What this contact has coming."""

from typing import Any

from agents.skills.appointment_lines import coming_line
from agents.types import SkillContext, ToolResult
from calendar_sync import booking
from calendar_sync.models import BookingRules
from calendar_sync.patients import is_private


def my_appointments(context: SkillContext) -> ToolResult:
    """List the coming appointments of the person writing, with their numbers. Nobody else's can be seen. Those with
    the same `visit` or `series` belong together; `late_to_cancel` and `late_to_move` say what a late change means:
    tell it before the patient agrees.
    """
    coming = booking.upcoming(context.contact_id, context.now)
    rules = BookingRules.of_this_business()
    data: dict[str, Any] = {
        "appointments": [coming_line(context, each, rules) for each in coming if not is_private(each)]
    }
    if any(map(is_private, coming)):
        data["note"] = "There may be more that only the team talks about: hand over when asked."
    if rules.identity_check == BookingRules.IdentityCheck.CODE:
        data["from_elsewhere"] = "Booked by phone or from another number: with a code of the team, see verify_with_code"
    return ToolResult(data=data)
