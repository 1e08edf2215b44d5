"""Nothing of what the model was told about its work is told to anybody."""

import re
from functools import lru_cache

from agents.runtime.outgoing.facts import Heard
from agents.runtime.outgoing.folding import fold

RUN = 8  # words in a row that stand in a secret text too


def leaked(text: str, heard: Heard) -> list[str]:
    """ "instructions" when a reply names a skill, one of our marks, or repeats a run of our instructions."""
    folded = fold(text)
    if any(name in folded for name in heard.tools if "_" in name) or re.search(r"\[(?:choice|about):", folded):
        return ["instructions"]
    runs = _runs(folded)
    if runs and any(not runs.isdisjoint(_runs_of_secret(secret)) for secret in heard.secret):
        return ["instructions"]
    return []


@lru_cache(maxsize=64)  # they are few, and the same for every reply
def _runs_of_secret(secret: str) -> frozenset[tuple[str, ...]]:
    return _runs(fold(secret))


def _runs(folded: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", folded)
    return frozenset(tuple(words[place : place + RUN]) for place in range(len(words) - RUN + 1))
