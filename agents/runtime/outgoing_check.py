"""Nothing is claimed that is not so: what a reply says was done is compared with what is committed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")
_TIME = re.compile(r"\b([01]?\d|2[0-3])[:.h]([0-5]\d)\b\s*(am|pm)?|\b(1[0-2]|[1-9])\s*(am|pm)\b", re.IGNORECASE)
_NOT_A_CLAIM = re.compile(
    r"\?|n['’]t\b|\b(not|cannot|can|could|would|shall|should|want|like|if|once|before|to be|will|unable|"
    r"happy to|try|need|until|when|let me|yet)\b",
    re.IGNORECASE,
)
_CLAIMS = {
    "booked": re.compile(
        r"\b(booked|reserved|scheduled|all set|you're in|see you (on|at|then|tomorrow|next)|is confirmed|are confirmed|"
        r"confirmed (for|on|your)|have (an|your) appointment)\b",
        re.IGNORECASE,
    ),
    "moved": re.compile(r"\b(moved|rescheduled|changed|pushed back|brought forward)\b", re.IGNORECASE),
    "cancelled": re.compile(r"\b(cancelled|canceled|called off)\b", re.IGNORECASE),
    "undone": re.compile(r"\b(undone|undid|taken (it )?back|put (it )?back|reinstated|restored)\b", re.IGNORECASE),
}
_WORDS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_COUNT = re.compile(
    rf"\b(\d{{1,2}}|{'|'.join(_WORDS)}) (?:\w+ )?(?:appointments|sessions|visits|dates|times)\b", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Committed:
    """What is so for this contact: local starts ("HH:MM") of coming appointments, and what was done lately.

    `moved` and `cancelled`: by a change that stands, which may be an undoing (an undone booking is cancelled).
    """

    coming: Sequence[str]
    moved: bool
    cancelled: bool
    undone: bool = False


def unfounded(text: str, committed: Committed) -> list[str]:
    """The claims ("booked", "moved", "cancelled", "undone") in the text that nothing committed bears out."""
    found: list[str] = []
    for sentence in _SENTENCE.findall(text):
        if _NOT_A_CLAIM.search(sentence):
            continue
        for claim, pattern in _CLAIMS.items():
            if pattern.search(sentence) and not _founded(claim, sentence, committed):
                found.append(claim)
    return found


def _founded(claim: str, sentence: str, committed: Committed) -> bool:
    if claim == "cancelled":
        return committed.cancelled
    if claim == "undone":
        return committed.undone
    if claim == "moved" and not committed.moved:
        return False
    if not committed.coming or _count(sentence) > len(committed.coming):
        return False
    said = [time for time in map(_readings, _TIME.finditer(sentence)) if time]
    return all(times & set(committed.coming) for times in said)


def _count(sentence: str) -> int:
    """How many appointments a sentence speaks of ("all six sessions are booked")."""
    numbers = [each[1].lower() for each in _COUNT.finditer(sentence)]
    return max((int(each) if each.isdigit() else _WORDS.index(each) + 2 for each in numbers), default=1)


def _readings(match: re.Match[str]) -> set[str]:
    """The clock times that a written time may mean."""
    hour, minute = int(match[1] or match[4]), int(match[2] or 0)
    half = (match[3] or match[5] or "").lower()
    if half:
        return {f"{hour % 12 + (12 if half == 'pm' else 0):02d}:{minute:02d}"}
    return {f"{hour:02d}:{minute:02d}"} | ({f"{hour + 12:02d}:{minute:02d}"} if 1 <= hour <= 7 else set())
