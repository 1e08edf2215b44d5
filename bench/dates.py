"""Reading the date and time wished for, per message."""

import datetime as dt
from zoneinfo import ZoneInfo

from bench.measure import Row, Sample, in_rounds, row
from calendar_sync.when import for_booking

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/London"))
TIMES = 10
MESSAGES = (
    "tomorrow at ten",
    "Could I come next Thursday afternoon, or Friday before noon?",
    "the 3rd of December at half past four",
    "a week on Tuesday, any time after work",
    "March 13th at 10:30 am",
    "some time in the week of the 7th, but not on Wednesday, and rather between 2 and 4",
    "I have had toothache since yesterday and can't sleep, as soon as possible please",
    "Yes please",
    "12/01/2027 14.15",
    "in two weeks, same time",
)


LONG = "next Friday at half 4 or on the 12th " * 60  # as much as is read of a message, all of it dates


def measure() -> list[Row]:
    _round()
    return [
        row("date and time, per message", in_rounds(_round)),
        row("… 2,000 characters of nothing but dates", in_rounds(_long)),
    ]


def _round() -> Sample:
    taken = Sample()
    for _ in range(TIMES):
        for text in MESSAGES:
            with taken.one():
                for_booking(text, now=NOW)
    return taken


def _long() -> Sample:
    taken = Sample()
    for _ in range(TIMES):
        with taken.one():
            for_booking(LONG, now=NOW)
    return taken
