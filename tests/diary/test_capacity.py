"""Proof: however many try at once, exactly the capacity is booked: no more, no less.

100 slots: 75 of three practitioners who share two rooms (50 appointments fit), and 25 group times of three seats
(75 fit). `BOOKING_ATTEMPTS=10000` makes it the full proof; `-s` shows what it took.
"""

import datetime as dt
import os
import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction
from django_tenants.utils import tenant_context

from calendar_sync import booking, tickets
from calendar_sync.errors import DiaryBusy, DiaryError
from calendar_sync.models import (
    Appointment,
    BookedBy,
    GroupSession,
    Patient,
    Practitioner,
    Resource,
    ResourceKind,
    Service,
    TakenTime,
    WorkingHours,
)
from calendar_sync.slots import Slot
from tenants import clock

ATTEMPTS = int(os.environ.get("BOOKING_ATTEMPTS", "400"))
THREADS, TIMES, ROOMS, SEATS = 32, 25, 2, 3
CAPACITY = TIMES * ROOMS + TIMES * SEATS


def test_exactly_the_capacity_is_booked(fresh_business):
    slots = _hundred_slots()
    patients = Patient.objects.bulk_create(
        Patient(name=f"Patient {number}", contact_id=number) for number in range(1, ATTEMPTS + 1)
    )
    tries = list(enumerate((slots * (ATTEMPTS // len(slots) + 1))[:ATTEMPTS]))
    random.Random(4).shuffle(tries)
    line, local = threading.Barrier(THREADS, timeout=60), threading.local()

    def attempt(this):
        number, slot = this
        if not hasattr(local, "entered"):
            local.entered = line.wait()  # all begin at once, each in a connection of its own
        contact_id = number + 1
        started = time.perf_counter()
        with tenant_context(fresh_business):
            ticket = tickets.issue(fresh_business, slot, contact_id=contact_id)
            try:
                with transaction.atomic():  # as the runtime does: the tool inside a transaction of its own
                    booking.book(
                        fresh_business,
                        ticket=ticket,
                        contact_id=contact_id,
                        patient=patients[number],
                        by=BookedBy.ASSISTANT,
                    )
                outcome = "booked"
            except DiaryError as refusal:
                outcome = refusal.rule
        return outcome, time.perf_counter() - started

    began = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        results = list(pool.map(attempt, tries))
        list(pool.map(lambda _: (line.wait(), connection.close()), range(THREADS)))  # every thread's own
    _show(results, time.perf_counter() - began)

    outcomes = Counter(outcome for outcome, _ in results)
    assert outcomes["booked"] == Appointment.objects.count() == CAPACITY
    assert outcomes[DiaryBusy.rule] == 0
    _every_slot_is_full()


def _hundred_slots():
    """Tomorrow and the days after, an hour each; as Slot, 75 of rooms and 25 of the group."""
    ada = Practitioner.objects.get()
    room = ResourceKind.objects.create(name="Room")
    for number in range(ROOMS):
        Resource.objects.create(kind=room, location=ada.location, name=f"Room {number}")
    single = Service.objects.create(name="Treatment", duration=60, grid=60)
    single.needs.create(kind=room)
    group = Service.objects.create(name="Class", duration=60, grid=60, seats=SEATS)
    people = [ada, *(Practitioner(name=f"Dr {name}", location=ada.location) for name in ("Bea", "Cy", "Dee"))]
    for person in people[1:]:
        person.save()
        WorkingHours.objects.bulk_create(
            WorkingHours(practitioner=person, weekday=row.weekday, starts=row.starts, ends=row.ends)
            for row in ada.working_hours.all()
        )
    for person in people:
        person.services.set([group if person is people[-1] else single])
    first = (clock.now() + dt.timedelta(days=2)).replace(hour=9, minute=0, second=0, microsecond=0)
    starts = [first + dt.timedelta(days=number // 10, hours=number % 10) for number in range(TIMES)]
    return [
        Slot(service.pk, person.pk, person.name, service.name, start, start + service.length)
        for person in people
        for service in [group if person is people[-1] else single]
        for start in starts
    ]


def _every_slot_is_full():
    assert set(GroupSession.objects.values_list("seats", flat=True)) == {SEATS}
    assert GroupSession.objects.count() == TIMES
    for session in GroupSession.objects.all():
        assert sorted(session.appointments.values_list("seat", flat=True)) == list(range(1, SEATS + 1))
    assert TakenTime.objects.filter(resource__isnull=False).count() == TIMES * ROOMS
    per_time = Counter(Appointment.objects.filter(session=None).values_list("during", flat=True))
    assert set(per_time.values()) == {ROOMS}


def _show(results, seconds):
    took = sorted(spent for _, spent in results)
    p50, p99 = (took[int(len(took) * part)] * 1000 for part in (0.5, 0.99))
    counted = Counter(outcome for outcome, _ in results)
    print(f"\n{len(took)} attempts in {seconds:.0f} s, p50 {p50:.0f} ms, p99 {p99:.0f} ms, {dict(counted)}")
