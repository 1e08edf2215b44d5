"""Taking and freeing time: the rows that keep two things from one time, written with what they belong to.

Within the caller's transaction and under the locks of entries.lock; the exclusion constraints have the last word.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q, QuerySet

from calendar_sync.availability import Period
from calendar_sync.models import HOLDS_TIME, Appointment, Service, TakenTime


def blocked(service: Service, starts_at: dt.datetime, ends_at: dt.datetime) -> Period:
    """What an appointment of this service keeps its practitioner and resources from: its time and both buffers."""
    return Period(starts_at - service.before, ends_at + service.after)


def take(appointment: Appointment, resource_ids: Sequence[int] = ()) -> None:
    """The appointment's practitioner and resources are taken, buffers included; what it had taken before is free.

    A seat in a group session takes no time of its own: the session does.
    """
    free(appointment)
    if appointment.session_id is None and appointment.status in HOLDS_TIME:
        TakenTime.objects.bulk_create(rows_of(appointment, resource_ids))


def rows_of(appointment: Appointment, resource_ids: Iterable[int] = ()) -> list[TakenTime]:
    """Not saved yet."""
    period = blocked(appointment.service, appointment.starts_at, appointment.ends_at)
    during = DateTimeTZRange(period.starts_at, period.ends_at)
    return [
        TakenTime(practitioner_id=appointment.practitioner_id, appointment=appointment, during=during),
        *(TakenTime(resource_id=each, appointment=appointment, during=during) for each in resource_ids),
    ]


def free(appointment: Appointment) -> None:
    TakenTime.objects.filter(appointment=appointment).delete()


def standing(
    now: dt.datetime, *, moving: Appointment | None = None, contact_id: int | None = None
) -> QuerySet[TakenTime]:
    """What is taken now: expired holds left out, and what doesn't stand in this contact's or this move's way."""
    rows = TakenTime.objects.filter(Q(hold__isnull=True) | Q(hold__expires_at__gt=now))
    if contact_id is not None:
        rows = rows.exclude(hold__contact_id=contact_id)
    if moving is not None:
        rows = rows.exclude(appointment=moving)
    return rows
