"""The waiting list's page, by the team's browser without JavaScript."""

import pytest
from django.db import connection

from calendar_sync import booking
from calendar_sync.models import Appointment, BookedBy, WaitlistEntry, WaitlistOffer

BASE = "/b/bright-smile/waitlist/"


@pytest.fixture
def staff(client, scene, bob):
    client.force_login(bob)
    return client


@pytest.fixture
def page(staff, scene):
    """page(path, **form) → the answer; the test stays in the schema."""

    def ask(path="", **form):
        try:
            return staff.post(BASE + path, form) if form else staff.get(BASE + path)
        finally:
            connection.set_tenant(scene.business)

    return ask


def test_an_empty_list_says_what_happens_here(page):
    assert b"Nobody is waiting" in page().content


def test_staff_put_a_known_patient_on_the_list(page, scene):
    rosa = scene.somebody("Rosa Blum")
    answer = page(name="rosa  blum", service=scene.service.pk, weekdays=["0", "4"], time_from="14:00", urgent="on")
    assert answer.status_code == 302
    entry = WaitlistEntry.objects.get()
    assert (entry.patient, entry.contact_id, entry.urgent, entry.by) == (rosa.patient, rosa.contact_id, True, "staff")
    shown = page().content.decode()
    assert "Check-up, Mondays and Fridays, after 14:00" in shown
    assert "Urgent" in shown


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "This field is required"),
        ({"latest": "2026-11-01"}, "This day has passed"),
        ({"earliest": "2026-12-05", "latest": "2026-12-04"}, "before the first day"),
        ({"time_from": "15:00", "time_to": "14:00"}, "before the first time"),
        ({"phone": "call me"}, "Write a phone number"),
        ({}, "Nobody is known by this name."),
    ],
)
def test_what_is_wrong_stands_beside_its_field(page, scene, wrong, said):
    answer = page(**({"name": "Nora Field", "service": scene.service.pk} | wrong))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not WaitlistEntry.objects.exists()


def test_somebody_who_has_to_be_called_stands_on_top_and_the_call_is_noted(page, scene):
    gone = scene.book(scene.somebody("Tom Reed"), "2026-12-01 10:00")
    page(name="Nora Field", phone="07911 123456", service=scene.service.pk)
    booking.cancel(scene.business, gone, by=BookedBy.STAFF)
    scene.work()
    shown = page().content.decode()
    assert shown.index("Please call") < shown.index("Who waits")
    offer = WaitlistOffer.objects.get()
    page(f"offers/{offer.pk}/answer/", answer="yes")
    made = Appointment.objects.get(patient__name="Nora Field")
    assert made.changes.get().user_id is not None
    assert "Booked Tuesday 1 December, 10:00 for Nora Field." in page().content.decode()


def test_a_time_is_offered_by_hand_from_those_that_fit(page, scene):
    entry = scene.joins(scene.somebody("Rosa Blum"))
    shown = page(f"{entry.pk}/offer/").content.decode()
    assert "with Dr Ada Silva" in shown
    value = shown.split('name="time" value="')[1].split('"')[0]
    assert page(f"{entry.pk}/offer/", time="0-0").status_code == 422
    assert page(f"{entry.pk}/offer/", time=value).status_code == 302
    assert [name for name, _ in scene.open_offers()] == ["Rosa Blum"]
    assert "Has an offer" in page().content.decode()


def test_an_offer_is_taken_back_and_an_entry_removed(page, scene):
    entry = scene.joins(scene.somebody("Rosa Blum"))
    value = page(f"{entry.pk}/offer/").content.decode().split('name="time" value="')[1].split('"')[0]
    page(f"{entry.pk}/offer/", time=value)
    page(f"offers/{WaitlistOffer.objects.get().pk}/answer/", answer="withdraw")
    assert WaitlistOffer.objects.get().status == "withdrawn"
    page(f"{entry.pk}/leave/", sure="yes")
    entry.refresh_from_db()
    assert entry.status == "left"


def test_another_business_sees_nothing(client, scene, charlie):
    entry = scene.joins(scene.somebody("Rosa Blum"))
    client.force_login(charlie)
    assert client.get(BASE).status_code == 404
    assert client.post(f"/b/cut-and-co/waitlist/{entry.pk}/leave/").status_code == 404
