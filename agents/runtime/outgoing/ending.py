"""When a visit will be over: worked out of what stands or is offered."""

import datetime as dt
import re
from collections.abc import Sequence

from agents.runtime.outgoing.answers import moments_asked
from agents.runtime.outgoing.facts import Ground, Standing
from agents.runtime.outgoing.folding import fold
from agents.runtime.outgoing.kinds_of_words import HOURS, INVITES, PENDING
from agents.runtime.outgoing.moments import Moment
from agents.runtime.outgoing.quantities import KEPT, figures
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


_IS_OVER = re.compile(  # of the visit, not of the house's day
    r"(?<!\w)(?:be out|out by|out (?:at|around)|finished|finish(?:es)?|(?:be|'re|are) done|done (?:by|around|at|before)"
    r"|over (?:by|at|around)|fertig|vorbei|drau\w+|raus|zu ende|wieder frei|sales|saldr\w+|terminas?|terminar\w*"
    r"|acab\w+|fini\w*|sor[st]\w*|sortir\w*|libere?|sai|saio|sair\w*|fica livre|despachad[oa])(?!\w)"
)


def ends_otherwise(sentence: Sentence, found: Sequence[Moment], ground: Ground) -> bool:
    """ "You'd be out by quarter to three", "from 18:30 to 19:30", of what is over at half past two, or at 19:20."""
    known = [each for each in (*ground.coming, *ground.held, *ground.offered) if ground.lasts(each)]
    if not known or sentence.question:
        return False
    if any(_is_another_stretch(each, known, ground) for each in found):
        return True
    starts = {each.start.time() for each in known}
    ends = ground.ends | ground.ends_of_offers | starts | {each.start.time() for each in ground.changed}
    named = [each for each in found if each.times and (each.until or each.exact)]
    return (
        _IS_OVER.search(sentence.folded) is not None
        and HOURS.search(sentence.folded) is None
        and any(not each.times & ends and not _was_asked(each, ground) for each in named)
    )


def _is_another_stretch(moment: Moment, known: Sequence[Standing], ground: Ground) -> bool:
    """From when one of them begins to when it isn't over."""
    if moment.time is None or moment.time.kind != "between":
        return False
    ends = {each.end for each in moment.time.readings}
    begin = {each.start for each in moment.time.readings}
    there = [each for each in known if each.start.time() in begin and moment.on(each.start.date())]
    over = {(each.start + dt.timedelta(minutes=ground.lasts(each))).time() for each in there}
    return bool(there) and not over & ends and not ends & {each.start.time() for each in known}


def _was_asked(moment: Moment, ground: Ground) -> bool:
    """ "Will I be out by three?" "Well before three"."""
    return any(moment.times & each.times for each in moments_asked(ground))


_UNTIL = re.compile(r"(?<!\w)(?:until|till?|bis(?: zum)?|hasta(?: el| la)?|jusqu'(?:a|au|à)|ate(?: a| ao| à)?)(?!\w)")


_HOLDS_FOR = re.compile(
    r"(?<!\w)(?:hold|holding|keep|keeping|halte\w*|reserv\w+|guard\w+|gard\w+|segur\w+|frei)(?!\w)[^.!?;]{0,40}?"
    r"(?<![\w:])(?:\d+|two|three|several|zwei|drei|dos|tres|deux|trois|duas|uns?|eine?n?|une?|una|uma|an|a(?= day))"
    r" (?:hours?|stunden?|horas?|heures?|days?|tage?n?|dias?|jours?)(?!\w)"
)


_KEEPING = re.compile(
    r"(?<!\w)(?:hold|holding|held|keep|keeping|kept|saved?|yours|halt\w*|gehalten|reserv\w+|vorgemerkt|frei|guard\w+"
    r"|manten\w+|bloque\w*|garde\w*|bloqu\w+|segur\w+|mantenho|su[oy]a?|tuy[oa]|(?:a|pour) vous|seu|sua)(?!\w)"
)
_UNTIL_LATER = re.compile(
    r"(?<!\w)(?:(?:until|till?) (?:the )?(?:end of|close of|tonight|this (?:evening|afternoon)|midnight|clos\w+"
    r"|we close"
    r"|later)|bis (?:zum )?(?:ende|tagesende|feierabend|mitternacht|ladenschluss|heute abend|abends?|wir (?:\w+ )?(?:zu"
    r"|schlies)\w*)|hasta (?:el |la |que )?(?:final|fin|cierre|cerremos|medianoche|noche|esta (?:tarde|noche))"
    r"|jusqu'(?:a |au |à |en )?(?:la )?(?:fin|ce soir|minuit|soir|fermeture)"
    r"|ate (?:ao? |à )?(?:fim|final|fecho|noite|fecharmos|meia-noite|logo|hoje))(?!\w)"
)


def holds_for_hours(sentence: Sentence, ground: Ground) -> bool:
    """ "We can hold it for 24 hours", "until the end of the day": what is held lasts some minutes."""
    text = sentence.folded
    if not ground.held or sentence.question:
        return False
    if _HOLDS_FOR.search(text):
        return True
    kept = _KEEPING.search(text)
    if kept is None or _LASTS.search(text):
        return False
    minutes = [each.much for each in figures(text) if each.unit == "minutes" and not each.beforehand]
    return _UNTIL_LATER.search(text) is not None or any(each > KEPT for each in minutes)


_LASTS = re.compile(
    r"(?<!\w)(?:takes?|lasts?|long|dauer\w*|dura\w*|tarda\w*|demora\w*|lang\w*|dure\w*|from|von|desde|entre|session"
    r"|sitzung|sesion|seance|sessao)(?!\w)"
)


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
    after = [each for each in found if each.exact and each.start >= kept.end() and not each.times & ground.held_until]
    return any(
        not any(each.on(s.start.date()) and s.start.time() in each.times for s in standing) for each in after[:1]
    )


_OR = re.compile(r"(?<!\w)(?:or|if|once|oder|wenn|sobald|o|si|ou|des|se|can|could|kann|puedo|peux|posso)(?!\w)")


def is_when_given_up(moment: Moment, sentence: Sentence, ground: Ground) -> bool:
    """ "Until 8:10", of what is held until then."""
    near = sentence.folded[max(0, moment.start - sentence.start - NEAR) : moment.end - sentence.start]
    return bool(moment.times & ground.held_until) and _UNTIL.search(near) is not None


def keeps_longer(moment: Moment, sentence: Sentence, ground: Ground) -> bool:
    """ "I keep it for you until Friday", or until nine: what is held lasts some minutes."""
    if not ground.held or HOURS.search(sentence.folded):
        return False
    if moment.until and _KEEPING.search(sentence.folded) and not moment.times & ground.ends_of_offers:
        return True
    near = sentence.folded[max(0, moment.start - sentence.start - NEAR) : moment.end - sentence.start]
    return moment.date is not None and _UNTIL.search(near) is not None
