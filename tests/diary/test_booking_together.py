"""Visits, seats and series as the skills give them: held whole, looked at before they are booked, undone as one."""

import datetime as dt

import pytest

from calendar_sync.models import Appointment, GroupSession, Hold, Patient, Service
from tests.diary.test_booking_skills import ask, at_ten, find, slot_at

__all__ = ["ask", "find"]


@pytest.fixture
def polish(ada):
    service = Service.objects.create(name="Polish", duration=30)
    ada.services.add(service)
    return service


@pytest.fixture
def group(desk):
    """Three seats; somebody comes at ten already."""
    desk.change(seats=3)
    desk.book_at("10:00", contact_id=2)
    return desk


def held():
    return sorted(f"{each.starts_at:%H:%M}" for each in Hold.objects.filter(released_at=None))


def test_a_visit_is_held_whole_and_nobody_else_gets_a_part_of_it(ask, find, desk, polish):
    visit = at_ten(find, with_services=["Polish"])

    assert ask("hold_slot", slot=visit).status == "ok"
    assert held() == ["10:00", "10:30"]
    assert not {"10:00", "10:15", "10:30", "10:45"} & set(desk.free_at(contact_id=2))
    assert ask("book_appointment", slot=visit).status == "ok"
    assert held() == []


def test_a_visit_that_is_taken_in_part_is_not_held_at_all(ask, find, desk, polish):
    visit = at_ten(find, with_services=["Polish"])
    desk.book_at("10:30", contact_id=2)

    refused = ask("hold_slot", slot=visit)
    assert (refused.status, refused.data["rule"]) == ("error", "taken")
    assert held() == []


def test_an_offer_that_is_held_later_lets_the_whole_visit_go(ask, find, desk, polish):
    ask("hold_slot", slot=at_ten(find, with_services=["Polish"]))
    ask("hold_slot", slot=slot_at(find(time_from="12:00", time_to="12:00"), "12:00"))

    assert held() == ["12:00"]


def test_two_places_are_held_booked_and_undone_as_one(ask, find, group):
    places = at_ten(find, seats=2)

    ask("hold_slot", slot=places)
    assert find(contact_id=3, time_from="10:00", time_to="10:00")["offers"] == []
    booked = ask("book_appointment", slot=places).data
    assert [each["service"] for each in booked["all"]] == ["Check-up", "Check-up"]
    assert sorted(Appointment.objects.values_list("seat", flat=True)) == [1, 2, 3]
    assert ask("book_appointment", slot=places).data["all"] == booked["all"]
    assert len(ask("undo_change").data["all"]) == 2
    assert GroupSession.objects.get().appointments.filter(status="confirmed").count() == 1


def test_more_places_than_are_left_are_not_held_nor_booked_in_part(ask, find, group):
    places = at_ten(find, seats=2)
    group.book_at("10:00", contact_id=3)

    for skill in ("hold_slot", "book_appointment"):
        refused = ask(skill, slot=places)
        assert (refused.status, refused.data["rule"]) == ("error", "full"), skill
    assert Appointment.objects.filter(contact_id=1).count() == 0
    assert held() == []


def test_a_group_that_somebody_comes_to_is_offered_before_one_that_would_begin(find, group):
    assert [each["start"][-5:] for each in find()["offers"]] == ["10:00"]
    assert find(time_from="11:00", time_to="11:00")["offers"][0]["seats_left"] == 3


@pytest.mark.parametrize("seats", [0, -1, 7, 500])
def test_an_impossible_number_of_places_is_refused(ask, group, seats):
    from agents.skills.registry import ArgumentsRefused

    with pytest.raises(ArgumentsRefused):
        ask("find_slots", service="Check-up", date="2026-11-23", weekday="Monday", seats=seats)


def test_more_places_than_the_group_has_say_how_many_it_has(ask, group):
    refused = ask("find_slots", service="Check-up", date="2026-11-23", weekday="Monday", seats=4)
    assert (refused.status, refused.data["rule"]) == ("error", "seats")


def test_looking_at_a_series_tells_every_date_and_books_none(ask, find, desk, monday):
    desk.book_at(monday + dt.timedelta(weeks=2, hours=2), contact_id=2)
    before = Appointment.objects.count()

    planned = ask("plan_series", slot=at_ten(find), every_weeks=2, times=3).data["dates"]
    assert [each["fits"] for each in planned] == [True, False, True]
    assert [each["start"] for each in planned] == ["2026-11-23T10:00", "2026-12-07T10:00", "2026-12-21T10:00"]
    assert Appointment.objects.count() == before
    assert not Patient.objects.filter(contact_id=1).exists()


def test_a_series_takes_another_time_on_the_day_that_was_taken(ask, find, desk, monday):
    desk.book_at(monday + dt.timedelta(weeks=2, hours=2), contact_id=2)
    slot = at_ten(find)
    planned = ask("plan_series", slot=slot, every_weeks=2, times=3).data["dates"]
    other = planned[1]["nearest"][0]

    booked = ask("book_series", slot=slot, every_weeks=2, times=3, instead=[other["slot"]]).data
    assert [each["start"] for each in booked["all"]] == ["2026-11-23T10:00", other["start"], "2026-12-21T10:00"]
    assert len({each["series"] for each in ask("my_appointments").data["appointments"]}) == 1
    assert len(ask("undo_change").data["all"]) == 3


def test_a_time_of_another_service_is_no_date_of_the_series(ask, find, desk, polish):
    other = find("Polish", time_from="12:00", time_to="12:00")["offers"][0]["slot"]

    refused = ask("book_series", slot=at_ten(find), every_weeks=2, times=3, instead=[other])
    assert (refused.status, refused.data["rule"]) == ("error", "ticket")


def test_a_longer_series_than_the_house_allows_is_refused_while_looking(ask, find, desk):
    desk.house(series_most=4)

    assert ask("plan_series", slot=at_ten(find), every_weeks=1, times=5).data["rule"] == "series_most"
