"""Everything about a person in one file; and a person who is forgotten."""

import html
import io
import json
import zipfile

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import CharField, JSONField, TextField

from agents.memory import facts
from agents.memory.facts import NewFact
from calendar_sync.models import Appointment, Patient, WaitlistEntry
from conversations.files import keeping
from conversations.models import ConsentChange, Contact, Message, StoredFile
from escalations.contacts import erasing
from escalations.models import Draft, Note
from tenants.models import AuditEntry, WorkItem
from tests.desk.scene import SCRIPT

ERASE = {"typed": "ERASE"}


def text_of(answer, status=200):
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


@pytest.fixture
def maria(scene, alice, settings, tmp_path):
    """Maria Lopes-Quintal, of whom there is something of everything; her appointment is over."""
    settings.MEDIA_ROOT = tmp_path
    name = "Maria Quintalina"
    for said in ("Hi, I would like to come in for a check-up", "any time tomorrow or the day after", "1", "yes"):
        conversation = scene.writes(name, said, phone="+351912000111")
        scene.answers(conversation)
    scene.writes(name, "STOP")
    scene.writes(name, "My knee hurts, says Quintalina")
    scene.hands_over(conversation, summary="Quintalina wants a person")
    facts.note(NewFact(contact_id=conversation.contact_id, subject="other", text="Quintalina likes tea", staff_id=1))
    Note.objects.create(conversation=conversation, staff_id=alice.pk, text="Quintalina called")
    Draft.objects.create(conversation=conversation, staff_id=alice.pk, text="Dear Quintalina")
    Contact.objects.filter(pk=conversation.contact_id).update(name=name, note="Quintalina is kind")
    path = keeping.write(scene.business, b"a picture")
    photo = Message.objects.filter(conversation=conversation, direction="in").first()
    StoredFile.objects.create(message=photo, path=path, type="image/jpeg", state="kept", size=9)
    Appointment.objects.update(note="Quintalina, first visit")
    return conversation


def over():
    Appointment.objects.update(status="completed")


def zip_of(answer):
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_everything_is_in_one_file_for_machines_and_one_to_read(alices, maria):
    with zip_of(alices.post(f"contacts/{maria.contact_id}/export/")) as archive:
        data = json.loads(archive.read("data.json"))
        page = html.unescape(archive.read("read-me.html").decode())
        files = [name for name in archive.namelist() if name.startswith("files/")]
        assert [archive.read(name) for name in files] == [b"a picture"]
    assert data["contact"]["note"] == "Quintalina is kind"
    assert data["numbers"][0]["phone"] == "+351912000111"
    assert len(data["messages"]) == Message.objects.filter(conversation=maria).count()
    assert data["appointments"][0]["reference"] == Appointment.objects.get().reference
    assert [each["to"] for each in data["agreed_to"]] == ["out"]
    for said in ("My knee hurts", "likes tea", "called", "+351912000111", Appointment.objects.get().reference):
        assert said in page
    assert AuditEntry.objects.filter(action="contact.exported", subject=f"contact {maria.contact_id}").count() == 1


def test_nobody_elses_words_are_in_it(scene, alices, maria):
    scene.writes("Tom Becker", "This is Toms secret")
    with zip_of(alices.post(f"contacts/{maria.contact_id}/export/")) as archive:
        assert all(b"Toms secret" not in archive.read(name) for name in archive.namelist())


def test_what_they_wrote_runs_nowhere(scene, alices):
    odd = scene.writes(SCRIPT[:100], SCRIPT)
    with zip_of(alices.post(f"contacts/{odd.contact_id}/export/")) as archive:
        assert b"<script" not in archive.read("read-me.html")
        assert json.loads(archive.read("data.json"))["messages"][0]["text"] == SCRIPT


@pytest.mark.parametrize("path", ["export", "erase"])
def test_only_owners_and_admins_take_out_or_erase(bobs, maria, path):
    over()
    assert bobs.post(f"contacts/{maria.contact_id}/{path}/", ERASE).status_code == 404
    assert Contact.objects.get(pk=maria.contact_id).erased_at is None
    assert "Erase …" not in text_of(bobs.get(f"contacts/{maria.contact_id}/"))


@pytest.mark.parametrize("typed", ["", "erase", "yes", "ERASE IT"])
def test_it_has_to_be_typed(alices, maria, typed):
    over()
    page = text_of(alices.post(f"contacts/{maria.contact_id}/erase/", {"typed": typed}), 422)
    assert "Type ERASE in capital letters." in page
    assert Message.objects.filter(conversation=maria).exists()


def test_whoever_is_still_expected_is_not_forgotten(alices, maria):
    page = text_of(alices.post(f"contacts/{maria.contact_id}/erase/", ERASE), 422)
    assert "Cancel it first" in page
    assert Message.objects.filter(conversation=maria).exists()


def words_in_the_schema():
    """Every text and every JSON of the business's tables, and of the shared trail."""
    said = []
    for model in apps.get_models():
        if model._meta.db_table not in connection.introspection.table_names():
            continue
        names = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, CharField | TextField | JSONField) and not field.is_relation
        ]
        said += [(model._meta.label, str(row)) for row in model._default_manager.values_list(*names or ["pk"])]
    return said


def test_nothing_of_them_is_left_in_any_table(scene, alices, maria, django_capture_on_commit_callbacks, tmp_path):
    over()
    digest = erasing.digest_of(maria.identity.address)
    assert len({label for label, said in words_in_the_schema() if "uintalina" in said}) > 8, "there is much to forget"
    with django_capture_on_commit_callbacks(execute=True):
        page = text_of(alices.post(f"contacts/{maria.contact_id}/erase/", ERASE, follow=True))
    assert "Whoever writes from this number now is somebody new." in page
    left = [each for each in words_in_the_schema() if "uintalina" in each[1] or "912000111" in each[1]]
    assert left == []
    assert not list((tmp_path / scene.business.schema_name).rglob("*/*"))
    entry = AuditEntry.objects.get(action="contact.erased")
    assert entry.detail["digests"] == [digest]
    assert "912000111" not in str(entry.detail)
    kept = Appointment.objects.get()
    assert (kept.patient.name, kept.contact_id, kept.note) == ("Erased", None, "")
    assert list(ConsentChange.objects.values_list("to", "text")) == [("out", "")]
    assert "Maria" not in text_of(alices.get("contacts/"))
    assert alices.get(f"contacts/{maria.contact_id}/").status_code == 404


def test_nothing_is_done_about_them_any_more(alices, maria):
    over()
    alices.post(f"contacts/{maria.contact_id}/erase/", ERASE)
    kinds = ("conversations.turn", "conversations.deliver", "escalations.open", "escalations.notify", "agents.remember")
    assert not WorkItem.objects.filter(kind__in=kinds).exists()
    assert not WorkItem.objects.filter(kind="conversations.remind").exists()


def test_whoever_writes_later_is_somebody_new(scene, alices, maria):
    over()
    alices.post(f"contacts/{maria.contact_id}/erase/", ERASE)
    again = scene.writes("Maria Quintalina", "Hello again", phone="+351912000111")
    assert again.contact_id != maria.contact_id
    assert not Appointment.objects.filter(contact_id=again.contact_id).exists()


def test_who_was_joined_to_them_is_forgotten_too(scene, clinic, alice, alices, maria):
    from escalations.contacts import merging

    over()
    other = scene.writes("Quintalina old phone", "Hi", phone="+351912000222")
    merging.merge(clinic, alice, maria.contact, other.contact)
    alices.post(f"contacts/{maria.contact_id}/erase/", ERASE)
    assert [each for each in words_in_the_schema() if "uintalina" in each[1]] == []


def test_another_contacts_things_stay(scene, alices, maria):
    tom = scene.writes("Tom Becker", "Hello")
    Patient.objects.create(name="Tom Becker", contact_id=tom.contact_id)
    over()
    alices.post(f"contacts/{maria.contact_id}/erase/", ERASE)
    assert tom.messages.count() == 1
    assert Patient.objects.filter(contact_id=tom.contact_id).count() == 1
    assert not WaitlistEntry.objects.exists()
