"""Answers that the business has given once and for all."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from pydantic import Field

from agents.types import SkillContext, ToolResult
from calendar_sync import brief
from calendar_sync.models import BookingRules
from calendar_sync.policy_text import policy_sentences

Topic = Literal[
    "opening_hours", "special_days", "house_rules", "address", "phone", "services", "practitioners", "locations"
]


def about_the_business(
    context: SkillContext,
    *,
    topic: Annotated[
        Topic,
        Field(
            description="services includes prices and durations; special_days: holidays and other days that differ "
            "from the opening hours; house_rules: how far ahead to book, cancelling and moving; locations: each one's "
            "address, phone, opening hours and services, where there are several."
        ),
    ],
) -> ToolResult:
    """Look up what the business has published about itself. What isn't there isn't known: don't guess, hand over."""
    if topic == "special_days":
        return ToolResult(data={topic: [each.said for each in brief.special_days_ahead(context.business)] or "none"})
    if topic == "house_rules":
        return ToolResult(data={topic: policy_sentences(BookingRules.of_this_business())})
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
        "locations": [asdict(each) for each in facts.places] or "only one",
    }
    return ToolResult(data={topic: answers[topic] or "not published"})
