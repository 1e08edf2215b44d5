"""When somebody works, or a location is open: hours that repeat weekly or every other week, and days of their own.

Pure. Times are local. A period belongs to the day on which it begins, also where it goes past midnight.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from calendar_sync.local_time import DAY, second
from calendar_sync.spans import Span, intersection, union

WHOLE_DAY = 24 * 60  # minutes


@dataclass(frozen=True, slots=True)
class Hours:
    """One period of a local day. One that ends at or before it starts ends on the next day.

    `place`: the id of the location, where it isn't the practitioner's usual one.
    """

    starts: dt.time
    ends: dt.time
    place: int | None = None


Week = Mapping[int, Sequence[Hours]]  # weekday 0–6 → its periods
Days = Mapping[dt.date, Sequence[Hours]]  # no periods: closed


@dataclass(frozen=True, kw_only=True)
class DayRules:
    """The hours of one practitioner at one location, or of a location.

    The most special word on a day holds: the practitioner's own day, else everybody's (a public holiday is one of
    those), else the week. Only the week's hours are cut to the location's opening hours: who enters a date means it.
    """

    zone: ZoneInfo
    weekly: Week
    other_weekly: Week | None = None  # of B weeks, where they differ
    fortnight_from: dt.date | None = None  # a Monday that begins an A week; without it every week is one
    opening: Sequence[Span] | None = None  # disjoint and in order; None: the location doesn't restrict
    own_days: Days = field(default_factory=dict)
    everybodys_days: Days = field(default_factory=dict)

    def on(self, day: dt.date) -> Sequence[Hours]:
        """The periods that begin on the day, not yet cut to the opening hours."""
        special = self.special(day)
        return self.week_of(day).get(day.weekday(), ()) if special is None else special

    def special(self, day: dt.date) -> Sequence[Hours] | None:
        for dated in (self.own_days, self.everybodys_days):
            if day in dated:
                return dated[day]
        return None

    def week_of(self, day: dt.date) -> Week:
        if self.other_weekly is None or self.fortnight_from is None:
            return self.weekly
        return self.other_weekly if (day - self.fortnight_from).days // 7 % 2 else self.weekly


def working_spans(rules: DayRules, first: dt.date, last: dt.date) -> list[Span]:
    """The periods that begin on these days, by their beginning; they may touch or, by mistake, overlap."""
    special: list[Span] = []
    weekly: list[Span] = []
    for day in days(first, last):
        dated = rules.special(day)
        if dated is None:
            weekly.extend(spans_of(day, rules.week_of(day).get(day.weekday(), ()), rules.zone))
        else:
            special.extend(spans_of(day, dated, rules.zone))
    if rules.opening is not None:
        weekly = intersection(sorted(weekly), rules.opening)
    return sorted(weekly + special)


def opening_spans(zone: ZoneInfo, week: Week, special: Days, first: dt.date, last: dt.date) -> list[Span]:
    """When a location is open, of the periods that begin on these days."""
    return union(
        span for day in days(first, last) for span in spans_of(day, special.get(day, week.get(day.weekday(), ())), zone)
    )


def together(*days: Sequence[Hours]) -> list[Hours]:
    """The hours of one day when at least one of them is open; at most 24 hours long."""
    found = union((_minutes(each.starts), _minutes(each.ends, after=each.starts)) for day in days for each in day)
    return [Hours(_time(begin), _time(min(end, begin + WHOLE_DAY))) for begin, end in found]


def shared(these: Sequence[Hours], those: Sequence[Hours]) -> list[Hours]:
    """What each of these has in common with each of those, all of one day."""
    pairs = [(each, other) for each in these for other in those]
    found = [
        (
            max(_minutes(each.starts), _minutes(other.starts)),
            min(_minutes(each.ends, after=each.starts), _minutes(other.ends, after=other.starts)),
        )
        for each, other in pairs
    ]
    return [Hours(_time(begin), _time(end)) for begin, end in found if begin < end]


def minutes_of(hours: Hours) -> tuple[int, int]:
    """Since the midnight at which the day began; past midnight more than a day."""
    return _minutes(hours.starts), _minutes(hours.ends, after=hours.starts)


def _minutes(time: dt.time, after: dt.time | None = None) -> int:
    """Since the midnight at which the day began."""
    found = time.hour * 60 + time.minute
    return found + WHOLE_DAY if after is not None and time <= after else found


def _time(minutes: int) -> dt.time:
    return dt.time(minutes // 60 % 24, minutes % 60)


def spans_of(day: dt.date, periods: Sequence[Hours], zone: ZoneInfo) -> Iterator[Span]:
    for each in periods:
        begin = second(day, each.starts, zone)
        end = second(day if each.starts < each.ends else day + DAY, each.ends, zone)
        if begin < end:  # a clock change may leave nothing of it
            yield begin, end


def days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    while first <= last:
        yield first
        first += DAY
