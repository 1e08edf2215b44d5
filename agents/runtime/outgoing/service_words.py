"""The words of a service's own name say nothing else: "First conversation" offers nothing."""

import re
from collections.abc import Sequence
from functools import lru_cache

from agents.runtime.outgoing.folding import fold
from agents.runtime.outgoing.wording import all_wordings

_WORD = re.compile(r"[^\W\d_]+")


def without_names(text: str, services: Sequence[str]) -> str:
    """As long as the text, with the names of services crossed out but for the nouns that mean an appointment."""
    pattern = _pattern(tuple(services))
    return pattern.sub(lambda match: _WORD.sub(_crossed_out, match[0]), text) if pattern else text


def _crossed_out(word: re.Match[str]) -> str:
    return word[0] if _nouns().fullmatch(fold(word[0])) else "x" * len(word[0])


@lru_cache(maxsize=128)
def _pattern(services: tuple[str, ...]) -> re.Pattern[str] | None:
    names = sorted(filter(None, services), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE) if names else None


@lru_cache(maxsize=1)
def _nouns() -> re.Pattern[str]:
    return re.compile("|".join(wording.noun for wording in all_wordings()))
