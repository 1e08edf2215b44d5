"""A text as a recogniser wants it: plain digits, spaces and dashes, nothing invisible.

Phones write what nobody typed: bidirectional marks around numbers, no-break spaces, typographic
hyphens, fullwidth or Arabic digits, keycap emoji. Recognisers read `plain` (same letters) or
`folded` (lower case, no accents); both have the same length, and `original` leads back.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_QUOTES = dict.fromkeys("’‘ʼ`´′＇", "'")
_OPENING = dict.fromkeys("［【⟦〔", "[")
_CLOSING = dict.fromkeys("］】⟧〕", "]")
_SINGLE = {**_QUOTES, **_OPENING, **_CLOSING, "−": "-", "˗": "-", "⁺": "+", "﹢": "+", "․": ".", "·": "."}


class _Plain(dict[int, str | None]):
    """Code point to its plain character, or None for what is invisible; filled as characters turn up."""

    def __missing__(self, code: int) -> str | None:
        self[code] = plain = _plain_character(chr(code))
        return plain


def _plain_character(character: str) -> str | None:
    category = unicodedata.category(character)
    if category == "Cc" and character not in "\t\n\r":
        return None
    if category == "Cf" or _is_combining(character):
        return None
    if category == "Cs":
        return "\ufffd"
    if character in _SINGLE:
        return _SINGLE[character]
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Zs":
        return " "
    if category == "Pd":
        return "-"
    if "！" <= character <= "～":  # fullwidth forms of ASCII
        return chr(ord(character) - 0xFEE0)
    return character


def _is_combining(character: str) -> bool:
    return "\u0300" <= character <= "\u036f" or "\ufe00" <= character <= "\ufe0f" or character == "\u20e3"


class _Folded(dict[int, str]):
    """Code point to its one-letter lower-case base: É to e, ß to s, Ł to l."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _folded_character(chr(code))
        return folded


_STROKED = {
    "ß": "s",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "t",
    "æ": "a",
    "œ": "o",
    "ı": "i",
    "ħ": "h",
}


def _folded_character(character: str) -> str:
    lower = character.lower()[0]
    if lower in _STROKED:
        return _STROKED[lower]
    base, *marks = list(unicodedata.normalize("NFKD", lower))
    # Hangul also decomposes, but into letters: only marks may be dropped.
    return base if all(unicodedata.category(mark) == "Mn" for mark in marks) else lower


_PLAIN, _FOLDED = _Plain(), _Folded()


@dataclass(frozen=True, slots=True)
class Shadow:
    """`plain` and `folded` views of `text`; `positions[i]` is where plain[i] stands in it (None: same)."""

    text: str
    plain: str
    folded: str
    positions: Sequence[int] | None

    @classmethod
    def of(cls, text: str) -> "Shadow":
        if text.isascii() and not _CONTROL.search(text):
            return cls(text, text, text.lower(), None)
        plain = text.translate(_PLAIN)
        positions = None
        if len(plain) != len(text):
            positions = [i for i, character in enumerate(text) if _PLAIN[ord(character)] is not None]
        return cls(text, plain, plain.translate(_FOLDED), positions)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where plain[start:end] stands in the original, with the invisible characters that follow it."""
        if self.positions is None:
            return start, end
        return self.positions[start], self.positions[end] if end < len(self.positions) else len(self.text)


def folded(text: str) -> str:
    """The folded view of a text alone, for comparing values."""
    return Shadow.of(text).folded
