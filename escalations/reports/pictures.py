"""Pictures for SVG without script or style: numbers in, places in a drawing out."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from escalations.reports.period import Period

HEIGHT = 100
WIDTH, GAP = 8, 2
CELL = 10
LEVELS = 5


@dataclass(frozen=True, kw_only=True)
class Part:
    label: str
    tone: int  # which of the picture's colours
    value: int
    y: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Bar:
    first: dt.date
    last: dt.date
    x: int
    parts: tuple[Part, ...]

    @property
    def value(self) -> int:
        return sum(part.value for part in self.parts)


@dataclass(frozen=True, kw_only=True)
class Bars:
    bars: tuple[Bar, ...]
    labels: tuple[str, ...]  # of the parts, from the bottom up
    width: int
    height: int
    top: int  # the value that the height stands for

    @property
    def wide(self) -> bool:
        """Whether a bar stands for more than a day."""
        return any(bar.first != bar.last for bar in self.bars)


@dataclass(frozen=True, kw_only=True)
class Cell:
    x: int
    y: int
    count: int
    level: int  # 0: nothing, to LEVELS
    weekday: str
    hour: int

    @property
    def end(self) -> int:
        return self.hour + 1


@dataclass(frozen=True, kw_only=True)
class Grid:
    cells: tuple[Cell, ...]
    busiest: Cell | None
    width: int
    height: int


def stacked(period: Period, labels: Sequence[str], by_day: Mapping[dt.date, Sequence[int]]) -> Bars:
    """Bars over the period's days; `by_day` holds a number for each label."""
    spans = [(first, last, _sum(by_day, first, last, len(labels))) for first, last in period.bars()]
    top = max((sum(values) for *_, values in spans), default=0) or 1
    bars = tuple(
        Bar(first=first, last=last, x=place * (WIDTH + GAP), parts=_parts(labels, values, top))
        for place, (first, last, values) in enumerate(spans)
    )
    return Bars(bars=bars, labels=tuple(labels), width=len(bars) * (WIDTH + GAP) - GAP, height=HEIGHT, top=top)


def _sum(by_day: Mapping[dt.date, Sequence[int]], first: dt.date, last: dt.date, length: int) -> list[int]:
    days = (first + dt.timedelta(days=number) for number in range((last - first).days + 1))
    found: Any = [by_day.get(day, (0,) * length) for day in days]
    return [sum(numbers) for numbers in zip(*found, strict=True)]


def _parts(labels: Sequence[str], values: Sequence[int], top: int) -> tuple[Part, ...]:
    parts, below = [], 0.0
    for tone, (label, value) in enumerate(zip(labels, values, strict=True)):
        height = HEIGHT * value / top
        below += height
        parts.append(Part(label=label, tone=tone, value=value, y=round(HEIGHT - below, 2), height=round(height, 2)))
    return tuple(parts)


def week(counts: Sequence[Sequence[int]], weekdays: Sequence[str]) -> Grid:
    """A week's hours as squares, the fuller the busier."""
    top = max((max(row) for row in counts), default=0)
    cells = tuple(
        Cell(
            x=hour * CELL,
            y=day * CELL,
            count=count,
            level=-(-count * LEVELS // top) if count else 0,
            weekday=weekdays[day],
            hour=hour,
        )
        for day, row in enumerate(counts)
        for hour, count in enumerate(row)
    )
    busiest = max(cells, key=lambda each: each.count) if top else None
    return Grid(cells=cells, busiest=busiest, width=24 * CELL, height=7 * CELL)
