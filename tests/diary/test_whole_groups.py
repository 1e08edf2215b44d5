"""A group is moved and cancelled as a whole, everybody in it hears of it once, and it is taken back as a whole."""

import pytest
from django.db import connection

from calendar_sync import session_moves
from calendar_sync.errors import AppointmentOver
from calendar_sync.models import Appointment, GroupSession, Patient, Service, TakenTime, TimeOff
from conversations import telling
from tenants import clock
from tests.waitlist.scene import Scene, local

BASE = "/b/bright-smile/diary/appointments"
HTMX = {"HX-Request": "true"}
ELEVEN = {"date": "2026-12-03", "time": "11:00"}


@pytest.fixture
def scene(clinic):
    from conversations.connecting import connect

    with clock.pinned(local("2026-11-30 09:00")):
        Service.objects.filter(name="Check-up").update(seats=3)
        yield Scene(clinic, connect(clinic, address="whatsapp:+441134960001"))


@pytest.fixture
def group(scene):
    """Rosa and Tom write to us, Ida is called; at ten."""
    people = [scene.somebody("Rosa Blum"), scene.somebody("Tom Reed"), scene.somebody("Ida Moss", reachable=False)]
    return people, [scene.book(each, "2026-12-03 10:00") for each in people]


@pytest.fixture
def act(client, scene, bob):
    client.force_login(bob)

    def press(appointment, path, **form):
        answer = client.post(f"{BASE}/{appointment.pk}/{path}", form, headers=HTMX)
        connection.set_tenant(scene.business)
        return answer

    return press


def starts():
    return {f"{each.starts_at:%H:%M}" for each in Appointment.objects.filter(status="confirmed")}


def heard(group):
    return [len(each.heard()) for each in group[0][:2]]


def test_everybody_is_moved_and_told_once(scene, group, act):
    page = act(group[1][1], "group/move/", practitioner=scene.ada.pk, tell="on", **ELEVEN)
    assert "The group is moved to Thursday 3 December, 11:00. 2 people are told in a moment." in page["HX-Trigger"]
    assert starts() == {"11:00"}
    assert GroupSession.objects.get().during == Appointment.objects.first().during
    assert TakenTime.objects.count() == 1
    assert heard(group) == [0, 0]
    scene.work(1, telling.TELL)
    assert heard(group) == [1, 1]
    assert "from Thursday 3 December at 10:00 to Thursday 3 December at 11:00" in group[0][0].heard()[0]


def test_taken_back_at_once_nobody_hears_of_it(scene, group, act):
    act(group[1][0], "group/move/", practitioner=scene.ada.pk, tell="on", **ELEVEN)
    page = act(group[1][0], "undo/")
    assert "Taken back" in page["HX-Trigger"]
    assert starts() == {"10:00"}
    scene.work(1, telling.TELL)
    assert heard(group) == [0, 0]


def test_half_an_hour_later_it_is_not_in_its_own_way_and_comes_back(scene, group, act):
    Service.objects.filter(name="Check-up").update(duration=60)
    act(group[1][0], "group/move/", practitioner=scene.ada.pk, date="2026-12-03", time="10:30")
    assert starts() == {"10:30"}
    act(group[1][0], "undo/")
    assert starts() == {"10:00"}


def test_everybody_is_cancelled_told_and_taken_back(scene, group, act):
    page = act(group[1][0], "group/cancel/", tell="on")
    assert "The group is cancelled, 3 appointments." in page["HX-Trigger"]
    assert "Undo it for all 3 appointments" in page.content.decode()
    assert not GroupSession.objects.exists()
    scene.work(1, telling.TELL)
    assert heard(group) == [1, 1]
    act(group[1][2], "undo/")
    assert Appointment.objects.filter(status="confirmed").count() == 3
    assert GroupSession.objects.count() == 1


def test_more_places_than_the_service_has_come_back_too(scene, group, act):
    Service.objects.filter(name="Check-up").update(seats=2)
    act(group[1][0], "group/cancel/")
    act(group[1][0], "undo/")
    assert Appointment.objects.filter(status="confirmed").count() == 3
    assert GroupSession.objects.get().seats == 3


def test_unticked_nobody_is_told(scene, group, act):
    act(group[1][0], "group/move/", practitioner=scene.ada.pk, **ELEVEN)
    act(group[1][0], "group/cancel/", anything="else")
    scene.work(1, telling.TELL)
    assert heard(group) == [0, 0]


def test_where_it_does_not_fit_nobody_is_moved(scene, group, act):
    other = scene.book(scene.somebody("Olu Adeyemi"), "2026-12-03 11:00")
    page = act(group[1][0], "group/move/", practitioner=scene.ada.pk, **ELEVEN)
    assert page.status_code == 422
    assert "This time is already taken." in page.content.decode()
    assert starts() == {"10:00", "11:00"}
    assert Appointment.objects.get(pk=other.pk).session_id != Appointment.objects.get(pk=group[1][0].pk).session_id


def test_against_a_rule_it_asks_why_and_every_history_says_so(scene, group, act):
    TimeOff.objects.create(
        practitioner=scene.ada, starts_at=local("2026-12-03 10:45"), ends_at=local("2026-12-03 12:00")
    )
    page = act(group[1][0], "group/move/", practitioner=scene.ada.pk, **ELEVEN)
    assert "Move it anyway?" in page.content.decode()
    act(group[1][0], "group/move/", practitioner=scene.ada.pk, overrule="on", reason="She comes in for it", **ELEVEN)
    assert starts() == {"11:00"}
    assert {each.changes.last().reason for each in Appointment.objects.all()} == {"She comes in for it"}


def test_with_somebody_else_and_back(scene, group, act):
    bea = scene.colleague()
    act(group[1][0], "group/move/", practitioner=bea.pk, date="2026-12-03", time="10:00")
    assert GroupSession.objects.get().practitioner == bea
    act(group[1][0], "undo/")
    assert GroupSession.objects.get().practitioner == scene.ada


def test_what_they_will_read_is_shown_before_by_the_way_it_reaches_them(client, scene, group, act):
    address = f"{BASE}/{group[1][0].pk}/group/told/"
    act(group[1][0], "seats/", seats="3")  # logged in
    moving = client.get(address, {"practitioner": scene.ada.pk, **ELEVEN}).content.decode()
    assert "Rosa Blum, Tom Reed" in moving
    assert "to Thursday 3 December at 11:00." in moving
    assert "Nothing is written to Ida Moss" in moving
    connection.set_tenant(scene.business)
    assert "was cancelled. Free instead" in client.get(address).content.decode()
    connection.set_tenant(scene.business)
    assert "told__text" not in client.get(address, {"date": "x"}).content.decode()
    connection.set_tenant(scene.business)
    assert starts() == {"10:00"}


def test_a_group_that_has_been_marked_stays(scene, group):
    Appointment.objects.filter(pk=group[1][0].pk).update(status="completed")
    with pytest.raises(AppointmentOver):
        session_moves.seated(GroupSession.objects.get())


@pytest.mark.parametrize("path", ["group/move/", "group/cancel/"])
def test_one_alone_has_no_group_and_another_business_sees_none(client, scene, act, charlie, path):
    Service.objects.filter(name="Check-up").update(seats=1)
    alone = scene.book(scene.somebody("Rosa Blum"), "2026-12-03 10:00")
    assert act(alone, path).status_code == 404
    client.force_login(charlie)
    assert act(alone, path).status_code == 404
    assert Patient.objects.count() == 1


@pytest.mark.parametrize("sent", [{"date": "x"}, {"time": "99:00"}, {"practitioner": "0"}, {"date": ""}])
def test_bad_input_moves_nobody(scene, group, act, sent):
    page = act(group[1][0], "group/move/", **({"practitioner": scene.ada.pk} | ELEVEN | sent))
    assert page.status_code == 422
    assert starts() == {"10:00"}
