"""What the settings page tells of each connected account and each of its calendars in use."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Prefetch, Q

from calendar_sync.google import mirrors, push_channels
from calendar_sync.models import (
    CalendarConnection,
    CalendarDifference,
    CalendarEventLink,
    CalendarMirror,
    PractitionerCalendar,
    ProposedChange,
)
from tenants import clock

MOST_SHOWN = 10


@dataclass(frozen=True, kw_only=True)
class CalendarHealth:
    """One calendar in use. `told`: open (Google tells us of changes), refused, or polled (it can't reach us)."""

    name: str
    mirror: CalendarMirror
    told: str
    next_try: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class Health:
    connections: Sequence[CalendarConnection]  # each with `waiting` (copies not up to date) and `calendar_healths`
    refused: list[CalendarEventLink]  # what Google would not take; a person has to look
    questions: int  # changes made in Google that wait for an answer
    differences: int


def health() -> Health:
    """Every account in use; one that was let go only while a practitioner still has a calendar of it."""
    live = Q(event_links__removed_at__isnull=True)
    connections = (
        CalendarConnection.objects.exclude(Q(status=CalendarConnection.Status.DISCONNECTED) & Q(calendars__isnull=True))
        .annotate(
            waiting=Count(
                "event_links",
                filter=live & Q(event_links__written__lt=F("event_links__appointment__revision")),
                distinct=True,
            )
        )
        .prefetch_related(Prefetch("mirrors", queryset=CalendarMirror.objects.order_by("calendar_id")))
        .order_by("account")
    )
    refused = (
        CalendarEventLink.objects.filter(removed_at__isnull=True)
        .exclude(last_error="")
        .select_related("appointment__patient", "connection")
        .order_by("-appointment_id")
    )
    names = calendar_names()
    found = list(connections)
    for connection in found:
        connection.calendar_healths = [  # type: ignore[attr-defined]
            _of(mirror, names[connection.pk, mirror.calendar_id])
            for mirror in connection.mirrors.all()
            if (connection.pk, mirror.calendar_id) in names
        ]
    return Health(
        connections=found,
        refused=list(refused[:MOST_SHOWN]),
        questions=ProposedChange.objects.filter(status=ProposedChange.Status.OPEN).count(),
        differences=CalendarDifference.objects.count(),
    )


def calendar_names() -> dict[tuple[int, str], str]:
    """(connection, calendar) → its name, of calendars in use."""
    rows = PractitionerCalendar.objects.filter(mirrors.IN_USE).values_list("connection", "calendar_id", "calendar_name")
    return {(connection, calendar): name for connection, calendar, name in rows}


def _of(mirror: CalendarMirror, name: str) -> CalendarHealth:
    now = clock.now()
    if mirror.channel_expires_at is not None and mirror.channel_expires_at > now:
        told = "open"
    else:
        told = "refused" if push_channels.possible() and mirror.channel_error else "polled"
    waits = mirror.retry_at if mirror.retry_at and mirror.retry_at > now else None
    return CalendarHealth(name=name, mirror=mirror, told=told, next_try=waits)
