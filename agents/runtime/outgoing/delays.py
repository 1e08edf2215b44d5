"""Notice and delays in hours: "less than 24 hours before". Only as somebody has written them."""

import re

from agents.runtime.outgoing.facts import Ground
from agents.runtime.outgoing.folding import fold

A_DAY = 24  # hours: fewer are a time of day in some languages ("às 10 horas")
_HOURS = re.compile(r"(?<![\d.,:])(\d{2,3})[ -]?(?:hours?|hrs|stunden|std|horas?|heures?|h)(?!\w)")


_NOTICE = re.compile(
    r"(?:(?:less than|fewer than|within|under|at least|minimum(?: of)?|up to|weniger als|innerhalb von|unter|mindestens"
    r"|menos de|al menos|minimo(?: de)?|dentro de|hasta|moins de|au moins|jusqu'a|pelo menos|ate)"
    r" (?:the |den |de |las |les |as )?(?:last |letzten )?(\d{1,3})[ -]?(?:hours?|hrs|stunden|std|horas?|heures?"
    r"|h)(?!\w))"
    r"|(?<![\d.,:])(\d{1,3})[ -]?(?:hours?'?|hrs|stunden|std|horas?|heures?|h) (?:\w+ )?(?:notice|before\w*|ahead"
    r"|in advance"
    r"|vorher|im voraus|vor (?:dem|ihrem)|antes|de antelacion|de antecedencia|avant|a l'avance)(?!\w)"
)


def wrong_delays(text: str, ground: Ground) -> list[str]:
    """["delay"] when a text tells another number of hours than the house's own words; where they tell none, []."""
    folded = fold(text)
    named = _hours(text) | {int(match[1] or match[2]) for match in _NOTICE.finditer(folded)}
    if not named:
        return []
    told = [*ground.published, *ground.told_by_tools, *ground.said_before]
    known = _hours(" ".join(told))
    return ["delay"] if known and named - known - _hours(" ".join(ground.patients_words)) else []


def _hours(text: str) -> set[int]:
    return {int(match[1]) for match in _HOURS.finditer(fold(text)) if int(match[1]) >= A_DAY}
