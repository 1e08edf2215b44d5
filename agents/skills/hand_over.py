"""Hand the conversation to people."""

from typing import Annotated, Literal

from pydantic import Field

from agents.types import HandoffWish, SkillContext, ToolResult

Reason = Literal["customer_request", "missing_knowledge", "unsupported_request", "policy"]


def hand_over(
    context: SkillContext,
    *,
    reason: Annotated[Reason, Field(description="Why people have to take it from here.")],
    summary: Annotated[str, Field(description="For staff, one or two sentences: what is wanted, what was agreed.")],
) -> ToolResult:
    """Hand this conversation to the staff: when the patient asks for a person, when you don't know, when it isn't
    yours to decide. The patient is then told by the system who answers and when; say nothing after it.
    """
    return ToolResult(handoff=HandoffWish(reason=reason, summary=summary[:500]))
