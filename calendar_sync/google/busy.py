"""Reading what is busy in the connected calendars, with a short cache. Never inside a transaction."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction

from calendar_sync import availability
from calendar_sync.availability import Period
from calendar_sync.google.accounts import note_failure, note_success, open_account
from calendar_sync.google.client import GoogleAccount, Interval
from calendar_sync.google.errors import CalendarError, CalendarRefused
from calendar_sync.google.our_events import our_events
from calendar_sync.models import CalendarConnection, PractitionerCalendar
from tenants import clock
from tenants.models import Business

FRESH = dt.timedelta(seconds=60)
AHEAD = dt.timedelta(days=35)  # one reading serves the next questions too
LONGEST = dt.timedelta(days=90)  # Google refuses to look over much more at once
AT_ONCE = 50  # calendars, says Google


def refresh(
    business: Business,
    *,
    window: Interval,
    now: dt.datetime | None = None,
    practitioner_id: int | None = None,
    fresh: bool = False,
) -> None:
    """Read the calendars anew whose cache is old or doesn't reach over the window (or all, when `fresh`).

    A calendar that can't be read keeps a reading of the last minute; an older one is forgotten, so that its time
    counts as busy (external_busy.py). Days of the window beyond 90 stay unread, which is busy, too.
    """
    now = now or clock.now()
    calendars = PractitionerCalendar.objects.filter(
        connection__status=CalendarConnection.Status.CONNECTED, practitioner__active=True
    ).select_related("connection")
    if practitioner_id is not None:
        calendars = calendars.filter(practitioner_id=practitioner_id)
    due = [each for each in calendars if fresh or not _covers(each, window, now)]
    for connection_id in sorted({each.connection_id for each in due}):
        _read(business, [each for each in due if each.connection_id == connection_id], _span(window, now), now)


def look_again(business: Business, practitioner_id: int, starts_at: dt.datetime) -> None:
    """The last look before a time is taken: it may have been taken in Google since it was offered."""
    day = dt.timedelta(days=1)
    refresh(business, window=(starts_at - day, starts_at + day), practitioner_id=practitioner_id, fresh=True)


def _covers(calendar: PractitionerCalendar, window: Interval, now: dt.datetime) -> bool:
    if calendar.busy_read_at is None or calendar.busy_from is None or calendar.busy_until is None:
        return False
    young = abs(now - calendar.busy_read_at) <= FRESH
    return young and calendar.busy_from <= window[0] and min(window[1], window[0] + LONGEST) <= calendar.busy_until


def _span(window: Interval, now: dt.datetime) -> Interval:
    """The window and the next weeks, as far as both can be read at once."""
    start, end = min(window[0], now), max(window[1], now + AHEAD)
    return (start, end) if end - start <= LONGEST else (window[0], min(window[1], window[0] + LONGEST))


def _read(business: Business, calendars: Sequence[PractitionerCalendar], span: Interval, now: dt.datetime) -> None:
    connection = calendars[0].connection
    ours = our_events(calendars, since=span[0])
    try:
        found = _busy(open_account(connection), sorted({each.calendar_id for each in calendars}), span)
    except CalendarError as error:
        note_failure(business, connection, error)
        _forget(calendars, now)
        return
    unread = [each for each in calendars if each.calendar_id not in found]
    if unread:
        said = f"“{unread[0].calendar_name}” can't be read: it was deleted, or is no longer shared with this account."
        note_failure(business, connection, CalendarRefused("calendar not read", said))
        _forget(unread, now)
    else:
        note_success(business, connection)
    read = [each for each in calendars if each.calendar_id in found]
    _keep(read, {each.pk: without(found[each.calendar_id], ours[each.pk]) for each in read}, span, now)


def _busy(account: GoogleAccount, calendar_ids: Sequence[str], span: Interval) -> dict[str, list[Interval]]:
    found: dict[str, list[Interval]] = {}
    for place in range(0, len(calendar_ids), AT_ONCE):
        found |= account.busy(calendar_ids[place : place + AT_ONCE], *span)
    return found


def _keep(
    read: Sequence[PractitionerCalendar], busy: dict[int, list[Interval]], span: Interval, at: dt.datetime
) -> None:
    """Unless the practitioner got another calendar while Google answered."""
    asked = {each.pk: (each.connection_id, each.calendar_id) for each in read}
    with transaction.atomic():
        rows = PractitionerCalendar.objects.select_for_update(no_key=True).filter(pk__in=asked).order_by("pk")
        same = [row for row in rows if asked[row.pk] == (row.connection_id, row.calendar_id)]
        for row in same:
            row.busy = [[begin.isoformat(), finish.isoformat()] for begin, finish in busy[row.pk]]
            row.busy_from, row.busy_until, row.busy_read_at = *span, at
        PractitionerCalendar.objects.bulk_update(same, ["busy", "busy_from", "busy_until", "busy_read_at"])


def _forget(unread: Sequence[PractitionerCalendar], now: dt.datetime) -> None:
    rows = PractitionerCalendar.objects.filter(pk__in=[each.pk for each in unread], busy_read_at__lt=now - FRESH)
    rows.update(busy_read_at=None)


def without(busy: Iterable[Interval], ours: Iterable[Interval]) -> list[Interval]:
    """The busy intervals less our own, in order."""
    pieces = [Period(*each) for each in busy]
    for start, end in ours:
        pieces = availability.without(pieces, Period(start, end))
    return sorted((each.starts_at, each.ends_at) for each in pieces)
