"""Which calendars are mirrored: those that block somebody's time or get somebody's appointments."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from calendar_sync.models import CalendarConnection, CalendarMirror, PractitionerCalendar
from calendar_sync.set_up import kept
from tenants import worklist
from tenants.models import Business
from tenants.statements import row

SYNC = "calendar_sync.sync"
COMPARE = "calendar_sync.compare"
IN_USE = Q(blocks=True) | Q(written_to=True)


@kept
def connected() -> bool:
    """Whether there is any calendar; most businesses have none."""
    return row("SELECT FROM calendar_sync_practitionercalendar LIMIT 1") is not None


def used() -> QuerySet[PractitionerCalendar]:
    """The calendars in use, of accounts that can be called."""
    return PractitionerCalendar.objects.filter(
        IN_USE, connection__status=CalendarConnection.Status.CONNECTED, practitioner__active=True
    )


def is_used(mirror: CalendarMirror) -> bool:
    return used().filter(connection=mirror.connection_id, calendar_id=mirror.calendar_id).exists()


def mirrors_of(business: Business, calendars: Iterable[PractitionerCalendar]) -> list[CalendarMirror]:
    """One mirror per calendar, made (and put on the work list) where there is none yet; in a stable order."""
    wanted = {(each.connection_id, each.calendar_id) for each in calendars}
    connections = {connection for connection, _ in wanted}
    rows = CalendarMirror.objects.filter(connection__in=connections).select_related("connection")
    found = {(row.connection_id, row.calendar_id): row for row in rows}
    for connection, calendar_id in sorted(wanted - set(found)):
        row, made = CalendarMirror.objects.get_or_create(connection_id=connection, calendar_id=calendar_id)
        found[connection, calendar_id] = row
        if made:
            call_for(business, row)
    return [found[place] for place in sorted(wanted)]


def call_for(business: Business, mirror: CalendarMirror) -> None:
    """Have it read now, and compared within the hour; from then on both put themselves on the list again."""
    worklist.call_for(business.pk, SYNC, mirror.pk)
    if worklist.seconds_until_due(business.pk, COMPARE, mirror.pk) is None:
        worklist.call_for(business.pk, COMPARE, mirror.pk, wait=dt.timedelta(minutes=30))


def call_for_all(business: Business) -> None:
    """Within the caller's transaction: whose use may have changed, or whose account is back."""
    mirrors_of(business, used())
    for mirror in CalendarMirror.objects.all():
        call_for(business, mirror)
