"""Hand the conversation to people."""

from typing import Annotated, Literal

from pydantic import Field

from agents.types import HandoffWish, SkillContext, ToolResult

Signal = Literal["asked", "not_understood", "frustration", "unsure", "rule", "other"]
BY_REASON = {"customer_request": "asked", "missing_knowledge": "not_known", "unsupported_request": "off_limits"}
Reason = Literal["customer_request", "missing_knowledge", "unsupported_request", "policy"]


def hand_over(
    context: SkillContext,
    *,
    reason: Annotated[Reason, Field(description="Why people have to take it from here.")],
    summary: Annotated[str, Field(description="For staff, one or two sentences: what is wanted, what was agreed.")],
    signal: Annotated[
        Signal,
        Field(
            description="What set it off: they asked for a person; you didn't understand them twice; they are "
            "frustrated; you are not sure of your answer; a rule of the business (name it in `rule`); something else."
        ),
    ] = "other",
    rule: Annotated[str | None, Field(description="The id of the business's rule, else null.")] = None,
) -> ToolResult:
    """Hand this conversation to the staff: when the patient asks for a person, when you don't know, when it isn't
    yours to decide. The patient is then told by the system who answers and when; say nothing after it.
    """
    return ToolResult(
        handoff=HandoffWish(reason=reason, summary=summary[:500], trigger=trigger_of(reason, signal, rule))
    )


def trigger_of(reason: str, signal: str = "other", rule: str | None = None) -> str:
    """What the escalation and the trace say: the model's own signal, else what its reason amounts to."""
    if signal == "rule" or rule:
        return f"rule {rule or ''}".strip()[:30]
    return BY_REASON.get(reason, reason) if signal == "other" else signal
