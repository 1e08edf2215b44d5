"""Making sure, before times are offered or taken, that what is known of the calendars is young. Never inside a
transaction. What they forbid is said by calendar_sync/external_busy.py, from the database alone.
"""

import datetime as dt

from calendar_sync.google import mirrors
from calendar_sync.google.reading import Interval
from calendar_sync.google.sync import POLL, sync
from calendar_sync.models import CalendarMirror
from tenants import clock
from tenants.models import Business

FRESH = dt.timedelta(seconds=60)


def refresh(
    business: Business,
    *,
    window: Interval,
    now: dt.datetime | None = None,
    practitioner_id: int | None = None,
    fresh: bool = False,
) -> None:
    """Read the calendars anew of which nothing young is known (or all, when `fresh`).

    One that can't be read, or that is left alone for a while, stays as it is: its time counts as busy soon.
    Days beyond its window stay unread, which is busy, too.
    """
    if not mirrors.connected():
        return
    now = now or clock.now()
    calendars = mirrors.used().filter(blocks=True)
    if practitioner_id is not None:
        calendars = calendars.filter(practitioner_id=practitioner_id)
    for mirror in mirrors.mirrors_of(business, calendars):
        if fresh or not _young(mirror, now):
            sync(business, mirror)


def look_again(business: Business, practitioner_id: int, starts_at: dt.datetime) -> None:
    """The last look before a time is taken: it may have been taken in Google since it was offered."""
    day = dt.timedelta(days=1)
    refresh(business, window=(starts_at - day, starts_at + day), practitioner_id=practitioner_id, fresh=True)


def _young(mirror: CalendarMirror, now: dt.datetime) -> bool:
    if mirror.synced_at is None or mirror.failures:
        return mirror.synced_at is not None and abs(now - mirror.synced_at) <= FRESH
    # While Google tells us of changes, the poll is young enough.
    told = mirror.notified_at is not None and mirror.channel_expires_at is not None and mirror.channel_expires_at > now
    return abs(now - mirror.synced_at) <= (POLL if told else FRESH)
