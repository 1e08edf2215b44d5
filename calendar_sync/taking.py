"""Taking and freeing time: the rows that keep two things from one time, written with what they belong to.

Within the caller's transaction and under the locks of locking.py; the exclusion constraints have the last word.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q, QuerySet

from calendar_sync.availability import Period, without
from calendar_sync.models import HOLDS_TIME, Appointment, GroupSession, Hold, Service, TakenTime
from tenants.postgres.prepared import Prepared
from tenants.statements import Question, insert, later, rows

FREED = Prepared("DELETE FROM calendar_sync_takentime WHERE appointment_id = %s")
RESOURCES_TAKEN = Prepared("""
SELECT resource_id FROM calendar_sync_takentime
 WHERE appointment_id = ANY(%s::bigint[]) AND resource_id IS NOT NULL""")


def blocked(service: Service, starts_at: dt.datetime, ends_at: dt.datetime) -> Period:
    """What an appointment of this service keeps its practitioner and resources from: its time and both buffers."""
    return Period(starts_at - service.before, ends_at + service.after)


def take(appointment: Appointment, resource_ids: Sequence[int] = ()) -> list[TakenTime]:
    """The appointment's practitioner and resources are taken, buffers included.

    A seat in a group session takes no time of its own: the session does.
    """
    if appointment.session_id is not None or appointment.status not in HOLDS_TIME:
        return []
    taken = rows_of(appointment, resource_ids)
    insert(*taken)
    return taken


def rows_of(thing: Appointment | GroupSession | Hold, resource_ids: Iterable[int] = ()) -> list[TakenTime]:
    """What an appointment, a session or a hold takes; not saved yet."""
    period = blocked(thing.service, thing.during.lower, thing.during.upper)
    during = DateTimeTZRange(period.starts_at, period.ends_at)
    owner = {_OWNERS[type(thing)]: thing}
    return [
        TakenTime(practitioner_id=thing.practitioner_id, during=during, **owner),
        *(TakenTime(resource_id=each, during=during, **owner) for each in resource_ids),
    ]


def free(appointment: Appointment) -> None:
    later(FREED, [appointment.pk])


def pass_to_hold(taken: Iterable[TakenTime], hold: Hold, beside: Sequence[TakenTime] = ()) -> None:
    """The hold takes what these rows of the past took, less what is taken by `beside`, which stands there now."""
    kept = []
    for old in taken:
        pieces = [Period(old.during.lower, old.during.upper)]
        for new in beside:
            if (new.practitioner_id, new.resource_id) == (old.practitioner_id, old.resource_id):
                pieces = without(pieces, Period(new.during.lower, new.during.upper))
        kept += [
            TakenTime(
                practitioner_id=old.practitioner_id,
                resource_id=old.resource_id,
                during=DateTimeTZRange(each.starts_at, each.ends_at),
                hold=hold,
            )
            for each in pieces
        ]
    insert(*kept)


def resources_of(appointments: Iterable[Appointment]) -> set[int]:
    """The resources that these appointments have taken."""
    return {pk for (pk,) in rows(*taken_by(appointments))}


def taken_by(appointments: Iterable[Appointment]) -> Question:
    """What `resources_of` asks."""
    return RESOURCES_TAKEN, [[each.pk for each in appointments]]


def standing(
    now: dt.datetime, *, moving: Appointment | None = None, contact_id: int | None = None
) -> QuerySet[TakenTime]:
    """What is taken now: expired holds left out, and what doesn't stand in this contact's or this move's way."""
    found = TakenTime.objects.filter(Q(hold__isnull=True) | Q(hold__expires_at__gt=now))
    if contact_id is not None:
        found = found.exclude(hold__contact_id=contact_id)
    if moving is not None:
        found = found.exclude(appointment=moving)
    return found


# `standing` for who asks in SQL, of taken times "taken" with their holds "hold"; by %(now)s, %(moving)s, %(contact)s.
STANDING = """(taken.hold_id IS NULL OR hold.expires_at > %(now)s)
   AND (%(contact)s::bigint IS NULL OR hold.contact_id IS DISTINCT FROM %(contact)s)
   AND (%(moving)s::bigint IS NULL OR taken.appointment_id IS DISTINCT FROM %(moving)s)"""
_OWNERS = {Appointment: "appointment", GroupSession: "session", Hold: "hold"}
