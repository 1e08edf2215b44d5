"""Prove by a code of the team that the person writing may hear of appointments not made from this number."""

from typing import Annotated

from pydantic import Field

from agents.skills.proof_told import told
from agents.types import SkillContext, ToolResult
from calendar_sync import codes

NOT_PROVEN = "That code opens nothing: it may be over or used. The team gives a new one. Say just that, nothing else."
UNREADABLE = "That is no code: a code is three letters and three figures, such as KTR-482, that the team has given."


def verify_with_code(
    context: SkillContext,
    *,
    code: Annotated[str, Field(description="Exactly as the patient wrote it in this conversation, such as KTR-482.")],
) -> ToolResult:
    """Use it when the patient writes a code (three letters, three figures) that the team gave them, so that
    appointments booked by phone or from another number can be told, moved and cancelled like their own.
    """
    answer, patient = codes.prove(context.business, contact_id=context.contact_id, code=code, turn_id=context.turn_id)
    return told(context, answer, patient, not_proven=NOT_PROVEN, unreadable=UNREADABLE)
