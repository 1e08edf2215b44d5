"""Group sessions: a time that several patients share. The session takes the time, each appointment takes a seat.

Holds for a group take no time of their own, either: they are counted as seats of the session at their time. Seats are
given out under the session's lock; a session that nobody is in any more goes, and its time with it.
"""

import datetime as dt
from collections.abc import Set

from django.db.models import QuerySet
from django.utils.translation import gettext_noop as N_

from calendar_sync.errors import RuleRefused
from calendar_sync.models import HOLDS_TIME, Appointment, GroupSession, Hold, Service, TakenTime
from calendar_sync.taking import rows_of
from calendar_sync.wanted import Wanted


def is_group(service: Service) -> bool:
    return service.seats > 1


def joinable(wanted: Wanted) -> GroupSession | None:
    """The session at exactly this time, locked."""
    if not is_group(wanted.service):
        return None
    rows = GroupSession.objects.select_for_update(no_key=True, of=("self",)).select_related("service")
    return rows.filter(
        service=wanted.service, practitioner=wanted.practitioner, during__startswith=wanted.starts_at
    ).first()


def free_seat(
    session: GroupSession,
    *,
    now: dt.datetime,
    contact_id: int | None = None,
    moving: Appointment | None = None,
    but: Hold | None = None,
) -> int | None:
    """The lowest free seat of a locked session; None when it is full. A contact's own hold doesn't stand in its way,
    nor does the one in `but`.
    """
    seated = session.appointments.filter(status__in=HOLDS_TIME)
    if moving is not None:
        seated = seated.exclude(pk=moving.pk)
    taken = set(seated.values_list("seat", flat=True))
    held = _kept_for_others(session, now, contact_id)
    if but is not None:
        held = held.exclude(pk=but.pk)
    if len(taken) + held.count() >= session.seats:
        return None
    return next((seat for seat in range(1, session.seats + 1) if seat not in taken), None)


def kept_last(session: GroupSession, *, now: dt.datetime, contact_id: int | None) -> Hold | None:
    """The newest hold of a seat for somebody else."""
    return _kept_for_others(session, now, contact_id).order_by("-pk").first()


def _kept_for_others(session: GroupSession, now: dt.datetime, contact_id: int | None) -> QuerySet[Hold]:
    held = holds_on(session, now)
    return held if contact_id is None else held.exclude(contact_id=contact_id)


def taken_in(session: GroupSession, now: dt.datetime) -> int:
    """How many seats of a locked session are taken or kept, by whomever."""
    return session.appointments.filter(status__in=HOLDS_TIME).count() + holds_on(session, now).count()


def holds_on(session: GroupSession, now: dt.datetime) -> QuerySet[Hold]:
    """The holds that keep a seat of it."""
    return Hold.objects.filter(
        service=session.service_id,
        practitioner=session.practitioner_id,
        during=session.during,
        released_at__isnull=True,
        expires_at__gt=now,
    )


def begin(wanted: Wanted, resource_ids: tuple[int, ...]) -> GroupSession:
    """A session with its taken time; in it nobody yet."""
    made = GroupSession.objects.create(
        service=wanted.service,
        practitioner=wanted.practitioner,
        during=wanted.during,
        seats=wanted.service.seats,
        location_id=wanted.elsewhere,
    )
    TakenTime.objects.bulk_create(rows_of(made, resource_ids))
    return made


def widen(wanted: Wanted, together: Set[int]) -> None:
    """A group that was cancelled as a whole comes back with as many places as it had: one more, where it is full of
    those appointments alone.
    """
    session = joinable(wanted)
    if session is None:
        return
    sitting = set(session.appointments.filter(status__in=HOLDS_TIME).values_list("pk", flat=True))
    if len(sitting) >= session.seats and sitting <= together:
        session.seats += 1
        session.save(update_fields=["seats"])


def remove_if_empty(session_id: int, now: dt.datetime) -> bool:
    """Whether the session went because nobody has, had or is kept a seat in it."""
    session = GroupSession.objects.select_for_update().filter(pk=session_id).first()
    if session is None or session.appointments.exists() or holds_on(session, now).exists():
        return False
    session.delete()
    return True


def is_alone_in(appointment: Appointment) -> bool:
    """Whether the session would go with this appointment."""
    others = Appointment.objects.filter(session=appointment.session_id).exclude(pk=appointment.pk)
    return appointment.session_id is not None and not others.exists()


def resize(session: GroupSession, seats: int, *, now: dt.datetime) -> GroupSession:
    """Staff change how many fit in. Raises RuleRefused below what is taken or kept."""
    locked = GroupSession.objects.select_for_update(no_key=True).get(pk=session.pk)
    taken = list(locked.appointments.filter(status__in=HOLDS_TIME).values_list("seat", flat=True))
    if seats < max([len(taken) + holds_on(locked, now).count(), *(each or 0 for each in taken)], default=0):
        raise RuleRefused("full", N_("More seats than that are taken already."))
    locked.seats = seats
    locked.save(update_fields=["seats"])
    return locked
