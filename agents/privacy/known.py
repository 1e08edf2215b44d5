"""Values that are known to be personal: the contact's and patients' names, numbers, addresses.

Names are found in any case, with or without accents, with a possessive, in full or by one of their parts.
A part that is also a common word ("Will", "May", "Rose") is a name only with a capital letter.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from agents.privacy.phones import e164
from agents.privacy.reading import Claim, Reading
from agents.privacy.shadow import Shadow, folded
from agents.privacy.values import BIRTH_DATE, EMAIL, NAME, PHONE, TYPES, KnownValue
from agents.privacy.words import COMMON_WORDS, FUNCTION_WORDS, MONTH_WORDS, PARTICLES

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_START, _END = r"(?<![^\W\d_])", r"(?![^\W\d_])"
_BETWEEN = r"[\s\-.,_'/|]{0,3}"
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_AFTER_A_CUE = re.compile(
    r"\b(?:my name is|my name's|name is|this is|i am|i'm|im|it's|mein name ist|ich heisse|ich heise"
    r"|ich bin|"
    r"je m'appelle|je suis|me llamo|soy|chamo-me|me chamo|sou)\s$"
)
_BEFORE_A_MONTH = re.compile(
    r"(?:\b(?:in|on|until|till|by|since|of|de|em|en|im|ab|bis|next|this|last|early|mid|late|from|to"
    r"|ende|anfang|mitte|fin)|\d|st|nd|rd|th|º|ª|\.)\s?$"
)
_SENTENCE_START = re.compile(r"(?:^|[.!?\n:…])\W*$")
_NEXT_WORD = re.compile(r"\s([a-z']+)")


@dataclass(frozen=True, slots=True)
class Known:
    """Known values, compiled. Patterns are for folded text."""

    full: re.Pattern[str] | None = None
    parts: re.Pattern[str] | None = None
    cautious: re.Pattern[str] | None = None
    exact: frozenset[str] = frozenset()
    others: tuple[tuple[str, re.Pattern[str]], ...] = ()
    birth_dates: frozenset[dt.date] = field(default_factory=frozenset)


def known_from_text(value: str) -> KnownValue:
    """A value of unstated type: an e-mail when it has an @, a phone when it is mostly digits, else a name."""
    digits = sum(character.isdigit() for character in value)
    if "@" in value:
        return KnownValue(type=EMAIL, value=value)
    return KnownValue(type=PHONE if digits >= 5 and digits * 2 > len(value) else NAME, value=value)


@lru_cache(maxsize=256)
def compiled(known: tuple[KnownValue, ...], country: str) -> Known:
    """Raises ValueError for a type that does not exist or a birth date that is not ISO."""
    full: set[str] = set()
    parts: set[str] = set()
    cautious: set[str] = set()
    exact: set[str] = set()
    for value in known:
        if value.type not in TYPES:
            raise ValueError("unknown type of a known value")
        if value.type == NAME:
            _add_name(Shadow.of(value.value), full, parts, cautious, exact)
    return Known(
        full=_any_of(full),
        parts=_any_of(parts),
        cautious=_any_of(cautious),
        exact=frozenset(exact),
        others=tuple((value.type, pattern) for value in known for pattern in _patterns(value, country)),
        birth_dates=frozenset(dt.date.fromisoformat(value.value) for value in known if value.type == BIRTH_DATE),
    )


def _add_name(name: Shadow, full: set[str], parts: set[str], cautious: set[str], exact: set[str]) -> None:
    words = [match.group() for match in _WORD.finditer(name.folded)]
    spelled = [name.plain[match.start() : match.end()] for match in _WORD.finditer(name.folded)]
    if len(words) > 1:
        full.add(_BETWEEN.join(_spellings(word) for word in words))
    elif spelled:
        exact.add(spelled[0])
    for word in words:
        if len(word) == 1 and not (_UNSPACED.search(word) and len(words) == 1):
            continue
        if word in PARTICLES and len(words) > 1:
            continue
        (cautious if len(word) < 3 or word in COMMON_WORDS else parts).add(_spellings(word))


def _spellings(word: str) -> str:
    """The ways to write a folded word: Müller, Muller, Mueller; Strauß, Strauss."""
    pattern = re.escape(word)
    pattern = re.sub(r"s{1,2}", "s{1,2}", pattern)
    pattern = re.sub(r"(?:ae|oe|ue|[aou])", lambda match: match.group()[0] + "e?", pattern)
    return pattern.replace("'", "'?")


def _any_of(patterns: set[str]) -> re.Pattern[str] | None:
    if not patterns:
        return None
    ordered = sorted(patterns, key=lambda pattern: (-len(pattern), pattern))
    return re.compile("|".join(p if _UNSPACED.search(p) else f"{_START}{p}{_END}" for p in ordered))


def _patterns(value: KnownValue, country: str) -> list[re.Pattern[str]]:
    text = folded(value.value).strip()
    if value.type == PHONE:
        return _phone_patterns(text, country)
    if value.type in {NAME, BIRTH_DATE} or len(text) < 3:
        return []
    flexible = r"[\s,.\-]{1,3}".join(re.escape(piece) for piece in re.split(r"[\s,.\-]+", text) if piece)
    exact = re.escape(text) if value.type == EMAIL else flexible
    return [re.compile(rf"(?<![^\W_]){exact}(?![^\W_])")]


def _phone_patterns(text: str, country: str) -> list[re.Pattern[str]]:
    """The number in any punctuation, international or not, and without its area code when that is long enough."""
    number = (e164(text, country) or re.sub(r"[^\d+]", "", text)).partition(";")[0]
    digits = number.lstrip("+0")
    if len(digits) < 6:
        return []
    gap = r"[\s().\-/]{0,3}"
    tail = gap.join(digits[-min(9, len(digits)) :])
    prefix = rf"(?:(?:\+|00)?\(?(?:\d{gap}){{1,5}})?"
    local = gap.join(digits[-6:])
    return [re.compile(rf"(?<!\d){prefix}{tail}(?!\d)"), re.compile(rf"(?<![\d+])(?:\d{gap})?{local}(?!\d)")]


def read_known_values(reading: Reading, known: Known) -> None:
    """Phones, e-mails and other values; and names in full, which are unmistakable."""
    for type, pattern in known.others:
        reading.claim((type, *match.span()) for match in pattern.finditer(reading.folded))
    if known.full:
        reading.sweep_folded(known.full, lambda match: (NAME, *match.span()))


def read_known_names(reading: Reading, known: Known) -> None:
    """Names by their parts."""
    if known.parts:
        reading.sweep_folded(known.parts, lambda match: (NAME, *match.span()))
    if known.cautious:
        plain = reading.rest
        reading.sweep_folded(known.cautious, lambda match: _cautious(match, plain, known.exact))


def _cautious(match: re.Match[str], plain: str, exact: frozenset[str]) -> Claim | None:
    spelled, word, before = (
        plain[match.start() : match.end()],
        match.group(),
        match.string[: match.start()][-48:],
    )
    claim = (NAME, *match.span())
    if word in MONTH_WORDS and (_BEFORE_A_MONTH.search(before) or re.match(r"\s\d", match.string[match.end() :][:2])):
        return None
    if not spelled[0].isupper():
        by_cue = _AFTER_A_CUE.search(before) is not None
        return claim if by_cue or (spelled in exact and not spelled.isascii()) or spelled in exact else None
    following = _NEXT_WORD.match(match.string, match.end())
    asks = following is not None and following.group(1) in FUNCTION_WORDS and word in FUNCTION_WORDS
    return None if asks and _SENTENCE_START.search(before) else claim


def known_values(
    *, names: Sequence[str] = (), phones: Sequence[str] = (), emails: Sequence[str] = ()
) -> tuple[KnownValue, ...]:
    """Known values from plain lists; empty texts are left out."""
    pairs = (
        [(NAME, value) for value in names] + [(PHONE, value) for value in phones] + [(EMAIL, value) for value in emails]
    )
    return tuple(dict.fromkeys(KnownValue(type=type, value=value) for type, value in pairs if value.strip()))
