"""Calendar truth: once a day, and on demand, the diary, Google as it is now and what we last read are compared.

What differs stands in CalendarDifference until it is mended (mending.py) or gone. Reads the whole calendar live; a
comparison changes nothing in Google and nothing in the diary.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from calendar_sync.external_busy import blocking_events
from calendar_sync.google import backoff, mirrors
from calendar_sync.google.accounts import open_account
from calendar_sync.google.errors import CalendarError
from calendar_sync.google.events import event_id, mark_of
from calendar_sync.google.reading import Interval, ReadEvent
from calendar_sync.google.sync import AHEAD, call_again, sync
from calendar_sync.models import (
    HOLDS_TIME,
    Appointment,
    AppointmentStatus,
    CalendarConnection,
    CalendarDifference,
    CalendarEventLink,
    CalendarMirror,
    MirroredEvent,
    PractitionerCalendar,
)
from tenants import clock
from tenants.events import publish
from tenants.models import Business
from tenants.worklist import Lease

DAILY = dt.timedelta(days=1)
SOONER = dt.timedelta(hours=1)  # when it couldn't be read
Kind = CalendarDifference.Kind


def compare_when_due(business: Business, mirror_id: int, lease: Lease) -> None:
    """The daily work item of one calendar; it puts itself on the list again while the calendar is used."""
    mirror = CalendarMirror.objects.select_related("connection").filter(pk=mirror_id).first()
    if mirror is None or mirror.connection.status != CalendarConnection.Status.CONNECTED:
        return lease.finish()
    done = compare(business, mirror)
    return call_again(lease, DAILY if done else SOONER, business)


def compare(business: Business, mirror: CalendarMirror) -> bool:
    """Whether it could be compared; what differs is then in CalendarDifference. Outside of transactions.

    A calendar that is shared as free/busy only holds nothing of ours: there is nothing to compare.
    """
    if mirror.access == CalendarMirror.Access.FREE_BUSY:
        return True
    if not mirrors.is_used(mirror) or not sync(business, mirror):
        return False
    now = clock.now()
    window = (now, now + AHEAD)
    try:
        events = _live(mirror, window)
    except CalendarError as error:
        backoff.put_off(business, mirror, error)
        return False
    with transaction.atomic():
        CalendarMirror.objects.select_for_update(no_key=True).get(pk=mirror.pk)
        _keep(mirror, _differences(business, mirror, events, window), now)
        publish(business, "calendars")
    return True


def _live(mirror: CalendarMirror, window: Interval) -> dict[str, ReadEvent]:
    read = open_account(mirror.connection).events(mirror.calendar_id, window=window)
    return {each.id: each for each in read.events if not each.cancelled and each.overlaps(window)}


def _differences(
    business: Business, mirror: CalendarMirror, events: dict[str, ReadEvent], window: Interval
) -> list[CalendarDifference]:
    ours = _ours(business, mirror, window)
    found = [each for event, appointment in ours.items() for each in _of_ours(mirror, event, appointment, events)]
    found += _orphans(business, mirror, ours, events)
    if _unread(mirror, events, window):
        found.append(CalendarDifference(mirror=mirror, kind=Kind.UNREAD))
    return found


def _ours(business: Business, mirror: CalendarMirror, window: Interval) -> dict[str, Appointment]:
    """Event id → the appointment that should stand in this calendar."""
    here = PractitionerCalendar.objects.filter(
        connection=mirror.connection_id, calendar_id=mirror.calendar_id, written_to=True
    )
    coming = Appointment.objects.filter(
        status__in=HOLDS_TIME,
        practitioner__in=here.values("practitioner"),
        during__startswith__gte=window[0],
        during__startswith__lt=window[1],
    )
    return {event_id(business, each.pk, mirror.connection_id, mirror.calendar_id): each for each in coming}


def _of_ours(
    mirror: CalendarMirror, name: str, appointment: Appointment, events: dict[str, ReadEvent]
) -> Iterator[CalendarDifference]:
    event = events.get(name)
    if event is None:
        yield CalendarDifference(mirror=mirror, kind=Kind.MISSING, event_id=name, appointment=appointment)
    elif event.during != (appointment.starts_at, appointment.ends_at):
        yield CalendarDifference(
            mirror=mirror,
            kind=Kind.MOVED,
            event_id=name,
            etag=event.etag,
            appointment=appointment,
            theirs=_range(event),
        )


def _orphans(
    business: Business, mirror: CalendarMirror, ours: dict[str, Appointment], events: dict[str, ReadEvent]
) -> Iterator[CalendarDifference]:
    """Events with our mark that no appointment of the diary asks for, such as a copy somebody made."""
    marked = [each for each in events.values() if each.mark.startswith(f"{business.schema_name}/")]
    known = _known(mirror, [each.id for each in marked])
    numbers = {each.id: int(number) for each in marked if (number := each.mark.rpartition("/")[2]).isdecimal()}
    appointments = Appointment.objects.in_bulk(numbers.values())
    for event in marked:
        appointment = appointments.get(numbers.get(event.id, 0))
        its_own = appointment is not None and mark_of(business, appointment.pk) == event.mark and event.id in known
        if event.id in ours or (its_own and appointment and appointment.status != AppointmentStatus.CANCELLED):
            continue
        yield CalendarDifference(
            mirror=mirror,
            kind=Kind.ORPHAN,
            event_id=event.id,
            etag=event.etag,
            appointment=appointment,
            theirs=_range(event),
        )


def _known(mirror: CalendarMirror, ids: Sequence[str]) -> set[str]:
    rows = CalendarEventLink.objects.filter(
        connection=mirror.connection_id, calendar_id=mirror.calendar_id, event_id__in=ids, removed_at__isnull=True
    )
    return set(rows.values_list("event_id", flat=True))


def _unread(mirror: CalendarMirror, events: dict[str, ReadEvent], window: Interval) -> bool:
    until = min(window[1], mirror.covered_until or window[0])
    rows = MirroredEvent.objects.filter(mirror=mirror, ends_at__gt=window[0], starts_at__lt=until)
    there = {(each.id, each.etag) for each in events.values() if each.overlaps((window[0], until))}
    return set(rows.values_list("event_id", "etag")) != there


def _range(event: ReadEvent) -> DateTimeTZRange | None:
    return DateTimeTZRange(*event.during) if event.during else None


def _keep(mirror: CalendarMirror, found: list[CalendarDifference], now: dt.datetime) -> None:
    rows = CalendarDifference.objects.filter(mirror=mirror)
    rows.exclude(kind=Kind.OVERLAP).delete()
    overlaps = list(rows.filter(kind=Kind.OVERLAP).select_related("appointment"))
    over = [each.pk for each in overlaps if not _still(each)]
    rows.filter(pk__in=over).delete()
    CalendarDifference.objects.bulk_create(found)
    well = not found and len(over) == len(overlaps)
    row = CalendarMirror.objects.get(pk=mirror.pk)
    row.compared_at = now
    row.well_since = (row.well_since or now) if well else None
    row.save(update_fields=["compared_at", "well_since"])


def _still(overlap: CalendarDifference) -> bool:
    appointment = overlap.appointment
    if appointment is None or appointment.status not in HOLDS_TIME or appointment.starts_at <= clock.now():
        return False
    return (
        blocking_events()
        .filter(
            mirror=overlap.mirror_id,
            event_id=overlap.event_id,
            starts_at__lt=appointment.ends_at,
            ends_at__gt=appointment.starts_at,
        )
        .exists()
    )
