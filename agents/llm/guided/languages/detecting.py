"""Which language somebody writes: told by small words, and kept until a good deal more speaks for another."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from agents.llm.guided.languages import WRITTEN, language_of
from agents.llm.guided.words import unaccented

MEMORY = 0.5  # how much of what was written before still counts with each further message
LEAD = 0.5  # by how much another language must be ahead
LONGEST = 60  # words of a message that are looked at
TELLING = 4  # words, fewer in a script that none of our languages is written in
_NOT_THEIRS = re.compile(r"\[[^\]]*\]|\(The patient sent an? [\w ']+, which you can't open\.\)")  # written by us
_WORD = re.compile(r"[a-z]+")  # "I'm" is two of them


def languages_spoken(messages: Iterable[str], default: str) -> Iterator[str]:
    """For each message of the patient the code of the language that the conversation is in after it."""
    current = language_of(default).code
    seen: Counter[str] = Counter()
    for message in messages:
        seen = Counter({code: MEMORY * weight for code, weight in seen.items()})
        theirs = unaccented(_NOT_THEIRS.sub(" ", message).casefold())
        for word in _WORD.findall(theirs)[:LONGEST]:
            seen.update(_weights().get(word, {}))
        best = max(WRITTEN, key=lambda code: seen[code])
        if seen[best] > seen[current] + LEAD:
            current = best
        yield current


@lru_cache(maxsize=1)
def _weights() -> dict[str, dict[str, float]]:
    """Each small word with the languages it belongs to; the fewer they are, the more it says."""
    found: dict[str, dict[str, float]] = {}
    for code in WRITTEN:
        for word in language_of(code).function_words:
            found.setdefault(word, {})[code] = 1.0
    return {word: dict.fromkeys(codes, 1 / len(codes) ** 2) for word, codes in found.items()}


def may_be_in(code: str, message: str, current: str) -> bool:
    """Whether words that say nothing in the language of the conversation are looked up in this one: not while small
    words speak more for that of the conversation ("do" is a German Thursday, and "do you take new patients" English).
    """
    theirs = _WORD.findall(unaccented(_NOT_THEIRS.sub(" ", message).casefold()))[:LONGEST]
    weights = [_weights().get(word, {}) for word in theirs]
    return sum(each.get(code, 0.0) for each in weights) >= sum(each.get(current, 0.0) for each in weights)


def is_ours(message: str) -> bool:
    """Whether a small word of any of our languages stands in it; too few words say nothing against it."""
    theirs = _NOT_THEIRS.sub(" ", message).casefold()
    if len(theirs.split()) < TELLING and not any(letter.isalpha() and letter > "\u024f" for letter in theirs):
        return True
    return any(word in _weights() for word in _WORD.findall(unaccented(theirs))[:LONGEST])
