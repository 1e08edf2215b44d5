"""When a visit will be over: worked out of what stands or is offered."""

import re
from collections.abc import Sequence

from agents.runtime.outgoing.facts import Ground
from agents.runtime.outgoing.kinds_of_words import HOURS
from agents.runtime.outgoing.moments import Moment
from agents.runtime.outgoing.sentences import Sentence

NEAR = 14  # characters before a day in which "until" belongs to it
_OVER = re.compile(
    r"(?<!\w)(?:out|over|done|finish\w*|until|till|ends?|through|fertig|vorbei|drau\w+|zu ende|bis|durch|termin\w+"
    r"|acab\w+|listo|lista|hasta|fini\w*|termine\w*|libere?|jusqu'\w+|pront[oa]|despachad[oa]|ate|concluid[oa])(?!\w)"
)


def tells_the_end(sentence: Sentence, found: Sequence[Moment], ground: Ground) -> bool:
    """ "You should be out by half past two": its times are ends, or what they are the ends of."""
    named = [each for each in found if each.times]
    ends = ground.ends | ground.ends_of_offers
    starts = {each.start.time() for each in (*ground.coming, *ground.offered)}
    return (
        any(each.times & ends and not each.times & starts for each in named)
        and all(each.times & (ends | starts) for each in named)
        and _OVER.search(sentence.folded) is not None
    )


_UNTIL = re.compile(r"(?<!\w)(?:until|till?|bis(?: zum)?|hasta(?: el| la)?|jusqu'(?:a|au|à)|ate(?: a| ao| à)?)(?!\w)")


_HOLDS_FOR = re.compile(
    r"(?<!\w)(?:hold|holding|keep|keeping|halte\w*|reserv\w+|guard\w+|gard\w+|segur\w+|frei)(?!\w)[^.!?;]{0,40}?"
    r"(?<![\w:])(?:\d+|two|three|several|zwei|drei|dos|tres|deux|trois|duas|uns?|eine?n?|une?|una|uma|a|an)"
    r" (?:hours?|stunden?|horas?|heures?|days?|tage?n?|dias?|jours?)(?!\w)"
)


def holds_for_hours(sentence: Sentence, ground: Ground) -> bool:
    """ "We can hold it for 24 hours": what is held lasts some minutes."""
    return bool(ground.held) and not sentence.question and _HOLDS_FOR.search(sentence.folded) is not None


def keeps_longer(moment: Moment, sentence: Sentence, ground: Ground) -> bool:
    """ "I keep it for you until Friday": what is held lasts some minutes."""
    if not ground.held or HOURS.search(sentence.folded):
        return False
    near = sentence.folded[max(0, moment.start - sentence.start - NEAR) : moment.end - sentence.start]
    return moment.date is not None and _UNTIL.search(near) is not None
