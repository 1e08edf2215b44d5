"""Patterns made of names, compiled once for all checks. They are remembered: only for the names of the house (services,
practitioners, the business), never for those of patients or for what they wrote."""

import re
from functools import lru_cache


@lru_cache(maxsize=1024)
def by_itself(name: str, endings: str = "") -> re.Pattern[str]:
    """The name, as it stands there, where no word goes on; `endings` (a pattern) may follow."""
    return re.compile(rf"(?<!\w){re.escape(name)}{endings}(?!\w)")


@lru_cache(maxsize=128)
def any_of(words: frozenset[str]) -> re.Pattern[str]:
    """None of no words."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(words))) or '(?!)'})(?!\w)")
