"""A text in parts that are found and quoted as a whole: by headings and paragraphs, none twice."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LENGTH = 800  # characters of a part, about
HEADING = 200  # characters that are kept of one

_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
_BLANK = re.compile(r"\n\s*\n")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


@dataclass(frozen=True, kw_only=True)
class Chunk:
    heading: str  # of all levels above it: "Your first visit › What to bring"
    text: str


def chunks_of(body: str) -> list[Chunk]:
    """The parts of a text or a Markdown document, in order; a heading without words under it is a part of its own."""
    chunks: list[Chunk] = []
    for heading, text in _sections(body):
        parts = list(_packed(text))
        chunks += [Chunk(heading=heading[:HEADING], text=each) for each in parts]
    return chunks


def _sections(body: str) -> Iterator[tuple[str, str]]:
    """(heading, text beneath it), with the headings above."""
    above: list[tuple[int, str]] = []
    lines: list[str] = []
    for line in body.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        match = _HEADING.match(line.strip())
        if match is None:
            lines.append(line)
            continue
        yield _path(above), "\n".join(lines)
        level = len(match[1])
        above = [*(each for each in above if each[0] < level), (level, match[2])]
        lines = []
    yield _path(above), "\n".join(lines)


def _path(above: list[tuple[int, str]]) -> str:
    return " › ".join(title for _, title in above)


def _packed(text: str) -> Iterator[str]:
    """Whole paragraphs together, as long as they fit."""
    held = ""
    for paragraph in filter(None, (each.strip() for each in _BLANK.split(text))):
        for piece in _pieces(paragraph):
            if held and len(held) + len(piece) + 2 > LENGTH:
                yield held
                held = ""
            held = f"{held}\n\n{piece}" if held else piece
    if held:
        yield held


def _pieces(paragraph: str) -> Iterator[str]:
    """A paragraph that is too long, in whole sentences; a sentence that is too long, in whole words."""
    if len(paragraph) <= LENGTH:
        yield paragraph
        return
    held = ""
    for sentence in (part for each in _SENTENCE_END.split(paragraph) for part in _short(each)):
        if held and len(held) + len(sentence) + 1 > LENGTH:
            yield held
            held = ""
        held = f"{held} {sentence}" if held else sentence
    if held:
        yield held


def _short(sentence: str) -> Iterator[str]:
    while len(sentence) > LENGTH:
        place = sentence.rfind(" ", 1, LENGTH)
        place = place if place > 0 else LENGTH
        yield sentence[:place].rstrip()
        sentence = sentence[place:].lstrip()
    if sentence:
        yield sentence
