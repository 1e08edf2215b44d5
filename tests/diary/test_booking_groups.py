"""Group services: seats of a shared time."""

import pytest

from calendar_sync import by_hand, holds, sessions, undo
from calendar_sync.errors import RuleRefused, SessionFull, SlotTaken
from calendar_sync.models import BookedBy, GroupSession, TakenTime
from tenants import clock


@pytest.fixture
def group(desk):
    """Three seats."""
    desk.change(seats=3)
    return desk


def seats(session=None):
    rows = (session or GroupSession.objects.get()).appointments.filter(status="confirmed")
    return sorted(rows.values_list("contact_id", "seat"))


def test_the_first_makes_the_session_and_the_others_join(group):
    for contact_id in (1, 2, 3):
        group.book_at("10:00", contact_id=contact_id)

    assert seats() == [(1, 1), (2, 2), (3, 3)]
    assert [each.session for each in TakenTime.objects.all()] == [GroupSession.objects.get()]
    with pytest.raises(SessionFull) as refusal:
        group.book_at("10:00", contact_id=4)
    assert refusal.value.alternatives


def test_the_offer_says_how_many_seats_are_left(group):
    group.book_at("10:00")

    left = {f"{each.starts_at:%H:%M}": each.seats_left for each in group.offers()}
    assert (left["10:00"], left["11:00"]) == (2, 3)


def test_a_session_keeps_the_practitioner_from_other_times(group):
    group.book_at("10:00")

    with pytest.raises(SlotTaken):
        group.book_at("10:15", contact_id=2)


def test_the_seat_of_who_left_is_given_to_the_next(group):
    group.house(undo_minutes=0)
    made = [group.book_at("10:00", contact_id=each) for each in (1, 2, 3)]
    group.cancel(made[1])

    assert group.book_at("10:00", contact_id=4).seat == 2


def test_the_last_one_who_leaves_takes_the_session_away(group):
    group.house(undo_minutes=0)
    made = [group.book_at("10:00", contact_id=each) for each in (1, 2)]
    for each in made:
        group.cancel(each)

    assert not GroupSession.objects.exists()
    assert not TakenTime.objects.exists()


def test_moving_to_another_session_and_back(group):
    group.house(undo_minutes=0)
    mine, other = group.book_at("10:00"), group.book_at("11:00", contact_id=2)

    moved = group.move(mine, "11:00")
    assert (moved.session_id, moved.seat) == (other.session_id, 2)
    assert GroupSession.objects.count() == 1
    group.move(moved, "10:00")
    assert GroupSession.objects.count() == 2


def test_who_is_alone_can_move_by_less_than_its_length(group):
    moved = group.move(group.book_at("10:00"), "10:15")

    assert moved.session == GroupSession.objects.get()
    assert f"{moved.starts_at:%H:%M}" == "10:15"


def test_a_seat_is_kept_while_it_may_be_undone(group):
    made = [group.book_at("10:00", contact_id=each) for each in (1, 2, 3)]
    group.cancel(made[0])

    with pytest.raises(SessionFull):
        group.book_at("10:00", contact_id=4)
    undo.undo_last(group.business, contact_id=1, by=BookedBy.ASSISTANT)
    assert seats() == [(1, 1), (2, 2), (3, 3)]


def test_the_session_goes_when_the_last_one_can_no_longer_undo(group):
    made = group.book_at("10:00")
    group.cancel(made)
    assert GroupSession.objects.exists()

    with clock.pinned(made.starts_at):
        holds.sweep(group.business)
    assert not GroupSession.objects.exists()


def test_a_kept_seat_counts(group):
    for contact_id in (1, 2, 3):
        ticket = group.ticket_at("10:00", contact_id=contact_id)
        holds.keep_offer(group.business, ticket=ticket, contact_id=contact_id)

    assert GroupSession.objects.count() == 1
    with pytest.raises(SessionFull):
        group.book_at("10:00", contact_id=4)
    assert group.book_at("10:00", contact_id=2).seat == 1


def test_who_asks_for_another_time_is_not_kept_from_it_by_the_seat_kept_before(group):
    for start in ("10:00", "10:15"):
        holds.keep_offer(group.business, ticket=group.ticket_at(start), contact_id=1)

    assert [f"{each.during.lower:%H:%M}" for each in GroupSession.objects.all()] == ["10:15"]


def test_a_session_keeps_its_room(group):
    (room,) = group.needs_a_room()
    bea = group.colleague()
    group.book_at("10:00")
    group.book_at("10:00", contact_id=2)

    assert room.taken_times.count() == 1
    with pytest.raises(SlotTaken):
        group.book_at("10:00", bea, contact_id=3)


def test_seats_cannot_be_fewer_than_are_taken(group):
    for contact_id in (1, 2):
        group.book_at("10:00", contact_id=contact_id)
    session = GroupSession.objects.get()

    with pytest.raises(RuleRefused):
        sessions.resize(session, 1, now=clock.now())
    assert sessions.resize(session, 2, now=clock.now()).seats == 2
    with pytest.raises(SessionFull):
        group.book_at("10:00", contact_id=3)


def test_who_did_not_come_keeps_the_seat_in_the_record(group):
    made = group.book_at("10:00")
    with clock.pinned(made.ends_at):
        gone = by_hand.mark(group.business, made, "no_show", user_id=1)
        assert (gone.status, gone.seat) == ("no_show", 1)
        assert by_hand.unmark(group.business, gone, user_id=1).seat == 1
