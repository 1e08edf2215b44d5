"""Sentences that name a time or a person and say nothing of them: "With Laura, Wednesday at 18:30." """

import re
from collections.abc import Sequence

from agents.runtime.outgoing.facts import Ground
from agents.runtime.outgoing.moments import Moment
from agents.runtime.outgoing.sentences import Sentence

_WORD = re.compile(r"[^\W\d_]+")
_CROSSED_OUT = re.compile(r"x{2,}")
_SMALL_WORDS = (
    "with at on the by and to from until till of for in a an day yes no not dr dra doctor doctora doutora herr herrn"
    " frau mr mrs um am bei beim mit von vom bis der die das den dem und uhr zu ab ja nein fur im"
    " el la las los a al con de del dia y hasta desde sy para en era"
    " le les du au avec chez et jusqu oui non pour l d h dre"
    " nachmittags vormittags morgens abends afternoon morning tarde matin soir manha"
    " o os as à às na no nas nos com do da e ate dos sim em"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_COPULAS_TOO = "it s is that er es ist sie son esta c est ce \u00e9 fica"  # "It's in three days"
_COPULAS = frozenset(_COPULAS_TOO.split())


def only_names(sentence: Sentence, ground: Ground) -> bool:
    """ "With Iván Ruiz", and no more."""
    words = _WORD.findall(sentence.folded)
    named = [word for word in words if word in ground.name_words]
    return bool(named) and not sentence.question and all(word in ground.name_words or word in _SMALL for word in words)


def is_bare(sentence: Sentence, found: Sequence[Moment], ground: Ground, *, copulas: bool = False) -> bool:
    """`found`: its moments, by their place in it. Only times, names of ours and small words stand in it.

    `copulas`: "it is" may stand there, too.
    """
    if sentence.question or not found:
        return False
    text = sentence.folded
    for each in found:
        text = text[: each.start] + " " * (each.end - each.start) + text[each.end :]
    small = _SMALL | _COPULAS if copulas else _SMALL
    words = (word for word in _WORD.findall(text) if word not in small and not _CROSSED_OUT.fullmatch(word))
    return all(word in ground.name_words for word in words)
