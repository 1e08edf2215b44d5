"""Rules for times of day. What they write is a `C` token.

Hours without "am" or "pm" have two readings. The one in office hours comes first: 8 to 11 in the morning,
12 and 1 to 7 after noon.
"""

from dataclasses import replace
from datetime import time
from typing import Any

from calendar_sync.when.grammar import Clock, Context, Match, rule
from calendar_sync.when.reading import Token
from calendar_sync.when.types import TimeKind, TimeRange

PARTS = {
    "early": (time(6), time(8, 59)),
    "morning": (time(6), time(11, 59)),
    "midday": (time(12), time(13, 59)),
    "afternoon": (time(12), time(17, 59)),
    "after_school": (time(15), time(17, 59)),
    "evening": (time(17), time(22)),
    "night": (time(18), time(23, 59)),
}
# Wider than the parts themselves: people say "4 in the evening" and "7 in the afternoon".
_HINTS = {
    "early": (time(4), time(10)),
    "morning": (time(4), time(12)),
    "midday": (time(11), time(15)),
    "afternoon": (time(12), time(20)),
    "after_school": (time(12), time(20)),
    "evening": (time(13), time(23, 59)),
}


def at(hour: int, minute: int = 0, second: int = 0, fixed: bool = False) -> Clock | None:
    """The readings of an hour and minute; None for what no clock shows."""
    if hour == 24 and minute == 0:
        hour, fixed = 0, True
    if hour > 23 or minute > 59 or second > 59:
        return None
    if fixed or hour == 0 or hour > 12:
        return Clock(readings=(_exact(time(hour, minute, second)),))
    early, late = time(hour % 12, minute, second), time(hour % 12 + 12, minute, second)
    both = (early, late) if 8 <= hour <= 11 else (late, early)
    return Clock(readings=tuple(_exact(each) for each in both), open=True)


def _exact(moment: time) -> TimeRange:
    return TimeRange(start=moment, end=moment)


def part(name: str) -> Clock:
    start, end = PARTS[name]
    return Clock(readings=(TimeRange(start=start, end=end),), kind="part")


def hinted(clock: Clock, name: str) -> Clock:
    """The clock with only the readings that suit a part of the day ("evening 4" is 16:00)."""
    clock = _settled(clock, name) if clock.open else clock
    first = PARTS[name][0]
    ends = [each.end for each in clock.readings if each.start is None and each.end is not None]
    if len(ends) == len(clock.readings) == 1 and ends[0] > first:  # "in the evening, before 7"
        return replace(clock, readings=(TimeRange(start=first, end=ends[0]),))
    return clock


def _settled(clock: Clock, name: str) -> Clock:
    def suits(reading: TimeRange) -> bool:
        moment = reading.start or reading.end or time.min
        if name == "night":
            return moment >= time(18) or moment < time(6)
        return _HINTS[name][0] <= moment <= _HINTS[name][1]

    fitting = tuple(reading for reading in clock.readings if suits(reading))
    if not fitting and name == "morning":
        fitting = tuple(reading for reading in clock.readings if (reading.start or time.max) < time(12))
    return Clock(readings=fitting or clock.readings, kind=clock.kind, open=len(fitting) != 1)


def between(first: Clock, last: Clock) -> Clock | None:
    """The shortest stretches that the readings of both ends allow: "9 to 5", "2 and 4pm"."""
    pairs = [
        (a.start, b.start)
        for a in first.readings
        for b in last.readings
        if a.start is not None and b.start is not None and a.start < b.start
    ]
    if not pairs:
        return None

    def minutes(pair: tuple[time, time]) -> int:
        return (pair[1].hour - pair[0].hour) * 60 + pair[1].minute - pair[0].minute

    shortest = min(minutes(pair) for pair in pairs)
    ranges = tuple(TimeRange(start=a, end=b) for a, b in pairs if minutes((a, b)) == shortest)
    return Clock(readings=ranges, kind="between", open=len(ranges) > 1)


def _between(m: Match, _: Context) -> Token | None:
    clock = between(m.value("C"), m.value("C", 1))
    return m.token("C", clock) if clock else None


def _bounded(kind: TimeKind) -> Any:
    """ "After 5", "before noon", "around 3"."""

    def bounded(m: Match, _: Context) -> Token | None:
        clock: Clock = m.value("C")
        if clock.kind not in ("at", "around") or (m.tokens[0].tag == "b" and m.tokens[0].value != "until"):
            return None
        readings = tuple(
            TimeRange(start=None if kind == "before" else each.start, end=None if kind == "after" else each.end)
            for each in clock.readings
        )
        inclusive = kind == "before" and m.value("E") != "before"
        return m.token("C", Clock(readings=readings, kind="by" if inclusive else kind, open=clock.open))

    return bounded


def _moved(m: Match, _: Context) -> list[Token]:
    """ "Move it from Tuesday to Thursday": not a stretch; what comes before "to" is taken back."""
    to = m.tokens[-1]
    before = [replace(token, tag="z") if token.tag == ">" else token for token in m.tokens[:-1]]
    return [*before, Token("*", None, to.start, to.end)]


CLOCK_RANGES = (
    rule(r"Y[^;BY]*?b(?= [Odt~]*[DC])", _moved),
    rule(r"[>f]C tC", _between),
    rule(r"[B>]?[t~]?C [&b-][t~]?C", lambda m, c: _between(m, c) if m.get("b") or m.get("-") or m.get("B") else None),
    rule(r"[t~]*~[t~]*C|C~", _bounded("around")),
    rule(r"[A>p]t?C|C j", _bounded("after")),
    rule(r"[Eb]t?C", _bounded("before")),
    rule(r"tC", lambda m, _: m.token("C", m.value("C"))),
)
