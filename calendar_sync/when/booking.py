"""What somebody who is booking wishes: only what lies ahead, the likeliest reading first."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from calendar_sync.when.types import DateChoice, DayRange, Mention, Recurrence, Shift, TimeChoice, TimeRange
from calendar_sync.when.understanding import not_taken_back, understand

NEAR = timedelta(minutes=60)  # how far from "around 3" an offer may be


@dataclass(frozen=True, kw_only=True)
class Wish:
    """When somebody wants an appointment.

    `options` are alternatives ("Monday at 3 or Tuesday"), each with a date, a time or both; past days are gone
    from them, and what the same message takes back. `conflict`: a weekday does not fit its date, so ask.
    `past`: only days that are over were named. `correction`: the message takes something back,
    `taken_back` if it names it ("move it from Tuesday to Thursday").
    `spans` are those of all finds, for callers that read the remaining words.
    """

    options: tuple[Mention, ...] = ()
    excluded_dates: tuple[DateChoice, ...] = ()
    excluded_times: tuple[TimeChoice, ...] = ()
    asap: bool = False
    shift: Shift | None = None
    recurring: Recurrence | None = None
    correction: bool = False
    taken_back: tuple[Mention, ...] = ()
    conflict: bool = False
    past: bool = False
    spans: tuple[tuple[int, int], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.options or self.excluded_dates or self.excluded_times or self.asap or self.shift)

    @property
    def dates(self) -> tuple[DateChoice, ...]:
        return tuple(dict.fromkeys(option.date for option in self.options if option.date))

    @property
    def times(self) -> tuple[TimeChoice, ...]:
        return tuple(dict.fromkeys(option.time for option in self.options if option.time))

    def rank(self, start: datetime) -> int | None:
        """How well a local start fits: 0 for the likeliest reading, more for others, None if it does not."""
        if self._is_excluded(start):
            return None
        ranks = [rank for option in self.options if (rank := _rank(option, start)) is not None]
        return min(ranks, default=None) if self.options else 0

    def _is_excluded(self, start: datetime) -> bool:
        day, moment = start.date(), start.time()
        return any(
            choice.weekday == day.weekday() or _day_rank(choice, day) is not None for choice in self.excluded_dates
        ) or any(_time_rank(choice, moment) is not None for choice in self.excluded_times)


def for_booking(
    text: str, *, now: datetime, language: str = "en", day_first: bool | None = True, expecting: str = ""
) -> Wish:
    """What a message says about the time of an appointment; the arguments are those of `understand`."""
    when = understand(text, now=now, language=language, day_first=day_first, expecting=expecting)
    today = now.date()
    shifted = (when.shift.start, when.shift.end) if when.shift else None
    said = [m for m in when.mentions if not m.is_now and (m.start, m.end) != shifted]
    kept = not_taken_back(said, when.correction)
    ahead = [m if m.date is None else replace(m, date=_ahead(m.date, today)) for m in kept]
    options = tuple(m for m in ahead if m.date is None or m.date.readings)
    return Wish(
        options=options,
        excluded_dates=tuple(_ahead(choice, today) for choice in when.excluded_dates),
        excluded_times=when.excluded_times,
        asap=when.asap or any(m.is_now for m in when.mentions),
        shift=when.shift,
        recurring=when.recurring,
        correction=when.correction is not None,
        taken_back=tuple(m for m in said if m not in kept),
        conflict=any(m.date is not None and m.date.conflict for m in options),
        past=bool(ahead) and not options,
        spans=when.spans,
    )


def _ahead(choice: DateChoice, today: date) -> DateChoice:
    """The choice without days that are over; today's weekday may also mean the one in a week."""
    readings = [
        replace(reading, first=max(reading.first, today))
        for reading in choice.readings
        if reading.last >= today and not (reading.last == date.max and reading.first < today)  # "since Monday"
    ]
    if choice.weekday is not None and readings and readings[0].first == today:
        week = today + timedelta(days=7)
        readings.append(DayRange(first=week, last=week))
    return replace(choice, readings=tuple(readings))


def _rank(option: Mention, start: datetime) -> int | None:
    day = 0 if option.date is None else _day_rank(option.date, start.date())
    moment = 0 if option.time is None else _time_rank(option.time, start.time())
    return None if day is None or moment is None else day + moment


def _day_rank(choice: DateChoice, day: date) -> int | None:
    return next((rank for rank, reading in enumerate(choice.readings) if day in reading), None)


def _time_rank(choice: TimeChoice, moment: time) -> int | None:
    for rank, reading in enumerate(choice.readings):
        if choice.kind == "around" and _is_near(reading, moment):
            return rank
        if moment in reading and not (choice.kind == "before" and moment == reading.end):
            return rank
    return None


def _is_near(reading: TimeRange, moment: time) -> bool:
    if reading.start is None:
        return False
    day = date(2000, 1, 1)
    return abs(datetime.combine(day, moment) - datetime.combine(day, reading.start)) <= NEAR
