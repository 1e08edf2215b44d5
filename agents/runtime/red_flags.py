"""Emergencies and self-harm are recognised before any model, and answered with the business's signpost."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pydantic import BaseModel, ConfigDict

BETWEEN = 2  # words that may stand between those of a phrase: "I can't really breathe"
LONG = 7  # letters from which a word is known with one letter wrong
MOST = 4000  # characters that are looked through


class RedFlag(BaseModel):
    """`phrases`: words in this order, one or two others between them; "suicid*" stands for any ending.

    `language`: that of the signpost; "" when it is said in every language.
    """

    model_config = ConfigDict(frozen=True)
    name: str
    phrases: tuple[str, ...]
    signpost: str
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class Raised:
    name: str
    signpost: str
    language: str = ""


def find(text: str, flags: Iterable[RedFlag]) -> Raised | None:
    """The first flag one of whose phrases stands in the text, whatever the case, accents, quotes or a wrong letter.

    Whoever it is said of, and said yes or no: "my dad has no chest pain now" is for people to judge.
    """
    plain = _plain(text[:MOST])
    for flag in flags:
        searched = _searched(flag.phrases)
        if searched.pattern.search(searched.spelled(plain)):
            return Raised(name=flag.name, signpost=flag.signpost, language=flag.language)
    return None


@dataclass(frozen=True, kw_only=True)
class _Searched:
    pattern: re.Pattern[str]
    words: frozenset[str]  # of the phrases
    long: frozenset[str]  # those of them that are known with one letter wrong

    def spelled(self, plain: str) -> str:
        """The text with long words that are one letter off put right."""
        return re.sub(r"\w{5,}", lambda match: self._right(match[0]), plain)

    def _right(self, word: str) -> str:
        if word in self.words:
            return word
        near = (each for each in self.long if each[0] == word[0] and abs(len(each) - len(word)) < 2)
        return next((each for each in near if _one_letter_off(word, each)), word)


@lru_cache(maxsize=256)
def _searched(phrases: tuple[str, ...]) -> _Searched:
    gap = rf"\s(?:\w+\s){{0,{BETWEEN}}}?"
    parts, words = [], set()
    for phrase in phrases:
        tokens = _plain(phrase, keep="*").split()
        words |= {token for token in tokens if "*" not in token}
        if not tokens:
            continue  # a phrase of nothing but signs would stand in every text
        parts.append(gap.join(re.escape(token).replace(r"\*", r"\w*") for token in tokens))
    pattern = re.compile(rf"\b(?:{'|'.join(parts)})\b" if parts else r"(?!)")
    long = frozenset(word for word in words if len(word) >= LONG)
    return _Searched(pattern=pattern, words=frozenset(words), long=long)


def _one_letter_off(word: str, right: str) -> bool:
    """One letter is missing, too many or another, or two neighbours are swapped."""
    same = next((i for i, (a, b) in enumerate(zip(word, right, strict=False)) if a != b), min(len(word), len(right)))
    wrong, meant = word[same:], right[same:]
    swapped = wrong[:2][::-1] == meant[:2] and wrong[2:] == meant[2:]
    return swapped or wrong[1:] == meant[1:] or wrong[1:] == meant or wrong == meant[1:]


def _plain(text: str, keep: str = "") -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(rf"[\w{re.escape(keep)}]+", re.sub(r"['’`´]", "", bare)))
