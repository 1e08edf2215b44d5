"""From text to tokens: figures, clock times, dates in figures, and words looked up in a language table.

What only looks like a time or a date (prices, phone numbers, postal addresses) becomes a token without meaning.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from calendar_sync.when.language import Language, Meaning


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text with its tag (see `language`); `text` is folded, offsets are the original's."""

    tag: str
    value: Any
    start: int
    end: int
    text: str = ""


_PIECES = re.compile(
    r"""
      (?P<money>[£$€]\s?\d[\d.,]{0,20}|\b\d[\d.,]{0,20}\s?(?:[£$€%]|(?:gbp|usd|eur|chf|k?g|km)\b))
    | (?<!\d)(?P<ymd>\d{4})(?P<sep>[-/.])(?P<ymd_m>\d{1,2})(?P=sep)(?P<ymd_d>\d{1,2})(?!\d)
      (?:t(?=\d\d:))?
    | (?<!\d)(?P<compact>(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?!\d)
    | (?<![\d.:/-])(?P<dmy_1>\d{1,2})(?P<sep2>[-/.])(?P<dmy_2>\d{1,2})(?P=sep2)(?P<dmy_y>\d{4}|\d\d)(?![\d/]|[-.:]\d)
    | (?P<phone>(?<![\w])(?:\+|\(?0)\d?[\d\s().-]{5,}\d|(?<![\w:./])\(?\d{3}\)?[\s.-]?\d{3}[\s.-]?\d{4}\b
        |(?<![\w:.])\d{9,})
    | (?P<address>\b\d{1,4}[a-z]?\s(?:[^\W\d_]+\s){1,2}(?:street|road|lane|avenue|drive|close|boulevard|blvd|ave|rd)\b)
    | (?<![\d:.])(?P<clock_h>[01]?\d|2[0-4])(?:\s?:\s?|\s?(?:h|uhr)\s?(?=\d\d\b))(?P<clock_m>[0-5]\d)
      (?::(?P<clock_s>[0-5]\d))?(?:\s?h\b|\s?hrs\b)?(?![\d:])
    | (?<![\d:.,])(?P<hours>[01]?\d|2[0-4])\s?(?:h|hrs|hs)\b(?!\w)
    | (?<![\d:.])(?P<dotted_1>\d{1,2})\.(?P<dotted_2>\d{1,2})(?P<dotted_end>\.?)(?![\d:])
    | (?<![\d:./-])(?P<slash_1>\d{1,2})/(?P<slash_2>\d{1,2})(?![\d:/])
    | (?<![\d:.])(?P<pair_1>\d{1,2})\s?[-–—]\s?(?P<pair_2>\d{1,2})(?![\d:./]|(?:st|nd|rd|th)\b)
    | (?<!\w)(?P<sound>(?:2(?:mo*r+[orw]*|main|day|ni(?:te|ght))|b4)\b)
    | (?P<either>(?<=\d)\./(?=\d))  # 22./23. Februar
    | (?<![\d:])(?P<ordinal>\d{1,2})(?:\s?(?:st|nd|rd|th)\b|er\b|o(?=\sde?\b)|[ºª°])
    | (?<=\s)['’‘](?P<short_year>\d\d)(?![\d\w:])
    | (?<!\d)(?<!\d:)(?P<number>\d+)(?P<fraction>[.,:]\d+)*
    | (?P<half_day>(?<=[\s\d])[ap]\s?\.?\s?m\b(?:\s?\.)?|(?<=\d)[ap]\b\.?)
    | (?P<word>[^\W\d_]+(?:['’‘`´"][^\W\d_]+)*(?:(?<=s)['’](?=\s))?)
    | (?P<stop>[;!?\n]+|\.(?!\w))
    | (?P<dash>[-–—])
    | (?P<comma>[,()\[\]:/"]+)
    | (?P<at>(?<!\S)@(?=\s?\d))
    | (?P<other>\S)
    """,
    re.VERBOSE,
)
ABBREVIATED = 4  # letters at most, of a word before a full stop that may be shortened: "Dec. 31"
_QUOTES = str.maketrans("", "", "'’‘`´\"")


def fold(text: str) -> tuple[str, list[int]]:
    """Lower case without accents, and for each character its offset in the text."""
    folded: list[str] = []
    offsets: list[int] = []
    for offset, char in enumerate(text):
        for part in char if char in "ºª" else unicodedata.normalize("NFKD", char.lower()):
            if not unicodedata.combining(part):
                folded.append(part)
                offsets.append(offset)
    return "".join(folded), [*offsets, len(text)]


def read(text: str, table: Language) -> list[Token]:
    """The tokens of a text, in order."""
    if text.isascii():
        folded, offsets = text.lower(), list(range(len(text) + 1))
    else:
        folded, offsets = fold(text)
    pieces = list(_PIECES.finditer(folded))
    tokens: list[Token] = []
    position = 0
    while position < len(pieces):
        piece = pieces[position]
        if piece["word"] or piece["sound"]:
            meaning, used = _look_up(pieces, position, table, folded)
        else:
            meaning, used = _figures(piece, table), 1
            if piece["stop"] == "." and tokens and _keeps_its_dot(tokens[-1], table):
                meaning = () if tokens[-1].tag in "BP&r~N" else ((",", None),)
        start, end = piece.start(), pieces[position + used - 1].end()
        at, to = offsets[start], offsets[end - 1] + 1
        tokens += [Token(tag, value, at, to, folded[start:end]) for tag, value in meaning]
        position += used
    return tokens


def _keeps_its_dot(token: Token, table: Language) -> bool:
    """ "Dec. 31", "zw. 2 u. 4", "14. Dezember": the dot ends no sentence."""
    return (token.tag in "MWuBP&r~N" and len(token.text) <= ABBREVIATED) or (table.ordinal_dot and token.tag == "o")


def _word(piece: re.Match[str]) -> str:
    word = piece["word"] or piece["sound"]
    return word.translate(_QUOTES) if word else ""


def _as_written(piece: re.Match[str], table: Language) -> str:
    """The word, with its apostrophe where the table knows it so: French "l'un" is not "lun."."""
    word = (piece["word"] or "").replace("’", "'")
    return word if word in table.index else _word(piece)


def _look_up(pieces: list[re.Match[str]], position: int, table: Language, folded: str) -> tuple[Meaning, int]:
    """The longest phrase of the table that begins here, over spaces and hyphens."""
    for rest, meaning in table.index.get(_as_written(pieces[position], table), ()):
        at = position
        for wanted in rest:
            at += 1
            if at < len(pieces) and pieces[at]["dash"] and pieces[at].end() - pieces[at - 1].end() == 1:
                at += 1
            if (
                at >= len(pieces)
                or _word(pieces[at]) != wanted
                or "\n" in folded[pieces[at - 1].end() : pieces[at].start()]
            ):
                break
        else:
            return meaning, at - position + 1
    word = _word(pieces[position])
    if word.endswith("ish") and word[:-3] in table.index:
        for rest, meaning in table.index[word[:-3]]:
            if not rest and meaning[0][0] in "nZ":
                return (*meaning, ("~", None)), 1
    return table.misspelt(word) or (("z", None),), 1


def _figures(piece: re.Match[str], table: Language) -> Meaning:
    """What a piece that is not a word may mean."""
    if piece["ymd"] or piece["compact"] or piece["dmy_1"]:
        return (("x", _full_date(piece)),)
    if piece["clock_h"]:
        hour, minute, second = piece["clock_h"], int(piece["clock_m"]), int(piece["clock_s"] or 0)
        return (("c", (int(hour), minute, second, hour.startswith("0"))),)
    if piece["hours"]:
        return (("c", (int(piece["hours"]), 0, 0, int(piece["hours"]) > 12)),)
    if piece["dotted_1"]:
        pair = (int(piece["dotted_1"]), int(piece["dotted_2"]))
        is_date = table.ordinal_dot and (piece["dotted_end"] or len(piece["dotted_2"]) == 1)
        return (("x", (None, *pair)),) if is_date else (("v", (*pair, len(piece["dotted_2"]) == 2)),)
    if piece["slash_1"]:
        pair = (int(piece["slash_1"]), int(piece["slash_2"]))
        return (("z", None),) if pair == (24, 7) else (("x", (None, *pair)),)
    if piece["pair_1"]:
        return (("e", (int(piece["pair_1"]), int(piece["pair_2"]))),)
    if piece["ordinal"]:
        return (("o", int(piece["ordinal"])),)
    if piece["number"]:
        return _number(piece, table)
    if piece["half_day"]:
        return _half_day(piece, table)
    if piece["short_year"]:
        return (("y", _century(int(piece["short_year"]))),)
    for group, tag in (("stop", ";"), ("dash", "-"), ("comma", ","), ("at", "t"), ("either", "r")):
        if piece[group]:
            return ((tag, None),)
    return (("z", None),)


def _full_date(piece: re.Match[str]) -> tuple[int | str, int, int]:
    """Year, and two figures: month and day when the year stands first, else in the order given (`dmy`)."""
    if piece["compact"]:
        figures = piece["compact"]
        return int(figures[:4]), int(figures[4:6]), int(figures[6:])
    if piece["ymd"]:
        return int(piece["ymd"]), int(piece["ymd_m"]), int(piece["ymd_d"])
    return piece["dmy_y"], int(piece["dmy_1"]), int(piece["dmy_2"])


def _century(two_figures: int) -> int:
    return two_figures + (2000 if two_figures < 50 else 1900)


def _half_day(piece: re.Match[str], table: Language) -> Meaning:
    """ "am", "p. m."; a word of the language goes first (German "am")."""
    letters = "".join(filter(str.isalpha, piece["half_day"]))
    for rest, meaning in table.index.get(letters, ()):
        if not rest and len(letters) == 2:
            return meaning
    return (("a", letters[0] + "m"),)


def _number(piece: re.Match[str], table: Language) -> Meaning:
    figures = piece["number"]
    if piece["fraction"] or len(figures) > 4:
        return (("z", None),)
    if len(figures) == 4 and 1900 <= int(figures) <= 2100:
        return (("y", int(figures)),)
    following = piece.string[piece.end() : piece.end() + 2]
    if table.ordinal_dot and following in (". ", ".") and len(figures) <= 2:
        return (("o", int(figures)),) if following == ". " else (("n", int(figures)),)
    return (("n", int(figures)),)
