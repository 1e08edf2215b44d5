"""Dates and times in ordinary words: a small grammar over tables of words, one per language."""

from calendar_sync.when.booking import Wish, for_booking
from calendar_sync.when.language import LANGUAGES
from calendar_sync.when.order import day_first_in
from calendar_sync.when.types import (
    DateChoice,
    DayRange,
    Mention,
    Recurrence,
    Shift,
    TimeChoice,
    TimeRange,
    When,
)
from calendar_sync.when.understanding import resolve, understand

__all__ = [
    "LANGUAGES",
    "DateChoice",
    "DayRange",
    "Mention",
    "Recurrence",
    "Shift",
    "TimeChoice",
    "TimeRange",
    "When",
    "Wish",
    "day_first_in",
    "for_booking",
    "resolve",
    "understand",
]
