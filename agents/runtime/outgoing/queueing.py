"""The waiting list: nobody can know a place on it, nor how many are ahead, and no skill takes anybody off."""

import re
from collections.abc import Sequence

from agents.runtime.outgoing.facts import Ground
from agents.runtime.outgoing.moments import Moment
from agents.runtime.outgoing.sentences import Sentence

_AHEAD = re.compile(
    r"(?<!\w)(?:(?:ahead of|before|in front of) you|top of the (?:list|queue)|vor (?:ihnen|dir|euch)|ganz oben"
    r"|ganz vorne?"
    r"|als (?:erste[rn]?|nachste[rn]?|zweite[rn]?) (?:dran|an der reihe|auf)|(?:por )?delante (?:de (?:usted|ti)|tuyo"
    r"|suyo)"
    r"|encabez\w+|a la cabeza|(?:devant|avant) (?:vous|toi)|en tete|(?:a|à) (?:sua|tua) frente|no topo"
    r"|em primeiro)(?!\w)"
)
_ORDINAL = re.compile(
    r"(?<!\w)(?:\d+(?:e|eme|ere?|st|nd|rd|th|º|ª|°|o|a)|first|second|third|fourth|fifth|sixth|erste[rn]?|zweite[rn]?"
    r"|dritte[rn]?|vierte[rn]?|funfte[rn]?|(?:el|la) (?:primer[oa]?|segund[oa]|tercer[oa]|cuart[oa]|quint[oa]|sext[oa]"
    r"|septim[oa])|premiere?|deuxieme|seconde|troisieme|quatrieme|cinquieme|(?:o|a) (?:primeir[oa]|segund[oa]"
    r"|terceir[oa]"
    r"|quart[oa]|quint[oa]))(?!\w)"
)
_OFF_IT = re.compile(
    r"(?:(?:taken|took|removed|struck|crossed)(?: \w+){0,3}|(?:you're|you are|you've come)) off (?:it"
    r"|the (?:\w+ )?list)"
    r"|removed you from|(?:von|aus) der (?:warte)?liste (?:gestrichen|genommen|geloscht|entfernt|runter|abgemeldet"
    r"|raus)"
    r"|(?:runter|raus) (?:von|aus) der (?:warte)?liste|nicht mehr auf der (?:warte)?liste"
    r"|(?:fuera|baja|borrad[oa]|quitad[oa]|eliminad[oa]|sacad[oa]) (?:ya )?de (?:la|nuestra) lista|ya no (?:esta"
    r"|estas|figura|figuras) en (?:la|nuestra) lista|fuera de la lista|baja (?:de|en) la lista"
    r"|(?:retiree?|enlevee?|raye?e?|supprimee?|desinscrite?) de (?:la|notre) liste|plus sur la liste"
    r"|(?:retirad[oa]|removid[oa]|tirad[oa]|fora|saiu) da (?:nossa )?lista|ja nao esta na (?:nossa )?lista"
)
_STILL_TO_DO = re.compile(
    r"(?<!\w)(?:(?:to|before i can|can't) (?:add|put|place|sign) you(?: on| to| up)?|(?:um|bevor ich) (?:dich"
    r"|sie) (?:auf"
    r"|ein)\w*|para (?:poder )?(?:apuntar|anadir|inscribir)\w*|pour (?:pouvoir )?vous (?:inscrire|ajouter)"
    r"|para (?:poder )?(?:inscrev|adicion|coloc)\w+)(?!\w)"
)
_UNKNOWN = re.compile(
    r"(?<!\w)(?:no|not|n't|cannot|nicht|kein\w*|ni|sin|ne|pas|nao|how many|wie viele|cuant[oa]s|combien|quant[oa]s"
    r"|first"
    r" (?:to know|thing|choice|come)|if|as soon as|sobald|en cuanto|des qu\w*|assim que|wenn|si|quando|when)(?!\w)"
)


_NOT = re.compile(r"(?<!\w)(?:not|n't|can't|nicht|nie|no|pas|ne|nao|want|mocht\w+|quier\w+|voulez|quer\w*)(?!\w)")


def tells_the_queue(sentence: Sentence, found: Sequence[Moment], ground: Ground) -> bool:
    """ "Only one person is ahead of you"; "you're off the list"; "I still need your surname to add you"."""
    if "join_waitlist" not in ground.tools_done or sentence.question:
        return False
    text = sentence.folded
    if _STILL_TO_DO.search(text):
        return True
    if _OFF_IT.search(text):
        return not _NOT.search(text)
    if _UNKNOWN.search(text):
        return False
    return bool(_AHEAD.search(text) or (not found and _ORDINAL.search(text)))
