"""An appointment of the patient's own that a reply takes for granted: "your visit on Friday is all arranged"."""

import re
from collections.abc import Sequence

from agents.runtime.outgoing.accomplished import participle
from agents.runtime.outgoing.folding import fold
from agents.runtime.outgoing.sentences import Clause
from agents.runtime.outgoing.wording import Wording

_WHOSE = {
    "en": r"your (?:new |next |old |other )?(?:[\w'&-]+ ){0,2}",
    "de": r"(?:ihr|dein)(?:e[nmrs]?)? (?:neue[nr]? |nachste[nr]? |alte[nr]? )?(?:[\w-]+ ){0,2}",
    "es": r"(?:su|tu|la) (?:nueva |proxima )?",
    "fr": r"(?:votre|ton|vos) (?:nouveau |prochain |ancien )?",
    "pt": r"(?:a )?(?:sua|tua) (?:nova |proxima )?",
}
_WITH = (
    r"(?:,? (?:with|for|bei|mit|fur|zum|zur|con|para|de|avec|pour|com)(?! (?:the|le|el|la|o|a)\b)(?: [\w.'-]+){1,3}?)?"
)
_BETWEEN = (
    r",? ?(?:\(|(?:on|at|for|of|from|this|next|am|um|vom|von|fur|der|de|del|da|do|du|d'|el|la|las|le|a|as|à|às"
    r"|para|pour"
    r"|na|no) ){0,3}"
)
_CHANGED = {
    "en": r"(?: [\w.:]+){0,4}? (?:has|'s|have|got|was)(?: been| just| now| also)*",
    "de": r"(?: [\w.:]+){0,4}? (?:wurde|ist|hat sich)(?: \w+){0,4}?",
    "es": r"(?: [\w.:]+){0,4}? (?:ha|fue|se|ya no)(?: sido)?",
    "fr": r"(?: [\w.:]+){0,4}? (?:a|vient|n'est plus|n'a plus|est passe)(?: ete| bien| d'etre)*",
    "pt": r"(?: [\w.:]+){0,4}? (?:foi|ja nao|nao esta mais|saiu|passou|caiu)",
}


def _pattern(code: str, wording: Wording, tail: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_WHOSE[code]}{wording.noun}{_WITH}{tail}")


_compiled: dict[str, tuple[re.Pattern[str], re.Pattern[str]]] = {}


def _of(wording: Wording) -> tuple[re.Pattern[str], re.Pattern[str]]:
    code = wording.code
    if code not in _compiled:
        _compiled[code] = (_pattern(code, wording, f"{_BETWEEN}$"), _pattern(code, wording, f"{_CHANGED[code]}(?!\\w)"))
    return _compiled[code]


def is_theirs(before: str, wordings: Sequence[Wording]) -> bool:
    """Whether the words (folded) right before a date or time name an appointment of the patient's own."""
    return any(_of(wording)[0].search(before[-80:]) for wording in wordings)


def is_said_to_change(clause: Clause, wordings: Sequence[Wording]) -> bool:
    """ "Your visit tomorrow has been axed": something happened to it, by a verb that no table knows as a booking."""
    for wording in wordings:
        changed = _of(wording)[1].search(clause.text)
        ends = changed and participle(clause.low[changed.end() :], wording.code)
        if changed and ends and not wording.pattern("denials").search(changed[0] + fold(ends[0])):
            return True
    return False
