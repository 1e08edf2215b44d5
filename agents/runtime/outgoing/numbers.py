"""Bare numbers of a reply: what is no time, price, duration or place must still have been told by somebody."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from agents.runtime.outgoing.facts import Ground, Standing
from agents.runtime.outgoing.moments import Moment
from agents.runtime.outgoing.sentences import Sentence

FEW = 4  # up to which anything may be counted: two names, three times
_NUMBER = re.compile(r"(?<![\w.,:/#+€£$-])\d{1,5}(?![\w:/€£$%]|[.,-]\d| ?(?:[€£$%]|eur|gbp|pound|pfund|libra|livre))")
_WITH_LETTERS = re.compile(r"(?<![\w.,:/#+€£$-])\d{1,3}(?=(?:s|e|eme|er|ere|st|nd|rd|th|º|ª|°|o|a)(?!\w))")
_MEASURED = re.compile(
    r" ?-?(?:min|minut\w*|h|std|stund\w*|hours?|hrs?|horas?|heures?|days?|tag\w*|dias?|jours?|weeks?|woch\w*|semanas?"
    r"|semaines?|months?|monat\w*|meses|mes|mois|years?|jahr\w*|anos?|ans|uhr|pm|am|percent|per cent|prozent"
    r"|por cien\w*"
    r"|pour cent|por cento|km|m|meters?|metros?|metres?|euro\w*|quid|franc\w*|dollar\w*)(?!\w)"
)
_OF_HELP = frozenset({15, 17, 18, 100, 111, 112, 116, 117, 144, 808, 999, 116117, 11616})
"""Emergency numbers, and "100 %"."""
_DIGITS = re.compile(r"\d+")


def names_an_untold_number(sentence: Sentence, found: Sequence[Moment], ground: Ground) -> bool:
    """Whether a sentence names one that stands in nothing that was written, told, offered or booked.

    `found`: the moments of the sentence, by their place in it, which are held against the diary elsewhere.
    """
    if ground.heard is None or sentence.question:
        return False
    folded = sentence.folded
    # what placeholders were filled with stands in no draft
    drafted = _in(ground.heard.said) if ground.heard.said else _in(folded)
    begins = _LIST_NUMBER.match(folded)
    for pattern in (_NUMBER, _WITH_LETTERS):
        for match in pattern.finditer(folded, begins.end() if begins else 0):
            inside = any(each.start <= match.start() < each.end for each in found)
            value = int(match[0])
            if inside or value <= FEW or value in _OF_HELP or _MEASURED.match(folded, match.end()):
                continue
            if value not in _known(ground) and value in drafted:
                return True
    return False


_LIST_NUMBER = re.compile(r"\s*(?:\d{1,2}[.)]|\d\ufe0f?\u20e3)\s+")


def _known(ground: Ground) -> frozenset[int]:
    found: frozenset[int] | None = ground.__dict__.get("_known_numbers")
    if found is None:
        assert ground.heard is not None
        brief = ground.heard.brief
        texts = [brief.business, brief.address, brief.phone, *ground.published, *ground.told_by_tools]
        texts += [*ground.said_before, *ground.patients_words, *(each.price for each in brief.services)]
        texts += [name for each in brief.services for name in (each.name, *each.other_names)]
        found = frozenset().union(*map(_in, texts), ground.numbers, _of((*ground.coming, *ground.changed)))
        found |= _of((*ground.offered, *ground.held)) | {each.minutes for each in brief.services}
        found |= {ground.now.day, ground.now.month, ground.now.year}
        ground.__dict__["_known_numbers"] = found
    return found


def _of(standing: Iterable[Standing]) -> frozenset[int]:
    """The figures of a time and a reference, on either clock."""
    starts = [each.start for each in standing]
    clock = {
        part for each in starts for part in (each.hour, each.hour % 12, each.minute, each.day, each.month, each.year)
    }
    return frozenset(clock).union(*(_in(each.reference) for each in standing))


@lru_cache(maxsize=512)
def _in(text: str) -> frozenset[int]:
    return frozenset(int(each) for each in _DIGITS.findall(text))
