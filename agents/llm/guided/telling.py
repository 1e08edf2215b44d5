"""The story of a conversation, told entry by entry from its transcript."""

from collections.abc import Sequence
from dataclasses import replace

from agents.llm.guided.hearing import after_hearing, after_staff
from agents.llm.guided.languages import language_of
from agents.llm.guided.languages.detecting import languages_spoken
from agents.llm.guided.standing import settle_which
from agents.llm.guided.story import SETTLING, Story, after_speaking, after_tools, question_in
from agents.types import Brief, Entry

LONGEST_MEMORY = 60  # entries; what is older is forgotten, which keeps an answer to a few milliseconds


def read_story(brief: Brief, transcript: Sequence[Entry], tools: frozenset[str] = frozenset()) -> Story:
    """Where the conversation stands after its newest entry. `tools`: the skills there are."""
    recent = transcript[-LONGEST_MEMORY:]
    languages = languages_spoken((each.text for each in recent if each.role == "patient"), brief.language)
    spoken = {id(each): language_of(next(languages)) for each in recent if each.role == "patient"}
    begin = _beginning(recent)
    before = [spoken[id(each)] for each in recent[:begin] if each.role == "patient"]
    story = Story(brief=brief, language=before[-1] if before else language_of(brief.language), tools=tools)
    calls: dict[str, dict[str, object]] = {}
    previous = recent[begin - 1] if begin else None
    for entry in recent[begin:]:
        if entry.role == "patient":
            story = after_hearing(replace(story, language=spoken[id(entry)]), entry.text, entry.about)
        elif entry.role == "tools":
            story = settle_which(after_tools(story, calls, entry.outcomes))
        elif entry.role == "staff":
            story = after_staff(story, entry)
        elif entry.calls:
            calls = {call.id: call.arguments for call in entry.calls}
        else:
            spoke_last = previous is None or (previous.role == "assistant" and not previous.calls)
            story = after_speaking(story, entry, unprompted=spoke_last)
        previous = entry
    return story


def _beginning(transcript: Sequence[Entry]) -> int:
    """Where to read from: the last thing that was done and told, for nothing of before matters any more."""
    told = ""
    for place in range(len(transcript) - 1, 0, -1):
        entry = transcript[place]
        told = entry.text if entry.role == "assistant" and not entry.calls else told
        done = any(each.name in SETTLING and not each.is_error for each in entry.outcomes)
        if told and done and question_in(told) in ("", "offer_booking"):  # another asks on for a companion
            return place - 1  # the calls that it answers
    return 0
