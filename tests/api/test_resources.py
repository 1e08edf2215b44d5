"""Contacts, conversations, messages, escalations, knowledge."""

import datetime as dt

import pytest

from agents.models import KnowledgeEntry
from calendar_sync.models import Patient
from conversations.models import Contact, ContactIdentity, Message
from escalations.models import Escalation, Note, Notice
from tenants import clock
from tenants.models import Membership
from tests.api.conftest import refused


@pytest.fixture
def rosa(scene):
    return scene.writes("Rosa", "Hello")


def test_a_contact_that_was_added_is_recognised_when_it_writes(program, scene):
    made = program.sends("contacts", {"name": "Rosa Diaz", "phone": "+447911123456"}).json()
    assert made["phones"] == ["+447911123456"]
    assert scene.writes("Rosa", "Hello", phone="+447911123456").contact_id == made["id"]
    again = refused(program.sends("contacts", {"name": "Rosa", "phone": "+447911123456"}), 409, "contact_exists")
    assert again["contact"] == made["id"]
    found = program.get("contacts", {"phone": "+447911123456"}).json()["data"]
    assert [each["id"] for each in found] == [made["id"]]


def test_a_phone_needs_a_number_on_which_it_is_recognised(program, clinic):
    refused(program.sends("contacts", {"name": "Rosa", "phone": "+447911123456"}), 409, "no_channel")
    assert Contact.objects.count() == ContactIdentity.objects.count() == 0


def test_what_is_left_out_stays(program, tom):
    answer = program.sends(f"contacts/{tom.pk}", {"note": "Prefers mornings"}, method="PATCH").json()
    assert (answer["name"], answer["note"]) == ("Tom Becker", "Prefers mornings")
    refused(program.sends("contacts/99999", {"note": "x"}, method="PATCH"), 404, "not_found")


def test_patients_of_a_contact(program, tom):
    made = program.sends("patients", {"name": "Mia Becker", "contact": tom.pk}).json()
    names = [each["name"] for each in program.get("patients", {"contact": tom.pk}).json()["data"]]
    assert names == ["Mia Becker", "Tom Becker"]
    changed = program.sends(f"patients/{made['id']}", {"known_since": "2020-02-29"}, method="PATCH").json()
    assert changed["known_since"] == "2020-02-29"
    refused(program.sends(f"patients/{made['id']}", {"known_since": "2021-02-29"}, method="PATCH"), 422, "invalid")


def test_a_date_of_birth_is_told_to_no_program(program, tom):
    Patient.objects.update(born_on=dt.date(1980, 5, 17))
    told = program.get("patients")
    assert "1980-05-17" not in told.content.decode()
    assert all("born_on" not in each for each in told.json()["data"])


def test_a_message_waits_in_the_outbox_and_the_assistant_keeps_the_conversation(program, rosa):
    answer = program.sends(f"conversations/{rosa.pk}/messages", {"text": "Your glasses are ready."})
    assert answer.status_code == 201
    sent = Message.objects.get(pk=answer.json()["data"][0]["id"])
    assert (sent.text, sent.author, sent.delivery) == ("Your glasses are ready.", "system", "queued")
    assert program.get(f"conversations/{rosa.pk}").json()["handling"] == "assistant"
    told = program.get(f"conversations/{rosa.pk}/messages").json()["data"]
    assert [each["direction"] for each in told] == ["out", "in"]


def test_taking_over_writes_as_whoever_made_the_key(program, rosa, alice, bob, clinic, made):
    answer = program.sends(f"conversations/{rosa.pk}/messages", {"text": "Alice here.", "take_over": True})
    assert answer.json()["data"][0]["author"] == "staff"
    assert program.get(f"conversations/{rosa.pk}").json()["staff"] == alice.pk
    Membership.objects.filter(user=alice).delete()
    refused(program.sends(f"conversations/{rosa.pk}/messages", {"text": "Me", "take_over": True}), 409, "maker_left")


@pytest.mark.parametrize("take_over", [False, True])
def test_nothing_is_sent_when_the_window_is_shut(program, rosa, take_over):
    wanted = {"text": "Hello?", "take_over": take_over}
    with clock.pinned(clock.now() + dt.timedelta(hours=25)):
        refused(program.sends(f"conversations/{rosa.pk}/messages", wanted), 409, "window_shut")
        assert program.get(f"conversations/{rosa.pk}").json()["takes_free_text"] is False
    assert Message.objects.filter(direction="out").count() == 0


def test_nothing_is_sent_by_itself_to_whoever_wrote_stop(program, rosa):
    Contact.objects.filter(pk=rosa.contact_id).update(opted_out_at=clock.now())
    refused(program.sends(f"conversations/{rosa.pk}/messages", {"text": "Hi"}), 409, "opted_out")


def test_an_escalation_is_taken_once_and_resolved(program, scene, rosa, alice, bob):
    escalation = scene.hands_over(rosa)
    listed = program.get("escalations", {"status": "open"}).json()["data"]
    assert [(each["id"], each["reason"]) for each in listed] == [(escalation.pk, "customer_request")]
    people = {each["name"]: each["id"] for each in program.get("staff").json()["data"]}
    taken = program.sends(f"escalations/{escalation.pk}/take", {"staff": people["Bob Colleague"]}).json()
    assert (taken["status"], taken["owner"]) == ("taken", bob.pk)
    problem = refused(program.sends(f"escalations/{escalation.pk}/take"), 409, "already_taken")
    assert problem["owner"] == bob.pk
    for _ in range(2):
        assert program.sends(f"escalations/{escalation.pk}/resolve").json()["status"] == "resolved"
    assert Escalation.objects.get().status == "resolved"
    refused(program.sends(f"escalations/{escalation.pk}/take"), 409, "already_resolved")


def test_an_escalation_says_by_when_and_whether_that_was_kept(program, scene, rosa, alice):
    with clock.pinned(dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC)):  # a Tuesday: an hour to reply, eight to solve
        escalation = scene.hands_over(rosa)
        shown = program.get(f"escalations/{escalation.pk}").json()
    assert (shown["first_reply_due_at"], shown["first_replied_at"]) == ("2026-11-24T11:00:00Z", None)
    assert (shown["first_reply_late"], shown["resolve_late"]) == (False, False)
    with clock.pinned(dt.datetime(2026, 11, 24, 11, 1, tzinfo=dt.UTC)):
        shown = program.get("escalations").json()["data"][0]
        assert (shown["first_reply_late"], shown["resolve_late"]) == (True, False)
        how = {"resolution": "Rang her; she comes on Monday."}
        shown = program.sends(f"escalations/{escalation.pk}/resolve", how).json()
    assert (shown["resolution"], shown["owner"]) == ("Rang her; she comes on Monday.", alice.pk)
    assert program.get(f"escalations/{escalation.pk}").json()["resolve_late"] is False, "solved in time, for ever"


def test_escalations_are_narrowed_to_those_that_missed_a_deadline(program, scene, rosa, alice):
    def listed(**query):
        return [each["id"] for each in program.get("escalations", query).json()["data"]]

    at = dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC)
    with clock.pinned(at):
        escalation = scene.hands_over(rosa)
        assert (listed(late="true"), listed(late="false")) == ([], [escalation.pk])
    with clock.pinned(at + dt.timedelta(minutes=61)):
        assert (listed(late="true"), listed(late="false")) == ([escalation.pk], [])
        program.sends(f"escalations/{escalation.pk}/resolve")
    assert listed(late="true", status="resolved") == [escalation.pk], "its first reply stays late"
    Escalation.objects.update(first_reply_due_at=None, resolve_due_at=None)
    assert (listed(late="true"), listed(late="false"), listed()) == ([], [escalation.pk], [escalation.pk])
    refused(program.get("escalations", {"late": "perhaps"}), 422, "invalid")


def test_notes_are_written_and_read_and_never_sent(program, rosa, alice, bob):
    said = program.sends(f"conversations/{rosa.pk}/notes", {"text": "@Bob she prefers mornings"})
    assert said.status_code == 201
    note = said.json()
    assert (note["staff"], note["mentions"], note["conversation"]) == (alice.pk, [bob.pk], rosa.pk)
    assert Notice.objects.get().staff_id == bob.pk
    assert program.get(f"conversations/{rosa.pk}/notes").json()["data"] == [note]
    Note.objects.update(deleted_at=clock.now())
    assert program.get(f"conversations/{rosa.pk}/notes").json()["data"] == []
    assert not Message.objects.filter(direction="out").exists()
    for wrong in ("", "   ", "x" * 4001):
        refused(program.sends(f"conversations/{rosa.pk}/notes", {"text": wrong}), 422, "invalid")


def test_nobody_of_another_business_takes_anything(program, scene, rosa, charlie):
    escalation = scene.hands_over(rosa)
    refused(program.sends(f"escalations/{escalation.pk}/take", {"staff": charlie.pk}), 422, "invalid")


def test_knowledge_is_added_changed_and_removed(program):
    made = program.sends("knowledge", {"title": "Parking", "body": "Behind the house."}).json()
    assert KnowledgeEntry.objects.get().chunks.count() == 1
    changed = program.sends(f"knowledge/{made['id']}", {"body": "In the yard."}, method="PATCH").json()
    assert (changed["title"], changed["body"]) == ("Parking", "In the yard.")
    wrong = {"valid_from": "2026-12-02", "valid_until": "2026-12-01"}
    refused(program.sends(f"knowledge/{made['id']}", wrong, method="PATCH"), 422, "invalid")
    assert program.delete(f"knowledge/{made['id']}").status_code == 204
    refused(program.delete(f"knowledge/{made['id']}"), 404, "not_found")
    assert program.get("knowledge").json()["data"] == []


@pytest.mark.parametrize(
    "path",
    ["contacts", "patients", "services", "practitioners", "locations", "appointments", "conversations", "escalations"]
    + ["staff", "knowledge", "conversations/{conversation}/messages", "conversations/{conversation}/notes"],
)
def test_a_list_asks_the_database_as_often_for_many_rows_as_for_few(
    program, scene, clinic, path, django_assert_max_num_queries
):
    for number in range(12):
        conversation = scene.writes(f"Patient {number}", "Hello")
        scene.hands_over(conversation)
        Patient.objects.create(name=f"Patient {number}", contact_id=conversation.contact_id)
    filled = path.format(conversation=conversation.pk)
    program.get(filled)
    with django_assert_max_num_queries(8):
        assert program.get(filled).status_code == 200
