"""The searches that a want asks of the diary, each a window for the skill find_slots."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agents.llm.guided.wants import Want
from calendar_sync.when import DayRange, Mention, TimeChoice, TimeRange, Wish

LONGEST_SEARCH = 31  # days, as find_slots allows
WEEK = 7
SOON = 2  # days looked at for "as soon as possible"
OPEN_SEARCH = 14  # days looked at when only unwanted times were named
FIRST_AS_WRITTEN = dt.time(7)
MOST_OPTIONS = 3
MOST_SEARCHES = 4
ENGLISH_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HOURS = re.compile(r"(\d{1,2}):(\d{2})")


@dataclass(frozen=True, kw_only=True)
class Search:
    """One window for find_slots. `group` numbers the option it belongs to; within one the first with offers counts."""

    group: int
    first: dt.date
    days: int
    earliest: dt.time | None
    latest: dt.time | None

    @property
    def last(self) -> dt.date:
        return self.first + dt.timedelta(days=self.days - 1)

    @property
    def exact(self) -> bool:
        return self.days == 1 and self.earliest is not None and self.earliest == self.latest

    def arguments(self, service: str, practitioner: str, place: str = "") -> dict[str, object]:
        """`place`: of several locations."""
        where = {"location": place} if place else {}
        return where | {
            "service": service,
            "date": self.first.isoformat(),
            "weekday": ENGLISH_WEEKDAYS[self.first.weekday()],
            "days": self.days,
            "time_from": hhmm(self.earliest),
            "time_to": hhmm(self.latest),
            "practitioner": practitioner or None,
        }


def searches(
    want: Want, *, now: dt.datetime, open_hours: tuple[dt.time, dt.time] | None, as_written: bool = False
) -> list[Search]:
    """What to ask the diary, the likeliest reading of each option first; empty when the day is not known.

    `as_written`: 7:30 is in the morning, as in languages that count to 24.
    """
    today = now.date()
    if want.asap and not want.options:
        return [Search(group=0, first=today, days=SOON, earliest=None, latest=None)]
    if not want.options and (want.excluded_dates or want.excluded_times):
        return list(_around_excluded(want, today))[:MOST_SEARCHES]
    found = []
    for group, option in enumerate(want.options[:MOST_OPTIONS]):
        if option.date is not None and option.date.readings:
            first, days = _days(_still_to_come(option, now, open_hours), today)
        elif want.asap or want.excluded_dates:
            first, days = today, WEEK
        else:
            continue
        for earliest, latest in _clock_windows(option.time, open_hours, as_written):
            found.append(Search(group=group, first=first, days=days, earliest=earliest, latest=latest))
    return found[:MOST_SEARCHES]


def open_between(lines: Sequence[str]) -> tuple[dt.time, dt.time] | None:
    """The earliest and latest time of the week in the published hours, to tell 3 in the night from 15:00."""
    times = [dt.time(int(h) % 24, int(m)) for line in lines for h, m in _HOURS.findall(line)]
    return (min(times), max(times)) if times else None


def _around_excluded(want: Want, today: dt.date) -> Iterator[Search]:
    """The next days that are not excluded, in stretches."""
    only_dates = Wish(excluded_dates=want.excluded_dates)
    begun: dt.date | None = None
    for number in range(OPEN_SEARCH + 1):
        day = today + dt.timedelta(days=number)
        free = number < OPEN_SEARCH and only_dates.rank(dt.datetime.combine(day, dt.time.min)) is not None
        if free and begun is None:
            begun = day
        elif not free and begun is not None:
            yield Search(group=begun.toordinal(), first=begun, days=(day - begun).days, earliest=None, latest=None)
            begun = None


def _still_to_come(option: Mention, now: dt.datetime, open_hours: tuple[dt.time, dt.time] | None) -> DayRange:
    """Today's weekday means the one in a week: nobody calls today by its name. So does a time that is over."""
    assert option.date is not None
    first, *others = option.date.readings
    over = max(end or dt.time.max for _, end in _clock_windows(option.time, open_hours)) <= now.time()
    today = first.single and first.first == now.date()
    return others[0] if today and others and (over or option.date.weekday is not None) else first


def _days(reading: DayRange, today: dt.date) -> tuple[dt.date, int]:
    last = min(reading.last, max(reading.first, today) + dt.timedelta(days=LONGEST_SEARCH - 1))
    first = max(reading.first, today) if reading.last >= today else reading.first
    return first, max(1, (last - first).days + 1)


def _clock_windows(
    choice: TimeChoice | None, open_hours: tuple[dt.time, dt.time] | None, as_written: bool = False
) -> list[tuple[dt.time | None, dt.time | None]]:
    if choice is None:
        return [(None, None)]
    windows = [_window(choice, reading) for reading in choice.readings[:2]]
    if as_written:  # 7:30 before 19:30, but 15:00 before 3:00
        windows.sort(key=lambda window: ((window[0] or FIRST_AS_WRITTEN) < FIRST_AS_WRITTEN, window[0] or dt.time.min))
    if open_hours is not None and len(windows) > 1:
        likely = [each for each in windows if open_hours[0] <= (each[0] or each[1] or dt.time.min) < open_hours[1]]
        return likely or windows
    return windows


def _window(choice: TimeChoice, reading: TimeRange) -> tuple[dt.time | None, dt.time | None]:
    if choice.kind == "before" and reading.end is not None:
        before = dt.datetime.combine(dt.date(2000, 1, 2), reading.end) - dt.timedelta(minutes=1)
        return reading.start, before.time()
    return reading.start, reading.end


def hhmm(moment: dt.time | None) -> str | None:
    return moment.strftime("%H:%M") if moment else None
