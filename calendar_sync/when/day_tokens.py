"""Making `D` tokens: days found, checked against a weekday that was said with them."""

from collections.abc import Iterable
from datetime import date

from calendar_sync.when.grammar import Days, Match
from calendar_sync.when.reading import Token
from calendar_sync.when.types import DayRange


def single(found: Iterable[date | None], *, weekday: int | None = None, conflict: bool = False) -> Days | None:
    readings = tuple(DayRange(first=day, last=day) for day in dict.fromkeys(found) if day)
    return Days(readings=readings, weekday=weekday, conflict=conflict) if readings else None


def day_token(m: Match, found: Iterable[date | None], weekday: int | None = None) -> Token:
    """The `D` token of these days, checked against a weekday that was said with them."""
    possible = [day for day in found if day]
    agreeing = [day for day in possible if weekday is None or day.weekday() == weekday]
    days = single(agreeing or possible, conflict=bool(possible) and not agreeing)
    return m.token("D", days) if days else m.nothing()


def weekday_of(m: Match) -> int | None:
    value = m.value("W")
    return value if isinstance(value, int) else None


def count_of(m: Match) -> int:
    number = m.get("n")
    return int(number.value) if number else 1


def years_said(m: Match) -> list[int]:
    year = m.get("y")
    return [year.value] if year else []
