"""What the business has written, for questions that the flow has no answer to of its own."""

import re
from typing import Any

from agents.knowledge.quoting import quoted
from agents.knowledge.words import telling_words
from agents.llm.guided.reading import Reading
from agents.llm.guided.story import Story
from agents.llm.guided.wording import text

SKILL = "search_knowledge"
LONGEST = 500
_SENTENCES = re.compile(r"[^.!?]+[.!?]*")


def question(story: Story) -> str:
    """What is to be looked up before we say that we don't know; "" when nothing is, or it was looked up already."""
    if SKILL not in story.tools or story.found_by(SKILL):
        return ""
    return " ".join(_asked(each) for each in story.heard if _puzzles(story, each))[:LONGEST].strip()


def told(story: Story) -> str:
    """The best passage in a few sentences; without one, that we don't know it."""
    return passage(story) or text(story, "not_known")


def passage(story: Story) -> str:
    words = telling_words(" ".join(each.text for each in story.heard), story.language.code)
    texts: list[Any] = [each.get("text") for each in story.passages]
    return next(filter(None, (quoted(each, words) for each in texts if isinstance(each, str))), "")


def _puzzles(story: Story, reading: Reading) -> bool:
    """A question whose answer would be "I don't know that" or "that isn't on our list"."""
    if "unpublished" in reading.topics or reading.unanswered:
        return True
    if reading.asked_service == "?" and not reading.topics and "book" not in reading.acts:
        return True
    return not reading.understood and bool(story.language.words["question"].search(reading.text))


def _asked(reading: Reading) -> str:
    """Its questions; all of it where no question mark shows them."""
    sentences = [each.strip() for each in _SENTENCES.findall(reading.text)]
    return " ".join(each for each in sentences if each.endswith("?")) or reading.text
