"""A sentence as the model sees it: words, their beginnings and endings, their glosses, and what the tables say of it.

Glosses are words of one meaning in all five languages, so that what is learned from one serves the others. Days, times
and names are put aside first: which they are is not what the model is asked.
"""

import re
import unicodedata
import zlib
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from itertools import combinations, pairwise
from pathlib import Path

from agents.runtime.outgoing.calendar_words import CALENDAR_WORDS
from agents.runtime.outgoing.folding import fold, lowered
from agents.runtime.outgoing.sentences import without_pictures

SIZE = 1 << 17  # places of the table of weights
LONGEST_ENDING = 5  # letters that a gloss written "book*" may be followed by

_TITLES = r"(?:(?:dra?|doctora?|docteure?|doutora?|frau|herrn?|mrs?|ms)(?!\w)\.? ?)"
_TIME = re.compile(r"\b\d{1,2}[:.h]\d\d(?: ?(?:uhr|h|[ap]\.?m\.?)(?!\w))?|\b\d{1,2} ?(?:uhr|h|[ap]m)\b")
_NUMBER = re.compile(r"\d+")
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)?|[?¿!]")
_MARKS = frozenset("?!")
_DAYS = CALENDAR_WORDS - {"may"} | {"tomorrow", "manana", "demain", "amanha"}
_CROSSED_OUT = re.compile(r"x{2,}")  # the names of services (service_words)


def features(text: str, names: Collection[str], signs: Collection[str]) -> list[int]:
    """Places in the table, each once. `names`: words (folded) of the names in it; `signs`: what the tables say."""
    words = words_of(text, names)
    found = {f"w:{word}" for word in words}
    found.update(f"w2:{first} {second}" for first, second in pairwise(words))
    for word in set(words):
        found.update(_parts(word))
    found.update(_glossed(words))
    found.update(f"s:{sign}" for sign in signs)
    found.update(f"s2:{first} {second}" for first, second in combinations(sorted(signs), 2))
    return sorted({zlib.crc32(each.encode()) % SIZE for each in found})


def words_of(text: str, names: Collection[str]) -> list[str]:
    low = without_pictures(lowered(text))
    low = _TIME.sub(" 0t ", low)
    tokens: list[str] = []
    for word in _TOKEN.findall(re.sub(_TITLES, "", low)):
        bare = fold(word)
        if bare in names:
            word = "who"
        elif bare in _DAYS:
            word = "day"
        word = _NUMBER.sub("0", word)
        if word == "¿" or _CROSSED_OUT.fullmatch(word) or (word == "who" and tokens[-1:] == ["who"]):
            continue
        tokens.append(word)
    return ["^", *tokens, "$"]


@lru_cache(maxsize=8192)
def _parts(word: str) -> tuple[str, ...]:
    """Three to five letters in a row, with the word's ends."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    marked = f"<{bare}>"
    return tuple({f"c:{marked[at : at + n]}" for n in (3, 4, 5) for at in range(len(marked) - n + 1)})


def _glossed(words: list[str]) -> Iterator[str]:
    row = [glosses_of(word) for word in words]
    row = [each for each in row if each]
    yield from (f"g:{gloss}" for each in row for gloss in each)
    yield from (f"g2:{a} {b}" for first, second in pairwise(row) for a in first for b in second)
    triples = zip(row, row[1:], row[2:], strict=False)
    yield from (f"g3:{a} {b} {c}" for one, two, three in triples for a in one for b in two for c in three)
    yield from (f"gg:{a} {b}" for a, b in combinations(sorted({gloss for each in row for gloss in each}), 2))


@lru_cache(maxsize=8192)
def glosses_of(word: str) -> tuple[str, ...]:
    """A word's meanings; () when it has none that matters."""
    whole, beginnings, endings = _glosses()
    if word in ("^", "$", "who", "day", "0t", "0") or word in _MARKS:
        return (word,)
    if word in whole:
        return whole[word]
    for length in range(len(word), max(3, len(word) - LONGEST_ENDING), -1):
        if word[:length] in beginnings:
            return beginnings[word[:length]]
    return next((glosses for ending, glosses in endings.items() if word.endswith(ending)), ())


@lru_cache(maxsize=1)
def _glosses() -> tuple[Mapping[str, tuple[str, ...]], ...]:
    """Words, beginnings ("book*") and endings ("*gebucht") → their glosses."""
    found: tuple[dict[str, set[str]], ...] = ({}, {}, {})
    for line in (Path(__file__).parent / "glosses.txt").read_text(encoding="utf-8").splitlines():
        gloss, *words = line.split()
        for word in words:
            table = found[1] if word.endswith("*") else found[2] if word.startswith("*") else found[0]
            table.setdefault(word.strip("*"), set()).add(gloss)
    return tuple({word: tuple(sorted(glosses)) for word, glosses in table.items()} for table in found)
