"""The time that is wanted, gathered over several messages, and the searches that it asks of the diary."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from calendar_sync.when import DateChoice, DayRange, Mention, TimeChoice, TimeRange, Wish

LONGEST_SEARCH = 31  # days, as find_slots allows
WEEK = 7
SOON = 2  # days looked at for "as soon as possible"
OPEN_SEARCH = 14  # days looked at when only unwanted times were named
MOST_OPTIONS = 3
MOST_SEARCHES = 4
ENGLISH_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HOURS = re.compile(r"(\d{1,2}):(\d{2})")


@dataclass(frozen=True, kw_only=True)
class Want:
    """`options` are alternatives; a date or a time may still be missing in them."""

    options: tuple[Mention, ...] = ()
    excluded_dates: tuple[DateChoice, ...] = ()
    excluded_times: tuple[TimeChoice, ...] = ()
    asap: bool = False

    @property
    def has_date(self) -> bool:
        return self.asap or bool(self.excluded_dates) or any(option.date for option in self.options)

    @property
    def has_time(self) -> bool:
        return any(option.time for option in self.options)

    def allows(self, start: dt.datetime) -> bool:
        return Wish(excluded_dates=self.excluded_dates, excluded_times=self.excluded_times).rank(start) is not None


@dataclass(frozen=True, kw_only=True)
class Search:
    """One window for find_slots. `group` numbers the option it belongs to; within one the first with offers counts."""

    group: int
    first: dt.date
    days: int
    earliest: dt.time | None
    latest: dt.time | None

    @property
    def exact(self) -> bool:
        return self.days == 1 and self.earliest is not None and self.earliest == self.latest

    def arguments(self, service: str, practitioner: str) -> dict[str, object]:
        return {
            "service": service,
            "date": self.first.isoformat(),
            "weekday": ENGLISH_WEEKDAYS[self.first.weekday()],
            "days": self.days,
            "time_from": _hhmm(self.earliest),
            "time_to": _hhmm(self.latest),
            "practitioner": practitioner or None,
        }


def at(start: dt.datetime) -> Mention:
    """Exactly then."""
    day, moment = start.date(), start.time()
    return Mention(date=on(DayRange(first=day, last=day)), time=_time("at", moment, moment))


def on(days: DayRange) -> DateChoice:
    return DateChoice(readings=(days,), start=0, end=0)


def merged(want: Want, wish: Wish, *, base: dt.datetime | None, last: dt.datetime | None = None) -> Want:
    """The want after a further message. `base`: the time being talked about, which what is not said anew keeps;
    `last`: the latest time offered, which a bare "later" goes beyond (`base` where there is none)."""
    old = (at(base),) if base else want.options
    if wish.shift and not wish.options:
        return replace(want, options=_shifted(old, wish, last or base) or old, asap=False)
    if wish.options:
        options = _completed(_paired(wish.options), old)
        return Want(
            options=options,
            excluded_dates=wish.excluded_dates,
            excluded_times=wish.excluded_times,
            asap=wish.asap and not any(option.date for option in options),
        )
    if wish.asap:
        days = tuple(replace(each, time=None) for each in old if each.date)
        return Want(options=days, asap=not days, excluded_dates=want.excluded_dates, excluded_times=want.excluded_times)
    return Want(
        options=tuple(_without_excluded(old, wish)),
        excluded_dates=want.excluded_dates + wish.excluded_dates,
        excluded_times=want.excluded_times + wish.excluded_times,
        asap=want.asap,
    )


def names(wish: Wish, start: dt.datetime) -> bool:
    """Whether a wish names this time and no other: "around 3" is not 3:30, "by Monday" is not Friday."""
    if wish.rank(start) is None:
        return False
    fitting = [each for each in wish.options if Wish(options=(each,)).rank(start) is not None]
    return not wish.options or any(_is_precise(each, start) for each in fitting)


def _is_precise(option: Mention, start: dt.datetime) -> bool:
    if option.date and not any(each.single and start.date() in each for each in option.date.readings):
        return False
    return (
        option.time is None
        or option.time.kind != "around"
        or any(each.start == start.time() for each in option.time.readings)
    )


def searches(want: Want, *, now: dt.datetime, open_hours: tuple[dt.time, dt.time] | None) -> list[Search]:
    """What to ask the diary, the likeliest reading of each option first; empty when the day is not known."""
    today = now.date()
    if want.asap and not want.options:
        return [Search(group=0, first=today, days=SOON, earliest=None, latest=None)]
    if not want.options and (want.excluded_dates or want.excluded_times):
        return list(_around_excluded(want, today))[:MOST_SEARCHES]
    found = []
    for group, option in enumerate(want.options[:MOST_OPTIONS]):
        if option.date is not None and option.date.readings:
            first, days = _days(_still_to_come(option, now), today)
        elif want.asap or want.excluded_dates:
            first, days = today, WEEK
        else:
            continue
        for earliest, latest in _clock_windows(option.time, open_hours):
            found.append(Search(group=group, first=first, days=days, earliest=earliest, latest=latest))
    return found[:MOST_SEARCHES]


def open_between(lines: Sequence[str]) -> tuple[dt.time, dt.time] | None:
    """The earliest and latest time of the week in the published hours, to tell 3 in the night from 15:00."""
    times = [dt.time(int(h) % 24, int(m)) for line in lines for h, m in _HOURS.findall(line)]
    return (min(times), max(times)) if times else None


def _paired(options: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """One date and one time in one message belong together, however far apart."""
    dates = [each for each in options if each.date and not each.time]
    times = [each for each in options if each.time and not each.date]
    if len(times) == 1 and dates and len(dates) + 1 == len(options):
        return tuple(replace(each, time=times[0].time) for each in dates)
    return options


def _completed(options: tuple[Mention, ...], old: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """What a new option leaves open stays as it was."""
    old_time = next((each.time for each in old if each.time), None)
    old_dates = [each.date for each in old if each.date]
    whole: list[Mention] = []
    for option in options:
        if option.date is None and old_dates:
            whole.extend(replace(option, date=date) for date in old_dates)
        elif option.time is None:
            whole.append(replace(option, time=old_time))
        else:
            whole.append(option)
    return tuple(whole)


def _shifted(old: tuple[Mention, ...], wish: Wish, reference: dt.datetime | None) -> tuple[Mention, ...]:
    shift = wish.shift
    assert shift is not None
    if shift.days:
        step = dt.timedelta(days=shift.sign * shift.days)
        return tuple(replace(each, date=_moved(each.date, step)) if each.date else each for each in old)
    if reference is None:
        return ()
    if shift.minutes:
        return (at(reference + shift.sign * dt.timedelta(minutes=shift.minutes)),)
    minute = dt.timedelta(minutes=1)
    edge = (reference + shift.sign * minute).time()
    bounds = (edge, None) if shift.sign > 0 else (None, edge)
    return (replace(at(reference), time=_time("after" if shift.sign > 0 else "by", *bounds)),)


def _moved(choice: DateChoice, step: dt.timedelta) -> DateChoice:
    def moved(day: dt.date) -> dt.date:
        return day if day in (dt.date.min, dt.date.max) else day + step

    return on(DayRange(first=moved(choice.readings[0].first), last=moved(choice.readings[0].last)))


def _without_excluded(options: tuple[Mention, ...], wish: Wish) -> Iterator[Mention]:
    """Options that are not taken back by "not Monday", judged by their first day."""
    for option in options:
        days = option.date.readings[0] if option.date and option.date.readings else None
        moment = option.time.readings[0].start if option.time else None
        if days is None or not days.single:
            yield option
        elif Wish(excluded_dates=wish.excluded_dates).rank(dt.datetime.combine(days.first, dt.time.min)) is not None:
            only_times = Wish(excluded_times=wish.excluded_times)
            if moment is None or only_times.rank(dt.datetime.combine(days.first, moment)) is not None:
                yield option


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


def _still_to_come(option: Mention, now: dt.datetime) -> DayRange:
    """Today's weekday at a time that is over means the one in a week."""
    assert option.date is not None
    first, *others = option.date.readings
    ends = [each.end or dt.time.max for each in option.time.readings] if option.time else [dt.time.max]
    over = first.single and first.first == now.date() and max(ends) <= now.time()
    return others[0] if over and others else first


def _days(reading: DayRange, today: dt.date) -> tuple[dt.date, int]:
    last = min(reading.last, max(reading.first, today) + dt.timedelta(days=LONGEST_SEARCH - 1))
    first = max(reading.first, today) if reading.last >= today else reading.first
    return first, max(1, (last - first).days + 1)


def _clock_windows(
    choice: TimeChoice | None, open_hours: tuple[dt.time, dt.time] | None
) -> list[tuple[dt.time | None, dt.time | None]]:
    if choice is None:
        return [(None, None)]
    windows = [_window(choice, reading) for reading in choice.readings[:2]]
    if open_hours is not None and len(windows) > 1:
        likely = [each for each in windows if open_hours[0] <= (each[0] or each[1] or dt.time.min) < open_hours[1]]
        return likely or windows
    return windows


def _window(choice: TimeChoice, reading: TimeRange) -> tuple[dt.time | None, dt.time | None]:
    if choice.kind == "before" and reading.end is not None:
        before = dt.datetime.combine(dt.date(2000, 1, 2), reading.end) - dt.timedelta(minutes=1)
        return reading.start, before.time()
    return reading.start, reading.end


def _time(kind: str, start: dt.time | None, end: dt.time | None) -> TimeChoice:
    return TimeChoice(readings=(TimeRange(start=start, end=end),), kind=kind, start=0, end=0)  # type: ignore[arg-type]


def _hhmm(moment: dt.time | None) -> str | None:
    return moment.strftime("%H:%M") if moment else None
