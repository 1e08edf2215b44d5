"""The patient is on the way, and late."""

from typing import Annotated, Any

from pydantic import Field

from agents.skills.appointment_lines import appointment_line
from agents.types import SkillContext, ToolResult
from calendar_sync import booking, lateness
from calendar_sync.models import Appointment, LateNotice

SAID = {
    LateNotice.Verdict.FINE: "That still fits; the team knows.",
    LateNotice.Verdict.SHORTENED: "The visit will be shorter: {left} minutes are left. The team knows.",
    LateNotice.Verdict.TOO_LATE: "Not enough of the time would be left. Offer another time, or a person of the team.",
    LateNotice.Verdict.UNKNOWN: "Whether it still fits can't be told here. The team knows and decides.",
}


def running_late(
    context: SkillContext,
    *,
    minutes: Annotated[int, Field(description="How many minutes after the start they will arrive.", ge=1, le=720)],
    appointment: Annotated[
        str | None, Field(description="Its number such as #1042, when they have several today, else null.")
    ] = None,
) -> ToolResult:
    """Note that the patient will be late for an appointment of today, and learn whether it still fits. Tell them what
    `message` says and promise nothing else.
    """
    today = lateness.todays(context.business, context.contact_id, context.now)
    late_for = _meant(context, today, appointment)
    if isinstance(late_for, ToolResult):
        return late_for
    notice = lateness.note(context.business, late_for, minutes, turn_id=context.turn_id)
    said = SAID[LateNotice.Verdict(notice.verdict)].format(left=notice.minutes_left)
    data: dict[str, Any] = {
        "verdict": notice.verdict,
        "minutes_left": notice.minutes_left,
        "appointment": appointment_line(context, late_for),
        "message": said,
    }
    return ToolResult(data=data)


def _meant(context: SkillContext, today: list[Appointment], named: str | None) -> Appointment | ToolResult:
    if not today:
        return ToolResult.failed("This patient has no appointment today that has not ended; call my_appointments.")
    if named:
        found = booking.appointment_of(context.contact_id, named)
        mine = next((each for each in today if found is not None and each.pk == found.pk), None)
        return mine or ToolResult.failed(f"{named} is not an appointment of theirs today; call my_appointments.")
    if len(today) == 1:
        return today[0]
    return ToolResult.failed(
        "They have several appointments today: ask which one.",
        appointments=[appointment_line(context, each) for each in today],
    )
