"""Several services in one coming: one after the other, all or nothing. Their free times are in visit_slots.py.

A visit's ticket is the tickets of its parts, joined by "+"; each part becomes an appointment of its own. Several seats
of one group are a visit, too: as many tickets of the same slot.
"""

from collections.abc import Sequence

from django.utils.translation import gettext_noop as N_

from calendar_sync import entries, tickets
from calendar_sync.booking import made_by, still_ahead
from calendar_sync.checking import check
from calendar_sync.entries import Deed
from calendar_sync.errors import AppointmentOver, NotTheirs, TicketRefused
from calendar_sync.house_rules import check_notice
from calendar_sync.locking import changing, lock, locked
from calendar_sync.models import (
    HOLDS_TIME,
    Appointment,
    AppointmentChange,
    BookedBy,
    Patient,
    Visit,
)
from calendar_sync.slots import Slot
from calendar_sync.tickets import TicketedSlot
from calendar_sync.verified import all_open
from calendar_sync.visit_slots import VisitSlots
from calendar_sync.wanted import Actor, Wanted, wanted_by
from tenants.models import Business

MOST_PARTS = 4
MOST_SEATS = 6  # that one contact takes at once; a larger party is for the team


def issue(business: Business, parts: VisitSlots, *, contact_id: int) -> str:
    """The visit's ticket."""
    return "+".join(tickets.issue(business, each, contact_id=contact_id) for each in parts)


def issue_seats(business: Business, slot: Slot, seats: int, *, contact_id: int) -> str:
    """The ticket of so many seats of one group session."""
    found: dict[str, None] = {}
    while len(found) < seats:  # by chance two of a slot are the same
        found[tickets.issue(business, slot, contact_id=contact_id)] = None
    return "+".join(found)


def is_visit(ticket: str) -> bool:
    return "+" in ticket


def book(
    business: Business,
    *,
    ticket: str,
    contact_id: int,
    patient: Patient,
    by: BookedBy,
    turn_id: int | None = None,
) -> list[Appointment]:
    """Every part becomes an appointment, or none does. The same ticket again: the same appointments.

    Raises as booking.book does.
    """
    parts = _read(business, ticket, contact_id)
    wanted = [wanted_by(business, each) for each in parts]
    actor = Actor(by=by, turn_id=turn_id)
    with changing(business, wanted[0], contact_id):
        lock(wanted)
        made = [made_by(each) for each in parts]
        if all(made):
            return [each for each in made if each is not None]
        if any(made):
            raise TicketRefused("used")
        visit = Visit.objects.create(contact_id=contact_id)
        return _insert(business, wanted, parts, visit, patient, actor)


def reschedule(
    business: Business,
    appointment: Appointment,
    *,
    ticket: str,
    contact_id: int,
    by: BookedBy,
    turn_id: int | None = None,
) -> list[Appointment]:
    """Move the whole visit that this appointment is part of, to a ticket with the same services in the same order."""
    parts = _read(business, ticket, contact_id)
    wanted = [wanted_by(business, each) for each in parts]
    actor = Actor(by=by, turn_id=turn_id)
    with changing(business, wanted[0], contact_id):
        standing = parts_of(appointment)
        lock(wanted, standing)
        current = [locked(each) for each in standing]
        if not all_open(current, contact_id):
            raise NotTheirs
        made = [made_by(each) for each in parts]
        if all(made) and {each.pk for each in made if each} == {each.pk for each in current}:
            return current
        if any(made) or [each.service_id for each in current] != [each.service.pk for each in wanted]:
            raise TicketRefused("used") if any(made) else AppointmentOver(N_("The services of this visit differ."))
        for each in current:
            still_ahead(each)
        return _move(business, current, wanted, parts, actor)


def cancel(
    business: Business,
    appointment: Appointment,
    *,
    by: BookedBy,
    turn_id: int | None = None,
    user_id: int | None = None,
) -> list[Appointment]:
    """Cancel every part of the visit that still stands."""
    return cancel_all(business, parts_of(appointment), Actor(by=by, turn_id=turn_id, user_id=user_id))


def cancel_all(business: Business, appointments: Sequence[Appointment], actor: Actor) -> list[Appointment]:
    """All of them or none, as one act; what no longer stands is left alone."""
    with changing(business):
        lock(changed=appointments)
        current = [each for each in map(locked, appointments) if each.status in HOLDS_TIME]
        first: AppointmentChange | None = None
        for each in current:
            if not actor.is_staff:
                still_ahead(each)
            late = check_notice(each, "cancel", actor)
            entries.cancel(business, each, deed=Deed(actor=actor, overruled=late, part_of=first))
            first = first or entries.last_change(each)
        return current


def parts_of(appointment: Appointment) -> list[Appointment]:
    """The parts of its visit that stand, in order of time; itself alone when it belongs to none."""
    rows = Appointment.objects.filter(status__in=HOLDS_TIME).select_related("service", "practitioner", "patient")
    if appointment.visit_id is None:
        return list(rows.filter(pk=appointment.pk))
    return list(rows.filter(visit=appointment.visit_id).order_by("during"))


def parts_in(business: Business, ticket: str, *, contact_id: int) -> list[TicketedSlot]:
    """What a ticket permits, of one slot or of a visit; raises TicketRefused."""
    joined = ticket.split("+")
    parts = [tickets.read(business, each, contact_id=contact_id) for each in joined[:MOST_SEATS]]
    services = {each.service_id for each in parts}
    most = MOST_SEATS if len(services) == 1 else MOST_PARTS
    if len(joined) > most or len({each.digest for each in parts}) < len(joined):
        raise TicketRefused("malformed")
    return parts


def _read(business: Business, ticket: str, contact_id: int) -> list[TicketedSlot]:
    parts = parts_in(business, ticket, contact_id=contact_id)
    if len(parts) < 2:
        raise TicketRefused("malformed")
    return parts


def _insert(
    business: Business,
    wanted: Sequence[Wanted],
    parts: Sequence[TicketedSlot],
    visit: Visit,
    patient: Patient,
    actor: Actor,
) -> list[Appointment]:
    made: list[Appointment] = []
    first: AppointmentChange | None = None
    for each, part in zip(wanted, parts, strict=True):
        fit = check(business, each, actor=actor, patient=patient, contact_id=part.contact_id)
        appointment = entries.insert(
            business,
            each,
            fit,
            patient=patient,
            contact_id=part.contact_id,
            ticket=part.digest,
            visit=visit,
            deed=Deed(actor=actor, part_of=first),
        )
        first = first or entries.last_change(appointment)
        made.append(appointment)
    return made


def _move(
    business: Business,
    current: Sequence[Appointment],
    wanted: Sequence[Wanted],
    parts: Sequence[TicketedSlot],
    actor: Actor,
) -> list[Appointment]:
    first: AppointmentChange | None = None
    steps = list(zip(current, wanted, parts, strict=True))
    if wanted[0].starts_at > current[0].starts_at:
        steps.reverse()  # no part moves to where the next one still stands
    for appointment, each, part in steps:
        late = check_notice(appointment, "move", actor)
        fit = check(
            business,
            each,
            actor=actor,
            patient=appointment.patient,
            contact_id=part.contact_id,
            moving=appointment,
        )
        deed = Deed(actor=actor, overruled=late, part_of=first)
        entries.move(business, appointment, each, fit, ticket=part.digest, deed=deed)
        first = first or entries.last_change(appointment)
    return list(current)
