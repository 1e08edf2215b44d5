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
