"""How well dates are read: a file of phrases with what they mean, read by the grammar and by whoever is set beside it.

A line of the file is a JSON object with `text`, `now` and perhaps `language`, and one of

    values          all readings of the phrase ("not resolved" stands for none), in any order
    first           the likeliest reading that is not over; null for none; a list where a careful reader takes any
    date and time   the same in two fields; time may be null
"""

import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from calendar_sync.when.understanding import resolve, understand


@dataclass(frozen=True, kw_only=True)
class Case:
    """One phrase. `likeliest`: only the first value that is not over counts, and it must be one of the `wanted`.

    `may_be_silent`: no value at all is right, too.
    """

    text: str
    now: datetime
    language: str
    wanted: frozenset[str]
    likeliest: bool
    may_be_silent: bool = False


@dataclass(frozen=True, kw_only=True)
class Score:
    """`wrong`: answers with no right value. `silent`: no answer where there is one. CPU is the process's own."""

    reader: str
    total: int
    exact: int
    wrong: int
    silent: int
    cpu_ms: float


Read = Callable[[Case], list[str]]
Watch = Callable[[Case, list[str]], None]


def read_cases(lines: Iterable[str]) -> list[Case]:
    """Raises `ValueError` for a line that is no case."""
    cases = []
    for number, line in enumerate(lines, 1):
        try:
            cases.append(_case(json.loads(line)))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"line {number} is no phrase with its meaning: {error!r}") from error
    return cases


def _case(row: Mapping[str, Any]) -> Case:
    likeliest = "values" not in row
    if not likeliest:
        wanted = [_without_seconds(value) for value in row["values"] if value != "not resolved"]
    elif "first" in row:
        wanted = row["first"] if isinstance(row["first"], list) else [row["first"]]
    else:
        wanted = [f"{row['date']} {row['time']}" if row["time"] else row["date"]]
    return Case(
        text=row["text"],
        now=datetime.fromisoformat(row["now"]),
        language=row.get("language", "en"),
        wanted=frozenset(value for value in wanted if value),
        likeliest=likeliest,
        may_be_silent=likeliest and None in wanted,
    )


def _without_seconds(value: str) -> str:
    return value[:-3] if value.count(":") == 2 else value


def by_the_grammar(day_first: Callable[[str], bool | None]) -> Read:
    """The grammar of this package; `day_first` tells the order of day and month for a language."""

    def read(case: Case) -> list[str]:
        when = understand(case.text, now=case.now, language=case.language, day_first=day_first(case.language))
        return resolve(when, since=case.now if case.likeliest else None)

    return read


def measure(reader: str, read: Read, cases: list[Case], *, watch: Watch | None = None) -> Score:
    """The score over all cases; `watch` is shown each that was not read exactly."""
    exact = wrong = silent = 0
    spent = 0.0
    for case in cases:
        began = time.process_time()
        got = read(case)
        spent += time.process_time() - began
        is_exact = _is_exact(case, got)
        exact += is_exact
        wrong += bool(got) and not case.wanted & set(got)
        silent += not got and bool(case.wanted) and not case.may_be_silent
        if watch and not is_exact:
            watch(case, got)
    cpu_ms = 1000 * spent / max(1, len(cases))
    return Score(reader=reader, total=len(cases), exact=exact, wrong=wrong, silent=silent, cpu_ms=cpu_ms)


def _is_exact(case: Case, got: list[str]) -> bool:
    if not case.likeliest:
        return set(got) == case.wanted
    return got[0] in case.wanted if got else case.may_be_silent or not case.wanted


def table(scores: Iterable[Score]) -> str:
    """The scores as lines of text, one reader a line."""
    head = f"{'':<24}{'exact':>16}{'none right':>16}{'silent':>16}{'CPU ms each':>14}"
    return "\n".join([head, *(_line(score) for score in scores)])


def _line(score: Score) -> str:
    def share(count: int) -> str:
        return f"{count:>6} {count / max(1, score.total):>8.1%} "

    counts = "".join(share(count) for count in (score.exact, score.wrong, score.silent))
    return f"{score.reader:<24}{counts}{score.cpu_ms:>14.2f}"
