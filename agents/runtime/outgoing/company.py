"""Who is named with which time, and whether it is who it is with."""

import re
from collections.abc import Sequence

from agents.runtime.outgoing.facts import Ground
from agents.runtime.outgoing.folding import fold
from agents.runtime.outgoing.kinds_of_words import TOO, UNDOES, WAS
from agents.runtime.outgoing.moments import Moment
from agents.runtime.outgoing.people import practitioners_at
from agents.runtime.outgoing.said import Said
from agents.runtime.outgoing.sentences import Sentence

_WITH = re.compile(
    r"(?:with|by|see|sees|bei|beim|mit|con|avec|chez|com|pela|pelo|par)(?: the| der| la| el| le| l'| a| o"
    r"| herrn?| frau)?"
    r"(?: d(?:ra?|octora?)\.?)? ?$"
)
_INSTEAD_OF = re.compile(
    r"(?:instead of|rather than|not|no longer|statt|anstatt|anstelle von|nicht|en (?:vez|lugar) de"
    r"|au lieu d[eu]|a la place d[eu]"
    r"|em vez d[aeo]|pas|no|nao)(?: (?:with|bei|mit|con|avec|com))?(?: (?:la|el|le|a|o))?(?: d(?:ra?|octora?)\.?)? ?$"
)
_MAY = re.compile(
    r"(?<!\w)(?:can|could|would|might|may|either|or|both|if|kann|konnte|wyrde|oder|beide|wenn|podria|puede"
    r"|ambos|pourrait|peut"
    r"|poderia|pode|offer|free|frei|libre|livre|has time|(?:o|ou|si|se) (?=(?:\w+ )?d(?:r|ra)\b))(?!\w)"
)
_YOU = re.compile(
    r"(?<!\w)(?:you|your|sie|ihnen|ihre?[nmrs]?|dich|dir|dein\w*|le|la|lo|te|su|usted|vous|votre|voce|sua?|tua?"
    r"|o|a|lhe)(?!\w)"
)


_TAKES_OVER = re.compile(
    r"(?<!\w)(?:tak(?:es|ing|e) over|took over|steps? in|stand(?:s|ing)? in|fill(?:s|ing) in|ubernimmt"
    r"|ubernommen"
    r"|springt (?:\w+ )?ein|vertritt|(?:le|la|lo|te) (?:va a )?atender\w*|sustituye|reempla\w+"
    r"|prend (?:le relais|sa place)"
    r"|vous (?:recevra|prendra)|assume|substitui|vai atende\w*|looking after you|look after you)(?!\w)"
)


def named_with(moment: Moment, sentence: Sentence, moments: Sequence[Moment], ground: Ground) -> list[str]:
    """The practitioners that belong to one of a sentence's moments.

    Who is introduced by "with" belongs to the time before it, who leads ("Dr Weber: 9:00, 10:00") to those that follow.
    """
    found = []
    named = practitioners_at(sentence.folded, ground)

    def _in(at: int) -> int:
        return at - sentence.start

    for place, name in named:
        at = sentence.start + place
        before = [each for each in moments if each.end <= at and ";" not in sentence.folded[_in(each.end) : place]]
        after = [each for each in moments if each.end > at and ";" not in sentence.folded[place : _in(each.start)]]
        following = next((sentence.start + other for other, _ in named if other > place), None)
        led = [each for each in after if following is None or each.end < following]
        introduced = _WITH.search(sentence.folded[:place]) is not None
        own = before[-1:] if before and led and _in_one_clause(sentence, before[-1], at, led[0]) else []
        owners = own or (before[-1:] if before and (introduced or not led) else led)
        if any((each.start, each.end) == (moment.start, moment.end) for each in owners):
            found.append(name)
    return found


def _in_one_clause(sentence: Sentence, moment: Moment, at: int, following: Moment) -> bool:
    """ "On Saturday at 9:45 Mia has time, on Thursday at 11 too": a comma parts the name from the next time only."""
    before = sentence.folded[moment.end - sentence.start : at - sentence.start]
    after = sentence.folded[at - sentence.start : following.start - sentence.start]
    return not re.search(r"[,;:–—(]", before) and bool(re.search(r"[,;]", after)) and ":" not in after


_ABSENT = re.compile(
    r"(?<!\w)(?:(?:on )?(?:holiday|vacation|leave)|(?<!moved )away|off sick|illness|(?:is|are) (?:off|ill|sick)"
    r"|(?:im )?urlaub"
    r"|krank\w*|abwesend"
    r"|(?:de )?vacaciones|enfermedad"
    r"|de baja|enferm[oa]|ausente|maladie|en (?:vacances|conge)|absente?|malade|de ferias|de baixa|doenca|doente"
    r"|ausente)(?!\w)"
)


def is_told_absent(sentence: Sentence, ground: Ground) -> bool:
    """ "Laura is on holiday this week", which nobody has told."""
    if sentence.question or not _ABSENT.search(sentence.folded):
        return False
    named = [place for place, _ in practitioners_at(sentence.folded, ground)]
    if all(_WITH.search(sentence.folded[:place]) for place in named):  # "the appointment with Mia is off"
        return False
    if _REFUSES.search(sentence.folded) or _MAY.search(sentence.folded):
        return False
    told = (*ground.published, *ground.told_by_tools, *ground.said_before)
    return not any(_ABSENT.search(fold(text)) for text in told)


_TREATS = re.compile(
    r"(?<!\w)(?:treated|seen|looked after|behandelt|betreut|atendid[oa]|atendera|atende|atiende|recu[e]?|reçu[e]?"
    r"|pris[e]? en charge)(?!\w)"
)
_FEW = 2  # words beside a name that make no sentence of their own: "Bei Herrn Dr. Weber."


def _is_fragment(text: str, ground: Ground) -> bool:
    words = re.findall(r"[^\W\d_]+", text)
    rest = [word for word in words if word not in ground.name_words and not _TITLE.fullmatch(word)]
    return len(rest) < len(words) and len(rest) <= _FEW and not _REFUSES.search(text)


_YES_OR_NO = re.compile(r"(?<!\w)(?:no|nein|non|nao|yes|ja|oui|si|sy|sim)\W")
_TITLE = re.compile(
    r"dre?|dra|doctora?|doutora?|docteure?|herrn?|frau|mr|mrs|ms|the|la|el|o|a|le|with|bei|mit|con|avec|com|by|pel[oa]"
)
_REFUSES = re.compile(r"(?<!\w)(?:no|not|nicht|kein\w*|nein|pas|non|nao)(?!\w)")


def replaced(sentence: Sentence, ground: Ground) -> set[str]:
    """Who is named as the one that it is not with: "Dr Weber instead of Dr Silva"."""
    named = practitioners_at(sentence.folded, ground)
    return {name for place, name in named if _INSTEAD_OF.search(sentence.folded[:place])}


def is_with_another(sentence: Sentence, said: Sequence[Said], ground: Ground, *, surely: bool = False) -> bool:
    """ "Dr Weber will see you instead of Dr Silva", when what is coming is with Dr Silva.

    `surely`: it tells of a booking.
    """
    theirs = {each.practitioner for each in ground.coming if each.practitioner}
    if ground.committed.moved and UNDOES.search(sentence.folded) and not TOO.search(sentence.folded):
        theirs |= {each.practitioner for each in ground.changed}
    if not ground.coming and ground.held and not any(each.moments for each in said) and not sentence.question:
        held = {each.practitioner for each in ground.held if each.practitioner}
        who = {name for _, name in practitioners_at(sentence.folded, ground)}
        alone = any(_is_fragment(_YES_OR_NO.sub("", each.clause.text), ground) for each in said)
        return bool(held and who) and alone and not who & held
    weak = any(each.wishes or (each.refuses and len(said) == 1) for each in said)
    if ground.changed and WAS.search(sentence.folded):
        return False
    if not theirs or ground.offered or sentence.question or (weak and not surely) or _MAY.search(sentence.folded):
        return False
    about = any(pattern.search(sentence.folded) for pattern in (_YOU, _TAKES_OVER, _TREATS))
    if not surely and not about and not any(_is_fragment(each.clause.text, ground) for each in said):
        return False
    named = [
        name
        for place, name in practitioners_at(sentence.folded, ground)
        if not _INSTEAD_OF.search(sentence.folded[:place])
    ]
    taking_over = bool(_TAKES_OVER.search(sentence.folded)) and not set(named) <= theirs
    return taking_over or (bool(named) and not set(named) & theirs)
