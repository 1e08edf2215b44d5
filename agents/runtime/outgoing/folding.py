"""Lower case without accents, letter for letter, so that a place in the folded text is the place in the text."""

import re
import unicodedata
from functools import lru_cache

_KEPT = (  # where the accent alone tells another word
    (re.compile(r"w\u00fcrd"), "wyrd"),
    (re.compile(r"h\u00e4tt"), "hytt"),
    (re.compile(r"\bs\u00ed\b"), "sy"),
)
_ALONE = re.compile(r"(?<!\w)\w(?!\w)")
_QUOTES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u00b4`", "'"))


def lowered(text: str) -> str:
    """Lower case with its accents, as long as the text."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return low.translate(_QUOTES)


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """As long as the text. Single letters keep their accents: Portuguese tells "\u00e9" from "e"."""
    low = lowered(text)
    for pattern, instead in _KEPT:
        low = pattern.sub(instead, low)
    if low.isascii():
        return low
    alone = {match.start() for match in _ALONE.finditer(low)}
    return "".join(char if place in alone else _bare(char) for place, char in enumerate(low))


def _bare(char: str) -> str:
    if char.isascii():
        return char
    if char == "ß":
        return "s"
    plain = unicodedata.normalize("NFKD", char)
    return plain[0] if len(plain[0]) == 1 and not unicodedata.combining(plain[0]) else char
