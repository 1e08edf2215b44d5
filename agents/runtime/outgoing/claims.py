"""What a clause claims to have been done, in any of the languages of the product."""

import re
from collections.abc import Sequence

from agents.runtime.outgoing import families, mentions
from agents.runtime.outgoing.accomplished import accomplished
from agents.runtime.outgoing.sentences import Clause
from agents.runtime.outgoing.wording import Wording

MANY = 3  # languages that a text may be in, when nothing tells which
NEAR = 6  # words before a claim within which a denial or a modal verb takes it back
_WORD = re.compile(r"[^\s,.;:!?]+")
_NEGATIONS = {
    "en": (
        r"not|\w+n't|no|nothing|none|nobody|never|unfortunately|sorry|afraid|taken(?! (?:out|off|down|care|from))"
        r"|gone|closed|cannot"
        r"|neither|nor|too late|too soon"
    ),
    "de": r"nicht|kein\w*|nichts|leider|vergeben|belegt|ausgebucht|geschlossen|nie|zu spat",
    "es": r"no|nada|ningun\w*|ocupad\w+|lo siento|lamento|cerrad\w+|tampoco|nunca|(?:demasiado|muy) (?:tarde|pronto)",
    "fr": r"pas|aucune?|rien|n'\w+|ne|desolee?|complet\w*|malheureusement|ferme\w*|pris|jamais|trop (?:tard|tot)",
    "pt": (
        r"nao|nada|nenhum\w*|infelizmente|lotad\w+|esgotad\w+|ocupad\w+|lamento|desculpe|fechad\w+"
        r"|nunca|(?:tarde|cedo) demais"
    ),
}
_TAKES_BACK = {code: re.compile(rf"(?<!\w)(?:{words})(?!\w)") for code, words in _NEGATIONS.items()}


def claims_in(clause: Clause, wordings: Sequence[Wording], *, has_moment: bool) -> set[str]:
    """The kinds of claim that a clause makes: booked, stands, reserved, moved, cancelled, undone, done, waiting."""
    if clause.asked:
        return set()
    found: set[str] = set()
    for wording in wordings:
        about_it = has_moment or says(clause, [wording], "noun") or says(clause, [wording], "appointment")
        for need, patterns in wording.patterns.items():
            if (need == "moment" and not has_moment) or (need == "about" and not about_it):
                continue
            for kind, pattern in patterns.items():
                if kind not in found and any(
                    _holds(clause.text, *m.span(), wording, wordings) for m in pattern.finditer(clause.text)
                ):
                    found.add(kind)
        for kind, pattern in families.compiled(wording).items():
            if kind not in found and any(
                _holds(clause.text, *m.span(), wording, wordings) for m in pattern.finditer(clause.text)
            ):
                found.add(kind)
    if is_free(clause.text) or found & {"moved", "cancelled", "undone"}:
        found.discard("stands")
    if not found:
        found |= {
            kind
            for wording in wordings
            for start, end, kind in accomplished(clause.low, wording.code)
            if _holds(clause.text, start, end, wording, wordings)
        }
    if not found - {"stands", "acted"} and mentions.is_said_to_change(clause, wordings):
        found = {"changed"}
    if found & {"booked", "reserved", "stands"} and _WAITING_LIST.search(clause.text):
        found.add("waiting")
    if "cancelled" in found and _OLD.search(clause.text):
        found = found - {"cancelled"} | {"replaced"}
    if "booked" in found and not _IN_THEIR_NAME.search(clause.text) and _only_reserves(clause, wordings):
        found = found - {"booked"} | {"reserved"}
    if "waiting" in found:
        found -= {"booked", "reserved", "stands"}
    return found


_DENIED_AFTER = re.compile(
    r" (?:ist|sind|war|wurde|habe ich)(?: aber| bisher| jedoch| da)*(?: noch)? (?:nichts|nicht|kein\w*)\b"
)
_WAITING_LIST = re.compile(r"\b(?:wait(?:ing)?[ -]?list|warteliste|lista de espera|liste d'attente)\b")
_NOT_FREE = re.compile(r"(?:\bnot|n't|\bno|\bnicht|\bkeine?n?|\bpas|\bnao)(?: \w+){0,2} $")
_IN_THEIR_NAME = re.compile(r"\b(?:your name|a (?:su|tu) nombre|[a\u00e0] votre nom|em seu nome|ihren namen)\b")
_OLD = re.compile(
    r"\b(?:old|previous|former|original|alte[rnms]?|bisherige\w*|vorherige\w*|anterior|antigu[oa]|antig[oa]|ancien)\b"
)
_FREE_ONLY = re.compile(
    r"\b(?:free|available|availability|earliest|soonest|possible|next free|frei(?:e[rsnm]?)?"
    r"|verfugbar\w*|fruheste\w*|moglich\w*|libres?|disponib\w+|possibles?|"
    r"livres?|disponive\w+|disponibilidad\w*|possive\w+|posible\w*)\b"
)


def _only_reserves(clause: Clause, wordings: Sequence[Wording]) -> bool:
    """ "Le he reservado las 10:30": true of what is held, too."""
    patterns = [table["booked"] for wording in wordings for table in wording.patterns.values() if "booked" in table]
    patterns += [families.compiled(wording)["booked"] for wording in wordings]
    matches = [match[0] for pattern in patterns for match in pattern.finditer(clause.text)]
    return bool(matches) and all(re.search(r"\breserv|\bguard", match) for match in matches)


def is_free(text: str) -> bool:
    """It says (folded) that a time is to be had."""
    return any(not _NOT_FREE.search(text[: match.start()]) for match in _FREE_ONLY.finditer(text))


def says(clause: Clause, wordings: Sequence[Wording], field: str) -> bool:
    return any(wording.pattern(field).search(clause.text) for wording in wordings)


def takes_back(text: str, wordings: Sequence[Wording]) -> bool:
    """It says (folded) no: a time that is not to be had is no claim."""
    return any(_TAKES_BACK[wording.code].search(text) for wording in wordings)


def _holds(text: str, start: int, end: int, wording: Wording, wordings: Sequence[Wording]) -> bool:
    """Not denied, not asked for, no condition attached, in whatever language that may be."""
    before = text[:start]
    near = list(_WORD.finditer(before))[-NEAR:]
    window = before[near[0].start() :] if near else ""
    unknown = len(wordings) > MANY
    denied = any(each.pattern("denials").search(window) for each in (wordings if unknown else (wording,)))
    if denied or any(each.pattern("conditions").search(before) for each in wordings):
        return False
    if _DENIED_AFTER.match(text[end:]):
        return False
    after = re.match(r"\W*", text[end:])
    return not wording.pattern("provisos").match(text, end + (after.end() if after else 0))
