"""The page of a contact: what is known, labels, language; the diary and the inbox lead to each other."""

import html

import pytest

from calendar_sync.models import Appointment
from conversations.models import Contact, Conversation, ConversationEvent
from escalations import acts
from escalations.models import ContactLabel, Label
from tenants.models import AuditEntry
from tests.desk.scene import SCRIPT


def text_of(answer, status=200):
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


@pytest.fixture
def tom(scene):
    return scene.writes("Tom Becker", "Hello")


def contact_of(conversation):
    return Contact.objects.get(pk=conversation.contact_id)


def test_it_lists_conversations_and_how_often_they_were_reopened(scene, alices, alice, tom):
    acts.resolve(scene.business, tom, alice)
    scene.writes("Tom Becker", "One more thing")
    page = text_of(alices.get(f"contacts/{tom.contact_id}/"))
    assert ConversationEvent.objects.filter(act="reopened").count() == 1
    assert "One more thing" in page
    assert "2 messages" in page
    assert "reopened once" in page


def test_a_contact_is_found_by_its_label_and_so_are_its_conversations(scene, alices, tom):
    scene.writes("Maria Lopes", "Hi")
    alices.post(f"contacts/{tom.contact_id}/labels/", {"new": "Insurance"})
    label = Label.objects.get(name="Insurance")
    listed = text_of(alices.get(f"contacts/?label={label.pk}"))
    assert "Tom Becker" in listed
    assert "Maria Lopes" not in listed
    inbox = text_of(alices.get(f"inbox/?label={label.pk}"))
    assert "Tom Becker" in inbox
    assert "Maria Lopes" not in inbox
    alices.post(f"contacts/{tom.contact_id}/labels/", {})
    assert not ContactLabel.objects.exists()


@pytest.mark.parametrize("label", ["0", "999999", "x", "-1", "9" * 40])
def test_a_label_that_there_is_not_lists_everybody(alices, tom, label):
    assert "Tom Becker" in text_of(alices.get(f"contacts/?label={label}"))


def test_a_second_label_of_that_name_is_refused_beside_the_field(alices, tom):
    alices.post(f"contacts/{tom.contact_id}/labels/", {"new": "VIP"})
    answer = alices.post(f"contacts/{tom.contact_id}/labels/", {"new": "vip"}, headers={"HX-Request": "true"})
    assert "There is a label “vip” already." in text_of(answer, 422)


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("Guten Tag, ich möchte gerne einen Termin für nächste Woche", "de"),
        ("Bonjour, je voudrais un rendez-vous pour la semaine prochaine", "fr"),
        ("ok", ""),
        ("👍", ""),
        ("12.12.", ""),
    ],
)
def test_the_language_is_learned_from_what_they_write(scene, said, language):
    assert contact_of(scene.writes("Ana", said)).language == language


def test_one_foreign_word_does_not_change_it(scene):
    for said in ("I would like to come in for a check-up please", "and what does it cost with the insurance", "merci"):
        ana = scene.writes("Ana", said)
    assert contact_of(ana).language == "en"


def test_staff_say_which_language_and_it_is_not_learned_over(scene, alices, alice):
    ana = scene.writes("Ana", "Guten Tag, ich möchte gerne einen Termin")
    alices.post(f"contacts/{ana.contact_id}/details/", {"details-name": "Ana  Silva", "details-language": "pt"})
    scene.writes("Ana", "Ich möchte gerne einen Termin für meine Tochter")
    contact = contact_of(ana)
    assert (contact.name, contact.language, contact.language_by) == ("Ana Silva", "pt", alice.pk)
    alices.post(f"contacts/{ana.contact_id}/details/", {"details-name": "Ana Silva", "details-language": ""})
    scene.writes("Ana", "Ich möchte gerne einen Termin für meine Tochter")
    assert contact_of(ana).language == "de"
    assert AuditEntry.objects.filter(action="contact.edited", subject=f"contact {ana.contact_id}").count() == 2


def test_what_is_too_long_or_unknown_is_said_beside_the_field(alices, tom):
    given = {"details-name": "x" * 200, "details-language": "xx", "details-note": "y" * 3000}
    page = text_of(alices.post(f"contacts/{tom.contact_id}/details/", given), 422)
    assert "at most 120 characters" in page
    assert "xx is not one of the available choices" in page
    assert contact_of(tom).name == ""


def test_words_are_only_text(alices, tom):
    alices.post(f"contacts/{tom.contact_id}/details/", {"details-name": SCRIPT[:100], "details-note": SCRIPT})
    assert SCRIPT[:100] not in alices.get(f"contacts/{tom.contact_id}/").content.decode()
    assert SCRIPT[:100] not in alices.get("contacts/").content.decode()


def test_the_thread_opens_the_booking_with_the_patient_filled_in(alices, tom):
    page = text_of(alices.get(f"conversations/{tom.pk}/book/", headers={"HX-Request": "true"}))
    assert page.lstrip().startswith("<dialog")
    assert 'value="Tom Becker"' in page
    refused = alices.post(f"conversations/{tom.pk}/book/", {"name": ""}, headers={"HX-Request": "true"})
    assert "<dialog" in text_of(refused, 422)


def test_an_appointment_leads_to_its_conversation(scene, alices):
    for said in ("Hi, I would like to come in for a check-up", "any time tomorrow or the day after", "1", "yes"):
        maria = scene.writes("Maria Lopes", said)
        scene.answers(maria)
    booked = Appointment.objects.get()
    assert f"contacts/{maria.contact_id}/conversation/" in text_of(alices.get(f"diary/appointments/{booked.pk}/"))
    answer = alices.get(f"contacts/{maria.contact_id}/conversation/")
    assert answer["Location"].endswith(f"/conversations/{maria.pk}/")


def test_a_contact_without_a_conversation_leads_to_its_page(clinic, alices):
    nobody = Contact.objects.create(name="By hand")
    assert not Conversation.objects.exists()
    assert alices.get(f"contacts/{nobody.pk}/conversation/")["Location"].endswith(f"/contacts/{nobody.pk}/")
    assert "Nothing written yet" in text_of(alices.get(f"contacts/{nobody.pk}/"))
