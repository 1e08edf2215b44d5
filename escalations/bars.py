"""A picture of days as bars, for SVG without script or style: numbers in, places in a drawing out."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 100
WIDTH, GAP = 8, 2
LEAST = 1.5  # a day on which a little was spent can be seen


@dataclass(frozen=True, kw_only=True)
class Bar:
    date: dt.date
    value: int
    x: int
    y: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Drawing:
    bars: tuple[Bar, ...]
    width: int
    height: int
    top: int  # the value that the height stands for
    line: float | None  # height of the limit, if it lies within the picture


def draw(values: Sequence[tuple[dt.date, int]], *, limit: int | None = None) -> Drawing:
    """Bars from the bottom up; the limit is drawn where it does not make all of them too small to see."""
    highest = max((value for _, value in values), default=0)
    shown = limit if limit and limit <= highest * 4 else None
    top = max(highest, shown or 0, 1)
    bars = []
    for place, (date, value) in enumerate(values):
        height = max(HEIGHT * value / top, LEAST) if value else 0
        bars.append(
            Bar(
                date=date,
                value=value,
                x=place * (WIDTH + GAP),
                y=round(HEIGHT - height, 2),
                height=round(height, 2),
            )
        )
    line = round(HEIGHT - HEIGHT * shown / top, 2) if shown else None
    return Drawing(bars=tuple(bars), width=len(values) * (WIDTH + GAP) - GAP, height=HEIGHT, top=top, line=line)
