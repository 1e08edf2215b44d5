"""A code that the team has given: it opens appointments that were not booked from this number."""

from agents.llm.guided.steps import Step, act
from agents.llm.guided.story import Story
from agents.llm.guided.wording import text
from calendar_sync.codes import code_in

SKILL = "verify_with_code"


def to_try(story: Story) -> Step | None:
    """The look at a code that was written in this turn, once."""
    if SKILL not in story.tools or story.found_by(SKILL):
        return None
    written = next(filter(None, (code_in(each.text) for each in story.heard)), "")
    return act(SKILL, code=written) if written else None


def refused(story: Story) -> bool:
    return bool(story.found_by(SKILL)) and not proven(story)


def proven(story: Story) -> bool:
    return any(each.ok and each.outcome.content.get("confirmed") for each in story.found_by(SKILL))


def asked_for(story: Story) -> str:
    """Where nothing was found, and a code could help; "" elsewhere."""
    helps = any("from_elsewhere" in each.outcome.content for each in story.found_by("my_appointments"))
    return text(story, "code_wanted") if helps else ""
