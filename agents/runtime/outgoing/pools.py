"""What each kind of claim may rest on."""

import re
from collections.abc import Sequence
from functools import lru_cache

from agents.runtime.outgoing.facts import READS, Ground, Standing
from agents.runtime.outgoing.wording import Wording


def at_its_time(ground: Ground, kind: str) -> list[Standing]:
    """What a date or time beside the claim may be: what is done now stands or is kept."""
    if kind in ("done", "acted") and (ground.coming or ground.changed or ground.held):
        return [*ground.coming, *ground.held]
    if kind == "cancelled":  # where it was, of what was moved
        return [
            *pool(ground, kind),
            *(end for each in ground.committed.moved for end in each.ends if end.start == each.before),
        ]
    return pool(ground, kind)


def pool(ground: Ground, kind: str) -> list[Standing]:
    committed = ground.committed
    if kind in ("booked", "stands"):
        return list(committed.coming)
    if kind == "reserved":
        return [*committed.coming, *ground.held]
    if kind == "moved":
        return [end for each in committed.moved for end in each.ends]
    if kind == "cancelled":
        return [end for each in committed.cancelled for end in each.ends]
    if kind == "replaced":  # the old one is gone
        return [*pool(ground, "moved"), *pool(ground, "cancelled")]
    if kind == "changed":
        return ground.changed
    if kind == "undone":
        return [*committed.coming, *ground.changed] if committed.undone else []
    if kind == "waiting":
        return _anything(ground) if "join_waitlist" in ground.tools_done else []
    standing = [*committed.coming, *ground.held]  # done, acted
    return [*standing, *(s for s in ground.changed if not standing)] or _anything(ground)


def _anything(ground: Ground) -> list[Standing]:
    """Something was done that has no time of its own."""
    return [Standing(start=ground.now)] if ground.tools_done - READS else []


def count(clause: str, wordings: Sequence[Wording]) -> int:
    """How many appointments a clause speaks of ("all six sessions are booked")."""
    most = 1
    for wording in wordings:
        for match in _counting(wording.noun, tuple(wording.numbers)).finditer(clause):
            said = match[1]
            most = max(most, int(said) if said.isdigit() else wording.numbers.get(said, 2))
    return most


@lru_cache(maxsize=8)
def _counting(noun: str, numbers: tuple[str, ...]) -> re.Pattern[str]:
    any_number = "|".join(sorted(numbers, key=len, reverse=True))
    return re.compile(
        rf"(?<![\w:.,])(\d{{1,2}}(?! (?:uhr|h|am|pm|heures|horas)\b)|{any_number}|both|beide|ambas|ambos|deux"
        rf"|as duas) (?:[\w-]+ ){{0,2}}{noun}(?!\w)"
    )
