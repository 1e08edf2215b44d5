"""Names in a note about somebody ("Her son Jake comes along"), which no sentence introduces as its own speaker would.

A note is short and not urgent to read, so every word with a capital letter counts as a name, unless it is known to be
none: an ordinary word, a day or month, a language, or a word of the business itself.
"""

import re
from collections.abc import Collection, Iterator

from agents.privacy.shadow import folded
from agents.privacy.values import NAME, TEXT, Span
from agents.privacy.words import NOT_A_NAME


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CAPITALS = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_BETWEEN = re.compile(r"[ \t.]{1,2}")
_SENTENCE_ENDS = re.compile(r"(?:^|[.!?:;\n])[\s\"'“(\-]*$")
_HIDDEN = re.compile(r"\[[A-Z_]+_\d+\]")
BEGIN_A_NOTE = _words("""
prefers prefer preferred has uses speaks writes reads understands is was comes came needs wants likes dislikes
afraid allergic wheelchair deaf blind pregnant diabetic anxious nervous nothing nobody everything after before
bring brings call calls ask asks tell tells give gives send offer offers lives works pays knows cannot can't
daughter son wife husband partner mother father brother sister child children baby carer
""")


def names_in_note(text: str, plain: Collection[str]) -> Iterator[Span]:
    """Where names stand in a note; at the beginning of a sentence a word that nobody knows, as opaque text.

    `plain`: folded words that are no names here, such as those of practitioners and services."""
    hidden = [match.span() for match in _HIDDEN.finditer(text)]
    begun: tuple[int, int] | None = None
    for match in _CAPITALS.finditer(text):
        inside = any(start <= match.start() < end for start, end in hidden)
        suspicious = not inside and match[0][0].isupper() and not _ordinary(match[0], plain)
        if suspicious and begun and _BETWEEN.fullmatch(text, begun[1], match.start()):
            begun = begun[0], match.end()
            continue
        if begun:
            yield _span(text, *begun)
        begun = match.span() if suspicious else None
    if begun:
        yield _span(text, *begun)


def _ordinary(word: str, plain: Collection[str]) -> bool:
    small = folded(word)
    return any(each in NOT_A_NAME or each in BEGIN_A_NOTE or each in plain for each in (small, small.removesuffix("s")))


def _span(text: str, start: int, end: int) -> Span:
    alone = _SENTENCE_ENDS.search(text[:start]) is not None and " " not in text[start:end]
    return Span(start=start, end=end, type=TEXT if alone else NAME)
