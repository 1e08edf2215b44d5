"""A week of plausible appointments: this week's and the next's, with gaps that a patient can book."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from calendar_sync.models import (
    HOLDS_TIME,
    Appointment,
    AppointmentChange,
    AppointmentStatus,
    BookedBy,
    Patient,
    Practitioner,
    Resource,
    Service,
    TakenTime,
    WorkingHours,
)
from calendar_sync.taking import rows_of
from escalations.demo.cast import PATIENTS
from tenants import clock
from tenants.models import Business

DAYS = 13
BUSY = 0.55  # how much of the time is taken
GAP = dt.timedelta(minutes=30)
_OF_TIME = ("practitioner_id", "during", "pk")


def fill(business: Business, seed: int) -> int:
    """Fill the days of this week and the next that hold nothing yet; how many appointments were made."""
    chance = random.Random(seed)  # noqa: S311 (a plausible week, no secret)
    zone = ZoneInfo(business.timezone)
    monday = clock.local_now(business.timezone).date()
    monday -= dt.timedelta(days=monday.weekday())
    days = [monday + dt.timedelta(days=ahead) for ahead in range(DAYS)]
    taken = _taken(days[0], days[-1], zone)
    patients = _patients()
    made = []
    for person in Practitioner.objects.filter(active=True).prefetch_related("services", "working_hours"):
        hours = list(person.working_hours.all())
        services = [each for each in person.services.all() if each.active]
        for day in days if services else []:
            if not any(start.date() == day for start, _ in taken.get(person.pk, [])):
                made += list(_day(person, services, hours, day, zone, patients, chance))
    _save(made)
    return len(made)


def _save(made: Sequence[Appointment]) -> None:
    rooms = _Rooms()
    placed = [(each, rooms.take(each)) for each in made]
    with transaction.atomic():
        Appointment.objects.bulk_create(made)
        TakenTime.objects.bulk_create(
            row for each, room in placed if each.status in HOLDS_TIME for row in rows_of(each, room)
        )
        AppointmentChange.objects.bulk_create(
            AppointmentChange(appointment=each, act="booked", by=each.booked_by, after=each.during, at=each.created_at)
            for each in made
        )


class _Rooms:
    """Gives each appointment a room of its location that nobody else has then: there are enough of them."""

    def __init__(self) -> None:
        active = Resource.objects.filter(active=True).order_by("pk")
        self._where = dict(active.values_list("pk", "location_id"))
        self._taken: dict[int, list[tuple[dt.datetime, dt.datetime]]] = {each: [] for each in self._where}
        for room, during in TakenTime.objects.filter(resource__in=self._taken).values_list("resource_id", "during"):
            self._taken[room].append((during.lower, during.upper))

    def take(self, appointment: Appointment) -> list[int]:
        for room, spans in self._taken.items():
            elsewhere = self._where[room] != (appointment.location_id or appointment.practitioner.location_id)
            if not elsewhere and all(
                end <= appointment.starts_at or appointment.ends_at <= start for start, end in spans
            ):
                spans.append((appointment.starts_at, appointment.ends_at))
                return [room]
        return []


def _day(
    person: Practitioner,
    services: Sequence[Service],
    hours: Sequence[WorkingHours],
    day: dt.date,
    zone: ZoneInfo,
    patients: Sequence[Patient],
    chance: random.Random,
) -> Iterator[Appointment]:
    for period in hours:
        if period.weekday != day.weekday():
            continue
        at = dt.datetime.combine(day, period.starts, zone)
        end = dt.datetime.combine(day, period.ends, zone)
        while at < end:
            service = chance.choice(services)
            if chance.random() > BUSY or at + service.length > end:
                at += GAP
                continue
            made = _appointment(person, service, at, chance.choice(patients), chance)
            made.location_id = period.location_id
            yield made
            at += service.length + service.before + service.after


def _appointment(
    person: Practitioner, service: Service, at: dt.datetime, patient: Patient, chance: random.Random
) -> Appointment:
    over = at + service.length < clock.now()
    missed = over and chance.random() < 0.06
    status = (
        AppointmentStatus.NO_SHOW if missed else AppointmentStatus.COMPLETED if over else AppointmentStatus.CONFIRMED
    )
    return Appointment(
        service=service,
        practitioner=person,
        patient=patient,
        during=DateTimeTZRange(at, at + service.length),
        status=status,
        booked_by=BookedBy.ASSISTANT if chance.random() < 0.6 else BookedBy.STAFF,
        created_at=min(clock.now(), at - dt.timedelta(days=chance.randint(2, 9))),
    )


def _taken(first: dt.date, last: dt.date, zone: ZoneInfo) -> dict[int, list[tuple[dt.datetime, int]]]:
    window = DateTimeTZRange(
        dt.datetime.combine(first, dt.time.min, zone), dt.datetime.combine(last, dt.time.max, zone)
    )
    taken: dict[int, list[tuple[dt.datetime, int]]] = {}
    made = Appointment.objects.filter(during__overlap=window)
    held = TakenTime.objects.filter(during__overlap=window, hold__isnull=False, practitioner__isnull=False)
    for practitioner_id, during, pk in [*made.values_list(*_OF_TIME), *held.values_list(*_OF_TIME)]:
        taken.setdefault(practitioner_id, []).append((during.lower.astimezone(zone), pk))
    return taken


def _patients() -> list[Patient]:
    known = {each.name: each for each in Patient.objects.filter(name__in=PATIENTS, contact_id__isnull=True)}
    new = [Patient(name=name) for name in PATIENTS if name not in known]
    return [*known.values(), *Patient.objects.bulk_create(new)]
