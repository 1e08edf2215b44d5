"""What the guided flow listens for and says, one pair of tables per language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

WRITTEN = ("en",)


@dataclass(frozen=True, kw_only=True)
class Language:
    """`words` are compiled patterns by what they mean; `texts` and `questions` are templates by what they say.

    Each question is a fixed sentence, so that it can be recognised in the transcript.
    """

    code: str
    words: Mapping[str, re.Pattern[str]]
    texts: Mapping[str, str]
    questions: Mapping[str, str]
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    ordinals: Mapping[str, int]


@lru_cache
def language_of(code: str) -> Language:
    """The table of a language; English where there is none yet."""
    known = code.split("-")[0].lower()
    known = known if known in WRITTEN else "en"
    heard = import_module(f"{__name__}.{known}_words")
    said = import_module(f"{__name__}.{known}_texts")
    return Language(
        code=known,
        words={name: re.compile(pattern, re.IGNORECASE) for name, pattern in heard.PATTERNS.items()},
        texts=said.TEXTS,
        questions=said.QUESTIONS,
        weekdays=said.WEEKDAYS,
        months=said.MONTHS,
        ordinals=heard.ORDINALS,
    )
