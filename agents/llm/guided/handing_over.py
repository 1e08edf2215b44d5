"""Handing over to people: when, why, and what they should know."""

from agents.llm.guided import house_rules
from agents.llm.guided.changing import replace
from agents.llm.guided.languages import language_of
from agents.llm.guided.steps import Step, act
from agents.llm.guided.story import Story
from agents.llm.guided.wording import moment, text
from agents.types import HouseRule

MISSES = 2  # turns in a row without a word understood
CIRCLES = 4  # times that one question is put again, in ever other words, before people are asked

SIGNALS = {
    "summary_person": "asked",
    "summary_lost": "not_understood",
    "summary_stuck": "not_understood",
    "summary_complaint": "frustration",
}
ACTS = {
    "emergency": ("policy", "summary_emergency"),
    "person": ("customer_request", "summary_person"),
    "complaint": ("policy", "summary_complaint"),
    "advice": ("unsupported_request", "summary_advice"),
}


def called_for(story: Story) -> bool:
    """Whether the patient's own words call for people."""
    return bool(story.acts & ACTS.keys()) or house_rules.called_for(story) is not None


def needed(story: Story) -> Step | None:
    """The handoff, if this is one for people."""
    for name, (reason, why) in ACTS.items():
        if name in story.acts:
            return hand_over(story, reason, why)
    rule = house_rules.called_for(story)
    if rule is not None:
        return hand_over(story, "policy", "summary_house_rule", rule=rule)
    if story.lost and story.misses + 1 >= MISSES + any(each.unanswered for each in story.heard):
        return hand_over(story, "missing_knowledge", "summary_lost")
    if story.circles >= CIRCLES and story.idle and story.question == story.question_before:
        return hand_over(story, "missing_knowledge", "summary_stuck")
    return None


def hand_over(story: Story, reason: str, why: str, *, rule: HouseRule | None = None, **values: str) -> Step:
    """The summary is for staff, in the language of the business. `rule`: of the house, that asks for people."""
    values |= {"rule": rule.text} if rule else {}
    story = replace(story, language=language_of(story.brief.language))
    summary = [text(story, why, **values), text(story, f"wants_{story.goal or 'nothing'}")]
    if story.service:
        summary.append(text(story, "summary_service", service=story.service))
    if story.proposed:
        summary.append(text(story, "summary_proposed", moment=moment(story, story.proposed.start)))
    if story.last_made:
        made = story.last_made
        summary.append(text(story, "summary_booked", service=made.service, moment=moment(story, made.start)))
    said = " ".join(summary)
    if rule is not None:
        return act("hand_over", reason=reason, summary=said, signal="rule", rule=rule.id)
    return act("hand_over", reason=reason, summary=said, signal=SIGNALS.get(why, "other"))
