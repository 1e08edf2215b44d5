"""Time that counts only while the business is open: a deadline of 60 minutes set at 17:10 may be tomorrow at 09:10."""

import datetime as dt
from collections.abc import Sequence

from calendar_sync.availability import Period
from calendar_sync.brief import periods_ahead
from tenants.models import Business


def due(business: Business, start: dt.datetime, minutes: int) -> dt.datetime | None:
    """When the business will have been open for so many minutes since `start` (UTC); None when that is not within
    four weeks, or where no opening hours are known. Five queries."""
    return due_in(periods_ahead(business, start), start, minutes)


def due_in(ahead: Sequence[Period], start: dt.datetime, minutes: int) -> dt.datetime | None:
    """The same by periods that were read already (brief.periods_ahead, of `start` or earlier)."""
    left, reached = dt.timedelta(minutes=minutes), start
    for period in ahead:
        begin = max(period.starts_at, reached)  # openings that overlap count once
        if begin >= period.ends_at:
            continue
        if begin + left <= period.ends_at:
            return begin + left
        left -= period.ends_at - begin
        reached = period.ends_at
    return None
