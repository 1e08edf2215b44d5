"""A calendar that is shared as free/busy only: no events, just when it is busy."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from calendar_sync import availability
from calendar_sync.availability import Period
from calendar_sync.google.client import GoogleAccount
from calendar_sync.google.errors import EventGone
from calendar_sync.google.reading import Interval
from calendar_sync.models import CalendarMirror

AT_ONCE = dt.timedelta(days=90)  # Google refuses to look over much more
READINGS = 4


def span(now: dt.datetime) -> Interval:
    return (now - dt.timedelta(days=1), now - dt.timedelta(days=1) + READINGS * AT_ONCE)


def read(account: GoogleAccount, mirror: CalendarMirror, window: Interval, now: dt.datetime) -> bool:
    """Read the whole window, 90 days at a time. Raises CalendarError."""
    busy: list[Interval] = []
    start = window[0]
    while start < window[1]:
        found = account.busy([mirror.calendar_id], start, min(start + AT_ONCE, window[1]))
        if mirror.calendar_id not in found:
            raise EventGone("free/busy")
        busy += found[mirror.calendar_id]
        start += AT_ONCE
    with transaction.atomic():
        CalendarMirror.objects.filter(pk=mirror.pk).update(
            busy=[[begin.isoformat(), finish.isoformat()] for begin, finish in sorted(busy)],
            covered_from=window[0],
            covered_until=window[1],
            synced_at=now,
            whole_at=now,
        )
    return True


def without(busy: Iterable[Interval], ours: Iterable[Interval]) -> list[Period]:
    """The busy intervals less our own, in order: free/busy doesn't say whose event it is."""
    pieces = [Period(*each) for each in busy]
    for start, end in ours:
        pieces = availability.without(pieces, Period(start, end))
    return sorted(pieces, key=lambda each: each.starts_at)
