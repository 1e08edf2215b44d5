"""What is told to be taken, full or lapsed: only a search or a failed booking can have shown it."""

import re
from collections.abc import Sequence

from agents.runtime.outgoing.claims import is_free
from agents.runtime.outgoing.facts import READS, Ground
from agents.runtime.outgoing.folding import fold
from agents.runtime.outgoing.moments import Moment
from agents.runtime.outgoing.said import Said
from agents.runtime.outgoing.sentences import Sentence

_TAKEN = re.compile(
    r"(?<!\w)(?:(?:been|was|is|got|'s) (?:just |already |now |meanwhile |since )?(?:taken|snapped up|gone|filled)|gone"
    r"|snapped up|no longer (?:available|free|there)|(?:gave|given) (?:it |that )?(?:away|to (?:some|any)body"
    r"|to (?:some|any)one"
    r"|to another)|vergeben|weg|weggeschnappt|nicht mehr (?:frei|verfugbar|da|zu haben)|(?:ya )?(?:ocupad|cogid)[oa]s?"
    r"|ya no (?:esta )?(?:libre|disponible)|(?:la|lo) (?:ha|han) (?:cogido|reservado)|quitado|(?:deja "
    r"|ete )+(?:prise?s?"
    r"|reservee?s?|attribuee?s?)"
    r"|plus (?:disponible|libre)|(?:foi|ja esta|ja foi) (?:ocupad|preenchid|levad|reservad)[oa]"
    r"|ja nao (?:esta )?(?:livre"
    r"|disponivel))(?!\w)"
)
_INSTEAD_OF = re.compile(  # "at 9:45 (instead of 10:00, which is taken)": that one was never offered
    r"(?<!\w)(?:instead of|rather than|statt|anstatt|anstelle|en (?:lugar|vez) de|au lieu de|em vez d)(?!\w)"
)
_PATIENT = r"(?:patient|person|client|customer|caller|pacient|client|utente|kund|gast|personne|pessoa|persona)\w*"
_TO_OTHERS = re.compile(  # to somebody: "you can also name another day" loses nothing
    r"(?<!\w)(?:(?:gave|given|passed|let) (?:it |that |them )?(?:already )?(?:\w+ )?(?:to )?"
    rf"(?:some(?:body|one) else|another(?: {_PATIENT})?)|(?:by|to) (?:another {_PATIENT}|some(?:body|one) else)"
    rf"|jemand(?:en|em)? andere[nmrs]?|(?:an |von |fur )?(?:einen?|einem?r?) andere[nmrs]? {_PATIENT}"
    r"|anderweitig vergeben"
    rf"|(?:a |por |para )?otr[oa] {_PATIENT}|(?:a |par |pour )?(?:(?:un |une )autre {_PATIENT}|quelqu'un d'autre)"
    rf"|(?:a |por |para )?outr[oa] {_PATIENT})(?!\w)"
)
_LAPSED = re.compile(
    r"(?<!\w)(?:expired|lapsed|timed out|run out|abgelaufen|verfallen|ausgelaufen|caducad[oa]|caduco|expirad[oa]|expiro"
    r"|vencid[oa]|expiree?|perimee?|expirou|caducou)(?!\w)"
)
_FULL = re.compile(
    r"(?<!\w)(?:fully booked|booked (?:up|out|solid)|no (?:free (?:slots?|times?|appointments?)|availability"
    r"|openings?|(?:slots?|times?|appointments?)"
    r" (?:left|free|available))|nothing (?:free|left|available)|ausgebucht|restlos (?:voll|belegt)"
    r"|nichts (?:mehr )?frei"
    r"|kein(?:en?)? (?:freien? )?(?:termine?|platz|lucke)(?: mehr)? frei|(?:estamos|esta|todo) (?:al )?complet[oa]s?"
    r"|agenda (?:llena|completa)|no (?:nos )?queda(?:n)? (?:nada|huecos?|horas?|citas?)|(?:est |c'est "
    r"|sommes )complete?s?"
    r"|plus (?:de place|rien de libre|aucun\w* (?:creneau|place|rendez-vous|horaire)\w*)|lotad[oa]s?"
    r"|(?:agenda )?(?:cheia|esgotad[oa])|sem vagas"
    r"|nao ha vagas)(?!\w)"
)
_ELSE = re.compile(
    r"(?<!\w)(?:else|other|others|more|apart|besides|except|only|sonst|weitere\w*|mehr|auser|nur|mas|otr[oa]s?|aparte"
    r"|salvo|solo"
    r"|autres?|sauf|a part|outr[oa]s?|mais|alem|so|then|after|before|nach|vor|despues|antes|apres|avant|depois)(?!\w)"
)
_THEIRS = re.compile(  # "nothing left for you", of what they have
    r"(?<!\w)(?:you(?: don't)? have|you've|(?:in the diary|left|booked) (?:for you|with us)|your name|(?:haben"
    r"|hast) (?:sie|du)|(?:sie|du) (?:haben"
    r"|hast)|(?:fur|bei) (?:sie|dich|ihnen|dir)|ihren namen|(?:le|te) quedan?|tienes?|(?:su|tu) nombre|(?:n')?(?:avez"
    r"|as) plus|votre nom"
    r"|(?:voce|lhe|te) (?:tem|resta|sobra)|(?:seu|teu) nome)(?!\w)"
)
_MINE = re.compile(r"(?<!\w)(?:i|me|ich|mir|mich|tengo|me|j'ai|tenho)(?!\w)")
_SEARCHES = frozenset({"find_slots", "plan_series", "join_waitlist"})
_LATER = re.compile(
    r"(?<!\w)(?:if|once|when|until|unless|before|wenn|falls|sobald|bis|bevor|si|cuando|en cuanto|antes|hasta|quand"
    r"|des que"
    r"|avant|jusqu\w*|se|quando|assim que|ate|might|could|konnte|podria|pourrait|poderia|can|kann|puede|peut"
    r"|pode)(?!\w)"
)


def denies_what_was_found(sentence: Sentence, found: Sequence[Moment], said: Sequence[Said], ground: Ground) -> bool:
    """ "The 10:30 has been taken by somebody else", of what was just offered or is held."""
    if sentence.question or _LATER.search(sentence.folded) or _has_failed(ground):
        return False
    text = sentence.folded
    known = [*ground.offered, *ground.held]
    if not known:
        return False
    of_ours = any(
        each.exact and any(slot.start.time() in each.times and each.on(slot.start.date()) for slot in known)
        for each in found
    )
    full = any(
        each.names_a_day and not each.times and any(each.on(slot.start.date()) for slot in ground.offered)
        for each in found[:1]
    )
    if full and _FULL.search(text) and not _ELSE.search(text):
        return True
    lost = _LAPSED.search(text) or _TO_OTHERS.search(text)
    if ground.held and lost and (of_ours or not any(each.times for each in found)):
        return True
    taken = _TAKEN.search(text)
    other = taken is not None and _INSTEAD_OF.search(text[: taken.start()])
    return of_ours and bool(lost or (taken and not other and not _denied(text)))


def _denied(text: str) -> bool:
    return re.search(r"(?<!\w)(?:not|n't|nicht|no|pas|nao|still|noch|aun|encore|ainda)(?!\w)", text) is not None


def is_full_unsearched(sentence: Sentence, ground: Ground) -> bool:
    """ "We're fully booked this week", when nobody has looked."""
    if ground.heard is None or sentence.question or ground.tools_done & _SEARCHES or ground.committed.moved:
        return False
    text = sentence.folded
    asked = fold(ground.patients_words[-1]) if ground.patients_words else ""
    if not ground.coming and _MINE.search(asked) and _THEIRS.search(text) and not is_free(text):
        return False
    if _LATER.search(text) or not _FULL.search(text) or ground.told_by_tools or ground.said_before:
        return False
    return not any(_FULL.search(each.casefold()) for each in ground.published)


def _has_failed(ground: Ground) -> bool:
    """A skill that changes something was tried and did not do it."""
    entries = ground.heard.transcript if ground.heard else ()
    return any(
        outcome.name not in READS and (outcome.is_error or outcome.content.get("status") not in ("ok", None))
        for entry in entries
        for outcome in entry.outcomes
    )
