"""What staff do in the diary themselves: no ticket; with `overrule` also against the house rules, outside hours, in
the past, or where a connected calendar is busy, and it is recorded. Two things at one time are refused to them, too.
"""

import datetime as dt
from dataclasses import replace

from django.utils.translation import gettext_noop as N_

from calendar_sync import entries
from calendar_sync.availability import Period
from calendar_sync.checking import Fit, check, fits
from calendar_sync.entries import Act, Deed
from calendar_sync.errors import AppointmentOver, DiaryError
from calendar_sync.house_rules import check_notice
from calendar_sync.locking import changing, lock, locked
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
from calendar_sync.undo import take_back
from calendar_sync.wanted import Actor, Wanted, as_it_stands, wanted_at
from tenants import clock
from tenants.models import Business

LONGEST = dt.timedelta(hours=23)
MARKED = {Act.COMPLETED: AppointmentStatus.COMPLETED, Act.NO_SHOW: AppointmentStatus.NO_SHOW}


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
    reason: str = "",
    location_id: int | None = None,
) -> Appointment:
    """Make an appointment for the patient (and its contact, where there is one). `reason`: why it overrules;
    `location_id`: where, else where the practitioner is then."""
    wanted = wanted_at(business, service, practitioner, starts_at, location_id)
    actor, contact_id = Actor(by=BookedBy.STAFF, user_id=user_id), patient.contact_id
    with changing(business, wanted, contact_id):
        lock([wanted])
        fit = check(business, wanted, actor=actor, patient=patient, contact_id=contact_id, overrule=overrule)
        return entries.insert(
            business,
            wanted,
            fit,
            patient=patient,
            contact_id=contact_id,
            note=note,
            deed=Deed(actor=actor, overruled=fit.overruled, reason=reason),
        )


def move_by_hand(
    business: Business,
    appointment: Appointment,
    *,
    starts_at: dt.datetime,
    practitioner: Practitioner,
    user_id: int | None,
    overrule: bool = False,
    reason: str = "",
    location_id: int | None = None,
) -> Appointment:
    """Move it to another time, practitioner or location; it keeps its id and takes as long as that practitioner does.
    Without a location it is where they are then."""
    wanted = wanted_at(business, appointment.service, practitioner, starts_at, location_id)
    actor = Actor(by=BookedBy.STAFF, user_id=user_id)
    with changing(business, wanted, appointment.contact_id):
        lock([wanted], [appointment])
        current = locked(appointment)
        if current.status not in HOLDS_TIME:
            raise AppointmentOver
        same = current.starts_at == starts_at and current.practitioner_id == practitioner.pk
        if same and location_id in (None, as_it_stands(current).location_id):
            return current
        late = check_notice(current, "move", actor)
        fit = _fit_of_move(business, wanted, current, actor, overrule)
        deed = Deed(actor=actor, overruled=(*late, *fit.overruled), reason=reason)
        return entries.move(business, current, wanted, fit, deed=deed)


def change_length(
    business: Business,
    appointment: Appointment,
    *,
    ends_at: dt.datetime,
    user_id: int | None,
    overrule: bool = False,
) -> Appointment:
    """It begins as before and takes longer or shorter than its service does, until it is moved."""
    if not dt.timedelta(0) < ends_at - appointment.starts_at < LONGEST:
        raise DiaryError(N_("An appointment is over within a day. Please change it in the diary."))
    stands = as_it_stands(appointment)
    wanted = replace(stands, period=Period(stands.starts_at, ends_at))
    actor = Actor(by=BookedBy.STAFF, user_id=user_id)
    with changing(business, wanted, appointment.contact_id):
        lock([wanted], [appointment])
        current = locked(appointment)
        if current.status not in HOLDS_TIME or current.starts_at != wanted.starts_at:
            raise AppointmentOver
        if current.ends_at == ends_at:
            return current
        fit = _fit_of_move(business, wanted, current, actor, overrule)
        return entries.move(business, current, wanted, fit, deed=Deed(actor=actor, overruled=fit.overruled))


def _fit_of_move(business: Business, wanted: Wanted, current: Appointment, actor: Actor, overrule: bool) -> Fit:
    return check(
        business,
        wanted,
        actor=actor,
        patient=current.patient,
        contact_id=current.contact_id,
        moving=current,
        overrule=overrule,
    )


def restore(business: Business, appointment: Appointment, *, user_id: int | None) -> Appointment:
    """Undo a cancellation, if the time is still free. Restoring twice is fine."""
    appointment = Appointment.objects.get(pk=appointment.pk)
    if appointment.status in HOLDS_TIME:
        return appointment
    last = appointment.changes.order_by("-pk").first()
    if last is None or last.act != Act.CANCELLED:
        raise AppointmentOver
    return undo_change(business, last, user_id=user_id)


def undo(business: Business, appointment: Appointment, *, user_id: int | None) -> Appointment:
    """Take the last change back, if that was a move or a cancellation and its time is still free."""
    last = undoable(appointment)
    if last is None:
        raise AppointmentOver
    return undo_change(business, last, user_id=user_id)


def undo_change(business: Business, change: AppointmentChange, *, user_id: int | None) -> Appointment:
    """Take back any booking, move or cancellation, with all that belonged to its act; its appointment as it is now."""
    undone = take_back(business, change, Actor(by=BookedBy.STAFF, user_id=user_id))
    return next(each for each in undone.appointments if each.pk == change.appointment_id)


def undoable(appointment: Appointment) -> AppointmentChange | None:
    """The last change, while it can be taken back: a move or a cancellation whose old time is still ahead."""
    last = appointment.changes.select_related("from_practitioner").order_by("-pk").first()
    if last is None or last.act not in (Act.MOVED, Act.CANCELLED) or last.undoes_id is not None:
        return None
    return last if last.before is not None and last.before.lower > clock.now() else None


def mark(
    business: Business, appointment: Appointment, status: AppointmentStatus, *, user_id: int | None
) -> Appointment:
    """Say that the patient came (completed) or didn't (no_show), once it has begun; marking twice is fine."""
    act = next(act for act, marked in MARKED.items() if marked == status)
    with changing(business):
        lock(changed=[appointment])
        current = locked(appointment)
        if current.status == status:
            return current
        if current.status == AppointmentStatus.CANCELLED or current.starts_at > clock.now():
            raise AppointmentOver(N_("Only an appointment that has begun can be marked."))
        return entries.close(business, current, status, act, deed=Deed(actor=Actor(by=BookedBy.STAFF, user_id=user_id)))


def unmark(business: Business, appointment: Appointment, *, user_id: int | None) -> Appointment:
    """Take the last marking back: to the marking before it, else the appointment stands again if its time is free."""
    with changing(business):
        lock([as_it_stands(appointment)], [appointment])
        current = locked(appointment)
        acts = list(current.changes.order_by("-pk").values_list("act", flat=True)[:2])
        if not acts or acts[0] not in MARKED:
            raise AppointmentOver
        deed = Deed(actor=Actor(by=BookedBy.STAFF, user_id=user_id))
        if len(acts) > 1 and acts[1] in MARKED:
            return entries.close(business, current, MARKED[Act(acts[1])], Act(acts[1]), deed=deed)
        time = as_it_stands(current)
        fit = fits(business, time, contact_id=current.contact_id, moving=current)
        return entries.restore(business, current, time, fit, deed=deed)
