"""The shape of a language table, and its lookup by word.

A table maps words and phrases to *tags*, one character each; the grammar is written over tags alone, so a
language is data. Words are written in lower case without accents and apostrophes ("o'clock" → "oclock"),
which is how text is looked up: people leave both out.

    n number        o ordinal       y year          x date in figures   c clock         v figures like 10.30
    e like 2-4      W weekday       M month         H holiday           R day from now  u unit of time
    P part of day   Z noon …        a am, pm        k o'clock           h half          q quarter
    p past          b to, until     m minus         t at                O on            F for
    i in            f of            d the           Q a, an             N next          T this
    L last          G coming        w from now      g ago               A after         E before
    ~ around        > from          j onwards       B between           & and           r or
    ! not           l away then     U "doesn't work" s as soon as   S start or end of   X now           V every
    K what is counted or chosen     # what is numbered    < later, earlier    * correction  Y move   % one after
    J "feira" after a figure        I week of the year
    D a date, C a time, = a moment (made by the grammar)   - dash   , comma   ; end of sentence   z other word
"""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

LANGUAGES = ("en", "de", "es", "fr", "pt")

SHORTEST_MISSPELT = 5  # letters
Words = Mapping[str, Mapping[str, Any] | tuple[str, ...]]
Meaning = tuple[tuple[str, Any], ...]


@dataclass(frozen=True, kw_only=True)
class Language:
    """One language. `words` maps a tag to its words: a plain tuple, or a mapping to values.

    `phrases` are words or phrases that stand for several tags in a row ("tonight": today, night).
    """

    code: str
    words: Words
    phrases: Mapping[str, Meaning] = field(default_factory=dict)
    half_is_before: bool = False  # "halb vier" is 3:30, "half four" is 4:30
    before_is_ago: bool = False  # "vor zwei Tagen"
    day_by_article: bool = False  # "el 14" is a day of the month
    ordinal_dot: bool = False  # "14. Dezember"
    next_is_nearest: bool = False  # "el próximo jueves" is this week's while it is ahead
    eight_is_a_week: bool = False  # "el lunes en ocho", "de hoje a oito"
    numbered_weekdays: bool = False  # "2a feira"
    after_tomorrow: frozenset[str] = frozenset()  # are the day after tomorrow where no day stands before: "pasado"
    doubtful: frozenset[str] = frozenset()  # words that are dates only with a figure: "may"
    also_months: Mapping[str, int] = field(default_factory=dict)  # numbers that are months after a day: "16 dez"
    often_misspelt: frozenset[str] = frozenset()  # words that are understood with one letter wrong inside

    @cached_property
    def index(self) -> dict[str, list[tuple[tuple[str, ...], Meaning]]]:
        """First word → the phrases that begin with it, longest first."""
        index: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
        for phrase, meaning in self._meanings():
            first, *rest = phrase.split()
            index.setdefault(first, []).append((tuple(rest), meaning))
        for entries in index.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        return index

    def misspelt(self, word: str) -> Meaning | None:
        """The meaning of a word that is one letter off one of `often_misspelt`, its first and last letters right."""
        if len(word) < SHORTEST_MISSPELT:
            return None
        for right in self._by_ends.get((word[0], word[-1]), ()):
            if abs(len(right) - len(word)) <= 1 and _one_letter_off(word, right):
                return next(meaning for rest, meaning in self.index[right] if not rest)
        return None

    @cached_property
    def _by_ends(self) -> dict[tuple[str, str], list[str]]:
        words: dict[tuple[str, str], list[str]] = {}
        for word in sorted(self.often_misspelt):
            words.setdefault((word[0], word[-1]), []).append(word)
        return words

    def _meanings(self) -> list[tuple[str, Meaning]]:
        found: list[tuple[str, Meaning]] = list(self.phrases.items())
        for tag, words in self.words.items():
            values = words if isinstance(words, Mapping) else dict.fromkeys(words)
            found += [(word, ((tag, value),)) for word, value in values.items()]
        return found


def _one_letter_off(word: str, right: str) -> bool:
    """One letter is missing, too many or another, or two neighbours are swapped."""
    same = next((i for i, (a, b) in enumerate(zip(word, right, strict=False)) if a != b), min(len(word), len(right)))
    wrong, meant = word[same:], right[same:]
    swapped = wrong[:2][::-1] == meant[:2] and wrong[2:] == meant[2:]
    return swapped or wrong[1:] == meant[1:] or wrong[1:] == meant or wrong == meant[1:]


def listed(words: str) -> list[str]:
    """Words with blanks between them, as a list: what a table counts through."""
    return words.split()


@lru_cache(maxsize=len(LANGUAGES))
def language(code: str) -> Language:
    """The table for a code such as "en" or "pt-BR"; `ValueError` for a language that has none."""
    short = code.lower().replace("_", "-").split("-")[0]
    if short not in LANGUAGES:
        raise ValueError(f"no words for dates in the language {code!r}; there are {', '.join(LANGUAGES)}")
    table: Language = importlib.import_module(f"{__package__}.languages.{short}").TABLE
    return table
