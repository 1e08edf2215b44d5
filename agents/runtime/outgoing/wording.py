"""The shape of a language's table: how its sentences claim, hedge, offer and ask.

Every field holds alternatives of a regular expression over folded text (see `folding`): lower case, without accents;
`{noun}` stands for what an appointment is called.
"""

import importlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

LANGUAGES = ("en", "de", "es", "fr", "pt")


@dataclass(frozen=True, kw_only=True, eq=False)  # one per language, told apart by identity
class Wording:
    """One language.

    `claims`: kind of claim → what makes it. `claims_with_moment`: only beside a date or a time ("see you on Friday").
    `claims_about_it`: only where `noun` or `appointment` is spoken of ("changed"). `idioms` are no claim and no
    hedge, and are struck out first ("fully booked"); `lead_ins` too ("I'm happy to tell you that"). A claim is none
    after `denials` (within some words), nor after `conditions` in its clause, nor before `provisos`. `offers`: what
    is free, possible, proposed. `wishes`: whose words are repeated, or looked for. `asks`: what a question about a
    proposal is asked with. `joins`: between clauses.
    """

    code: str
    function_words: str
    noun: str
    claims: Mapping[str, str]
    claims_with_moment: Mapping[str, str]
    claims_about_it: Mapping[str, str]
    appointment: str
    idioms: str
    lead_ins: str
    denials: str
    conditions: str
    provisos: str
    offers: str
    wishes: str
    asks: str
    joins: str
    costs: str
    free: str
    is_a: str
    with_whom: str
    where: str
    numbers: Mapping[str, int]

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(self.function_words.split())

    @cached_property
    def struck(self) -> re.Pattern[str]:
        return self._any_of(f"{self.idioms}|{self.lead_ins}")

    @cached_property
    def patterns(self) -> dict[str, dict[str, re.Pattern[str]]]:
        tables = {"plain": self.claims, "moment": self.claims_with_moment, "about": self.claims_about_it}
        return {need: {kind: self._any_of(words) for kind, words in table.items()} for need, table in tables.items()}

    def pattern(self, field: str) -> re.Pattern[str]:
        """One of the plain fields, compiled."""
        found = self.__dict__.setdefault("_compiled", {})
        if field not in found:
            found[field] = self._any_of(getattr(self, field))
        pattern: re.Pattern[str] = found[field]
        return pattern

    def _any_of(self, words: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{words})(?!\w)".replace("{noun}", self.noun))


@lru_cache(maxsize=1)
def all_wordings() -> tuple[Wording, ...]:
    return tuple(importlib.import_module(f"{__package__}.languages.{code}").WORDING for code in LANGUAGES)
