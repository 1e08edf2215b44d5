"""Short answers, read with the question that they answer: "Yes, still with her", "With Laura", "All three are"."""

import re
from collections.abc import Sequence

from agents.runtime.outgoing.facts import Ground
from agents.runtime.outgoing.folding import fold
from agents.runtime.outgoing.kinds_of_words import OFF
from agents.runtime.outgoing.moments import Moment, moments
from agents.runtime.outgoing.people import practitioners_at
from agents.runtime.outgoing.sentences import Sentence, sentences

FEW = 4  # words of a question: "which one was that?"
SHORT = 7  # words of an answer that only makes sense with its question
YES = re.compile(
    r"\W*(?:yes|yep|yeah|sure|exactly|right|correct|ja|doch|genau|klar|sy|si|claro|exacto|asi es|oui|tout a fait"
    r"|exact\w*|sim|isso|certo)(?!\w)"
)
_HER = re.compile(
    r"(?<!\w)(?:her|him|ihr|ihm|ihn|ella|elle|lui|ela|ele|same (?:one|person|doctor)|still|weiterhin|toujours"
    r"|sigue)(?!\w)"
)
_ALL = re.compile(  # "all three", "les deux": as many as were found
    r"(?<!\w)(?:all(?: of)?(?: the)?|alle|die|tod[oa]s|l[oa]s|toutes|tous|les|os|as|both|beide|amb[oa]s)(?: l[oa]s"
    r"| les| [oa]s)?"
    r"(?: (\w+))?(?!\w)"
)
_BOTH = re.compile(r"both|beide|amb[oa]s")
_OPEN = re.compile(
    r"(?<!\w)(?:can|could|would|might|may|or|if|not|n't|kann|konnte|oder|wenn|nicht|kein\w*|puede|podria|o|si|no|peut"
    r"|pourrait"
    r"|ou|pas|pode|poderia|se|nao)(?!\w)"
)


def is_with_another_than_asked(first: Sentence, ground: Ground) -> bool:
    """ "With Laura", asked who it is on Thursday at noon; "Yes, still with her", asked whether it is with Dr Silva."""
    if not ground.patients_words or first.question or len(re.findall(r"[^\W\d_]+", first.folded)) > SHORT:
        return False
    named = {name for _, name in practitioners_at(first.folded, ground)}
    asked = _people_asked(ground)
    if not named and asked and YES.match(first.folded) and _HER.search(first.folded):
        theirs = {each.practitioner for each in (*ground.coming, *ground.held) if each.practitioner}
        return bool(theirs) and not theirs & asked
    if not named or re.search(r"\d", first.folded) or _OPEN.search(first.folded):
        return False
    known = [each for each in (*ground.coming, *ground.held, *ground.offered) if each.practitioner]
    found = moments_asked(ground)
    if len(found) != 1 or found[0].date is None:
        return False
    then = {
        each.practitioner
        for each in known
        if found[0].on(each.start.date()) and (not found[0].times or each.start.time() in found[0].times)
    }
    return bool(then) and not then & named


_WITH_THEM = re.compile(
    r"(?<!\w)(?:with|by|bei|mit|von|con|avec|chez|com) (?:him|her|them|ihr|ihm|el|ella|lui|elle|ele|ela)(?!\w)"
    r"|(?<!\w)(?:dele|dela)(?!\w)"
)


def is_with_them(sentence: Sentence, found: Sequence[Moment], ground: Ground) -> bool:
    """ "Tuesday at 10:30 is with him", asked for Dr Weber, when that time is with Dr Silva."""
    if sentence.question or not _WITH_THEM.search(sentence.folded) or _DENIES.search(sentence.folded):
        return False
    if practitioners_at(sentence.folded, ground) or not ground.patients_words:
        return False
    asked = _people_asked(ground)
    known = [each for each in (*ground.coming, *ground.held, *ground.offered, *ground.changed) if each.practitioner]
    then = {
        each.practitioner
        for moment in found
        if moment.exact
        for each in known
        if moment.on(each.start.date()) and each.start.time() in moment.times
    }
    return len(asked) == 1 and bool(then) and not then & asked


_DENIES = re.compile(r"(?<!\w)(?:no|not|\w+n't|nicht|nein|kein\w*|pas|non|nao)(?!\w)")


def are_not_all_with(sentence: Sentence, found: Sequence[Moment], ground: Ground) -> bool:
    """ "All three are with Dr Silva", when one of the offers is not."""
    if sentence.question or found or _OPEN.search(sentence.folded):
        return False
    counts = {
        2 if _BOTH.match(match[0]) else wording.numbers.get(match[1] or "", 0)
        for match in _ALL.finditer(sentence.folded)
        for wording in sentence.wordings
    }
    if len(ground.offered) not in counts:
        return False
    named = {name for _, name in practitioners_at(sentence.folded, ground)}
    if not named and _WITH_THEM.search(sentence.folded):
        named = _people_asked(ground)
    offering = {each.practitioner for each in ground.offered}
    return len(named) == 1 and bool(named & offering) and bool(offering - named)


def moments_asked(ground: Ground) -> list[Moment]:
    """What the patient's last words name, each sentence read in its own language ("Do I …" is no "Do.")."""
    return [
        each
        for words in ground.patients_words[-1:]
        for part in sentences(words)
        for each in moments(words[part.start : part.end], part.codes, ground.now, ground.names)
        if each.date or each.times
    ]


_WHICH = re.compile(
    r"(?<!\w)(?:which|what|when|welche\w*|was|wann|cual\w*|que|cuando|quel\w*|lequel|laquelle|quand|qual|quais"
    r"|quando)(?!\w)"
)


_WHICH_ONE = re.compile(
    r"\W*(?:which(?: one| was)?(?! (?:do|have|am|is))|welche\w*(?! (?:hab|ist))|cual(?! (?:teng|es))"
    r"|lequel(?! (?:ai|est))"
    r"|laquelle|qual(?! (?:tenh|\u00e9)))(?!\w)"
)


def asks_what_is_off(ground: Ground) -> bool:
    """ "Which one did I cancel?" """
    asked = fold(ground.patients_words[-1]) if ground.patients_words else ""
    alone = len(asked.split()) <= FEW and _WHICH_ONE.match(asked)
    return bool((OFF.search(asked) and _WHICH.search(asked)) or alone)


def _people_asked(ground: Ground) -> set[str]:
    """Practitioners whom the patient's last words name."""
    return {name for words in ground.patients_words[-1:] for _, name in practitioners_at(fold(words), ground)}
