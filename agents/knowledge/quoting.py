"""A passage in a few plain sentences, as it can be sent to a patient."""

import re

from agents.knowledge.words import folded

BRIEF = 320  # characters
_SENTENCES = re.compile(r"(?<=[.!?…])\s+|\n\s*\n|\n(?=[-*•]\s)")
_LINK = re.compile(r"!?\[([^\]]*)\]\(([^)\s]*)[^)]*\)")
_MARKS = re.compile(r"(\*\*|__|`+|~~)(?=\S)|(?<=\S)(\*\*|__|`+|~~)")
_LEADING = re.compile(r"^\s*(?:[-*+•]|>|\d{1,2}[.)])\s+", re.MULTILINE)
_STEM = 4


def plain(text: str) -> str:
    """Without Markdown."""
    text = _LINK.sub(lambda match: " ".join(filter(None, match.groups())), text)
    return _MARKS.sub("", re.sub(r"^#{1,6}\s+", "", text, flags=re.MULTILINE))


def quoted(text: str, words: list[str], *, longest: int = BRIEF) -> str:
    """Whole sentences from where the question's words stand; its own questions and what is too long are left out."""
    sentences = [_one_line(each) for each in _SENTENCES.split(plain(text))]
    told = [each for each in sentences if each and not each.endswith(("?", "？"))]
    if not told:
        return ""
    start = 0
    if sum(len(each) + 1 for each in told) > longest:
        start = max(range(len(told)), key=lambda place: (shared(told[place], words), -place))
    kept = ""
    for sentence in told[start:]:
        if kept and len(kept) + len(sentence) + 1 > longest:
            break
        kept = f"{kept} {sentence}".strip()
    return kept if len(kept) <= longest * 2 else kept[: longest * 2].rsplit(" ", 1)[0] + " …"


def shared(text: str, words: list[str]) -> int:
    """How many of the (folded) words a text holds, by their beginnings."""
    said = folded(text).split()
    return sum(any(_alike(word, each) for each in said) for word in words)


def _alike(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _STEM:
        return one == other
    return one[: max(_STEM, len(one) - 2)] == other[: max(_STEM, len(one) - 2)]


def _one_line(text: str) -> str:
    return " ".join(_LEADING.sub("", text).split())
