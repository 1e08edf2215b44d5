import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction
from django_tenants.utils import tenant_context

from calendar_sync import booking, holds, patients, slots, tickets, undo
from calendar_sync.completing import complete_past
from calendar_sync.errors import SlotTaken
from calendar_sync.models import Appointment, AppointmentChange, BookedBy, Hold, Practitioner, Service
from tenants import clock

BOOKERS = 50
LATE = 18  # o’clock: what is moved an hour on has to end within opening hours


def _in_threads(count, act):
    """act(number, start line) in as many threads at once; each in its own connection."""
    line = threading.Barrier(count, timeout=60)

    def run(number):
        try:
            return act(number, line)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def _first_slot(business):
    tomorrow = clock.now() + dt.timedelta(days=1)
    service = Service.objects.get(name="Check-up")
    window = (tomorrow, tomorrow + dt.timedelta(days=1))
    found = slots.find_slots(business, service=service, window=window)
    return next(each for each in found if each.starts_at.hour < LATE)


def test_of_fifty_bookings_of_one_slot_one_stands_and_the_others_get_other_times(fresh_business):
    slot = _first_slot(fresh_business)
    offers = [tickets.issue(fresh_business, slot, contact_id=number + 1) for number in range(BOOKERS)]

    def attempt(number, line):
        with tenant_context(fresh_business):
            patient = patients.patient_for(number + 1, f"Patient {number}")
            line.wait()
            try:
                with transaction.atomic():  # as the runtime does: the tool inside a transaction of its own
                    booking.book(
                        fresh_business,
                        ticket=offers[number],
                        contact_id=number + 1,
                        patient=patient,
                        by=BookedBy.ASSISTANT,
                    )
            except SlotTaken as refusal:
                return refusal.alternatives
            return "booked"

    outcomes = _in_threads(BOOKERS, attempt)

    assert outcomes.count("booked") == 1
    assert all(len(each) == 3 for each in outcomes if each != "booked")
    assert all(each[0].starts_at >= slot.ends_at for each in outcomes if each != "booked")
    assert Appointment.objects.count() == 1


def test_two_who_swap_practitioners_do_not_deadlock(fresh_business):
    ada = Practitioner.objects.get()
    bea = Practitioner.objects.create(name="Dr Bea Wolf", location=ada.location)
    bea.services.set(ada.services.all())
    bea.working_hours.set(
        [
            bea.working_hours.create(weekday=row.weekday, starts=row.starts, ends=row.ends)
            for row in ada.working_hours.all()
        ]
    )
    start = _first_slot(fresh_business).starts_at
    service = Service.objects.get(name="Check-up")
    patient = patients.patient_for(1, "Rosa Blum")
    people = (ada, bea)
    made = [
        booking.book_by_hand(
            fresh_business, service=service, practitioner=person, starts_at=start, patient=patient, user_id=None
        )
        for person in people
    ]

    def move(number, line):
        with tenant_context(fresh_business):
            line.wait()
            booking.move_by_hand(
                fresh_business,
                made[number],
                starts_at=start + dt.timedelta(hours=1),
                practitioner=people[1 - number],
                user_id=None,
            )

    _in_threads(2, move)

    now_with = {row.pk: row.practitioner_id for row in Appointment.objects.all()}
    assert now_with == {made[0].pk: bea.pk, made[1].pk: ada.pk}


def test_the_same_ticket_used_at_once_makes_one_appointment(fresh_business):
    ticket = tickets.issue(fresh_business, _first_slot(fresh_business), contact_id=1)
    patient = patients.patient_for(1, "Rosa Blum")

    def attempt(number, line):
        with tenant_context(fresh_business):
            line.wait()
            made = booking.book(fresh_business, ticket=ticket, contact_id=1, patient=patient, by=BookedBy.ASSISTANT)
            return made.pk

    assert len(set(_in_threads(8, attempt))) == 1


def test_of_eight_who_want_one_slot_kept_one_gets_it(fresh_business):
    slot = _first_slot(fresh_business)
    offers = [tickets.issue(fresh_business, slot, contact_id=number + 1) for number in range(8)]

    def attempt(number, line):
        with tenant_context(fresh_business):
            line.wait()
            try:
                return holds.keep_offer(fresh_business, ticket=offers[number], contact_id=number + 1).contact_id
            except SlotTaken as refusal:
                return refusal.alternatives

    outcomes = _in_threads(8, attempt)

    (kept,) = [each for each in outcomes if isinstance(each, int)]
    assert Hold.objects.get().contact_id == kept
    assert all(len(each) == 3 for each in outcomes if each != kept)


def test_undoing_at_once_undoes_once(fresh_business):
    ticket = tickets.issue(fresh_business, _first_slot(fresh_business), contact_id=1)
    patient = patients.patient_for(1, "Rosa Blum")
    made = booking.book(fresh_business, ticket=ticket, contact_id=1, patient=patient, by=BookedBy.ASSISTANT)
    booking.cancel(fresh_business, made, by=BookedBy.ASSISTANT)

    def attempt(number, line):
        with tenant_context(fresh_business):
            line.wait()
            return undo.undo_last(fresh_business, contact_id=1, by=BookedBy.ASSISTANT).act

    assert set(_in_threads(8, attempt)) == {"cancelled"}
    assert [each.act for each in made.changes.all()] == ["booked", "cancelled", "booked"]


def test_an_undoing_and_staff_who_take_the_time_do_not_both_win(fresh_business):
    slot = _first_slot(fresh_business)
    patient = patients.patient_for(1, "Rosa Blum")
    ticket = tickets.issue(fresh_business, slot, contact_id=1)
    made = booking.book(fresh_business, ticket=ticket, contact_id=1, patient=patient, by=BookedBy.ASSISTANT)
    booking.cancel(fresh_business, made, by=BookedBy.ASSISTANT)

    def attempt(number, line):
        with tenant_context(fresh_business):
            line.wait()
            try:
                if number:
                    undo.undo_last(fresh_business, contact_id=1, by=BookedBy.ASSISTANT)
                else:
                    booking.book_by_hand(
                        fresh_business,
                        service=made.service,
                        practitioner=made.practitioner,
                        starts_at=slot.starts_at,
                        patient=patients.patient_by_hand("Walk-in", ""),
                        user_id=1,
                        overrule=True,
                    )
            except SlotTaken:
                return "lost"
            return "won"

    assert sorted(_in_threads(2, attempt)) == ["lost", "won"]
    assert Appointment.objects.filter(status="confirmed").count() == 1


def test_two_schedulers_complete_each_appointment_once(fresh_business):
    patient = patients.patient_for(1, "Rosa Blum")
    service, ada = Service.objects.get(name="Check-up"), Practitioner.objects.get()
    for hours in range(1, 9):
        booking.book_by_hand(
            fresh_business,
            service=service,
            practitioner=ada,
            starts_at=clock.now() - dt.timedelta(hours=hours),
            patient=patient,
            user_id=1,
            overrule=True,
        )

    def attempt(number, line):
        with tenant_context(fresh_business):
            line.wait()
            return complete_past(fresh_business)

    assert sum(_in_threads(2, attempt)) == 8
    assert AppointmentChange.objects.filter(act="completed").count() == 8
