"""When a visit will be over: worked out of what stands or is offered."""

import re
from collections.abc import Sequence

from agents.runtime.outgoing.facts import Ground
from agents.runtime.outgoing.folding import fold
from agents.runtime.outgoing.kinds_of_words import HOURS, INVITES, PENDING
from agents.runtime.outgoing.moments import Moment
from agents.runtime.outgoing.sentences import Sentence

NEAR = 14  # characters before a day in which "until" belongs to it
_OVER = re.compile(
    r"(?<!\w)(?:out|over|fin|fim|ende|(?:be|'re|are|you) done|done (?:by|around|at|before)|finish\w*|until|till|ends?"
    r"|through"
    r"|fertig|vorbei|drau\w+|zu ende|bis(?! (?:dann|bald|dahin|gleich|spater|morgen|[a-z]+tag))|durch|termin\w+|saio"
    r"|sair|sai|sal(?:go|es|e|ir\w*|dr\w+)|sor[st]\w*|leave|raus|wieder frei"
    r"|acab\w+|listo|lista|hasta(?! (?:luego|pronto|entonces|manana))|fini\w*|termine\w*|libere?|jusqu'\w+|pront[oa]"
    r"|despachad[oa]|ate(?! (?:logo|breve|ja|la|amanha))|concluid[oa])(?!\w)"
)


def tells_the_end(sentence: Sentence, found: Sequence[Moment], ground: Ground) -> bool:
    """ "You should be out by half past two": its times are ends, or what they are the ends of."""
    named = [each for each in found if each.times]
    asked = fold(ground.patients_words[-1]) if ground.patients_words and not sentence.start else ""
    ends = ground.ends | ground.ends_of_offers
    starts = {each.start.time() for each in (*ground.coming, *ground.offered)}
    return (
        any(each.times & ends and not each.times & starts for each in named)
        and all(each.times & (ends | starts) for each in named)
        and _OVER.search(f"{sentence.folded} {asked}") is not None
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


_RESERVED = re.compile(
    r"(?<!no )(?<!not )(?<!pas )(?<!nao )(?<!nicht )(?<!\w)(?:reserved|reserviert|reservad[oa]|reservee?)(?!\w)"
)
_NOT_YET = re.compile(
    r"(?<!\w)(?:confirm\w*|yes|ok(?:ay)?|just say|say so|let me know|if|once|until|while|only|(?:not|isn't) (?:booked"
    r"|yet|fully|firmly|final\w*)"
    r"|yet|minutes?|moments?|min|bestatig\w*|zusag\w*|sag\w*|ja|wenn|sobald|bis(?! (?:dann|bald|[a-z]+tag|[a-z]*woch"
    r"|morgen))|nur|noch|kurz\w*"
    r"|minuten|einverstanden|sy|si|diga\w*|dime|hasta que|cuando|falta|solo|todavia|aun|minutos?|momento\w*|oui|dites"
    r"|dis|des que|seulement"
    r"|jusqu\w*|pas encore|definiti\w+|quelques|attente|sim|se|quando|ate que|so|apenas|ainda|instantes?|provis\w*"
    r"|tempor\w*|vorlaufig"
    r"|fest (?:buche|ist|wird)|pend\w*)(?!\w)"
)


def forgets_the_yes(sentences: Sequence[Sentence], ground: Ground) -> bool:
    """ "All reserved!", of what is held for some minutes and waits for a yes, when the reply tells neither."""
    if not ground.held or ground.coming or any(each.question for each in sentences):
        return False
    told = " ".join(each.folded for each in sentences)
    return _RESERVED.search(told) is not None and not any(
        pattern.search(told) for pattern in (_NOT_YET, PENDING, INVITES)
    )


_I_KEEP = re.compile(
    r"(?<!\w)(?:(?:i'm|i am|we're|we are|i've been) (?:holding|keeping|saving)|(?:i'll|i will|we'll|i) (?:hold|keep"
    r"|save)"
    r"|(?:ich|wir) (?:halten?|reservieren?)|halte ich|(?:te|le|os) (?:guardo|mantengo|reservo|estoy guardando)|guardo"
    r"|mantengo"
    r"|(?:je|nous|on) (?:vous |te |t')?(?:garde|gardons|bloque|bloquons|reserve)|seguro|guardo|mantenho|reservo)(?!\w)"
)
_BOTH = re.compile(
    r"(?<!\w)(?:both|all (?:three|of them)|beide|alle drei|amb[oa]s|las dos|los dos|los tres|les deux|les trois"
    r"|os dois|as"
    r" duas|os tres)(?!\w)"
)


def holds_more(sentence: Sentence, found: Sequence[Moment], ground: Ground) -> bool:
    """ "I'm keeping both times for you", when one of them is held."""
    kept = _I_KEEP.search(sentence.folded)
    if not ground.held or kept is None or sentence.question or _OR.search(sentence.folded):
        return False
    if _BOTH.search(sentence.folded) and len(ground.held) + len(ground.coming) < 2:
        return True
    standing = [*ground.held, *ground.coming]
    after = [each for each in found if each.exact and each.start >= kept.end()]
    return any(
        not any(each.on(s.start.date()) and s.start.time() in each.times for s in standing) for each in after[:1]
    )


_OR = re.compile(r"(?<!\w)(?:or|if|once|oder|wenn|sobald|o|si|ou|des|se|can|could|kann|puedo|peux|posso)(?!\w)")


def keeps_longer(moment: Moment, sentence: Sentence, ground: Ground) -> bool:
    """ "I keep it for you until Friday": what is held lasts some minutes."""
    if not ground.held or HOURS.search(sentence.folded):
        return False
    near = sentence.folded[max(0, moment.start - sentence.start - NEAR) : moment.end - sentence.start]
    return moment.date is not None and _UNTIL.search(near) is not None
