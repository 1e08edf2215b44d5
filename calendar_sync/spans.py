"""Time as whole seconds since 1970: fast, and without a calendar. Pure; everything is linear after a sort.

A span is (begin, end), the end left out. A bar forbids starts: those strictly between its two ends.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

Span = tuple[int, int]
Bar = tuple[int, int]
ALWAYS: Bar = (-(2**62), 2**62)
NEVER: Bar = (2**62, 2**62)


def union(spans: Iterable[Span]) -> list[Span]:
    """The same time as disjoint spans, in order; those that touch are one."""
    return _joined(spans, touching=True)


def intersection(left: Sequence[Span], right: Sequence[Span]) -> list[Span]:
    """What is in both; each is disjoint and in order."""
    found: list[Span] = []
    place = 0
    for begin, end in left:
        while place < len(right) and right[place][1] <= begin:
            place += 1
        at = place
        while at < len(right) and right[at][0] < end:
            found.append((max(begin, right[at][0]), min(end, right[at][1])))
            at += 1
    return found


def around(spans: Sequence[Span], moment: int) -> Span | None:
    """The one of the disjoint spans, in order, that the moment is in."""
    place = bisect_right(spans, (moment, 2**63)) - 1
    return spans[place] if place >= 0 and moment < spans[place][1] else None


def overlap(spans: Iterable[Span], span: Span) -> bool:
    return any(begin < span[1] and span[0] < end for begin, end in spans)


def bars(busy: Iterable[Span], before: int, after: int) -> list[Bar]:
    """No start strictly between, for a thing that takes `before` seconds ahead of its start and `after` from it on."""
    return [(begin - after, end + before) for begin, end in busy]


def joined(barred: Iterable[Bar]) -> list[Bar]:
    """The same starts forbidden by disjoint bars, in order. Two that touch stay two: there is a start between."""
    return _joined(barred, touching=False)


def crowded(groups: Iterable[Sequence[Bar]], most: int) -> list[Bar]:
    """Where more than `most` of the groups bar a start; the bars of one group are disjoint."""
    events = [each for group in groups for begin, end in group for each in ((begin, 1), (end, -1))]
    events.sort()  # at one moment ends come first: what ends there doesn't forbid it
    found: list[Bar] = []
    count = 0
    for moment, change in events:
        if count == most and change == 1:
            begin = moment
        elif count == most + 1 and change == -1:
            found.append((begin, moment))
        count += change
    return found


def _joined(spans: Iterable[Span], *, touching: bool) -> list[Span]:
    found: list[Span] = []
    last_begin, last_end = 0, -(2**63)
    for begin, end in sorted(spans):
        if end <= begin:
            continue
        if begin < last_end or (touching and begin == last_end):
            if end > last_end:
                last_end = end
                found[-1] = (last_begin, end)
        else:
            found.append((begin, end))
            last_begin, last_end = begin, end
    return found
