"""Writing into the diary: the rows of a booking, a move, a cancellation, and the news of them.

Within the caller's `locking.changing`, after `locking.lock` and `checking.check`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from calendar_sync import letting_go, open_cases, reminding, sessions
from calendar_sync.checking import Fit
from calendar_sync.external_busy import has_calendars
from calendar_sync.giving_up import give_up, keep_or_tell
from calendar_sync.locking import locking
from calendar_sync.models import (
    HOLDS_TIME,
    Appointment,
    AppointmentChange,
    AppointmentSeries,
    AppointmentStatus,
    GroupSession,
    Patient,
    Visit,
)
from calendar_sync.taking import free, take
from calendar_sync.wanted import Actor, Wanted
from tenants import events, worklist
from tenants.models import Business
from tenants.statements import Question, add, number, rewrite, rows
from tenants.statements import insert as insert_rows

Appointments = QuerySet[Appointment]
Act = AppointmentChange.Act
PUSH = "calendar_sync.push"  # the task that brings Google's copy up to date


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What is recorded with a change besides the change itself."""

    actor: Actor
    overruled: Sequence[str] = ()
    reason: str = ""  # why they were set aside
    undoes: AppointmentChange | None = None
    part_of: AppointmentChange | None = None


def insert(
    business: Business,
    wanted: Wanted,
    fit: Fit,
    *,
    patient: Patient,
    contact_id: int | None,
    deed: Deed,
    ticket: str | None = None,
    note: str = "",
    visit: Visit | None = None,
    series: AppointmentSeries | None = None,
) -> Appointment:
    made = Appointment(
        service=wanted.service,
        practitioner=wanted.practitioner,
        patient=patient,
        contact_id=contact_id,
        during=wanted.during,
        booked_by=deed.actor.by,
        ticket=ticket,
        note=note,
        location_id=wanted.elsewhere,
        session=_session(wanted, fit),
        seat=fit.seat,
        visit=visit,
        series=series,
    )
    _write_down(made, alone=made.session_id is None)
    take(made, fit.resource_ids)
    record(business, made, Act.BOOKED, deed, fresh=True)
    return made


def move(
    business: Business, appointment: Appointment, wanted: Wanted, fit: Fit, *, deed: Deed, ticket: str | None = None
) -> Appointment:
    """Write the new time into the locked row; `ticket` replaces the one that made it."""
    given = give_up(appointment, going_to=wanted)
    appointment.service = wanted.service
    appointment.practitioner = wanted.practitioner
    appointment.during, appointment.location_id = wanted.during, wanted.elsewhere
    appointment.session, appointment.seat = _session(wanted, fit), fit.seat
    appointment.ticket = ticket
    appointment.revision += 1
    _rewrite(appointment, "service_id", "practitioner_id", "during", "location_id", "session_id", "seat", "ticket")
    beside = take(appointment, fit.resource_ids)
    change = record(business, appointment, Act.MOVED, deed, old=given.time)
    keep_or_tell(business, change, given, deed.actor, beside=beside)
    return appointment


def cancel(business: Business, appointment: Appointment, *, deed: Deed) -> Appointment:
    given = give_up(appointment)
    appointment.status = AppointmentStatus.CANCELLED
    appointment.session = appointment.seat = None
    appointment.revision += 1
    _rewrite(appointment, "status", "session_id", "seat")
    change = record(business, appointment, Act.CANCELLED, deed, old=given.time)
    keep_or_tell(business, change, given, deed.actor)
    return appointment


def restore(business: Business, appointment: Appointment, wanted: Wanted, fit: Fit, *, deed: Deed) -> Appointment:
    """A locked, cancelled one stands again, at the time it had."""
    appointment.status = AppointmentStatus.CONFIRMED
    appointment.session, appointment.seat = _session(wanted, fit), fit.seat
    appointment.revision += 1
    _rewrite(appointment, "status", "session_id", "seat")
    take(appointment, fit.resource_ids)
    record(business, appointment, Act.BOOKED, deed)
    return appointment


def close(
    business: Business, appointment: Appointment, status: AppointmentStatus, act: Act, *, deed: Deed
) -> Appointment:
    """A locked one is over: completed or no-show. Whoever sat in a group keeps the seat; a time of its own is free."""
    appointment.status = status
    appointment.revision += 1
    _rewrite(appointment, "status")
    free(appointment)
    record(business, appointment, act, deed)
    return appointment


def record(
    business: Business,
    appointment: Appointment,
    act: Act,
    deed: Deed,
    *,
    old: Wanted | None = None,
    fresh: bool = False,
) -> AppointmentChange:
    """History, the copy in Google, the open pages. Only the last change can be undone: earlier ones need no hold.

    `fresh`: it was made in this transaction."""
    people = {appointment.practitioner_id}
    moved_from = None
    if old is not None and old.practitioner.pk != appointment.practitioner_id:
        moved_from = old.practitioner
        people.add(old.practitioner.pk)
    change = AppointmentChange(
        appointment=appointment,
        act=act,
        by=deed.actor.by,
        user_id=deed.actor.user_id,
        turn_id=deed.actor.turn_id,
        before=old.during if old is not None else None,
        after=appointment.during if appointment.status in HOLDS_TIME else None,
        from_practitioner=moved_from,
        from_location_id=old.location_id if old is not None and act == Act.MOVED else None,
        overruled=list(deed.overruled),
        reason=deed.reason if deed.overruled else "",
        undoes=deed.undoes,
        part_of=deed.part_of,
    )
    _write_down(change, alone=deed.undoes is None)
    if appointment.revision > 1:
        letting_go.let_go(business, [pk for (pk,) in rows(*letting_go.kept_for_earlier(appointment))])
    if has_calendars(tuple(sorted(people))):
        worklist.call_for(business.pk, PUSH, appointment.pk)
    reminding.plan(business, appointment, fresh=fresh)
    if not fresh:
        open_cases.tell_campaign(business, appointment)
    events.publish(business, "diary", appointment.pk)
    return change


def asked_of(appointment: Appointment) -> list[Question]:
    """What changing it asks, for `lock` to ask ahead."""
    return [
        locking(appointment),
        letting_go.kept_for_earlier(appointment),
        reminding.planned(appointment),
        open_cases.asking(appointment),
    ]


def _write_down(row: Appointment | AppointmentChange, *, alone: bool) -> None:
    """`alone`: no other row can refuse it, so there is no answer to wait for."""
    if alone:
        number(row)
        add(row)
    else:
        insert_rows(row)


def _rewrite(appointment: Appointment, *fields: str) -> None:
    """One that has a seat may be refused it, and must hear so."""
    if appointment.session_id is None:
        rewrite(appointment, *fields, "revision")
    else:
        appointment.save(update_fields=[*fields, "revision"])


def last_change(appointment: Appointment) -> AppointmentChange | None:
    return appointment.changes.order_by("-pk").first()


def _session(wanted: Wanted, fit: Fit) -> GroupSession | None:
    if not sessions.is_group(wanted.service):
        return None
    return fit.session or sessions.begin(wanted, fit.resource_ids)
