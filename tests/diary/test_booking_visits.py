"""Several services in one coming: all or nothing."""

import datetime as dt

import pytest

from calendar_sync import booking, undo, visits
from calendar_sync.errors import SlotTaken, TicketRefused
from calendar_sync.models import Appointment, BookedBy, Service
from calendar_sync.patients import patient_for
from calendar_sync.visit_slots import visit_slots
from tenants import clock

DAY = dt.timedelta(days=1)


@pytest.fixture
def hygienist(ada):
    """A second service of half an hour."""
    service = Service.objects.create(name="Polish", duration=30)
    ada.services.add(service)
    return service


@pytest.fixture
def both(desk, hygienist):
    return [desk.service, hygienist]


def offers(desk, services, contact_id=1, **options):
    window = (clock.now(), clock.now() + DAY)
    return visit_slots(desk.business, services, window, contact_id=contact_id, **options)


def ticket(desk, services, start, contact_id=1):
    """A visit of the services with Ada, one straight after the other."""
    begin = dt.datetime.combine(clock.now(), dt.time.fromisoformat(start), dt.UTC)
    parts = []
    for service in services:
        parts.append(desk.ticket_at(begin, contact_id=contact_id, service=service))
        begin += service.length
    return "+".join(parts)


def book(desk, token, contact_id=1):
    return visits.book(
        desk.business,
        ticket=token,
        contact_id=contact_id,
        patient=patient_for(contact_id, "Rosa Blum"),
        by=BookedBy.ASSISTANT,
    )


def times(appointments):
    return [f"{each.starts_at:%H:%M}" for each in appointments]


def test_the_parts_follow_each_other(desk, both):
    visit = offers(desk, both)[0]

    assert [each.service for each in visit] == ["Check-up", "Polish"]
    assert visit[0].ends_at == visit[1].starts_at
    last = offers(desk, both)[-1]
    assert f"{last[1].ends_at:%H:%M}" == "17:30"


def test_buffers_lie_between_parts_with_the_same_practitioner(desk, both):
    desk.change(buffer_after=15)
    both[0].refresh_from_db()

    first = offers(desk, both)[0]
    assert first[1].starts_at - first[0].ends_at == dt.timedelta(minutes=15)
    assert book(desk, visits.issue(desk.business, first, contact_id=1))


def test_a_colleague_takes_the_second_part_where_only_she_performs_it(desk, both, ada):
    bea = desk.colleague()
    ada.services.remove(both[1])

    parts = offers(desk, both)[0]
    assert [each.practitioner_id for each in parts][1] == bea.pk


def test_every_part_is_booked_in_one_visit(desk, both):
    made = book(desk, visits.issue(desk.business, offers(desk, both)[0], contact_id=1))

    assert [each.service.name for each in made] == ["Check-up", "Polish"]
    assert made[0].visit is not None
    assert made[0].visit == made[1].visit


def test_one_part_that_is_taken_refuses_the_whole_visit(desk, both):
    token = ticket(desk, both, "10:00")
    desk.book_at("10:30", contact_id=2)

    with pytest.raises(SlotTaken):
        book(desk, token)
    assert Appointment.objects.filter(contact_id=1).count() == 0


def test_the_same_ticket_again_returns_the_same_visit(desk, both):
    token = ticket(desk, both, "10:00")

    assert book(desk, token) == book(desk, token)
    assert Appointment.objects.count() == 2


def test_a_visit_one_of_whose_parts_was_cancelled_is_used_up(desk, both):
    token = ticket(desk, both, "10:00")
    desk.cancel(book(desk, token)[0])

    with pytest.raises(TicketRefused):
        book(desk, token)


@pytest.mark.parametrize("token", ["+", "a+b", "s.x+s.x+s.x+s.x+s.x"])
def test_what_is_no_visit_is_refused(desk, token):
    with pytest.raises(TicketRefused):
        book(desk, token)


def test_another_contacts_part_is_refused(desk, both):
    mine, theirs = ticket(desk, both, "10:00").split("+")[0], ticket(desk, both, "10:00", 2).split("+")[1]

    with pytest.raises(TicketRefused):
        book(desk, f"{mine}+{theirs}")


def test_the_whole_visit_or_one_part_is_cancelled(desk, both):
    made = book(desk, ticket(desk, both, "10:00"))
    desk.cancel(made[1])
    assert [each.pk for each in visits.parts_of(made[0])] == [made[0].pk]

    again = book(desk, ticket(desk, both, "14:00"))
    gone = visits.cancel(desk.business, again[0], by=BookedBy.ASSISTANT)
    assert {each.status for each in gone} == {"cancelled"}
    assert len(gone) == 2


@pytest.mark.parametrize("start", ["10:30", "09:30", "15:00"])
def test_the_whole_visit_moves_even_into_its_own_time_and_back_by_undoing(desk, both, start):
    made = book(desk, ticket(desk, both, "10:00"))

    moved = visits.reschedule(
        desk.business, made[0], ticket=ticket(desk, both, start), contact_id=1, by=BookedBy.ASSISTANT
    )
    assert times(moved)[0] == start
    assert [each.pk for each in moved] == [each.pk for each in made]

    undo.undo_last(desk.business, contact_id=1, by=BookedBy.ASSISTANT)
    assert times(Appointment.objects.order_by("during")) == ["10:00", "10:30"]


def test_one_part_moves_alone(desk, both):
    made = book(desk, ticket(desk, both, "10:00"))
    moved = desk.move(made[1], "11:00")

    assert times(booking.upcoming(1, clock.now())) == ["10:00", "11:00"]
    assert moved.visit == made[0].visit


@pytest.mark.parametrize("act", ["book", "cancel"])
def test_the_act_upon_a_visit_is_undone_as_a_whole(desk, both, act):
    made = book(desk, ticket(desk, both, "10:00"))
    if act == "cancel":
        visits.cancel(desk.business, made[0], by=BookedBy.ASSISTANT)

    undone = undo.undo_last(desk.business, contact_id=1, by=BookedBy.ASSISTANT)
    again = undo.undo_last(desk.business, contact_id=1, by=BookedBy.ASSISTANT)

    assert len(undone.appointments) == len(again.appointments) == 2
    standing = Appointment.objects.filter(status="confirmed").count()
    assert standing == (0 if act == "book" else 2)
