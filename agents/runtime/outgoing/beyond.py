"""What no skill of ours can do: speak to one of the people who treat, or see that something is paid."""

import re

from agents.runtime.outgoing.claims import takes_back
from agents.runtime.outgoing.facts import Ground
from agents.runtime.outgoing.people import practitioners_at
from agents.runtime.outgoing.sentences import Sentence

NEAR = 12  # characters in which a denial takes it back
_WHO = re.compile(
    r"(?<!\w)(?:doctor|dentist|hygienist|stylist|therapist|physio|arzt|arztin|zahnarzt|zahnarztin|stylistin|therapeutin"
    r"|doctora|dentista|fisio|docteure?|medecin|dentiste|coiffeuse|kine|doutora?|medic[oa]|cabeleireir[oa])(?!\w)"
)
_CONTACTED = re.compile(
    r"(?<!\w)(?:(?:i|we)(?:'ve| have)?(?: just| already| also)? (?:told|called|rung|rang|phoned|messaged|texted"
    r"|e-?mailed|informed"
    r"|notified|warned|alerted|spoken (?:to|with)|spoke (?:to|with)|talked (?:to|with)|checked with|let (?:dr|mia"
    r"|[a-z]+)(?: \w+){0,2}"
    r" know)|(?:habe|haben|hab)(?: \w+){1,6} (?:bescheid (?:gegeben|gesagt)|informiert|angerufen|verstandigt"
    r"|benachrichtigt)"
    r"|(?:habe|haben) (?:\w+ ){0,2}mit(?: \w+){1,4} (?:gesprochen|geredet)"
    r"|(?:he|hemos)(?: ya)? (?:avisado|llamado|informado|hablado)|(?:ya )?(?:le )?(?:avise|llame|hable)(?= (?:a|con))"
    r"|(?:j'ai|nous avons|on a)(?: deja| bien)? (?:prevenu|appele|averti|informe|parle (?:a|avec))"
    r"|(?:ja )?(?:avisei|liguei|falei com|informei|contactei))(?!\w)"
)
_KNOWS = re.compile(
    r"(?<!\w)(?:(?:already )?knows|has been (?:told|informed)|is aware|weis (?:schon |bereits )?(?:bescheid|dass|,)"
    r"|ist (?:schon "
    r"|bereits )?informiert|(?:ya )?(?:lo )?sabe que|esta (?:ya )?avisad[oa]|(?:est|a ete) (?:deja "
    r"|bien )?(?:au courant|prevenue?)"
    r"|sait (?:deja )?que|ja (?:foi avisad[oa]|esta avisad[oa]|sabe))(?!\w)"
)


_PAID = re.compile(
    r"(?<!\w)(?:(?:is|are|been|'s|was|all) (?:already |now |all )?paid(?! (?:at|by|in|with|after|when|on|per))"
    r"|(?:ist|sind|wurde)"
    r" (?:schon |bereits )?bezahlt|esta (?:ya )?pagad[oa]|(?:est|a ete) (?:deja )?payee?|esta (?:ja )?pag[oa])(?!\w)"
)


def is_beyond_us(sentence: Sentence, ground: Ground) -> bool:
    """ "I've told Dr Silva"; "she already knows that you'll be late"; "your visit is paid for"."""
    text = sentence.folded
    if sentence.question or any(wording.pattern("conditions").search(text) for wording in sentence.wordings):
        return False
    paid = _PAID.search(text)
    if paid and not takes_back(text[max(0, paid.start() - NEAR) : paid.end()], sentence.wordings):
        return True
    acts = _CONTACTED.search(text) or _KNOWS.search(text)
    return bool(acts) and bool(_WHO.search(text) or practitioners_at(text, ground))
