"""Faults of facts/faults.md that are the diary's own, named after their numbers."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django_tenants.utils import tenant_context

from calendar_sync import booking, slots, tickets
from calendar_sync.completing import complete_past
from calendar_sync.errors import CalendarSaysBusy, InThePast, SlotTaken
from calendar_sync.models import Appointment, BookedBy, Practitioner, Service
from calendar_sync.patients import patient_for
from tenants import clock

MINUTES = dt.timedelta(minutes=1)


def test_fault_32_taken_in_google_between_offer_and_confirmation_is_not_booked(desk, ada):
    desk.connect(ada)
    ticket = desk.ticket_at("10:00")
    desk.busy_in_google("10:00", "11:00")

    with pytest.raises(CalendarSaysBusy) as refusal:
        desk.book(ticket)
    assert Appointment.objects.count() == 0
    assert [f"{each.starts_at:%H:%M}" for each in refusal.value.alternatives] == ["11:00", "11:15", "11:30"]


def test_fault_33_of_two_patients_who_confirm_one_slot_one_wins_and_the_other_gets_alternatives(fresh_business):
    tomorrow = clock.now() + dt.timedelta(days=1)
    slot = slots.find_slots(
        fresh_business,
        service=Service.objects.get(name="Check-up"),
        window=(tomorrow, tomorrow + dt.timedelta(days=1)),
        limit=1,
    )[0]
    line = threading.Barrier(2, timeout=60)

    def confirm(contact_id):
        try:
            with tenant_context(fresh_business):
                patient = patient_for(contact_id, f"Patient {contact_id}")
                ticket = tickets.issue(fresh_business, slot, contact_id=contact_id)
                line.wait()
                return booking.book(
                    fresh_business, ticket=ticket, contact_id=contact_id, patient=patient, by=BookedBy.ASSISTANT
                )
        except SlotTaken as refusal:
            return refusal.alternatives
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(confirm, (1, 2)))

    (won,) = [each for each in outcomes if isinstance(each, Appointment)]
    (lost,) = [each for each in outcomes if isinstance(each, list)]
    assert Appointment.objects.get() == won
    assert len(lost) == 3
    assert all(each.starts_at >= slot.ends_at for each in lost)


@pytest.mark.parametrize("skew", [-10 * MINUTES, 10 * MINUTES])
def test_fault_43_a_wrong_clock_books_nothing_in_the_past(fresh_business, skew):
    ada = Practitioner.objects.get()
    now = clock.now()
    with clock.wrong_by(skew):
        patient = patient_for(1, "Rosa Blum")
        for start in (now - 5 * MINUTES, now - 1 * MINUTES):
            with pytest.raises(InThePast):
                book_at(fresh_business, ada, start, patient)


def test_a_slow_clock_does_not_complete_what_is_still_going_on(desk):
    made = desk.book_at("10:00")
    with clock.pinned(made.ends_at - MINUTES):
        assert complete_past(desk.business) == 0


def test_what_is_over_is_completed_once(desk):
    made = [desk.book_at(each) for each in ("10:00", "11:00", "14:00")]
    with clock.pinned(made[1].ends_at + 10 * MINUTES):
        assert complete_past(desk.business) == 2
        assert complete_past(desk.business) == 0

    assert [each.status for each in Appointment.objects.order_by("during")] == ["completed", "completed", "confirmed"]
    assert [each.act for each in made[0].changes.all()] == ["booked", "completed"]
    assert made[0].taken_times.count() == 0


def book_at(business, practitioner, start, patient):
    service = Service.objects.get(name="Check-up")
    slot = slots.Slot(service.pk, practitioner.pk, "", "", start, start + service.length)
    ticket = tickets.issue(business, slot, contact_id=1)
    return booking.book(business, ticket=ticket, contact_id=1, patient=patient, by=BookedBy.ASSISTANT)
