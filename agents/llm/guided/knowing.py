"""What the business has written, for questions that the flow has no answer to of its own."""

import re
from collections.abc import Mapping, Sequence

from agents.knowledge.quoting import quoted
from agents.knowledge.words import telling_words
from agents.llm.guided.reading import Reading
from agents.llm.guided.story import Story
from agents.llm.guided.wording import text

SKILL = "search_knowledge"
LONGEST = 500  # characters of a question
MOST = 3  # questions of a turn
_SENTENCES = re.compile(r"[^.!?]+[.!?]*")


def questions(story: Story) -> list[str]:
    """What is to be looked up before we say that we don't know; nothing when it was looked up already."""
    if SKILL not in story.tools or story.found_by(SKILL):
        return []
    asked = [each for reading in story.heard if _puzzles(story, reading) for each in _asked(reading)]
    telling = [each for each in asked if telling_words(each, story.language.code)]
    return (telling or asked)[:MOST]


def told(story: Story) -> str:
    """The best passage in a few sentences; without one, that we don't know it."""
    return passage(story) or text(story, "not_known")


def passage(story: Story) -> str:
    """The best of what each search has found, in its own words; "" for none."""
    words = telling_words(" ".join(each.text for each in story.heard), story.language.code)
    best = (_best(found, words) for found in story.passages)
    return "\n\n".join(dict.fromkeys(filter(None, best)))


def _best(found: Sequence[Mapping[str, object]], words: list[str]) -> str:
    texts = (each.get("text") for each in found)
    return next(filter(None, (quoted(each, words) for each in texts if isinstance(each, str))), "")


def asks_another_price(story: Story, reading: Reading) -> bool:
    """ "Is there a fee for cancelling late?": a price, and of no service."""
    if "prices" not in reading.topics or reading.service or reading.asked_service not in ("", "?"):
        return False
    prices = story.language.words["prices"]
    return any(not prices.search(word) for word in telling_words(reading.text, story.language.code))


def _puzzles(story: Story, reading: Reading) -> bool:
    """A question whose answer would be "I don't know that" or "that isn't on our list"."""
    if "unpublished" in reading.topics or reading.unanswered:
        return True
    if asks_another_price(story, reading):
        return True
    if reading.asked_service == "?" and not reading.topics and "book" not in reading.acts:
        return True
    return not reading.understood and bool(story.language.words["question"].search(reading.text))


def _asked(reading: Reading) -> list[str]:
    """Its questions; all of it where no question mark shows them."""
    sentences = [each.strip()[:LONGEST] for each in _SENTENCES.findall(reading.text)]
    return [each for each in sentences if each.endswith("?")] or [reading.text[:LONGEST]]
