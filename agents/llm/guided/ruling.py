"""When a rule of the business says no: in kind words, and to people where there is no way on."""

from agents.llm.guided.handing_over import hand_over
from agents.llm.guided.offering import Fit, list_offers
from agents.llm.guided.steps import Step
from agents.llm.guided.story import Story
from agents.llm.guided.wording import ask, text

TOO_LATE = {
    "late_cancel": "rule_late_cancel",
    "late_move": "rule_late_move",
    "cancel_notice": "rule_late_cancel",
    "move_notice": "rule_late_move",
}
TOO_SOON = frozenset({"minimum_notice", "too_soon"})
ANOTHER_TIME = frozenset(  # what another time, or another look at the diary, may mend
    {
        "ticket",
        "taken",
        "calendar_busy",
        "held",
        "no_resource",
        "full",
        "outside_hours",
        "elsewhere",
        "past",
        "too_far",
        "no_such_time",
    }
)


def refused_by_rule(story: Story, tool: str) -> Step | None:
    """What to do about the last refusal of a skill; None where no rule stands behind it."""
    refused = [each for each in story.found_by(tool) if not each.ok]
    content = refused[-1].outcome.content if refused else {}
    rule, message = str(content.get("rule") or ""), str(content.get("message") or "")
    if not rule or rule in ANOTHER_TIME:
        return None
    if rule in TOO_SOON:
        said = text(story, "rule_minimum_notice")
        listed = f"\n{list_offers(story, Fit(offers=story.pool))}" if content.get("nearest") else ""
        return said + (listed or f" {ask(story, 'change')}")
    if rule in TOO_LATE:
        fee = str(content.get("fee_text") or "")
        return " ".join(part for part in (text(story, TOO_LATE[rule]), fee, text(story, "ask_person")) if part)
    return hand_over(story, "policy", "summary_rule", message=message or rule)
