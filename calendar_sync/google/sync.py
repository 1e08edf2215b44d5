"""Reading a calendar in: what changed since the last time, by Google's sync token; the whole when there is none.

https://developers.google.com/workspace/calendar/api/guides/sync. A reading is bounded: an endless series is expanded
to the end of the window only. The bounds can't move on with a token, so the whole is read anew every week.
"""

import datetime as dt

import structlog
from django.db import transaction

from calendar_sync.google import backoff, free_busy, mirrors, push_channels
from calendar_sync.google.accounts import open_account
from calendar_sync.google.client import GoogleAccount
from calendar_sync.google.errors import CalendarError, CalendarRefused, EventGone, SyncLost
from calendar_sync.google.mirroring import Reading, apply, forget_all, our_copies
from calendar_sync.google.reading import Interval, ReadEvent
from calendar_sync.models import CalendarConnection, CalendarMirror, PractitionerCalendar
from tenants import clock, worklist
from tenants.models import Business
from tenants.worklist import Lease

log = structlog.get_logger(__name__)
BEHIND, AHEAD = dt.timedelta(days=2), dt.timedelta(days=400)  # of now; beyond that a calendar is busy
WHOLE_EVERY = dt.timedelta(days=7)
POLL = dt.timedelta(minutes=5)  # what a push channel loses is caught up by then


def sync_when_due(business: Business, mirror_id: int, lease: Lease) -> None:
    """The work item of one calendar: it puts itself on the list again, for as long as the calendar is used."""
    mirror = CalendarMirror.objects.select_related("connection").filter(pk=mirror_id).first()
    if mirror is None or mirror.connection.status != CalendarConnection.Status.CONNECTED:
        return lease.finish()
    if not mirrors.is_used(mirror):
        push_channels.close(mirror)
        mirror.delete()
        return lease.finish()
    if not resting(mirror):
        sync(business, mirror)
        push_channels.keep_open(business, mirror)
    return call_again(lease, _next(mirror), business)


def call_again(lease: Lease, wait: dt.timedelta, business: Business) -> None:
    """Done for now; due again after `wait`, or at once when it was called for meanwhile."""
    with transaction.atomic():
        lease.finish()
        worklist.call_for(business.pk, lease.kind, lease.object_id, wait=wait, at_most=dt.timedelta(0))


def sync(business: Business, mirror: CalendarMirror) -> bool:
    """Bring the mirror up to date now. False: it couldn't be read, or is to be left alone for a while."""
    now = clock.now()
    if mirror.connection.status != CalendarConnection.Status.CONNECTED or resting(mirror):
        return False
    before = our_copies(mirror)
    try:
        counted = _read(business, mirror, before, now)
    except CalendarError as error:
        backoff.put_off(business, mirror, _said_of(mirror, error))
        mirror.refresh_from_db(fields=["retry_at", "failures"])
        return False
    backoff.answered(business, mirror)
    return counted


def resting(mirror: CalendarMirror) -> bool:
    return mirror.retry_at is not None and mirror.retry_at > clock.now()


def _next(mirror: CalendarMirror) -> dt.timedelta:
    mirror.refresh_from_db(fields=["retry_at"])
    left = mirror.retry_at - clock.now() if mirror.retry_at else POLL
    return max(left, dt.timedelta(seconds=1))


def _read(business: Business, mirror: CalendarMirror, before: dict[str, str], now: dt.datetime) -> bool:
    account = open_account(mirror.connection)
    if mirror.access == CalendarMirror.Access.FREE_BUSY:
        return free_busy.read(account, mirror, free_busy.span(now), now)
    reading = _since_last_time(account, mirror, now) or _whole(account, mirror, now)
    if reading is None:
        return free_busy.read(account, mirror, free_busy.span(now), now)
    return apply(business, mirror, reading, before)


def _since_last_time(account: GoogleAccount, mirror: CalendarMirror, now: dt.datetime) -> Reading | None:
    """None: the whole has to be read, because it is time or because Google says so; then nothing is known till then."""
    if not mirror.sync_token or mirror.whole_at is None or abs(now - mirror.whole_at) >= WHOLE_EVERY:
        return None
    try:
        return _changes(account, mirror, now)
    except SyncLost:
        log.info("calendar.sync_lost", mirror=mirror.pk)
        forget_all(mirror)
        return None


def _whole(account: GoogleAccount, mirror: CalendarMirror, now: dt.datetime) -> Reading | None:
    """None: the calendar turns out to be shared as free/busy only."""
    window = (now - BEHIND, now + AHEAD)
    found = account.events(mirror.calendar_id, window=window)
    if found.free_busy_only:
        CalendarMirror.objects.filter(pk=mirror.pk).update(access=CalendarMirror.Access.FREE_BUSY)
        mirror.access = CalendarMirror.Access.FREE_BUSY
        return None
    return Reading(
        whole=True, events=found.events, window=window, timezone=found.timezone, sync_token=found.sync_token, at=now
    )


def _changes(account: GoogleAccount, mirror: CalendarMirror, now: dt.datetime) -> Reading:
    assert mirror.covered_from is not None
    assert mirror.covered_until is not None
    found = account.events(mirror.calendar_id, sync_token=mirror.sync_token)
    if found.timezone != mirror.timezone:  # its days begin at another hour now
        raise SyncLost("another timezone")
    window = (mirror.covered_from, mirror.covered_until)
    return Reading(
        whole=False,
        events=found.events,
        series=_changed_series(account, mirror, [each.series_id for each in found.events], window),
        window=window,
        timezone=found.timezone,
        sync_token=found.sync_token,
        at=now,
    )


def _changed_series(
    account: GoogleAccount, mirror: CalendarMirror, ids: list[str], window: Interval
) -> dict[str, list[ReadEvent]]:
    """Whatever changed in a series, its instances are read anew: Google doesn't promise to name those that went."""
    return {each: account.series(mirror.calendar_id, each, window=window) for each in sorted(set(ids) - {""})}


def _said_of(mirror: CalendarMirror, error: CalendarError) -> CalendarError:
    if not isinstance(error, EventGone):
        return error
    rows = PractitionerCalendar.objects.filter(connection=mirror.connection_id, calendar_id=mirror.calendar_id)
    name = rows.values_list("calendar_name", flat=True).first() or mirror.calendar_id
    said = f"“{name}” can't be read: it was deleted, or is no longer shared with this account."
    return CalendarRefused("calendar not read", said)
