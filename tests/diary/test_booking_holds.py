"""A slot kept for one contact until it expires."""

import datetime as dt

import pytest
from django.db import connection

from calendar_sync import booking, by_hand, holds, tasks
from calendar_sync.errors import NoResource, RoomHeld, RuleRefused, SeatHeld, SessionFull, SlotHeld, SlotTaken
from calendar_sync.models import BookedBy, FreedSlot, Hold, Patient, TakenTime
from calendar_sync.patients import patient_for
from tenants import clock
from tenants.models import WorkItem

MINUTES = dt.timedelta(minutes=1)


def keep(desk, start="10:00", contact_id=1):
    return holds.keep_offer(desk.business, ticket=desk.ticket_at(start, contact_id=contact_id), contact_id=contact_id)


def test_what_is_kept_is_nobody_elses(desk):
    hold = keep(desk)

    assert hold.expires_at == clock.now() + 10 * MINUTES
    assert "10:00" not in desk.free_at(contact_id=2)
    assert "10:00" in desk.free_at(contact_id=1)
    with pytest.raises(SlotHeld) as refusal:
        desk.book_at("10:00", contact_id=2)
    assert len(refusal.value.alternatives) == 3


def test_its_contact_books_it_and_the_hold_is_used_up(desk):
    hold = keep(desk)

    made = desk.book_at("10:00")
    hold.refresh_from_db()
    assert hold.released_at is not None
    assert [each.appointment_id for each in TakenTime.objects.all()] == [made.pk]


def test_a_contact_keeps_one_offer_at_a_time(desk):
    keep(desk, "10:00")
    keep(desk, "11:00")

    assert desk.book_at("10:00", contact_id=2)
    with pytest.raises(SlotHeld):
        desk.book_at("11:00", contact_id=2)


def test_keeping_the_same_slot_again_keeps_it_longer(desk):
    keep(desk)
    with clock.pinned(clock.now() + 5 * MINUTES):
        again = keep(desk)

    assert Hold.objects.filter(released_at=None).get() == again
    assert again.expires_at == clock.now() + 15 * MINUTES


def test_an_expired_hold_stands_in_nobodys_way_even_unswept(desk):
    hold = keep(desk)
    with clock.pinned(clock.now() + 10 * MINUTES):
        assert "10:00" in desk.free_at(contact_id=2)
        assert desk.book_at("10:00", contact_id=2)
    hold.refresh_from_db()
    assert hold.released_at is not None


def test_the_resource_of_a_hold_is_kept_too_and_freed_when_it_expires(desk):
    desk.needs_a_room()
    bea = desk.colleague()
    keep(desk)

    with pytest.raises(SlotTaken):
        desk.book_at("10:00", bea, contact_id=2)
    with clock.pinned(clock.now() + 10 * MINUTES):
        assert desk.book_at("10:00", bea, contact_id=2)


def test_the_sweep_ends_what_has_expired_once(desk):
    keep(desk)
    assert holds.sweep(desk.business) == 0
    with clock.pinned(clock.now() + 10 * MINUTES):
        assert holds.sweep(desk.business) == 1
        assert holds.sweep(desk.business) == 0
    assert TakenTime.objects.count() == 0
    assert Hold.objects.count() == 1  # the row stays, for the record


def test_releasing_twice_is_fine(desk):
    hold = keep(desk)
    for _ in range(2):
        holds.release(desk.business, hold)

    assert desk.book_at("10:00", contact_id=2)


def test_the_work_item_of_a_hold_waits_until_it_is_over(desk):
    hold = keep(desk)
    item = WorkItem.objects.get(kind="calendar_sync.hold_ends", object_id=hold.pk)
    WorkItem.objects.filter(pk=item.pk).update(due_at="2000-01-01T00:00Z")

    end_hold(desk, hold)
    hold.refresh_from_db()
    assert hold.released_at is None
    with clock.pinned(clock.now() + 10 * MINUTES):
        WorkItem.objects.filter(pk=item.pk).update(due_at="2000-01-01T00:00Z")
        end_hold(desk, hold)
    hold.refresh_from_db()
    assert hold.released_at is not None
    assert not WorkItem.objects.filter(pk=item.pk).exists()


def end_hold(desk, hold):
    """The task as a worker runs it; the test's schema is entered again afterwards."""
    try:
        tasks.end_hold(desk.business.pk, hold.pk)
    finally:
        connection.set_tenant(desk.business)


def test_staff_are_told_and_may_take_it_all_the_same(desk):
    hold = keep(desk)

    with pytest.raises(SlotHeld):
        desk.staff_book("10:00")
    made = desk.staff_book("10:00", overrule=True)
    assert made.changes.get().overruled == ["held"]
    hold.refresh_from_db()
    assert hold.released_at is not None


def test_a_room_that_is_only_kept_is_taken_by_staff_alone(desk, ada):
    desk.needs_a_room()
    hold = keep(desk)
    bea = desk.colleague()

    with pytest.raises(RoomHeld) as refusal:
        desk.staff_book("10:00", bea)
    assert [each.pk for each in refusal.value.holds] == [hold.pk]
    made = desk.staff_book("10:00", bea, overrule=True, reason="Broken tooth")
    change = made.changes.get()
    assert (change.overruled, change.reason) == (["held"], "Broken tooth")
    hold.refresh_from_db()
    assert hold.released_at is not None


def test_a_free_room_is_taken_before_one_that_is_kept(desk, ada):
    desk.needs_a_room(rooms=2)
    hold = keep(desk)
    desk.staff_book("10:00", desk.colleague(), overrule=True)
    hold.refresh_from_db()
    assert hold.released_at is None


def test_a_room_where_somebody_is_stays_theirs_whoever_asks(desk, ada):
    desk.needs_a_room()
    desk.staff_book("10:00")
    with pytest.raises(NoResource) as refusal:
        desk.staff_book("10:00", desk.colleague(), overrule=True)
    assert not refusal.value.overrulable


def test_the_last_seat_that_is_only_kept_is_taken_by_staff_alone(desk, ada):
    desk.change(seats=2)
    desk.staff_book("10:00")
    hold = keep(desk)
    with pytest.raises(SeatHeld):
        desk.staff_book("10:00")
    assert desk.staff_book("10:00", overrule=True).changes.get().overruled == ["held"]
    hold.refresh_from_db()
    assert hold.released_at is not None
    with pytest.raises(SessionFull) as refusal:
        desk.staff_book("10:00", overrule=True)
    assert not refusal.value.overrulable


def test_a_hold_obeys_the_house_rules(desk):
    desk.house(minimum_notice=240)

    with pytest.raises(RuleRefused):
        keep(desk)


def test_a_kept_slot_is_booked_without_a_ticket_once(desk, ada):
    hold = holds.keep(
        desk.business,
        service=desk.service,
        practitioner=ada,
        starts_at=desk.offers()[0].starts_at,
        contact_id=5,
        reason=Hold.Reason.WAITLIST,
        minutes=60,
    )
    rosa = patient_for(5, "Rosa Blum")
    made = [booking.book_held(desk.business, hold, patient=rosa, by=BookedBy.PATIENT) for _ in range(2)]

    assert made[0] == made[1]
    assert made[0].starts_at == hold.starts_at


def test_a_kept_slot_that_staff_gave_away_is_refused_with_other_times(desk, ada):
    hold = keep(desk)
    desk.staff_book("10:00", overrule=True)

    with pytest.raises(SlotTaken) as refusal:
        booking.book_held(desk.business, hold, patient=Patient.objects.create(name="R"), by=BookedBy.PATIENT)
    assert refusal.value.alternatives


def test_what_staff_cancel_is_news_for_the_waitlist_at_once(desk):
    made = desk.staff_book("10:00")
    desk.cancel(made, by=BookedBy.STAFF, user_id=1)

    freed = FreedSlot.objects.get()
    assert (freed.practitioner, freed.service, freed.during) == (made.practitioner, made.service, made.during)
    assert freed.from_change == made.changes.last()
    assert WorkItem.objects.filter(kind="calendar_sync.slot_freed", object_id=freed.pk).exists()


def test_what_the_patient_gives_up_is_news_only_when_it_cannot_be_undone_any_more(desk):
    made = desk.book_at("10:00")
    desk.move(made, "11:00")
    assert not FreedSlot.objects.exists()

    with clock.pinned(clock.now() + 15 * MINUTES):
        holds.sweep(desk.business)
    assert [f"{each.starts_at:%H:%M}" for each in FreedSlot.objects.all()] == ["10:00"]


def test_what_staff_move_is_news_for_the_waitlist(desk):
    made = desk.staff_book("10:00")
    by_hand.move_by_hand(
        desk.business, made, starts_at=made.starts_at + 60 * MINUTES, practitioner=made.practitioner, user_id=1
    )

    assert [f"{each.starts_at:%H:%M}" for each in FreedSlot.objects.all()] == ["10:00"]


def test_an_appointment_does_not_stand_in_the_way_of_its_own_move(desk):
    desk.service.duration = 60
    desk.service.save()
    made = desk.book_at("10:00")
    ticket = desk.ticket_at("10:30")
    hold = holds.keep_offer(desk.business, ticket=ticket, contact_id=1, moving=made)

    assert [row.during.lower for row in hold.taken_times.all()] == [made.ends_at]  # the rest is its own already
    moved = booking.reschedule(desk.business, made, ticket=ticket, contact_id=1, by=BookedBy.ASSISTANT)
    assert moved.starts_at == made.starts_at + 30 * MINUTES
    row = TakenTime.objects.get(appointment=moved)
    assert (row.during.lower, row.during.upper) == (moved.starts_at, moved.ends_at)


def test_what_others_have_stands_in_the_way_of_a_move(desk):
    made = desk.book_at("10:00")
    desk.book_at("10:30", contact_id=2)
    ticket = desk.ticket_at("11:00")
    desk.book_at("11:00", contact_id=3)

    with pytest.raises(SlotTaken):
        holds.keep_offer(desk.business, ticket=ticket, contact_id=1, moving=made)
