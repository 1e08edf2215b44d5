"""Where our own events may stand in a calendar that is shared as free/busy only: it doesn't say whose event it is."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.db.models import F

from calendar_sync.google.reading import Interval
from calendar_sync.models import HOLDS_TIME, AppointmentChange, CalendarEventLink, CalendarMirror

Place = tuple[int, str]  # connection, calendar


def our_events(mirrors: Sequence[CalendarMirror], *, since: dt.datetime) -> dict[int, list[Interval]]:
    """Mirror id → the times of our own events there that end after `since`; the diary blocks them itself.

    Practitioners who share one calendar do not block each other. Three queries, however many calendars.
    """
    connections = {each.connection_id for each in mirrors}
    found = _standing(connections, since)
    for place, intervals in _left_behind(connections).items():
        found[place] += intervals
    return {each.pk: found[each.connection_id, each.calendar_id] for each in mirrors}


def _standing(connections: set[int], since: dt.datetime) -> dict[Place, list[Interval]]:
    found: dict[Place, list[Interval]] = defaultdict(list)
    rows = CalendarEventLink.objects.filter(
        connection__in=connections,
        removed_at__isnull=True,
        appointment__status__in=HOLDS_TIME,
        appointment__during__endswith__gt=since,
    )
    for connection, name, during in rows.values_list("connection", "calendar_id", "appointment__during"):
        found[connection, name].append((during.lower, during.upper))
    return found


def _left_behind(connections: set[int]) -> dict[Place, list[Interval]]:
    """Copies that lag may still stand where the appointment was: at any revision from the one written last."""
    lagging = CalendarEventLink.objects.filter(
        connection__in=connections, removed_at__isnull=True, written__lt=F("appointment__revision")
    ).values_list("appointment", "written", "connection", "calendar_id")
    rows = AppointmentChange.objects.filter(appointment__in={each[0] for each in lagging}).order_by("pk")
    before = defaultdict(list)  # the n-th change made revision n, so it tells where revision n-1 stood
    for appointment, during in rows.values_list("appointment", "before"):
        before[appointment].append(during)
    found: dict[Place, list[Interval]] = defaultdict(list)
    for appointment, written, connection, name in lagging:
        earlier = before[appointment][written:]
        found[connection, name] += [(during.lower, during.upper) for during in earlier if during is not None]
    return found
