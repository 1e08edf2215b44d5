"""Every change that the assistant made can be taken back for a while, and its time is kept meanwhile."""

import datetime as dt

import pytest

from calendar_sync import booking, by_hand, undo
from calendar_sync.errors import SlotHeld, SlotTaken, UndoOver
from calendar_sync.models import BookedBy, FreedSlot, Service, TakenTime
from tenants import clock

MINUTES = dt.timedelta(minutes=1)


def undo_last(desk, contact_id=1, appointment=None):
    return undo.undo_last(
        desk.business, contact_id=contact_id, appointment=appointment, by=BookedBy.ASSISTANT, turn_id=9
    )


def test_an_undone_cancellation_stands_again_at_its_time(desk):
    made = desk.book_at("10:00")
    desk.cancel(made)

    undone = undo_last(desk)

    made.refresh_from_db()
    assert (undone.act, undone.appointments[0].pk, made.status) == ("cancelled", made.pk, "confirmed")
    changes = list(made.changes.all())
    assert [each.act for each in changes] == ["booked", "cancelled", "booked"]
    assert (changes[2].undoes, changes[2].turn_id) == (changes[1], 9)
    assert [each.appointment_id for each in TakenTime.objects.all()] == [made.pk]


def test_an_undone_move_is_back_where_it_was(desk, ada):
    bea = desk.colleague()
    made = desk.book_at("10:00", ada)
    desk.move(made, "11:00", practitioner=bea)

    undo_last(desk)

    made.refresh_from_db()
    assert (made.starts_at.hour, made.practitioner) == (10, ada)
    assert [(each.practitioner_id, each.appointment_id) for each in TakenTime.objects.all()] == [(ada.pk, made.pk)]
    assert [f"{each.starts_at:%H:%M}" for each in FreedSlot.objects.all()] == ["11:00"]


def test_a_move_by_a_quarter_of_an_hour_can_be_undone(desk):
    made = desk.book_at("10:00")
    desk.move(made, "10:15")

    with pytest.raises(SlotTaken):
        desk.book_at("09:45", contact_id=2)  # 10:00 to 10:15 is kept
    undo_last(desk)
    made.refresh_from_db()
    assert (made.starts_at.hour, made.starts_at.minute) == (10, 0)


def test_an_undone_booking_is_cancelled_and_its_time_free_at_once(desk):
    made = desk.book_at("10:00")

    assert undo_last(desk).act == "booked"
    made.refresh_from_db()
    assert made.status == "cancelled"
    assert desk.book_at("10:00", contact_id=2)


def test_undoing_twice_is_fine(desk):
    made = desk.book_at("10:00")
    desk.cancel(made)

    assert [undo_last(desk).act for _ in range(2)] == ["cancelled", "cancelled"]
    made.refresh_from_db()
    assert (made.status, made.changes.count()) == ("confirmed", 3)


def test_the_time_is_kept_from_everybody_else_meanwhile(desk):
    desk.needs_a_room()
    bea = desk.colleague()
    desk.cancel(desk.book_at("10:00"))

    with pytest.raises(SlotHeld):
        desk.book_at("10:00", contact_id=2)
    with pytest.raises(SlotTaken):
        desk.book_at("10:00", bea, contact_id=2)  # the room is kept, too
    assert "10:00" in desk.free_at(contact_id=1)


def test_after_a_while_it_is_too_late(desk):
    desk.cancel(desk.book_at("10:00"))

    with clock.pinned(clock.now() + 15 * MINUTES):
        with pytest.raises(UndoOver):
            undo_last(desk)
        assert desk.book_at("10:00", contact_id=2)


def test_the_house_may_allow_no_undoing(desk):
    desk.house(undo_minutes=0)
    desk.cancel(desk.book_at("10:00"))

    with pytest.raises(UndoOver):
        undo_last(desk)
    assert desk.book_at("10:00", contact_id=2)


def test_the_contact_itself_may_take_the_kept_time_for_something_else(desk):
    made = desk.book_at("10:00")
    desk.cancel(made)
    desk.book_at("10:00", name="Tim Blum")

    with pytest.raises(SlotTaken):
        undo_last(desk, appointment=made)


def test_what_staff_did_is_not_the_patients_to_undo(desk):
    made = desk.book_at("10:00")
    desk.cancel(made, by=BookedBy.STAFF, user_id=1)

    with pytest.raises(UndoOver):
        undo_last(desk)


def test_what_staff_changed_since_is_not_undone(desk, ada):
    made = desk.move(desk.book_at("10:00"), "11:00")
    by_hand.move_by_hand(desk.business, made, starts_at=made.starts_at + 60 * MINUTES, practitioner=ada, user_id=1)

    with pytest.raises(UndoOver):
        undo_last(desk)


def test_nobody_undoes_for_another_contact(desk):
    made = desk.book_at("10:00", contact_id=2)

    for appointment in (None, made):
        with pytest.raises(UndoOver):
            undo_last(desk, contact_id=1, appointment=appointment)


def test_staff_undo_what_the_assistant_did(desk):
    made = desk.book_at("10:00")
    back = by_hand.undo_change(desk.business, made.changes.get(), user_id=1)

    assert back.status == "cancelled"
    assert made.changes.last().user_id == 1


def test_staff_who_need_the_kept_time_take_it_and_the_undoing_is_refused(desk):
    desk.cancel(desk.book_at("10:00"))
    desk.staff_book("10:00", overrule=True)

    with pytest.raises(SlotTaken):
        undo_last(desk)


def test_an_undone_move_to_another_service_has_the_old_one_again(desk, ada):
    other = Service.objects.create(name="Long talk", duration=60)
    ada.services.add(other)
    made = desk.book_at("10:00")
    ticket = desk.ticket_at("14:00", service=other)
    booking.reschedule(desk.business, made, ticket=ticket, contact_id=1, by=BookedBy.ASSISTANT)

    undo_last(desk)
    made.refresh_from_db()
    assert (made.service, made.ends_at - made.starts_at) == (desk.service, 30 * MINUTES)


def test_the_number_says_which_appointments_change_is_undone(desk):
    first, second = desk.book_at("10:00"), desk.book_at("11:00")

    undo_last(desk, appointment=first)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("cancelled", "confirmed")
