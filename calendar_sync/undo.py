"""Taking the last change back: by the patient while the house rules allow it, by staff while the time is free.

What was given up is kept meanwhile (giving_up.py). An act upon several appointments (a visit, a series) is taken back
as a whole. An undoing is recorded as a change of its own, and isn't undone.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from calendar_sync import entries, sessions
from calendar_sync.availability import Period
from calendar_sync.checking import fits
from calendar_sync.entries import Act, Deed
from calendar_sync.errors import UndoOver
from calendar_sync.letting_go import let_go
from calendar_sync.locking import changing, lock, locked
from calendar_sync.models import Appointment, AppointmentChange, BookedBy, BookingRules, Hold
from calendar_sync.session_moves import put_back, session_of
from calendar_sync.verified import open_to
from calendar_sync.wanted import OF_THE_BUSINESS, Actor, Wanted
from tenants import clock
from tenants.models import Business

UNDOABLE = (Act.BOOKED, Act.MOVED, Act.CANCELLED)


@dataclass(frozen=True, kw_only=True)
class Undone:
    """`act`: what was taken back. The appointments are as they are now."""

    act: str
    appointments: Sequence[Appointment]


def undo_last(
    business: Business,
    *,
    contact_id: int,
    appointment: Appointment | None = None,
    by: BookedBy,
    turn_id: int | None = None,
) -> Undone:
    """Take back the contact's last change (of that appointment), with all that belonged to the act; twice is fine.

    Raises UndoOver when there is none, when staff or a program made it, when it is too long ago or its time has come;
    SlotTaken when staff gave the time away.
    """
    changes = _changes().filter(open_to(contact_id, "appointment__"), act__in=UNDOABLE)
    if appointment is not None:
        changes = changes.filter(appointment=appointment)
    last = changes.order_by("-pk").first()
    if last is None or last.by in OF_THE_BUSINESS or last.at + _how_long() <= clock.now():
        raise UndoOver
    if last.undoes is not None:
        return Undone(act=last.undoes.act, appointments=[each.appointment for each in act_of(last.undoes)])
    return take_back(business, last, Actor(by=by, turn_id=turn_id))


def take_back(business: Business, change: AppointmentChange, actor: Actor) -> Undone:
    """Undo a change, whoever made it, with all that belonged to its act."""
    act = act_of(change)
    old = {each.pk: _old_time(each) for each in act}
    wanted = [each for each in old.values() if each is not None]
    now = clock.now()
    if any(each.starts_at <= now for each in wanted) and not actor.is_staff:
        raise UndoOver
    with changing(business, wanted[0] if wanted else None, change.appointment.contact_id):
        session = session_of(act)
        if session is not None and len(wanted) == len(act) and all(map(_is_last, act)):
            return Undone(act=change.act, appointments=put_back(business, session, act, wanted[0], actor))
        lock(wanted, [each.appointment for each in act])
        first: AppointmentChange | None = None
        done = []
        for each in reversed(act):  # a part may stand where an earlier step left
            deed = Deed(actor=actor, undoes=each, part_of=first)
            if change.act == Act.CANCELLED and (time := old[each.pk]) is not None:
                sessions.widen(time, {other.appointment_id for other in act})
            done.append(_undo_one(business, each, old[each.pk], deed))
            first = first or AppointmentChange.objects.get(undoes=each)
        return Undone(act=change.act, appointments=done)


def act_of(change: AppointmentChange) -> list[AppointmentChange]:
    """Every change of the same act, in its order."""
    first = change.part_of_id or change.pk
    return list(_changes().filter(Q(pk=first) | Q(part_of=first)).order_by("pk"))


def _undo_one(business: Business, change: AppointmentChange, old: Wanted | None, deed: Deed) -> Appointment:
    current = locked(change.appointment)
    if AppointmentChange.objects.filter(undoes=change).exists():
        return current
    if not _is_last(change):
        raise UndoOver  # something happened to it since
    if old is None:
        if current.starts_at <= clock.now():
            raise UndoOver
        return entries.cancel(business, current, deed=deed)
    let_go(business, Hold.objects.filter(change=change).values_list("pk", flat=True), used=True)
    moving = current if change.act == Act.MOVED else None
    fit = fits(business, old, contact_id=current.contact_id, moving=moving)
    if moving is None:
        return entries.restore(business, current, old, fit, deed=deed)
    return entries.move(business, current, old, fit, deed=deed)


def _is_last(change: AppointmentChange) -> bool:
    return not AppointmentChange.objects.filter(appointment=change.appointment_id, pk__gt=change.pk).exists()


def _old_time(change: AppointmentChange) -> Wanted | None:
    """What a moved or cancelled appointment goes back to; None where it is the booking that is undone."""
    if change.act == Act.BOOKED or change.before is None:
        return None
    hold: Hold | None = getattr(change, "hold", None)
    appointment = change.appointment
    return Wanted(
        service=hold.service if hold else appointment.service,
        practitioner=hold.practitioner if hold else change.from_practitioner or appointment.practitioner,
        period=Period(change.before.lower, change.before.upper),
        location_id=_old_place(change),
    )


def _old_place(change: AppointmentChange) -> int:
    """Moves of long ago tell it by the practitioner alone."""
    if change.act == Act.MOVED and change.from_location_id is not None:
        return change.from_location_id
    if change.from_practitioner is not None:
        return change.from_practitioner.location_id
    return change.appointment.location_id or change.appointment.practitioner.location_id


def _how_long() -> dt.timedelta:
    return dt.timedelta(minutes=BookingRules.of_this_business().undo_minutes)


def _changes() -> QuerySet[AppointmentChange]:
    return AppointmentChange.objects.select_related(
        "appointment__service",
        "appointment__practitioner",
        "appointment__patient",
        "from_practitioner",
        "undoes",
        "hold__service",
        "hold__practitioner",
    )
