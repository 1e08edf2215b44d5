"""Free times of one service: 10 practitioners who work 09:00–18:00 daily, 60 days, 5,000 appointments of half an
hour; and whether twice the days cost twice."""

import datetime as dt

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django_tenants.utils import tenant_context

from bench.cast import MORNING, new_business
from bench.measure import Figures, Row, in_rounds, round_trips, row, sample
from calendar_sync.models import Appointment, BookedBy, Patient, Practitioner, Service, TakenTime, WorkingHours
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
        service = _fill()

        def look(days: int):
            return find_slots(business, service=service, window=(MORNING, MORNING + dt.timedelta(days=days)))

        trips = round_trips(lambda: look(DAYS))
        half, full = (_timed(look, days) for days in (DAYS // 2, DAYS))
    ratio = full.p50 / (2 * half.p50)
    return [
        row(f"availability, {DAYS // 2} days", half),
        row(
            f"availability, {DAYS} days",
            full,
            target=f"p95 ≤ {TARGET_P95_MS} ms",
            met=full.p95 <= TARGET_P95_MS,
            note=f"{trips} round trips",
        ),
        Row(
            what="availability: time of 60 days ÷ twice the time of 30",
            target=f"{ratio:.2f} ≤ {TARGET_LINEAR}",
            met=ratio <= TARGET_LINEAR,
        ),
    ]


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
        TakenTime.objects.bulk_create(row for each in made for row in rows_of(each))
    return service


def _colleague(first: Practitioner, number: int) -> Practitioner:
    person = Practitioner.objects.create(name=f"Dr Colleague {number}", location=first.location)
    person.services.set(first.services.all())
    WorkingHours.objects.bulk_create(
        WorkingHours(practitioner=person, weekday=each.weekday, starts=each.starts, ends=each.ends)
        for each in first.working_hours.all()
    )
    return person
