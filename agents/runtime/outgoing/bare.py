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
    " nachmittags vormittags morgens abends afternoon morning tarde matin soir manha apres midi"
    " o os as à às na no nas nos com do da e ate dos sim em"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_COPULAS_TOO = "it s is that er es ist sie son esta c est ce \u00e9 fica"  # "It's in three days"
_COPULAS = frozenset(_COPULAS_TOO.split())
_POINTING_TOO = (
    "one ones both two three there then so that first second slot slots time times are only have ve got we i"
    " jener jenes einer beide beiden zwei drei dann also doch termin termine zeit zeiten sind nur gibt habe haben"
    " wir ich"
    " ella ellos ambas ambos dos tres entonces hora horas hueco huecos turno hay son tengo tenemos solo"
    " celui celle ceux celles lui elle deux trois alors donc creneau creneaux heure horaire sont seulement j ai nous"
    " avons y ele ela ambas dois duas entao horario horarios sao tem tenho temos so"
    " her him ihr ihm"
)
_POINTING = frozenset(_POINTING_TOO.split())  # "It's the Saturday one", of what was offered or is held
_FAREWELL = re.compile(r"(?<!\w)(?:bis|hasta|ate|até|à|see)(?!\w)")
_LENGTH = re.compile(
    r"(?:(?:for|during|fur|durante|pendant|por) )?[\w-]+ min(?:utes?|uten|utos?|ut(?:inh|it)os)?(?!\w)"
)


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
    if _points_at_offers(found, ground) and not _FAREWELL.search(text):
        small |= _COPULAS | _POINTING
        text = _LENGTH.sub("", text)
    words = (word for word in _WORD.findall(text) if word not in small and not _CROSSED_OUT.fullmatch(word))
    return all(word in ground.name_words for word in words)


def _points_at_offers(found: Sequence[Moment], ground: Ground) -> bool:
    """While nothing stands, each of its days and times was offered, or is held."""
    known = ground.held or ground.offered
    named = [each for each in found if each.date or each.times]
    return not (ground.coming or ground.changed) and all(
        any(each.on(slot.start.date()) and (not each.times or slot.start.time() in each.times) for slot in known)
        for each in named
    )
