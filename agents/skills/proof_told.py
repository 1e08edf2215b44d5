"""What a model is told of a try to prove who is writing, whatever it was tried with."""

from django.utils.translation import gettext_noop as N_

from agents.skills.appointment_lines import coming_lines
from agents.types import HandoffWish, SkillContext, ToolResult
from calendar_sync.models import Patient
from calendar_sync.verifying import Answer

TRIGGER = "verification"
FOR_STAFF = N_("Asks for appointments that were not made from this number. Check who it is before you tell anything.")


def told(
    context: SkillContext, answer: Answer, patient: Patient | None, *, not_proven: str, unreadable: str
) -> ToolResult:
    """`patient`: whose coming appointments are open from now on, when it was proven."""
    if answer is Answer.PEOPLE:
        wish = HandoffWish(reason="policy", summary=FOR_STAFF, trigger=TRIGGER)
        return ToolResult(data={"confirmed": False, "handed_over": TRIGGER}, handoff=wish)
    if answer is Answer.UNREADABLE:
        return ToolResult.failed(unreadable)
    if patient is None:
        return ToolResult(data={"confirmed": False}, message=not_proven)
    return ToolResult(data={"confirmed": True, "appointments": coming_lines(context, patient)})
