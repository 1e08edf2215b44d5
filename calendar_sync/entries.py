"""What booking with a ticket and booking by hand share: locks, the rules, the rows and their news.

Lock order, always: practitioners by id, then the appointment.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import IntegrityError, OperationalError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import QuerySet

from calendar_sync.availability import Period, is_busy, works_during
from calendar_sync.errors import (
    CalendarSaysBusy,
    DiaryBusy,
    InThePast,
    NotOffered,
    NotTheirs,
    OutsideHours,
    SlotTaken,
)
from calendar_sync.models import (
    HOLDS_TIME,
    Appointment,
    AppointmentChange,
    AppointmentStatus,
    BookedBy,
    Patient,
    Practitioner,
    PractitionerCalendar,
    Service,
)
from calendar_sync.slots import Slot, next_free
from calendar_sync.taking import blocked, free, standing, take
from calendar_sync.timetable import timetables
from tenants import clock, events, worklist
from tenants.models import Business

Appointments = QuerySet[Appointment]
EXCLUSION_VIOLATION, DEADLOCK = "23P01", "40P01"
PUSH = "calendar_sync.push"  # the task that brings Google's copy up to date


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The time that somebody wants."""

    service: Service
    practitioner: Practitioner
    starts_at: dt.datetime

    @property
    def period(self) -> Period:
        return Period(self.starts_at, self.starts_at + self.service.length)

    @property
    def blocks(self) -> Period:
        """Buffers included."""
        return blocked(self.service, self.period.starts_at, self.period.ends_at)


@dataclass(frozen=True, kw_only=True)
class Actor:
    by: BookedBy
    turn_id: int | None = None
    user_id: int | None = None


@contextmanager
def changing(business: Business, wanted: Wanted | None = None) -> Iterator[None]:
    """A savepoint around one change; what the database refuses becomes a refusal of the diary's."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if _sqlstate(error) != EXCLUSION_VIOLATION:
            raise
        raise SlotTaken(alternatives=_alternatives(business, wanted)) from error
    except OperationalError as error:
        if _sqlstate(error) != DEADLOCK:
            raise
        raise DiaryBusy from error
    except SlotTaken as refusal:
        # Looked for only now: the savepoint is rolled back, so nobody waits for our lock meanwhile.
        refusal.alternatives = _alternatives(business, wanted)
        raise


def lock(*practitioner_ids: int) -> None:
    """One change at a time to a practitioner's diary. Without it the exclusion constraint deadlocks under races."""
    rows = Practitioner.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=practitioner_ids)
    list(rows.order_by("pk").values_list("pk"))


def locked(appointment: Appointment) -> Appointment:
    """The row as it is now, locked; refuses when it has moved to a practitioner whom we didn't lock."""
    row = Appointment.objects.select_for_update(no_key=True).filter(pk=appointment.pk).first()
    if row is None:
        raise NotTheirs
    if row.practitioner_id != appointment.practitioner_id:
        raise DiaryBusy("Somebody changed this appointment just now. Please look at it again.")
    return row


def check(business: Business, wanted: Wanted, *, moving: Appointment | None = None, overrule: bool = False) -> None:
    """The rules. `overrule` (staff only) leaves those that the database must hold: no two at the same time."""
    now, person = clock.now(), wanted.practitioner
    if not (person.active and wanted.service.active and person.services.filter(pk=wanted.service.pk).exists()):
        raise NotOffered
    if _taken(wanted, moving):
        raise SlotTaken
    if overrule:
        return
    if wanted.starts_at <= now:
        raise InThePast
    calendar = timetables(business, [person], wanted.period, now=now, moving=moving)[person.pk]
    if not works_during(calendar, wanted.period):
        raise OutsideHours
    if is_busy(calendar, wanted.period):
        raise CalendarSaysBusy


def insert(
    business: Business,
    wanted: Wanted,
    *,
    patient: Patient,
    contact_id: int | None,
    actor: Actor,
    ticket: str | None = None,
    note: str = "",
) -> Appointment:
    made = Appointment.objects.create(
        service=wanted.service,
        practitioner=wanted.practitioner,
        patient=patient,
        contact_id=contact_id,
        during=_range(wanted.period),
        booked_by=actor.by,
        ticket=ticket,
        note=note,
    )
    take(made)
    _record(business, made, AppointmentChange.Act.BOOKED, actor, before=None, practitioners={made.practitioner_id})
    return made


def move(
    business: Business, appointment: Appointment, wanted: Wanted, *, actor: Actor, ticket: str | None = None
) -> Appointment:
    """Write the new time into the locked row; `ticket` replaces the one that made it."""
    before, old = appointment.during, appointment.practitioner_id
    appointment.service = wanted.service
    appointment.practitioner = wanted.practitioner
    appointment.during = _range(wanted.period)
    appointment.ticket = ticket
    appointment.revision += 1
    appointment.save(update_fields=["service", "practitioner", "during", "ticket", "revision"])
    take(appointment)
    _record(
        business,
        appointment,
        AppointmentChange.Act.MOVED,
        actor,
        before=before,
        practitioners={old, appointment.practitioner_id},
        from_practitioner_id=old if old != appointment.practitioner_id else None,
    )
    return appointment


def cancel(business: Business, appointment: Appointment, *, actor: Actor) -> Appointment:
    return set_status(business, appointment, AppointmentStatus.CANCELLED, AppointmentChange.Act.CANCELLED, actor=actor)


def set_status(
    business: Business,
    appointment: Appointment,
    status: AppointmentStatus,
    act: AppointmentChange.Act,
    *,
    actor: Actor,
) -> Appointment:
    appointment.status = status
    appointment.revision += 1
    appointment.save(update_fields=["status", "revision"])
    take(appointment) if status in HOLDS_TIME else free(appointment)
    _record(business, appointment, act, actor, before=appointment.during, practitioners={appointment.practitioner_id})
    return appointment


def _record(
    business: Business,
    appointment: Appointment,
    act: AppointmentChange.Act,
    actor: Actor,
    *,
    before: DateTimeTZRange | None,
    practitioners: set[int],
    from_practitioner_id: int | None = None,
) -> None:
    """History, the copy in Google, the open pages; in the caller's transaction."""
    AppointmentChange.objects.create(
        appointment=appointment,
        act=act,
        by=actor.by,
        user_id=actor.user_id,
        turn_id=actor.turn_id,
        before=before,
        after=appointment.during if appointment.status in HOLDS_TIME else None,
        from_practitioner_id=from_practitioner_id,
    )
    if PractitionerCalendar.objects.filter(practitioner__in=practitioners).exists():
        worklist.call_for(business.pk, PUSH, appointment.pk)
    events.publish(business, "diary", appointment.pk)


def _taken(wanted: Wanted, moving: Appointment | None) -> bool:
    overlapping = standing(clock.now(), moving=moving)
    return overlapping.filter(practitioner=wanted.practitioner, during__overlap=_range(wanted.blocks)).exists()


def _alternatives(business: Business, wanted: Wanted | None) -> list[Slot]:
    if wanted is None:
        return []
    return next_free(business, wanted.service, max(wanted.starts_at, clock.now()), count=3)


def _range(period: Period) -> DateTimeTZRange:
    return DateTimeTZRange(period.starts_at, period.ends_at)


def _sqlstate(error: Exception) -> str | None:
    return getattr(error.__cause__, "sqlstate", None)
