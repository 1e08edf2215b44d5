"""Prove that the person writing may hear of appointments that were not made from this number."""

from typing import Annotated

from pydantic import Field

from agents.skills.proof_told import told
from agents.types import SkillContext, ToolResult
from calendar_sync import verifying
from calendar_sync.models import BookingRules

BY_CODE = (
    "Here a code proves it, no date of birth: it is three letters and three figures, and the team gives it by phone or "
    "at the desk. Ask for it, and pass it to verify_with_code; or hand over when they want a person."
)
NOT_PROVEN = (
    "That could not be confirmed. Say just that, neither whether anybody of that name is known nor what was wrong. "
    "They may give full name and date of birth once more, or ask for a person."
)
UNREADABLE = "The date of birth can't be read. Ask for it with day, month and year, such as 3 April 1985."


def verify_patient(
    context: SkillContext,
    *,
    patient_name: Annotated[str, Field(description="First and last name of whom the appointment is for.")],
    date_of_birth: Annotated[str, Field(description="Exactly as the patient wrote it in this conversation.")],
) -> ToolResult:
    """Use it when somebody asks for an appointment that my_appointments doesn't have: booked by phone, from an old
    number, or by somebody else. First ask for the full name and the date of birth in one question. Until this returned
    `confirmed: true`, say nothing of whether such an appointment or person exists. Afterwards the appointments of that
    patient can be told, moved and cancelled like their own. Where the business wants people to check, it hands over.
    """
    if BookingRules.of_this_business().identity_check == BookingRules.IdentityCheck.CODE:
        return ToolResult.failed(BY_CODE)
    answer, patient = verifying.prove(
        context.business,
        contact_id=context.contact_id,
        name=patient_name,
        born=date_of_birth,
        turn_id=context.turn_id,
    )
    return told(context, answer, patient, not_proven=NOT_PROVEN, unreadable=UNREADABLE)
