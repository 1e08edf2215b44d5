"""Which treatment is meant, in whatever language it is named: a visit is for what it is booked for."""

import re
from collections.abc import Sequence
from functools import lru_cache

from agents.runtime.outgoing.facts import Ground
from agents.runtime.outgoing.folding import fold
from agents.runtime.outgoing.said import Said
from agents.runtime.outgoing.sentences import Sentence
from agents.treatments import LANGUAGES, treatments_in

_ALIKE = {  # whoever says the one may mean the other
    "health check": "check-up",
    "men's haircut": "haircut",
    "kids haircut": "haircut",
}
_VAGUE = frozenset(  # said of many things
    [
        "physiotherapy",
        "session",
        "long session",
        "gp appointment",
        "toothache",
        "first conversation",
        "first assessment",
        "telephone appointment",
        "online session",
        "nurse",
        "prescription review",
        "bridal",
    ]
)
_OF_OTHER_THINGS = frozenset(
    ["rappel", "funda", "luces", "luzes", "reflejos", "reflets", "puntas", "pontas", "physical"]
)
_BEGINNING = 3  # letters by which a word is looked up
_WHOLE = 4  # letters of a word that no longer one may begin with ("cor" is not "corte")
_WORD = re.compile(r"[^\W\d_]+")
_Words = dict[str, list[tuple[str, str]]]


@lru_cache(maxsize=1)
def _index() -> _Words:
    """The first letters of a word → words with what they mean, the longest first."""
    found: _Words = {}
    for language in LANGUAGES:
        for name, words in treatments_in(language).items():
            kind = _ALIKE.get(name, name)
            for word in (*words, name):
                if kind not in _VAGUE and word not in _OF_OTHER_THINGS:
                    found.setdefault(fold(word)[:_BEGINNING], []).append((fold(word), kind))
    return {start: sorted(set(pairs), key=lambda each: -len(each[0])) for start, pairs in found.items()}


@lru_cache(maxsize=1024)
def treatments_at(folded: str) -> tuple[tuple[int, str], ...]:
    """Where in a text which treatment is named."""
    index = _index()
    plain = folded.replace("-", " ")
    found = []
    taken = 0
    for word in _WORD.finditer(plain):
        if word.start() < taken:  # "trim", of "beard trim"
            continue
        for known, kind in index.get(word[0][:_BEGINNING], ()):
            known = known.replace("-", " ")
            last = word.start() + len(known)
            if plain.startswith(known, word.start()) and (len(known) >= _WHOLE or not plain[last : last + 1].isalpha()):
                found.append((word.start(), kind))
                taken = last
                break
    return tuple(found)


def treatments(text: str) -> frozenset[str]:
    """`text` need not be folded."""
    return frozenset(kind for _, kind in treatments_at(fold(text)))


def is_for_another(sentence: Sentence, said: Sequence[Said], ground: Ground, *, surely: bool = False) -> bool:
    """ "Tomorrow at 14:00 you have an extraction", when what is coming is a check-up.

    `surely`: it tells of a booking.
    """
    standing = [treatments(each.service) for each in ground.coming or ground.changed]
    if not standing or not all(standing) or sentence.question or ground.offered:
        return False  # what is offered may be another treatment
    if any(wording.pattern("conditions").search(sentence.folded) for wording in sentence.wordings):
        return False
    named = treatments(sentence.folded)
    timed = any(each.moments for each in said)
    about = (surely and timed) or any(each.asserts and (each.claims or each.moments) for each in said)
    theirs = frozenset[str]().union(*standing)
    return about and bool(named - theirs if all(each.asserts for each in said) else named and not named & theirs)
