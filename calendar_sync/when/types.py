"""What a sentence says about when: the shapes that cross the border of this package.

Every reading that a phrase allows is kept, the likeliest first. Spans are offsets into the text as given.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Literal

TimeKind = Literal["at", "around", "after", "before", "by", "between", "part"]


@dataclass(frozen=True, kw_only=True)
class DayRange:
    """Days from `first` to `last`, both included; open ends are `date.min` and `date.max`.

    `shown` is the one day that stands for the range where only one can be given ("end of the month").
    """

    first: date
    last: date
    shown: date | None = None

    @property
    def single(self) -> bool:
        return self.first == self.last

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def days(self) -> Iterator[date]:
        """The days that stand for the range: all of them, or the known end of an open one."""
        if self.shown:
            yield self.shown
        elif self.last == date.max:
            yield self.first
        elif self.first == date.min:
            yield self.last
        else:
            for offset in range((self.last - self.first).days + 1):
                yield self.first + timedelta(days=offset)


@dataclass(frozen=True, kw_only=True)
class TimeRange:
    """A time of day (`start == end`) or a stretch of it; `None` is an open end."""

    start: time | None
    end: time | None

    @property
    def exact(self) -> bool:
        return self.start is not None and self.start == self.end

    def __contains__(self, moment: object) -> bool:
        if not isinstance(moment, time):
            return False
        return (self.start or time.min) <= moment <= (self.end or time.max)


@dataclass(frozen=True, kw_only=True)
class DateChoice:
    """One mention of a date. `weekday` (Monday 0) is set for a weekday without anything else.

    `conflict`: weekday and date were both given and do not agree ("Monday 3 March", a Tuesday).
    """

    readings: tuple[DayRange, ...]
    start: int
    end: int
    weekday: int | None = None
    conflict: bool = False


@dataclass(frozen=True, kw_only=True)
class TimeChoice:
    """One mention of a time of day; two readings where morning or afternoon was not said.

    `before` leaves out the end itself, `by` includes it; `around` is near it; `part` is a part of the day.
    """

    readings: tuple[TimeRange, ...]
    kind: TimeKind
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A date, a time, or both where they belong together. `is_now`: "now", "at this time"."""

    date: DateChoice | None = None
    time: TimeChoice | None = None
    is_now: bool = False

    @property
    def start(self) -> int:
        return min(part.start for part in (self.date, self.time) if part)

    @property
    def end(self) -> int:
        return max(part.end for part in (self.date, self.time) if part)


@dataclass(frozen=True, kw_only=True)
class Shift:
    """A change against what was talked about before: "the week after", "an hour earlier", "later".

    `sign` is +1 or -1; `days` and `minutes` are zero for a bare "later" or "earlier".
    """

    sign: int
    days: int = 0
    minutes: int = 0
    start: int = 0
    end: int = 0


@dataclass(frozen=True, kw_only=True)
class Recurrence:
    """ "Every two weeks, six times": the distance in days, and how often if that was said."""

    every_days: int
    times: int | None = None


@dataclass(frozen=True, kw_only=True)
class When:
    """All that a text says about when.

    `correction` is the offset of the last word that takes back what came before it ("no, I meant …").
    `spans` cover every find, exclusions included, sorted, for callers that strip or mask them.
    """

    mentions: tuple[Mention, ...] = ()
    excluded_dates: tuple[DateChoice, ...] = ()
    excluded_times: tuple[TimeChoice, ...] = ()
    asap: bool = False
    shift: Shift | None = None
    recurring: Recurrence | None = None
    correction: int | None = None
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def dates(self) -> tuple[DateChoice, ...]:
        return tuple(dict.fromkeys(m.date for m in self.mentions if m.date))

    @property
    def times(self) -> tuple[TimeChoice, ...]:
        return tuple(dict.fromkeys(m.time for m in self.mentions if m.time))

    def __bool__(self) -> bool:
        return bool(self.spans)
