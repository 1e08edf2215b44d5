"""Rewriting tokens by rules: a rule is a pattern over tags and a function that says what the match means.

A pattern is a regular expression over one-character tags; a blank in it allows commas. Rules run in order, each
over the whole sentence; a function returns the tokens to put in place of the match, or None to leave it alone.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from calendar_sync.when.language import Language
from calendar_sync.when.reading import Token
from calendar_sync.when.types import DayRange, TimeKind, TimeRange


@dataclass(frozen=True, kw_only=True)
class Context:
    """`day_first`: True for 3/12 in December, False for March, None where nobody knows (both are kept)."""

    now: datetime
    table: Language
    day_first: bool | None = True
    expecting: str = ""

    @property
    def today(self) -> date:
        return self.now.date()


@dataclass(frozen=True, kw_only=True)
class Days:
    """The value of a `D` token: readings, the likeliest first."""

    readings: tuple[DayRange, ...]
    weekday: int | None = None
    conflict: bool = False
    excluded: bool = False


@dataclass(frozen=True, kw_only=True)
class Clock:
    """The value of a `C` token. `open`: morning or afternoon was not said, so there are two readings."""

    readings: tuple[TimeRange, ...]
    kind: TimeKind = "at"
    open: bool = False
    excluded: bool = False


@dataclass(frozen=True, kw_only=True)
class Point:
    """The value of a `=` token: one instant, counted from now."""

    day: date
    at: time
    is_now: bool = False


@dataclass(frozen=True)
class Match:
    """The tokens that a pattern met."""

    tokens: Sequence[Token]

    def get(self, tags: str, nth: int = 0) -> Token | None:
        found = [token for token in self.tokens if token.tag in tags]
        return found[nth] if nth < len(found) else None

    def value(self, tags: str, nth: int = 0) -> Any:
        token = self.get(tags, nth)
        return token.value if token else None

    def all(self, tags: str) -> list[Token]:
        return [token for token in self.tokens if token.tag in tags]

    def token(self, tag: str, value: object) -> Token:
        """A token in place of all of the match."""
        return Token(tag, value, self.tokens[0].start, self.tokens[-1].end)

    def nothing(self) -> Token:
        """What stands for a thing that can't be, such as 30 February: no rule may read its parts again."""
        return self.token("z", None)


Rewrite = Callable[[Match, Context], Sequence[Token] | Token | None]


@dataclass(frozen=True)
class Rule:
    pattern: re.Pattern[str]
    rewrite: Rewrite


def rule(pattern: str, rewrite: Rewrite) -> Rule:
    return Rule(re.compile(pattern.replace(" ", ",*")), rewrite)


def apply(rules: Sequence[Rule], tokens: list[Token], context: Context) -> list[Token]:
    """The tokens after every rule ran once."""
    tags = "".join(token.tag for token in tokens)
    for each in rules:
        found = each.pattern.search(tags)
        if found is not None:  # most rules meet nothing in most sentences
            tokens = _rewritten(each, found, tokens, tags, context)
            tags = "".join(token.tag for token in tokens)
    return tokens


def _rewritten(
    each: Rule, found: re.Match[str] | None, tokens: list[Token], tags: str, context: Context
) -> list[Token]:
    """The tokens after one rule ran over them, from its first match on."""
    rewritten: list[Token] = []
    done = 0
    while found and found.start() != found.end():
        start, end = found.span()
        result = each.rewrite(Match(tokens[start:end]), context)
        if result is None:
            end = start + 1
        else:
            rewritten += tokens[done:start]
            rewritten += [result] if isinstance(result, Token) else list(result)
            done = end
        found = each.pattern.search(tags, end)
    return rewritten + tokens[done:]
