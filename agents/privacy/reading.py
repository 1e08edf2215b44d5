"""A text while it is being read: what was found, what is known to be harmless, what is left."""

import re
from collections.abc import Callable, Iterable

from agents.privacy.shadow import Shadow

TAKEN = "\x00"
"""Stands in `rest` and `folded` for characters that were explained; no recogniser matches it."""

HARMLESS = ""
"""The type of a date, time, price or reference: it stays readable and nobody else may claim it."""

Claim = tuple[str, int, int]
"""(type, start, end) in the shadow's offsets."""


class Reading:
    """Recognisers claim parts of the text in turn; what is claimed disappears from the views."""

    def __init__(self, shadow: Shadow) -> None:
        self.shadow = shadow
        self.rest = shadow.plain
        self.folded = shadow.folded
        self.found: list[Claim] = []
        self.has_digits = any(digit in self.rest for digit in "0123456789")

    def sweep(self, pattern: re.Pattern[str], judge: Callable[[re.Match[str]], Claim | None]) -> None:
        """Ask `judge` about every match in `rest`."""
        self.claim(filter(None, map(judge, pattern.finditer(self.rest))))

    def sweep_folded(self, pattern: re.Pattern[str], judge: Callable[[re.Match[str]], Claim | None]) -> None:
        """Ask `judge` about every match in `folded`."""
        self.claim(filter(None, map(judge, pattern.finditer(self.folded))))

    def take(self, type: str, pattern: re.Pattern[str]) -> None:
        """Every match in `rest` is of this type."""
        self.claim((type, *match.span()) for match in pattern.finditer(self.rest))

    def claim(self, claims: Iterable[Claim]) -> None:
        """Record claims and blank them, in one pass. A claim that overlaps an earlier one is cut or dropped."""
        accepted = self._without_overlaps(claims)
        if not accepted:
            return
        self.found += (claim for claim in accepted if claim[0] != HARMLESS)
        self.rest = _blanked(self.rest, accepted)
        self.folded = _blanked(self.folded, accepted)

    def _without_overlaps(self, claims: Iterable[Claim]) -> list[Claim]:
        accepted: list[Claim] = []
        last = 0
        for type, start, end in sorted(claims, key=lambda claim: (claim[1], -claim[2])):
            start = max(start, last)
            if start < end:
                accepted += self._free_parts(type, start, end)
                last = end
        return accepted

    def _free_parts(self, type: str, start: int, end: int) -> list[Claim]:
        if TAKEN not in self.rest[start:end]:
            return [(type, start, end)]
        parts = re.finditer(r"[^\x00]+", self.rest[start:end])
        return [(type, start + part.start(), start + part.end()) for part in parts if part.group().strip()]


def _blanked(view: str, claims: list[Claim]) -> str:
    pieces: list[str] = []
    last = 0
    for _, start, end in claims:
        pieces += view[last:start], TAKEN * (end - start)
        last = end
    pieces.append(view[last:])
    return "".join(pieces)
