"""The time that is wanted, gathered over several messages."""

import datetime as dt
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from agents.llm.guided.changing import replace
from calendar_sync.when import DateChoice, DayRange, Mention, Shift, TimeChoice, TimeRange, Wish

_OR = re.compile(r"\b(?:or|oder|o|ou)\b", re.IGNORECASE)
_SO = re.compile(
    r"\b(?:so|therefore|deshalb|also|daher|as[ií] que|entonces|donc|alors|ent[aã]o|por isso)\b", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Want:
    """`options` are alternatives; a date or a time may still be missing in them."""

    options: tuple[Mention, ...] = ()
    excluded_dates: tuple[DateChoice, ...] = ()
    excluded_times: tuple[TimeChoice, ...] = ()
    asap: bool = False
    shift: Shift | None = None  # against a time that is not known yet: "an hour later"

    @property
    def has_date(self) -> bool:
        return self.asap or bool(self.excluded_dates) or any(option.date for option in self.options)

    @property
    def has_time(self) -> bool:
        return any(option.time for option in self.options)

    def allows(self, start: dt.datetime) -> bool:
        return Wish(excluded_dates=self.excluded_dates, excluded_times=self.excluded_times).rank(start) is not None


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
    if wish.shift and not (wish.options or old or base):
        return Want(shift=wish.shift)
    if wish.shift and not wish.options:
        return replace(want, options=_shifted(old, wish, last or base) or old, asap=False)
    if wish.options:
        options = _completed(_with_days_after(_paired(wish.options), wish), old)
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


def as_listed(wish: Wish, days: Collection[dt.date]) -> Wish:
    """ "Tuesday at a quarter past nine" beside a list of times: the Tuesday of the list, in whatever week."""
    return replace(wish, options=tuple(_as_listed(each, days) for each in wish.options))


def _as_listed(option: Mention, days: Collection[dt.date]) -> Mention:
    date = option.date
    listed = sorted(day for day in days if date and day.weekday() == date.weekday)
    if date is None or not listed or date.readings[0].first in listed:
        return option
    first = DayRange(first=listed[0], last=listed[0])
    return replace(option, date=replace(date, readings=(first, *(each for each in date.readings if each != first))))


def names(wish: Wish, start: dt.datetime) -> bool:
    """Whether a wish names this time and no other: "around 3" is not 3:30, "by Monday" is not Friday."""
    if wish.rank(start) is None:
        return False
    fitting = [each for each in wish.options if Wish(options=(each,)).rank(start) is not None]
    return not wish.options or any(_is_precise(each, start) for each in fitting)


def besides(wish: Wish, *starts: dt.datetime) -> tuple[Mention, ...]:
    """The alternatives of a wish that are none of these times."""
    return tuple(each for each in wish.options if not any(names(Wish(options=(each,)), start) for start in starts))


def narrowed(wish: Wish, text: str) -> Wish:
    """ "We're home after 5:30, so 6 pm": the hour that follows from it, or stands beside it without an "or"."""
    undated = [each for each in wish.options if each.time and not each.date]
    so = next(
        (match.start() for match in _SO.finditer(text) if any(each.start < match.start() for each in undated)), None
    )
    if so is not None and any(each.time and each.start > so for each in wish.options):
        return _without(wish, [each for each in undated if each.start < so])
    ranges = [each for each in undated if each.time and each.time.kind in ("after", "before", "by")]
    hours = [each for each in undated if each.time and each.time.kind == "at"]
    if len(ranges) != 1 or len(hours) != 1 or _OR.search(text[ranges[0].start : hours[0].end]):
        return wish
    return _without(wish, ranges)


def beyond(wish: Wish, listed: Sequence[dt.datetime], text: str) -> Wish:
    """ "Tuesday is our release night, Wednesday then", of a list with a Tuesday: only what is not on it."""
    others = besides(wish, *listed)
    if not others or len(others) == len(wish.options) or _OR.search(text):
        return wish
    return replace(wish, options=others)


def _without(wish: Wish, said: Sequence[Mention]) -> Wish:
    return replace(wish, options=tuple(each for each in wish.options if each not in said))


def _is_precise(option: Mention, start: dt.datetime) -> bool:
    if option.date and not any(each.single and start.date() in each for each in option.date.readings):
        return False
    return (
        option.time is None
        or option.time.kind != "around"
        or any(each.start == start.time() for each in option.time.readings)
    )


def _paired(options: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """One date and one time in one message belong together, however far apart."""
    dates = [each for each in options if each.date and not each.time]
    times = [each for each in options if each.time and not each.date]
    if len(times) == 1 and dates and len(dates) + 1 == len(options):
        return tuple(replace(each, time=times[0].time) for each in dates)
    return options


def _with_days_after(options: tuple[Mention, ...], wish: Wish) -> tuple[Mention, ...]:
    """ "Tomorrow or the day after": the day that follows the last one named is another option."""
    named = [each for each in options if each.date]
    if not (wish.shift and wish.shift.days and named):
        return options
    step = dt.timedelta(days=wish.shift.sign * wish.shift.days)
    last = named[-1]
    assert last.date is not None
    return (*options, replace(last, date=_moved(last.date, step)))


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


def _time(kind: str, start: dt.time | None, end: dt.time | None) -> TimeChoice:
    return TimeChoice(readings=(TimeRange(start=start, end=end),), kind=kind, start=0, end=0)  # type: ignore[arg-type]
