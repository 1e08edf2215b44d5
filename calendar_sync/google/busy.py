"""Reading what is busy in the connected calendars, with a short cache. Never inside a transaction."""

import datetime as dt
from collections.abc import Iterable

from calendar_sync.google.accounts import note_failure, note_success, open_account
from calendar_sync.google.errors import CalendarError
from calendar_sync.models import (
    HOLDS_TIME,
    Appointment,
    AppointmentChange,
    CalendarConnection,
    CalendarEventLink,
    PractitionerCalendar,
)
from tenants import clock
from tenants.models import Business

FRESH = dt.timedelta(seconds=60)
AHEAD = dt.timedelta(days=35)  # one reading serves the next questions too

Interval = tuple[dt.datetime, dt.datetime]


def refresh(
    business: Business,
    *,
    window: Interval,
    now: dt.datetime | None = None,
    practitioner_id: int | None = None,
    fresh: bool = False,
) -> None:
    """Read the calendars anew whose cache is old or doesn't reach over the window (or all, when `fresh`).

    A calendar that can't be read keeps its old reading and its age: slots.py decides what that means.
    """
    now = now or clock.now()
    calendars = PractitionerCalendar.objects.filter(
        connection__status=CalendarConnection.Status.CONNECTED, practitioner__active=True
    ).select_related("connection")
    if practitioner_id is not None:
        calendars = calendars.filter(practitioner_id=practitioner_id)
    due = [each for each in calendars if fresh or not _covers(each, window, now)]
    for connection_id in sorted({each.connection_id for each in due}):
        _read(business, [each for each in due if each.connection_id == connection_id], window, now)


def _covers(calendar: PractitionerCalendar, window: Interval, now: dt.datetime) -> bool:
    if calendar.busy_read_at is None or calendar.busy_from is None or calendar.busy_until is None:
        return False
    young = abs(now - calendar.busy_read_at) <= FRESH
    return young and calendar.busy_from <= window[0] and window[1] <= calendar.busy_until


def _read(business: Business, calendars: list[PractitionerCalendar], window: Interval, now: dt.datetime) -> None:
    connection = calendars[0].connection
    start, end = min(window[0], now), max(window[1], now + AHEAD)
    ours = {each.pk: _our_own(each) for each in calendars}
    try:
        found = open_account(connection).busy([each.calendar_id for each in calendars], start, end)
    except CalendarError as error:
        note_failure(business, connection, error)
        return
    note_success(business, connection)
    for calendar in calendars:
        if calendar.calendar_id in found:
            others = without(found[calendar.calendar_id], ours[calendar.pk])
            PractitionerCalendar.objects.filter(pk=calendar.pk).update(
                busy=[[begin.isoformat(), finish.isoformat()] for begin, finish in others],
                busy_from=start,
                busy_until=end,
                busy_read_at=now,
            )


def _our_own(calendar: PractitionerCalendar) -> list[Interval]:
    """Where our own events may stand in that calendar: the diary blocks those times itself.

    A copy that lags behind its appointment may still stand at an earlier time.
    """
    standing = Appointment.objects.filter(practitioner_id=calendar.practitioner_id, status__in=HOLDS_TIME)
    intervals = [(each.lower, each.upper) for each in standing.values_list("during", flat=True)]
    links = CalendarEventLink.objects.filter(
        connection_id=calendar.connection_id, calendar_id=calendar.calendar_id, removed_at__isnull=True
    ).select_related("appointment")
    lagging = [link.appointment for link in links if link.written < link.appointment.revision]
    intervals += [(each.starts_at, each.ends_at) for each in lagging]
    earlier = AppointmentChange.objects.filter(appointment__in=lagging, before__isnull=False)
    intervals += [(each.lower, each.upper) for each in earlier.values_list("before", flat=True)]
    return intervals


def without(busy: Iterable[Interval], ours: Iterable[Interval]) -> list[Interval]:
    """The busy intervals less our own; pieces keep their order."""
    pieces = list(busy)
    for start, end in ours:
        pieces = [part for begin, finish in pieces for part in ((begin, min(finish, start)), (max(begin, end), finish))
                  if part[0] < part[1]]  # fmt: skip
    return sorted(set(pieces))
