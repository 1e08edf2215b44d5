"""What staff do in the diary themselves: no ticket; with `overrule` also outside hours, in the past, or where a
connected calendar is busy. Two appointments at once are refused to them, too.
"""

import datetime as dt

from calendar_sync import entries
from calendar_sync.errors import AppointmentOver
from calendar_sync.models import (
    HOLDS_TIME,
    Appointment,
    AppointmentChange,
    AppointmentStatus,
    BookedBy,
    Patient,
    Practitioner,
    Service,
)
from tenants import clock
from tenants.models import Business


def book_by_hand(
    business: Business,
    *,
    service: Service,
    practitioner: Practitioner,
    starts_at: dt.datetime,
    patient: Patient,
    user_id: int | None,
    note: str = "",
    overrule: bool = False,
) -> Appointment:
    """Make an appointment for the patient (and its contact, where there is one)."""
    wanted = entries.Wanted(service=service, practitioner=practitioner, starts_at=starts_at)
    with entries.changing(business, wanted):
        entries.lock(practitioner.pk)
        entries.check(business, wanted, overrule=overrule)
        return entries.insert(
            business,
            wanted,
            patient=patient,
            contact_id=patient.contact_id,
            note=note,
            actor=entries.Actor(by=BookedBy.STAFF, user_id=user_id),
        )


def move_by_hand(
    business: Business,
    appointment: Appointment,
    *,
    starts_at: dt.datetime,
    practitioner: Practitioner,
    user_id: int | None,
    overrule: bool = False,
) -> Appointment:
    """Move it to another time or practitioner; it keeps its id and its length of service."""
    wanted = entries.Wanted(service=appointment.service, practitioner=practitioner, starts_at=starts_at)
    with entries.changing(business, wanted):
        entries.lock(practitioner.pk, appointment.practitioner_id)
        current = entries.locked(appointment)
        if current.status not in HOLDS_TIME:
            raise AppointmentOver
        if current.starts_at == starts_at and current.practitioner_id == practitioner.pk:
            return current
        entries.check(business, wanted, moving=current, overrule=overrule)
        return entries.move(business, current, wanted, actor=entries.Actor(by=BookedBy.STAFF, user_id=user_id))


def restore(business: Business, appointment: Appointment, *, user_id: int | None) -> Appointment:
    """Undo a cancellation, if the time is still free. Restoring twice is fine."""
    wanted = entries.Wanted(
        service=appointment.service, practitioner=appointment.practitioner, starts_at=appointment.starts_at
    )
    with entries.changing(business, wanted):
        entries.lock(appointment.practitioner_id)
        current = entries.locked(appointment)
        if current.status in HOLDS_TIME:
            return current
        if current.status != AppointmentStatus.CANCELLED:
            raise AppointmentOver
        return entries.set_status(
            business,
            current,
            AppointmentStatus.CONFIRMED,
            AppointmentChange.Act.BOOKED,
            actor=entries.Actor(by=BookedBy.STAFF, user_id=user_id),
        )


def undo(business: Business, appointment: Appointment, *, user_id: int | None) -> Appointment:
    """Take the last change back, if that was a move or a cancellation and its time is still free."""
    last = undoable(appointment)
    if last is None:
        raise AppointmentOver
    if last.act == AppointmentChange.Act.CANCELLED:
        return restore(business, appointment, user_id=user_id)
    return move_by_hand(
        business,
        appointment,
        starts_at=last.before.lower,
        practitioner=last.from_practitioner or appointment.practitioner,
        user_id=user_id,
        overrule=True,  # it stood there before
    )


def undoable(appointment: Appointment) -> AppointmentChange | None:
    """The last change, while it can be taken back: its old time is still ahead."""
    last = appointment.changes.select_related("from_practitioner").order_by("-pk").first()
    if last is None or last.act not in (AppointmentChange.Act.MOVED, AppointmentChange.Act.CANCELLED):
        return None
    return last if last.before is not None and last.before.lower > clock.now() else None
