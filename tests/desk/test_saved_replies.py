"""Saved replies: written once, found by "/", filled in for whoever is written to."""

import html

import pytest

from escalations import saved_replies
from escalations.models import SavedReply
from tests.desk.scene import SCRIPT


def text_of(answer, status=200):
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


@pytest.fixture
def parking(clinic):
    return SavedReply.objects.create(shortcut="parking", text="Hello {contact}, park behind {business}. {me}")


def test_one_is_written_found_and_filled_in(alices, clinic, scene):
    tom = scene.writes("Tom Becker", "Where can I park?")
    alices.post("settings/saved-replies/", {"shortcut": "Parking", "text": "Hello {contact}, behind {business}. {me}"})
    found = text_of(alices.get(f"conversations/{tom.pk}/saved-replies/?q=/par"))
    assert f"Hello Tom Becker, behind {clinic.name}. Alice" in found
    assert "Hello Tom" in text_of(alices.get(f"conversations/{tom.pk}/saved-replies/?q=/behind"))
    assert "No saved reply fits" in text_of(alices.get(f"conversations/{tom.pk}/saved-replies/?q=/zzz"))


def test_what_is_not_known_stays_to_be_written_by_hand(alices, scene, parking):
    SavedReply.objects.filter(pk=parking.pk).update(text="See you {next_appointment}")
    tom = scene.writes("Tom Becker", "Hello")
    assert "See you {next_appointment}" in text_of(alices.get(f"conversations/{tom.pk}/saved-replies/"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"shortcut": "", "text": "x"}, "This field is required"),
        ({"shortcut": "two words", "text": "x"}, "Only letters"),
        ({"shortcut": "parking", "text": "x"}, "already"),
        ({"shortcut": "new", "text": "{name} {contact}"}, "can’t be filled in: {name}"),
        ({"shortcut": "new", "text": ""}, "This field is required"),
        ({"shortcut": "new", "text": "x" * 4001}, "4,000"),
    ],
)
def test_a_wrong_one_is_refused_beside_its_field(alices, parking, given, said):
    assert said in text_of(alices.post("settings/saved-replies/", given), 422)
    assert SavedReply.objects.count() == 1


def test_removing_can_be_undone(alices, parking):
    page = text_of(alices.post(f"settings/saved-replies/{parking.pk}/remove/", follow=True))
    assert "/parking is removed" in page
    assert saved_replies.fitting("p") == []
    alices.post(f"settings/saved-replies/{parking.pk}/restore/")
    assert saved_replies.fitting("p") == [parking]


def test_a_removed_one_gives_way_to_a_new_one_of_its_name(alices, parking):
    alices.post(f"settings/saved-replies/{parking.pk}/remove/")
    alices.post("settings/saved-replies/", {"shortcut": "parking", "text": "In the yard"})
    assert [each.text for each in saved_replies.fitting("parking")] == ["In the yard"]


def test_changing_keeps_the_shortcut(alices, parking):
    alices.post(f"settings/saved-replies/?change={parking.pk}", {"shortcut": "parking", "text": "In the yard"})
    assert SavedReply.objects.get().text == "In the yard"


def test_it_is_only_text(alices, scene, parking):
    SavedReply.objects.filter(pk=parking.pk).update(text=SCRIPT)
    tom = scene.writes(SCRIPT, "Hello")
    for path in (f"conversations/{tom.pk}/saved-replies/", "settings/saved-replies/"):
        assert "<script>window" not in alices.get(path).content.decode()
