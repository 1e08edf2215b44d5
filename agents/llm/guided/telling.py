"""The story of a conversation, told entry by entry from its transcript."""

from collections.abc import Sequence

from agents.llm.guided.hearing import after_hearing, after_staff
from agents.llm.guided.languages import Language
from agents.llm.guided.standing import settle_which
from agents.llm.guided.story import SETTLING, Story, after_speaking, after_tools
from agents.types import Brief, Entry

LONGEST_MEMORY = 60  # entries; what is older is forgotten, which keeps an answer to a few milliseconds


def read_story(brief: Brief, language: Language, transcript: Sequence[Entry]) -> Story:
    """Where the conversation stands after its newest entry."""
    story = Story(brief=brief, language=language)
    calls: dict[str, dict[str, object]] = {}
    for entry in transcript[_beginning(transcript) :]:
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


def _beginning(transcript: Sequence[Entry]) -> int:
    """Where to read from: the last thing that was done and told, for nothing of before matters any more."""
    earliest = max(0, len(transcript) - LONGEST_MEMORY)
    told = False
    for place in range(len(transcript) - 1, earliest, -1):
        entry = transcript[place]
        told = told or (entry.role == "assistant" and not entry.calls)
        if told and any(each.name in SETTLING and not each.is_error for each in entry.outcomes):
            return place - 1  # the calls that it answers
    return earliest
