"""The story of a conversation, told entry by entry from its transcript."""

from collections.abc import Sequence

from agents.llm.guided.hearing import after_hearing, after_staff
from agents.llm.guided.languages import Language
from agents.llm.guided.standing import settle_which
from agents.llm.guided.story import LONGEST_MEMORY, Story, after_speaking, after_tools
from agents.types import Brief, Entry


def read_story(brief: Brief, language: Language, transcript: Sequence[Entry]) -> Story:
    """Where the conversation stands after its newest entry."""
    story = Story(brief=brief, language=language)
    calls: dict[str, dict[str, object]] = {}
    for entry in transcript[-LONGEST_MEMORY:]:
        if entry.role == "patient":
            story = after_hearing(story, entry.text)
        elif entry.role == "tools":
            story = settle_which(after_tools(story, calls, entry.outcomes))
        elif entry.role == "staff":
            story = after_staff(story, entry)
        elif entry.calls:
            calls = {call.id: call.arguments for call in entry.calls}
        else:
            story = after_speaking(story, entry)
    return story
