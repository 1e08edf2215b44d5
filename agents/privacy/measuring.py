"""How much of marked texts is hidden, how much of the rest is hidden wrongly, and how long it takes.

A line marks its personal data either in the text, `{"marked": "I am {{NAME|Anna}}"}`, or beside it,
`{"text": …, "spans": [{"type", "start", "end"}]}`; `known`, `country` and `language` as in the redact command.
"""

import json
import re
import statistics
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from agents.privacy.finding import find
from agents.privacy.known import known_from_text
from agents.privacy.values import KnownValue

_MARK = re.compile(r"\{\{(?P<type>\w+)\|(?P<value>[^{}]+)\}\}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    type: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    text: str
    marks: tuple[Mark, ...] = ()
    known: tuple[KnownValue, ...] = ()
    country: str = "GB"
    language: str = "en"


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """`hidden`: share of letters and digits by type. `wrong`: share of unmarked characters that were replaced."""

    hidden: dict[str, float]
    wrong: float
    median_ms: float
    missed: tuple[tuple[str, str], ...]
    """(type, text around it) of every mark that was not hidden wholly."""


def case_of(line: dict[str, Any]) -> Case:
    text, marks = _unmarked(line["marked"]) if "marked" in line else (line["text"], ())
    beside = tuple(Mark(type=span["type"], start=span["start"], end=span["end"]) for span in line.get("spans") or ())
    return Case(
        text=text,
        marks=marks or beside,
        known=tuple(map(known_from_text, line.get("known") or ())),
        country=line.get("country") or "GB",
        language=line.get("language") or "en",
    )


def measure(cases: Sequence[Case]) -> Measured:
    marked: Counter[str] = Counter()
    hidden: Counter[str] = Counter()
    missed: list[tuple[str, str]] = []
    wrong = unmarked = 0
    times = []
    for case in cases:
        started = time.perf_counter()
        spans = find(case.text, known=case.known, country=case.country, language=case.language)
        times.append((time.perf_counter() - started) * 1000)
        covered = {place for span in spans for place in range(span.start, span.end)}
        meant = {place for mark in case.marks for place in range(mark.start, mark.end)}
        wrong += len(covered - meant)
        unmarked += len(case.text) - len(meant)
        for mark in case.marks:
            letters = [place for place in range(mark.start, mark.end) if case.text[place].isalnum()]
            marked[mark.type] += len(letters)
            hidden[mark.type] += sum(place in covered for place in letters)
            if not covered.issuperset(letters):
                missed.append((mark.type, case.text))
    return Measured(
        hidden={type: hidden[type] / marked[type] for type in sorted(marked)},
        wrong=wrong / max(1, unmarked),
        median_ms=statistics.median(times) if times else 0.0,
        missed=tuple(missed),
    )


def report(lines: Iterable[str]) -> str:
    """What `redact --measure` prints; nothing of the texts themselves."""
    found = measure([case_of(json.loads(line)) for line in lines if line.strip()])
    rows = [f"{type:<24}{share:>9.2%}" for type, share in found.hidden.items()]
    return "\n".join(
        [
            *rows,
            f"{'wrongly replaced':<24}{found.wrong:>9.2%}",
            f"{'median per text':<24}{found.median_ms:>6.2f} ms",
        ]
    )


def _unmarked(marked: str) -> tuple[str, tuple[Mark, ...]]:
    pieces: list[str] = []
    marks: list[Mark] = []
    last = length = 0
    for match in _MARK.finditer(marked):
        before = marked[last : match.start()]
        start = length + len(before)
        length = start + len(match["value"])
        marks.append(Mark(type=match["type"], start=start, end=length))
        pieces += before, match["value"]
        last = match.end()
    return "".join([*pieces, marked[last:]]), tuple(marks)
