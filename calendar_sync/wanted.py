"""The time that somebody wants, where, and who acts."""

import datetime as dt
from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from calendar_sync.availability import Period
from calendar_sync.errors import NotOffered
from calendar_sync.lengths import length_for
from calendar_sync.models import Appointment, BookedBy, Hold, Practitioner, Service
from calendar_sync.set_up import kept
from calendar_sync.taking import blocked
from calendar_sync.tickets import TicketedSlot
from calendar_sync.whereabouts import where_at
from tenants.models import Business

OF_THE_BUSINESS = (BookedBy.STAFF, BookedBy.PROGRAM)  # what these did, a patient doesn't undo


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A practitioner's time for a service, at a location."""

    service: Service
    practitioner: Practitioner
    period: Period
    location_id: int

    @property
    def starts_at(self) -> dt.datetime:
        return self.period.starts_at

    @property
    def elsewhere(self) -> int | None:
        """As rows write it: empty at the practitioner's usual location."""
        return None if self.location_id == self.practitioner.location_id else self.location_id

    @property
    def during(self) -> DateTimeTZRange:
        return range_of(self.period)

    @property
    def blocks(self) -> Period:
        """Buffers included."""
        return blocked(self.service, self.period.starts_at, self.period.ends_at)


@dataclass(frozen=True, kw_only=True)
class Actor:
    by: BookedBy
    turn_id: int | None = None
    user_id: int | None = None

    @property
    def is_staff(self) -> bool:
        return self.by == BookedBy.STAFF


def wanted_at(
    business: Business,
    service: Service,
    practitioner: Practitioner,
    starts_at: dt.datetime,
    location_id: int | None = None,
) -> Wanted:
    """As long as this practitioner takes for it, and where they are then unless a location is named."""
    if starts_at.tzinfo is None:
        raise ValueError("a start is an aware datetime")
    return Wanted(
        service=service,
        practitioner=practitioner,
        period=Period(starts_at, starts_at + length_for(service, practitioner)),
        location_id=location_id or where_at(business, practitioner, starts_at),
    )


def wanted_by(business: Business, slot: TicketedSlot) -> Wanted:
    """What a valid ticket permits; raises NotOffered when its service or practitioner is gone."""
    service, practitioner = _service(slot.service_id), _practitioner(slot.practitioner_id)
    if service is None or practitioner is None:
        raise NotOffered
    return wanted_at(business, service, practitioner, slot.starts_at, slot.location_id)


def wanted_by_hold(business: Business, hold: Hold) -> Wanted:
    """What is kept, as long as it takes now."""
    where = hold.location_id or hold.practitioner.location_id
    return wanted_at(business, hold.service, hold.practitioner, hold.starts_at, where)


@kept
def _service(pk: int) -> Service | None:
    return Service.objects.filter(pk=pk).first()


@kept
def _practitioner(pk: int) -> Practitioner | None:
    return Practitioner.objects.filter(pk=pk).first()


def as_it_stands(appointment: Appointment) -> Wanted:
    """The time that the appointment has, or had."""
    return Wanted(
        service=appointment.service,
        practitioner=appointment.practitioner,
        period=Period(appointment.starts_at, appointment.ends_at),
        location_id=appointment.location_id or appointment.practitioner.location_id,
    )


def range_of(period: Period) -> DateTimeTZRange:
    return DateTimeTZRange(period.starts_at, period.ends_at)
