"""Answers that the business has given once and for all."""

from typing import Annotated, Any, Literal

from pydantic import Field

from agents.types import SkillContext, ToolResult
from calendar_sync import brief

Topic = Literal["opening_hours", "address", "phone", "services", "practitioners"]


def about_the_business(
    context: SkillContext,
    *,
    topic: Annotated[Topic, Field(description="services includes prices and durations.")],
) -> ToolResult:
    """Look up what the business has published about itself. What isn't there isn't known: don't guess, hand over."""
    facts = brief.facts(context.business)
    answers: dict[str, Any] = {
        "opening_hours": list(facts.opening_hours),
        "address": facts.address,
        "phone": facts.phone,
        "services": [
            {
                "name": each.name,
                "minutes": each.minutes,
                "price": each.price,
                "practitioners": list(each.practitioners),
            }
            for each in facts.services
        ],
        "practitioners": list(facts.practitioners),
    }
    return ToolResult(data={topic: answers[topic] or "not published"})
