"""The story of a conversation, told entry by entry from its transcript."""

from collections.abc import Sequence
from functools import lru_cache

from agents.llm.guided.changing import replace
from agents.llm.guided.hearing import after_hearing, after_staff
from agents.llm.guided.languages import Language, language_of
from agents.llm.guided.languages.detecting import languages_spoken
from agents.llm.guided.sameness import Same
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
    story = _untold(Same(brief), before[-1] if before else language_of(brief.language), tools)
    asked: Entry | None = None
    previous = recent[begin - 1] if begin else None
    for entry in recent[begin:]:
        answers = previous is not None and (previous.role != "assistant" or bool(previous.calls))
        story = _after(Same(story), Same(entry), spoken.get(id(entry), story.language), Same(asked), answers)
        asked = entry if entry.calls else asked
        previous = entry
    return story


@lru_cache(maxsize=32)
def _untold(brief: Same, language: Language, tools: frozenset[str]) -> Story:
    return Story(brief=brief.it, language=language, tools=tools)


@lru_cache(maxsize=256)  # a function of what it is given, so no answer grows stale
def _after(story: Same, new: Same, language: Language, asked: Same, answers: bool) -> Story:
    """`new`: the next entry, and `asked` the last one that called for tools; `answers`: it stands after somebody
    else's, so that what we say there answers them."""
    before: Story = story.it
    entry: Entry = new.it
    if entry.role == "patient":
        return after_hearing(replace(before, language=language), entry.text, entry.about)
    if entry.role == "tools":
        calls = {call.id: call.arguments for call in asked.it.calls} if asked.it is not None else {}
        return settle_which(after_tools(before, calls, entry.outcomes))
    if entry.role == "staff":
        return after_staff(before, entry)
    return before if entry.calls else after_speaking(before, entry, unprompted=not answers)


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
