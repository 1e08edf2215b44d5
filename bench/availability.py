"""Free times of one service: 10 practitioners who work 09:00–18:00 daily, 60 days, 5,000 appointments of half an
hour; the same with buffers and two kinds of resources; and whether twice the days cost twice."""

import datetime as dt
import gc

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django_tenants.utils import tenant_context

from bench.cast import MORNING, new_business
from bench.measure import Figures, Row, in_rounds, round_trips, row, sample
from calendar_sync.models import (
    Appointment,
    BookedBy,
    Location,
    Patient,
    Practitioner,
    Resource,
    ResourceKind,
    Service,
    ServiceNeed,
    TakenTime,
    WorkingHours,
)
from calendar_sync.slots import find_slots
from calendar_sync.taking import rows_of
from tenants import clock, schema

PRACTITIONERS, DAYS, APPOINTMENTS = 10, 60, 5_000
TIMES = 12
TARGET_P95_MS, TARGET_LINEAR = 50, 1.3
LENGTH = dt.timedelta(minutes=30)


def measure() -> list[Row]:
    schema.leave()
    business = new_business()
    with clock.pinned(MORNING), tenant_context(business):
        plain = _fill()
        demanding = _demanding()
        gc.collect()
        gc.freeze()  # as the product's processes do (frontdesk/asgi.py, celery.py)

        def look(days: int, service: Service = plain):
            return find_slots(business, service=service, window=(MORNING, MORNING + dt.timedelta(days=days)))

        for service in (plain, demanding):
            look(DAYS, service)  # the set-up is kept from now on, as in a process that has been asked before
        trips, more_trips = round_trips(lambda: look(DAYS)), round_trips(lambda: look(DAYS, demanding))
        half, full = (_timed(look, days) for days in (DAYS // 2, DAYS))
        rooms = _timed(lambda days: look(days, demanding), DAYS)
    gc.unfreeze()
    ratio = full.p50 / (2 * half.p50)
    return [
        row(f"availability, {DAYS // 2} days", half),
        _measured(f"availability, {DAYS} days", full, trips),
        _measured(f"availability, {DAYS} days, with buffers and resources", rooms, more_trips),
        Row(
            what="availability: time of 60 days ÷ twice the time of 30",
            target=f"{ratio:.2f} ≤ {TARGET_LINEAR}",
            met=ratio <= TARGET_LINEAR,
        ),
    ]


def _measured(what: str, found: Figures, trips: int) -> Row:
    return row(
        what,
        found,
        target=f"p95 ≤ {TARGET_P95_MS} ms",
        met=found.p95 <= TARGET_P95_MS,
        note=f"{trips} round trips",
    )


def _timed(look, days: int) -> Figures:
    return in_rounds(lambda: sample(lambda: look(days), TIMES))


def _fill() -> Service:
    """One appointment an hour, from everybody's first day on."""
    service = Service.objects.order_by("pk")[0]
    first = Practitioner.objects.get()
    first.working_hours.update(starts=dt.time(9), ends=dt.time(18))
    people = [first, *(_colleague(first, number) for number in range(1, PRACTITIONERS))]
    patient = Patient.objects.create(name="Anna Whitfield")
    per_day = -(-APPOINTMENTS // (PRACTITIONERS * DAYS))
    rooms = _resources("Room", first.location, PRACTITIONERS + 2)
    chairs = _resources("Chair", first.location, PRACTITIONERS)
    starts = [
        (person, MORNING + dt.timedelta(days=day) + place * 2 * LENGTH)
        for day in range(DAYS)
        for person in people
        for place in range(per_day)
    ]
    with transaction.atomic():
        made = Appointment.objects.bulk_create(
            Appointment(
                service=service,
                practitioner=person,
                patient=patient,
                during=DateTimeTZRange(start, start + LENGTH),
                booked_by=BookedBy.STAFF,
            )
            for person, start in starts[:APPOINTMENTS]
        )
        places = {person.pk: place for place, person in enumerate(people)}
        TakenTime.objects.bulk_create(
            row
            for each in made
            for row in rows_of(each, [kind[places[each.practitioner_id]].pk for kind in (rooms, chairs)])
        )
    return service


def _demanding() -> Service:
    """Everybody performs it; it needs a room and a chair, and time before and after."""
    service = Service.objects.create(name="With everything", duration=30, buffer_before=5, buffer_after=10)
    for kind in ResourceKind.objects.filter(name__in=("Room", "Chair")):
        ServiceNeed.objects.create(service=service, kind=kind)
    service.practitioners.set(Practitioner.objects.all())
    return service


def _resources(kind: str, location: Location, count: int) -> list[Resource]:
    of = ResourceKind.objects.get_or_create(name=kind)[0]
    return Resource.objects.bulk_create(
        Resource(kind=of, location=location, name=f"{kind} {number} of the bench") for number in range(count)
    )


def _colleague(first: Practitioner, number: int) -> Practitioner:
    person = Practitioner.objects.create(name=f"Dr Colleague {number}", location=first.location)
    person.services.set(first.services.all())
    WorkingHours.objects.bulk_create(
        WorkingHours(practitioner=person, weekday=each.weekday, starts=each.starts, ends=each.ends)
        for each in first.working_hours.all()
    )
    return person
