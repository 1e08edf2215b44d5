"""What the guided flow listens for and says, five tables per language: words, texts, treatments, what belongs
together (visits, series, places in a class), and what is asked besides.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any

from agents.llm.guided.words import unaccented
from agents.treatments import treatments_in

WRITTEN = ("en", "de", "es", "fr", "pt")


@dataclass(frozen=True, kw_only=True, eq=False)
class Counting:
    """How a language counts: the distance in days or the fixed number stands with each pattern; the first group that
    found something is a number, a figure or one of `numbers`.
    """

    trigger: re.Pattern[str]  # without a find nothing else is looked for
    intervals: tuple[tuple[re.Pattern[str], int], ...]  # days
    weak: re.Pattern[str]  # an interval of a week, where a count says that it is one
    counts: tuple[tuple[re.Pattern[str], str], ...]  # "times", "weeks" or "months"
    seats: tuple[tuple[re.Pattern[str], int], ...]
    alone: re.Pattern[str]  # nothing but a number, in the answer to how many
    numbers: Mapping[str, int]
    joiners: frozenset[str]
    fillers: frozenset[str]


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
    counting: Counting


@lru_cache
def language_of(code: str) -> Language:
    """The table of a language; English where there is none."""
    known = code.replace("_", "-").split("-")[0].lower()
    known = known if known in WRITTEN else "en"
    heard = import_module(f"{__name__}.{known}_words")
    said = import_module(f"{__name__}.{known}_texts")
    together = import_module(f"{__name__}.{known}_together")
    besides = import_module(f"{__name__}.{known}_asides")
    return Language(
        code=known,
        words={
            name: re.compile(pattern, re.IGNORECASE)
            for name, pattern in {**heard.PATTERNS, **together.PATTERNS, **besides.PATTERNS}.items()
        },
        texts={**said.TEXTS, **together.TEXTS, **besides.TEXTS},
        questions={**said.QUESTIONS, **together.QUESTIONS},
        weekdays=said.WEEKDAYS,
        weekdays_short=said.WEEKDAYS_SHORT,
        months=said.MONTHS,
        months_short=said.MONTHS_SHORT,
        twelve_hours=said.TWELVE_HOURS,
        ordinals=heard.ORDINALS,
        minutes=heard.MINUTES,
        function_words=frozenset(heard.FUNCTION_WORDS.split()) | _weekdays(said.WEEKDAYS),
        service_words=treatments_in(known),
        counting=_counting(together),
    )


def _weekdays(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(part for name in names for part in unaccented(name).casefold().split("-"))


def _counting(table: Any) -> Counting:
    words = "|".join(sorted(map(re.escape, table.NUMBERS), key=len, reverse=True))
    number = rf"(?<![\w.,:/-])(-?\d{{1,6}}|(?:{words}))"

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern.replace("{N}", number).replace("{WD}", table.WEEKDAY), re.IGNORECASE)

    return Counting(
        trigger=compiled(table.TRIGGER),
        intervals=tuple((compiled(pattern), days) for pattern, days in table.INTERVALS),
        weak=compiled(table.WEAK),
        counts=tuple((compiled(pattern), unit) for pattern, unit in table.COUNTS),
        seats=tuple((compiled(pattern), fixed) for pattern, fixed in table.SEATS),
        alone=compiled(r"^\W*(?:\w+\W+){0,3}?{N}(?:\W+\w+){0,3}\W*$"),
        numbers=table.NUMBERS,
        joiners=table.JOINERS,
        fillers=table.FILLERS,
    )


@lru_cache
def all_languages(first: str = "en") -> tuple[Language, ...]:
    """Every language, the given one first."""
    own = language_of(first).code
    return tuple(language_of(code) for code in (own, *(code for code in WRITTEN if code != own)))
