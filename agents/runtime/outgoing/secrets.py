"""Nothing of what the model was told about its work is told to anybody."""

import re

from agents.runtime.outgoing.facts import Heard
from agents.runtime.outgoing.folding import fold

RUN = 8  # words in a row that stand in a secret text too


def leaked(text: str, heard: Heard) -> list[str]:
    """ "instructions" when a reply names a skill, one of our marks, or repeats a run of our instructions."""
    folded = fold(text)
    if any(name in folded for name in heard.tools if "_" in name) or re.search(r"\[(?:choice|about):", folded):
        return ["instructions"]
    words = re.findall(r"\w+", folded)
    if len(words) < RUN:
        return []
    runs = {tuple(words[place : place + RUN]) for place in range(len(words) - RUN + 1)}
    for secret in heard.secret:
        theirs = re.findall(r"\w+", fold(secret))
        if any(tuple(theirs[place : place + RUN]) in runs for place in range(len(theirs) - RUN + 1)):
            return ["instructions"]
    return []
