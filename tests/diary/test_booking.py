import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from bench.measure import round_trips
from calendar_sync import booking, by_hand, tickets
from calendar_sync.errors import (
    AppointmentOver,
    InThePast,
    NotOffered,
    NotTheirs,
    OutsideHours,
    SlotTaken,
    TicketRefused,
)
from calendar_sync.models import Appointment, BookedBy, Patient, Practitioner, TimeOff, WorkingHours
from calendar_sync.slots import Slot
from calendar_sync.taking import take
from tenants import clock

HALF_HOUR = dt.timedelta(minutes=30)


def slot_at(desk, practitioner, start):
    return Slot(
        desk.service.pk, practitioner.pk, practitioner.name, desk.service.name, start, start + desk.service.length
    )


def ticket_at(desk, practitioner, start, contact_id=1):
    return tickets.issue(desk.business, slot_at(desk, practitioner, start), contact_id=contact_id)


def test_it_books_what_the_ticket_says(desk, ada):
    offer = desk.offers()[3]

    made = desk.book(tickets.issue(desk.business, offer, contact_id=1))

    assert (made.starts_at, made.ends_at) == (offer.starts_at, offer.ends_at)
    assert (made.practitioner, made.service, made.contact_id, made.status) == (ada, desk.service, 1, "confirmed")
    change = made.changes.get()
    assert (change.act, change.by, change.turn_id, change.before) == ("booked", "assistant", 7, None)


def test_a_booked_time_is_not_offered_again(desk):
    offer = desk.offers()[0]
    desk.book(tickets.issue(desk.business, offer, contact_id=1))

    assert all(each.starts_at >= offer.ends_at for each in desk.offers())


def test_the_same_ticket_again_returns_the_same_appointment(desk):
    ticket = desk.ticket()

    assert desk.book(ticket).pk == desk.book(ticket).pk
    assert Appointment.objects.count() == 1


def test_booking_moving_and_cancelling_are_few_round_trips(desk, ada, monday):
    desk.cancel(desk.move(desk.book(desk.ticket()), monday + 5 * HALF_HOUR))  # reads the set-up
    ticket, later = desk.ticket(), desk.offers()[5].starts_at
    made = []

    trips = [
        round_trips(lambda: made.append(desk.book(ticket))),
        round_trips(lambda: made.append(desk.move(made[0], later))),
        round_trips(lambda: desk.cancel(made[1])),
    ]

    assert all(each <= most for each, most in zip(trips, (6, 10, 6), strict=True)), trips


def test_a_ticket_whose_appointment_was_cancelled_is_used_up(desk):
    ticket = desk.ticket()
    booking.cancel(desk.business, desk.book(ticket), by=BookedBy.ASSISTANT)

    with pytest.raises(TicketRefused) as refusal:
        desk.book(ticket)
    assert refusal.value.reason == "used"


def test_a_taken_slot_is_refused_with_the_next_free_times(desk):
    mine, theirs = desk.ticket(contact_id=1), desk.ticket(contact_id=2)
    made = desk.book(theirs, contact_id=2)

    with pytest.raises(SlotTaken) as refusal:
        desk.book(mine)

    assert len(refusal.value.alternatives) == 3
    assert all(each.starts_at >= made.ends_at for each in refusal.value.alternatives)


def test_the_constraint_has_the_last_word(desk, ada):
    made = desk.book(desk.ticket())
    later = DateTimeTZRange(made.starts_at + dt.timedelta(minutes=15), made.ends_at + HALF_HOUR)

    second = Appointment.objects.create(
        service=desk.service, practitioner=ada, patient=made.patient, during=later, booked_by="staff"
    )

    with pytest.raises(IntegrityError, match="no_double_booking"), transaction.atomic():
        take(second)
    second.delete()


def test_an_appointment_without_its_taken_time_is_refused_by_the_database(desk, ada):
    made = desk.book(desk.ticket())
    made.taken_times.all().delete()

    with pytest.raises(IntegrityError, match="takes no time"):
        connection.check_constraints()


def test_a_refusal_leaves_the_callers_transaction_usable(desk):
    mine, theirs = desk.ticket(contact_id=1), desk.ticket(contact_id=2)
    desk.book(theirs, contact_id=2)

    with transaction.atomic():
        with pytest.raises(SlotTaken):
            desk.book(mine)
        assert Appointment.objects.count() == 1


@pytest.mark.parametrize(
    ("start", "refusal"),
    [
        (dt.datetime(2026, 11, 23, 7, 30, tzinfo=dt.UTC), InThePast),
        (dt.datetime(2026, 11, 23, 12, 15, tzinfo=dt.UTC), OutsideHours),  # would run into lunch
        (dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC), InThePast),
        (dt.datetime(2026, 11, 28, 10, 0, tzinfo=dt.UTC), OutsideHours),  # Saturday
    ],
)
def test_a_valid_ticket_does_not_overrule_the_rules(desk, ada, start, refusal):
    with pytest.raises(refusal):
        desk.book(ticket_at(desk, ada, start))


def test_hours_that_changed_since_the_offer_are_seen(desk, ada):
    ticket = desk.ticket()
    WorkingHours.objects.filter(practitioner=ada).delete()

    with pytest.raises(OutsideHours):
        desk.book(ticket)


def test_time_off_taken_since_the_offer_is_seen(desk, ada, monday):
    ticket = desk.ticket()
    TimeOff.objects.create(practitioner=ada, starts_at=monday, ends_at=monday + dt.timedelta(days=1))

    with pytest.raises(OutsideHours):
        desk.book(ticket)


def test_a_practitioner_who_stopped_performing_the_service_is_not_booked(desk, ada):
    ticket = desk.ticket()
    ada.services.remove(desk.service)

    with pytest.raises(NotOffered):
        desk.book(ticket)


def test_rescheduling_keeps_the_id_and_writes_history(desk):
    made = desk.book(desk.ticket())
    before = made.during

    moved = booking.reschedule(
        desk.business, made, ticket=desk.ticket(place=-1), contact_id=1, by=BookedBy.ASSISTANT, turn_id=8
    )

    assert moved.pk == made.pk
    assert moved.revision == 2
    change = moved.changes.last()
    assert (change.act, change.before, change.after, change.turn_id) == ("moved", before, moved.during, 8)
    assert before.lower not in [each.starts_at for each in desk.offers()]  # kept: the patient may undo it
    with clock.pinned(clock.now() + dt.timedelta(minutes=15)):
        assert before.lower in [each.starts_at for each in desk.offers()]


def test_rescheduling_again_with_the_same_ticket_changes_nothing(desk):
    made, ticket = desk.book(desk.ticket()), desk.ticket(place=-1)
    for _ in range(2):
        moved = booking.reschedule(desk.business, made, ticket=ticket, contact_id=1, by=BookedBy.ASSISTANT)

    assert moved.changes.count() == 2


def test_an_appointment_can_move_by_less_than_its_length(desk, ada):
    made = desk.book(desk.ticket())
    quarter_later = made.starts_at + dt.timedelta(minutes=15)

    moved = booking.reschedule(
        desk.business, made, ticket=ticket_at(desk, ada, quarter_later), contact_id=1, by=BookedBy.ASSISTANT
    )

    assert moved.starts_at == quarter_later


def test_nobody_elses_appointment_is_moved(desk):
    theirs = desk.book(desk.ticket(contact_id=2), contact_id=2)

    with pytest.raises(NotTheirs):
        booking.reschedule(desk.business, theirs, ticket=desk.ticket(), contact_id=1, by=BookedBy.ASSISTANT)


def test_cancelling_twice_is_fine_and_frees_the_time_once_it_cannot_be_undone(desk):
    made = desk.book(desk.ticket())
    for _ in range(2):
        gone = booking.cancel(desk.business, made, by=BookedBy.ASSISTANT)

    assert gone.status == "cancelled"
    assert [each.act for each in gone.changes.all()] == ["booked", "cancelled"]
    assert made.starts_at not in [each.starts_at for each in desk.offers()]
    with clock.pinned(clock.now() + dt.timedelta(minutes=15)):
        assert made.starts_at in [each.starts_at for each in desk.offers()]


def test_a_cancelled_appointment_is_not_moved(desk):
    made = desk.book(desk.ticket())
    booking.cancel(desk.business, made, by=BookedBy.ASSISTANT)

    with pytest.raises(AppointmentOver):
        booking.reschedule(desk.business, made, ticket=desk.ticket(), contact_id=1, by=BookedBy.ASSISTANT)


def test_the_assistant_leaves_alone_what_has_begun_but_staff_may_cancel_it(desk):
    made = desk.book(desk.ticket())
    with clock.pinned(made.starts_at + dt.timedelta(minutes=1)):
        with pytest.raises(InThePast):
            booking.cancel(desk.business, made, by=BookedBy.ASSISTANT)
        assert booking.cancel(desk.business, made, by=BookedBy.STAFF, user_id=1).status == "cancelled"


def test_a_contact_sees_only_its_own_appointments(desk):
    mine, theirs = desk.book(desk.ticket()), desk.book(desk.ticket(contact_id=2), contact_id=2)

    assert [each.pk for each in booking.upcoming(1, clock.now())] == [mine.pk]
    assert booking.appointment_of(1, mine.reference).pk == mine.pk
    assert booking.appointment_of(1, str(1000 + mine.pk)).pk == mine.pk
    assert booking.appointment_of(1, mine.pk).pk == mine.pk
    assert booking.appointment_of(1, theirs.reference) is None
    assert booking.appointment_of(1, theirs.pk) is None
    assert booking.appointment_of(1, "the second one") is None


def test_a_patient_is_found_again_whatever_the_case(clinic):
    rosa = booking.patient_for(1, "Rosa  Blum")

    assert booking.patient_for(1, "rosa blum").pk == rosa.pk
    assert booking.patient_for(2, "Rosa Blum").pk != rosa.pk
    assert booking.patients_of(1) == [rosa]


def test_staff_may_overrule_hours_but_not_another_appointment(desk, ada):
    patient = Patient.objects.create(name="Walk-in")
    by_staff = {"service": desk.service, "practitioner": ada, "patient": patient, "user_id": 1}
    late = dt.datetime(2026, 11, 23, 19, 0, tzinfo=dt.UTC)

    with pytest.raises(OutsideHours):
        by_hand.book_by_hand(desk.business, starts_at=late, **by_staff)
    made = by_hand.book_by_hand(desk.business, starts_at=late, overrule=True, **by_staff)
    with pytest.raises(SlotTaken):
        by_hand.book_by_hand(desk.business, starts_at=late + dt.timedelta(minutes=15), overrule=True, **by_staff)

    assert (made.booked_by, made.changes.get().user_id) == ("staff", 1)


def test_staff_move_it_to_a_colleague(desk, ada):
    made = desk.book(desk.ticket())
    bea = Practitioner.objects.create(name="Dr Bea Wolf", location=ada.location)
    bea.services.add(desk.service)
    WorkingHours.objects.create(practitioner=bea, weekday=0, starts=dt.time(8), ends=dt.time(12))

    moved = by_hand.move_by_hand(desk.business, made, starts_at=made.starts_at, practitioner=bea, user_id=1)

    assert (moved.pk, moved.practitioner) == (made.pk, bea)


def test_a_cancellation_can_be_undone_while_the_time_is_free(desk):
    made = desk.book(desk.ticket())
    booking.cancel(desk.business, made, by=BookedBy.STAFF, user_id=1)
    back = by_hand.restore(desk.business, made, user_id=1)
    assert back.status == "confirmed"

    booking.cancel(desk.business, made, by=BookedBy.STAFF, user_id=1)
    desk.book(desk.ticket(contact_id=2), contact_id=2)
    with pytest.raises(SlotTaken):
        by_hand.restore(desk.business, made, user_id=1)
