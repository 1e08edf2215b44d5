"""What the guided flow listens for and says, three tables per language: words, texts, treatments."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

WRITTEN = ("en", "de", "es", "fr", "pt")


@dataclass(frozen=True, kw_only=True, eq=False)
class Language:
    """`words` are compiled patterns by what they mean; `texts` and `questions` are templates by what they say.

    Each question is a fixed sentence, so that it can be recognised in the transcript. `function_words` tell which
    language a message is written in. `service_words`: usual English names of services, and the words for them.
    """

    code: str
    words: Mapping[str, re.Pattern[str]]
    texts: Mapping[str, str]
    questions: Mapping[str, str]
    weekdays: tuple[str, ...]
    weekdays_short: tuple[str, ...]
    months: tuple[str, ...]
    months_short: tuple[str, ...]
    twelve_hours: frozenset[str]  # countries where this language writes 3:30 pm
    ordinals: Mapping[str, int]
    minutes: Mapping[str, int]
    function_words: frozenset[str]
    service_words: Mapping[str, tuple[str, ...]]


@lru_cache
def language_of(code: str) -> Language:
    """The table of a language; English where there is none."""
    known = code.replace("_", "-").split("-")[0].lower()
    known = known if known in WRITTEN else "en"
    heard = import_module(f"{__name__}.{known}_words")
    said = import_module(f"{__name__}.{known}_texts")
    treatments = import_module(f"{__name__}.{known}_treatments")
    return Language(
        code=known,
        words={name: re.compile(pattern, re.IGNORECASE) for name, pattern in heard.PATTERNS.items()},
        texts=said.TEXTS,
        questions=said.QUESTIONS,
        weekdays=said.WEEKDAYS,
        weekdays_short=said.WEEKDAYS_SHORT,
        months=said.MONTHS,
        months_short=said.MONTHS_SHORT,
        twelve_hours=said.TWELVE_HOURS,
        ordinals=heard.ORDINALS,
        minutes=heard.MINUTES,
        function_words=frozenset(heard.FUNCTION_WORDS.split()),
        service_words=treatments.TREATMENTS,
    )


@lru_cache
def all_languages(first: str = "en") -> tuple[Language, ...]:
    """Every language, the given one first."""
    own = language_of(first).code
    return tuple(language_of(code) for code in (own, *(code for code in WRITTEN if code != own)))
