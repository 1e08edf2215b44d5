"""Opting in and out: when, by which way, in which words; noted by staff and heard from contacts."""

import html

import pytest

from conversations import opting_out
from conversations.models import ConsentChange, Contact
from tests.desk.scene import SCRIPT


def text_of(answer):
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


@pytest.fixture
def tom(scene):
    return scene.writes("Tom Becker", "Hello")


def test_stop_and_start_leave_when_how_and_in_which_words(scene, alices, tom):
    scene.writes("Tom Becker", "STOP!")
    assert Contact.objects.get(pk=tom.contact_id).opted_out_at is not None
    scene.writes("Tom Becker", "start")
    rows = list(ConsentChange.objects.order_by("pk").values_list("to", "way", "text", "staff_id"))
    assert rows == [("out", "word", "STOP!", None), ("in", "word", "start", None)]
    page = text_of(alices.get(f"contacts/{tom.contact_id}/"))
    assert "Opted out by writing" in page
    assert "“STOP!”" in page
    assert "May be sent" in page


def test_stop_twice_is_one_change(scene, tom):
    scene.writes("Tom Becker", "stop")
    scene.writes("Tom Becker", "stop")
    assert ConsentChange.objects.count() == 1


@pytest.mark.parametrize("text", ["cancel", "Please stop the pain", "cancelar", "Ich sage ab"])
def test_cancelling_an_appointment_is_no_stop(scene, tom, text):
    scene.writes("Tom Becker", text)
    assert not ConsentChange.objects.exists()


def test_what_they_told_staff_is_noted_with_the_words(alices, alice, tom):
    alices.post(f"contacts/{tom.contact_id}/consent/", {"to": "out", "text": "Told me on the phone"})
    change = ConsentChange.objects.get()
    assert (change.to, change.way, change.text, change.staff_id) == ("out", "staff", "Told me on the phone", alice.pk)
    assert "noted by Alice Owner" in text_of(alices.get(f"contacts/{tom.contact_id}/"))
    page = text_of(alices.post(f"contacts/{tom.contact_id}/consent/", {"to": "in", "text": " "}, follow=True))
    assert "Write down how they agreed" in page
    assert Contact.objects.get(pk=tom.contact_id).opted_out_at is not None
    alices.post(f"contacts/{tom.contact_id}/consent/", {"to": "in", "text": "Signed the form"})
    assert Contact.objects.get(pk=tom.contact_id).opted_out_at is None


@pytest.mark.parametrize("to", ["", "maybe", "in\x00"])
def test_a_choice_that_is_none_changes_nothing(alices, tom, to):
    alices.post(f"contacts/{tom.contact_id}/consent/", {"to": to, "text": "x"})
    assert not ConsentChange.objects.exists()


def test_the_words_are_only_text(alice, alices, tom):
    opting_out.set_by_staff(tom.contact, alice, "out", SCRIPT)
    assert SCRIPT not in alices.get(f"contacts/{tom.contact_id}/").content.decode()
