"""Arithmetic with days, as far as people's words need it. Pure functions over `date`; weeks begin on Monday."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

YEARS_AROUND = 8  # 29 February may be eight years away, across 2100


def add(day: date, unit: str, count: int) -> date | None:
    """`count` days, months or years later; the last day of the month where the day does not exist."""
    try:
        if unit == "day":
            return day + timedelta(days=count)
        months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError):
        return None


def exists(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def iso_week(year: int, number: int) -> date | None:
    """The Monday of the week with that number."""
    try:
        return date.fromisocalendar(year, number, 1)
    except ValueError:
        return None


def week_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def coming_weekday(today: date, weekday: int) -> date:
    """The next such weekday, today included."""
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def around(today: date, candidates: Iterator[date | None]) -> list[date]:
    """The nearest of the candidates from today on and the nearest before; only today if it is one of them."""
    real = [day for day in candidates if day]
    if today in real:
        return [today]
    future = min((day for day in real if day > today), default=None)
    past = max((day for day in real if day < today), default=None)
    return [day for day in (future, past) if day]


def month_day(today: date, month: int, day: int) -> list[date]:
    years = range(today.year - YEARS_AROUND, today.year + YEARS_AROUND + 1)
    return around(today, (exists(year, month, day) for year in years))


def months_near(today: date, span: int) -> Iterator[tuple[int, int]]:
    first = today.year * 12 + today.month - 1
    return ((month // 12, month % 12 + 1) for month in range(first - span, first + span + 1))


def day_of_month(today: date, day: int) -> list[date]:
    """The next and the last time that a month had this day. Today's is today, and the month before's."""
    days = [found for year, month in months_near(today, 3) if (found := exists(year, month, day))]
    future = [found for found in days if found >= today]
    past = [found for found in days if found < today]
    return [*future[:1], *past[-1:]]


def weekday_and_day(today: date, weekday: int, day: int) -> list[date]:
    """ "Monday 21": this month's, if it is one and still ahead; else the nearest of both sides."""
    this_month = exists(today.year, today.month, day)
    if this_month and this_month >= today and this_month.weekday() == weekday:
        return [this_month]
    candidates = (exists(year, month, day) for year, month in months_near(today, 60))
    return around(today, (found for found in candidates if found and found.weekday() == weekday))


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth such weekday of a month; -1 is the last."""
    if nth < 0:
        last = month_end(date(year, month, 1))
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    found = coming_weekday(date(year, month, 1), weekday) + timedelta(days=7 * (nth - 1))
    return found if found.month == month else None


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher's algorithm)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * el) // 451
    month, day = divmod(h + el - 7 * m + 114, 31)
    return date(year, month, day + 1)


def holiday(year: int, rule: tuple[int, ...] | int) -> date | None:
    """A fixed (month, day), a (month, weekday, nth), or so many days from Easter Sunday."""
    if isinstance(rule, tuple):
        return exists(year, *rule) if len(rule) == 2 else nth_weekday(year, *rule)
    return easter(year) + timedelta(days=rule)


def years_meant(two_figures: int, today: date) -> list[int]:
    """The years that a year in two figures may be: soon is this century, far ahead the last, between both."""
    year = today.year // 100 * 100 + two_figures
    ahead = year - today.year
    if ahead < 10:
        return [year]
    return [year, year - 100] if ahead < 24 else [year - 100]
