"""Book, move and cancel with a slot ticket. The rules are kept here, whoever asks; the constraint has the last word.

Everything works inside a caller's open transaction: a refusal rolls back to where the call began and gives its
locks back. What staff do, who need no ticket and may overrule, is in calendar_sync/by_hand.py.
"""

import datetime as dt
import re

from calendar_sync import entries, tickets
from calendar_sync.by_hand import book_by_hand, move_by_hand
from calendar_sync.errors import AppointmentOver, InThePast, NotOffered, NotTheirs, TicketRefused
from calendar_sync.models import HOLDS_TIME, Appointment, BookedBy, Patient, Practitioner, Service
from calendar_sync.patients import patient_for, patients_of
from calendar_sync.tickets import TicketedSlot
from tenants import clock
from tenants.models import Business

__all__ = [
    "appointment_of",
    "book",
    "book_by_hand",
    "cancel",
    "move_by_hand",
    "patient_for",
    "patients_of",
    "reschedule",
    "upcoming",
]


def book(
    business: Business,
    *,
    ticket: str,
    contact_id: int,
    patient: Patient,
    by: BookedBy,
    turn_id: int | None = None,
    note: str = "",
) -> Appointment:
    """Make the ticket's slot an appointment. The same ticket again returns the same appointment while it stands.

    Raises TicketRefused, InThePast, OutsideHours, NotOffered, SlotTaken (with alternatives) or DiaryBusy (retryable).
    """
    slot = tickets.read(business, ticket, contact_id=contact_id)
    service, practitioner = _offered(slot)
    wanted = entries.Wanted(service=service, practitioner=practitioner, starts_at=slot.starts_at)
    with entries.changing(business, wanted):
        entries.lock(practitioner.pk)
        made = _made_by(slot)
        if made is not None:
            return made
        entries.check(business, wanted)
        return entries.insert(
            business,
            wanted,
            patient=patient,
            contact_id=contact_id,
            ticket=slot.digest,
            note=note,
            actor=entries.Actor(by=by, turn_id=turn_id),
        )


def reschedule(
    business: Business,
    appointment: Appointment,
    *,
    ticket: str,
    contact_id: int,
    by: BookedBy,
    turn_id: int | None = None,
    user_id: int | None = None,
) -> Appointment:
    """Move the contact's appointment to the ticket's slot; it keeps its id. The same ticket again changes nothing."""
    slot = tickets.read(business, ticket, contact_id=contact_id)
    service, practitioner = _offered(slot)
    wanted = entries.Wanted(service=service, practitioner=practitioner, starts_at=slot.starts_at)
    with entries.changing(business, wanted):
        entries.lock(practitioner.pk, appointment.practitioner_id)
        current = entries.locked(appointment)
        if current.contact_id != contact_id:
            raise NotTheirs
        moved = _made_by(slot)
        if moved is not None:
            if moved.pk != current.pk:
                raise TicketRefused("used")
            return moved
        _still_ahead(current)
        entries.check(business, wanted, moving=current)
        return entries.move(
            business,
            current,
            wanted,
            ticket=slot.digest,
            actor=entries.Actor(by=by, turn_id=turn_id, user_id=user_id),
        )


def cancel(
    business: Business,
    appointment: Appointment,
    *,
    by: BookedBy,
    turn_id: int | None = None,
    user_id: int | None = None,
) -> Appointment:
    """Cancel it; cancelling twice is fine. Only staff cancel what has begun."""
    with entries.changing(business):
        current = entries.locked(appointment)
        if current.status == "cancelled":
            return current
        if by == BookedBy.STAFF:
            if current.status not in HOLDS_TIME:
                raise AppointmentOver
        else:
            _still_ahead(current)
        return entries.cancel(business, current, actor=entries.Actor(by=by, turn_id=turn_id, user_id=user_id))


def upcoming(contact_id: int, now: dt.datetime) -> list[Appointment]:
    """The contact's appointments that have not ended, soonest first."""
    return list(_of_contact(contact_id).filter(status__in=HOLDS_TIME, during__endswith__gt=now).order_by("during"))


def appointment_of(contact_id: int, reference_or_id: str | int) -> Appointment | None:
    """The contact's appointment by its reference ("#1042", "1042") or its id (an int); nobody else's."""
    if isinstance(reference_or_id, int):
        return _of_contact(contact_id).filter(pk=reference_or_id).first()
    digits = re.fullmatch(r"\s*#?\s*([0-9]{4,12})\s*", reference_or_id, re.ASCII)
    return _of_contact(contact_id).filter(pk=int(digits[1]) - 1000).first() if digits else None


def _of_contact(contact_id: int) -> entries.Appointments:
    return Appointment.objects.filter(contact_id=contact_id).select_related("service", "practitioner", "patient")


def _offered(slot: TicketedSlot) -> tuple[Service, Practitioner]:
    service = Service.objects.filter(pk=slot.service_id).first()
    practitioner = Practitioner.objects.filter(pk=slot.practitioner_id).first()
    if service is None or practitioner is None:
        raise NotOffered
    return service, practitioner


def _made_by(slot: TicketedSlot) -> Appointment | None:
    """What this ticket has already made. Once it was moved on or cancelled, the ticket is used up."""
    made = _of_contact(slot.contact_id).filter(ticket=slot.digest).first()
    if made is None:
        return None
    unchanged = made.starts_at == slot.starts_at and made.practitioner_id == slot.practitioner_id
    if made.status not in HOLDS_TIME or not unchanged:
        raise TicketRefused("used")
    return made


def _still_ahead(appointment: Appointment) -> None:
    if appointment.status not in HOLDS_TIME:
        raise AppointmentOver
    if appointment.starts_at <= clock.now():
        raise InThePast("This appointment has already begun.")
