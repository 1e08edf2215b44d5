"""Book, move and cancel with a slot ticket. The rules are kept here, whoever asks; the constraint has the last word.

Everything works inside a caller's open transaction: a refusal rolls back to where the call began and gives its
locks back. What staff do, who need no ticket and may overrule, is in calendar_sync/by_hand.py; several services at
once in visits.py, recurring appointments in series.py, taking back in undo.py.
"""

import datetime as dt
import re
from typing import Any

from django.utils.translation import gettext_noop as N_

from calendar_sync import checking, entries, house_rules, tickets
from calendar_sync.by_hand import book_by_hand, move_by_hand
from calendar_sync.checking import check
from calendar_sync.entries import Deed
from calendar_sync.errors import AppointmentOver, InThePast, NotTheirs, SlotTaken, TicketRefused
from calendar_sync.house_rules import check_notice
from calendar_sync.locking import changing, lock, locked
from calendar_sync.models import (
    HOLDS_TIME,
    Appointment,
    AppointmentChange,
    BookedBy,
    Hold,
    Patient,
    Practitioner,
    Service,
)
from calendar_sync.patients import patient_for, patients_of
from calendar_sync.set_up import reading_once
from calendar_sync.tickets import TicketedSlot
from calendar_sync.verified import OPEN, all_open
from calendar_sync.wanted import Actor, Wanted, wanted_by, wanted_by_hold
from tenants import clock
from tenants.models import Business
from tenants.postgres.prepared import Prepared
from tenants.statements import Question, ask_ahead, joining, models_in, rows

__all__ = [
    "appointment_of",
    "book",
    "book_by_hand",
    "book_held",
    "cancel",
    "made_by",
    "move_by_hand",
    "patient_for",
    "patients_of",
    "reschedule",
    "still_ahead",
    "upcoming",
]

_WITH = (Appointment, Service, Practitioner, Patient)
_OPEN_TO_CONTACT = f"""
  FROM calendar_sync_appointment
  JOIN calendar_sync_service ON calendar_sync_service.id = calendar_sync_appointment.service_id
  JOIN calendar_sync_practitioner ON calendar_sync_practitioner.id = calendar_sync_appointment.practitioner_id
  JOIN calendar_sync_patient ON calendar_sync_patient.id = calendar_sync_appointment.patient_id
 WHERE (calendar_sync_appointment.contact_id = %(contact)s
        OR calendar_sync_appointment.patient_id = ANY(ARRAY({OPEN})))"""


@reading_once()
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

    Raises TicketRefused, InThePast, OutsideHours, NotOffered, RuleRefused, SlotTaken (with alternatives) or DiaryBusy
    (retryable).
    """
    slot = tickets.read(business, ticket, contact_id=contact_id)
    wanted = wanted_by(business, slot)
    with changing(business, wanted, contact_id):
        ask_ahead(Appointment, AppointmentChange)
        already = _asking_made_with(slot.digest, contact_id)
        lock([wanted], ticket=slot.digest, ahead=[already, checking.asked_of(wanted), house_rules.blocked(contact_id)])
        return made_by(slot, already) or _insert(
            business, wanted, patient, contact_id, Actor(by=by, turn_id=turn_id), slot.digest, note
        )


@reading_once()
def book_held(
    business: Business, hold: Hold, *, patient: Patient, by: BookedBy, turn_id: int | None = None
) -> Appointment:
    """Make what is kept for a contact its appointment, without a ticket. The same hold again: the same appointment.

    Raises as `book` does; a hold that has ended is as good as its time is still free.
    """
    assert hold.contact_id is not None, "only a contact's hold can be booked"
    wanted = wanted_by_hold(business, hold)
    mark = f"hold:{hold.pk}"
    with changing(business, wanted, hold.contact_id):
        lock([wanted])
        made = _first(_asking_made_with(mark, hold.contact_id))
        if made is not None:
            if made.status not in HOLDS_TIME:
                raise SlotTaken
            return made
        return _insert(business, wanted, patient, hold.contact_id, Actor(by=by, turn_id=turn_id), mark, "")


@reading_once()
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
    wanted = wanted_by(business, slot)
    actor = Actor(by=by, turn_id=turn_id, user_id=user_id)
    with changing(business, wanted, contact_id):
        ask_ahead(AppointmentChange, Hold)
        already = _asking_made_with(slot.digest, contact_id)
        ahead = [*entries.asked_of(appointment), already, checking.asked_of(wanted), house_rules.blocked(contact_id)]
        lock([wanted], [appointment], ahead=ahead)
        current = locked(appointment)
        if not all_open([current], contact_id):
            raise NotTheirs
        moved = made_by(slot, already)
        if moved is not None:
            if moved.pk != current.pk:
                raise TicketRefused("used")
            return moved
        still_ahead(current)
        late = check_notice(current, "move", actor)
        fit = check(business, wanted, actor=actor, patient=current.patient, contact_id=contact_id, moving=current)
        deed = Deed(actor=actor, overruled=late)
        return entries.move(business, current, wanted, fit, ticket=slot.digest, deed=deed)


def cancel(
    business: Business,
    appointment: Appointment,
    *,
    by: BookedBy,
    turn_id: int | None = None,
    user_id: int | None = None,
) -> Appointment:
    """Cancel it; cancelling twice is fine. Only staff cancel what has begun, and what is too late to cancel where the
    house rules leave that to the team."""
    actor = Actor(by=by, turn_id=turn_id, user_id=user_id)
    with changing(business):
        ask_ahead(AppointmentChange, Hold)
        lock(changed=[appointment], ahead=entries.asked_of(appointment))
        current = locked(appointment)
        if current.status == "cancelled":
            return current
        if not actor.is_staff:
            still_ahead(current)
        elif current.status not in HOLDS_TIME:
            raise AppointmentOver
        late = check_notice(current, "cancel", actor)
        return entries.cancel(business, current, deed=Deed(actor=actor, overruled=late))


def upcoming(contact_id: int, now: dt.datetime) -> list[Appointment]:
    """The appointments that are open to the contact and have not ended, soonest first."""
    standing = [str(each) for each in HOLDS_TIME]
    coming = "calendar_sync_appointment.status = ANY(%(standing)s) AND upper(during) > %(after)s ORDER BY during"
    return _appointments(_asking_of_contact(contact_id, coming, standing=standing, after=now))


def appointment_of(contact_id: int, reference_or_id: str | int) -> Appointment | None:
    """The appointment open to the contact by its reference ("#1042", "1042") or its id (an int); nobody else's."""
    if isinstance(reference_or_id, int):
        return _numbered(contact_id, reference_or_id)
    digits = re.fullmatch(r"\s*#?\s*([0-9]{4,12})\s*", reference_or_id, re.ASCII)
    return _numbered(contact_id, int(digits[1]) - 1000) if digits else None


def made_by(slot: TicketedSlot, asked: Question | None = None) -> Appointment | None:
    """What this ticket has already made. Once it was moved on or cancelled, the ticket is used up. `asked`: what was
    asked for that ahead."""
    made = _first(asked or _asking_made_with(slot.digest, slot.contact_id))
    if made is None:
        return None
    unchanged = made.starts_at == slot.starts_at and made.practitioner_id == slot.practitioner_id
    if made.status not in HOLDS_TIME or not unchanged:
        raise TicketRefused("used")
    return made


def still_ahead(appointment: Appointment) -> None:
    if appointment.status not in HOLDS_TIME:
        raise AppointmentOver
    if appointment.starts_at <= clock.now():
        raise InThePast(N_("This appointment has already begun."))


def _insert(
    business: Business, wanted: Wanted, patient: Patient, contact_id: int, actor: Actor, ticket: str, note: str
) -> Appointment:
    fit = check(business, wanted, actor=actor, patient=patient, contact_id=contact_id)
    return entries.insert(
        business,
        wanted,
        fit,
        patient=patient,
        contact_id=contact_id,
        ticket=ticket,
        note=note,
        deed=Deed(actor=actor),
    )


def _asking_made_with(mark: str, contact_id: int) -> Question:
    return _asking_of_contact(contact_id, "ticket = %(mark)s ORDER BY calendar_sync_appointment.id", mark=mark)


def _numbered(contact_id: int, pk: int) -> Appointment | None:
    return _first(_asking_of_contact(contact_id, "calendar_sync_appointment.id = %(pk)s", pk=pk))


def _first(asked: Question) -> Appointment | None:
    return next(iter(_appointments(asked)), None)


def _asking_of_contact(contact_id: int, which: str, **values: Any) -> Question:
    """Asks for those open to the contact (see verified.open_to), each with service, practitioner and patient."""
    tail = Prepared(f"{_OPEN_TO_CONTACT} AND {which}")  # one of few texts of ours
    return joining(_WITH, tail, {"contact": contact_id, "now": clock.now(), **values})


def _appointments(asked: Question) -> list[Appointment]:
    found = []
    for appointment, service, practitioner, patient in models_in(_WITH, rows(*asked)):
        appointment.service, appointment.practitioner, appointment.patient = service, practitioner, patient
        found.append(appointment)
    return found
