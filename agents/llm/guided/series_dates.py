"""The dates of a series as plan_series and book_series answer them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agents.llm.guided.counted import WEEK, Rhythm
from agents.llm.guided.diary_lines import Offer, lines_in, offers_in, start_of


@dataclass(frozen=True, kw_only=True)
class SeriesDate:
    """`instead`: the free time of that day which is closest, where this one is taken."""

    start: dt.datetime
    fits: bool
    instead: Offer | None = None


@dataclass(frozen=True, kw_only=True)
class SeriesPlan:
    slot: str  # ticket of the first
    rhythm: Rhythm
    dates: tuple[SeriesDate, ...]

    @property
    def clashes(self) -> tuple[SeriesDate, ...]:
        return tuple(each for each in self.dates if not each.fits)


def plan_in(call: Mapping[str, Any], content: Mapping[str, Any]) -> SeriesPlan | None:
    """None where the answer holds no dates."""
    dates = lines_of(content.get("dates"))
    if not dates:
        return None
    return SeriesPlan(
        slot=str(call.get("slot", "")),
        rhythm=Rhythm(every_days=WEEK * int(call.get("every_weeks") or 1), times=int(call.get("times") or len(dates))),
        dates=dates,
    )


def lines_of(lines: object) -> tuple[SeriesDate, ...]:
    """The dates of one answer of a skill."""
    return tuple(each for line in lines_in(lines) if (each := _date(line)) is not None)


def _date(line: Mapping[str, Any]) -> SeriesDate | None:
    start = start_of(line)
    if start is None:
        return None
    nearest = offers_in(line.get("nearest"), "")
    return SeriesDate(start=start, fits=bool(line.get("fits")), instead=nearest[0] if nearest else None)
