"""The same person twice: staff join two contacts, and can take it back."""

import datetime as dt
import html

import pytest
from django.apps import apps

from agents.memory import facts
from agents.memory.facts import NewFact
from agents.models import Fact, Turn
from calendar_sync.models import Appointment, Patient, Verification
from conversations import opting_out
from conversations.models import Contact, ContactIdentity, Conversation
from escalations import labelling
from escalations.contacts import merging
from escalations.models import ContactLabel, ContactMerge
from tenants import clock
from tenants.models import AuditEntry


def text_of(answer, status=200):
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


def books(scene, name):
    for said in ("Hi, I would like to come in for a check-up", "any time tomorrow or the day after", "1", "yes"):
        conversation = scene.writes(name, said)
        scene.answers(conversation)
    return conversation


@pytest.fixture
def two(scene):
    """Maria with her old number, who has booked, and with her new one."""
    return books(scene, "Maria Lopes"), scene.writes("Maria L.", "Hello, this is my new number")


def join(alices, kept, gone):
    return alices.post(f"contacts/{kept.contact_id}/join/", {"other": gone.contact_id}, follow=True)


def test_everything_that_names_a_contact_is_moved():
    """A new model with a contact in it has to be thought of here and when somebody is erased."""
    naming = {
        model
        for model in apps.get_models()
        if any(field.attname == "contact_id" for field in model._meta.concrete_fields) and model is not ContactMerge
    }
    assert naming == set(merging.NAMING)


def test_numbers_conversations_patients_and_appointments_become_one_contacts(alices, alice, two):
    old, new = two
    fact = facts.note(NewFact(contact_id=old.contact_id, subject="other", text="Prefers mornings", staff_id=alice.pk))
    assert "They are one contact now." in text_of(join(alices, new, old))
    page = text_of(alices.get(f"contacts/{new.contact_id}/"))
    for each in (old.identity.phone, new.identity.phone, "Prefers mornings", "Maria Lopes"):
        assert each in page
    assert Appointment.objects.get().contact_id == new.contact_id
    assert Patient.objects.get().contact_id == new.contact_id
    assert Fact.objects.get(pk=fact.pk).contact_id == new.contact_id
    assert set(Conversation.objects.values_list("contact_id", flat=True)) == {new.contact_id}
    assert Contact.objects.get(pk=old.contact_id).merged_into_id == new.contact_id
    assert AuditEntry.objects.filter(action="contact.merged", subject=f"contact {new.contact_id}").exists()


def test_the_other_one_is_listed_no_more_and_leads_to_the_one_that_is_kept(alices, two):
    old, new = two
    join(alices, new, old)
    assert f"contacts/{old.contact_id}/" not in text_of(alices.get("contacts/"))
    assert alices.get(f"contacts/{old.contact_id}/")["Location"].endswith(f"contacts/{new.contact_id}/")


def test_what_comes_from_either_number_is_theirs(scene, alices, two):
    old, new = two
    join(alices, new, old)
    again = scene.writes("Maria Lopes", "Me again", phone=old.identity.phone)
    assert (again.pk, again.contact_id) == (old.pk, new.contact_id)


def test_undoing_gives_back_exactly_what_was_moved(alices, two):
    old, new = two
    before = {model: sorted(model.objects.values_list("pk", "contact_id")) for model in merging.NAMING}
    contacts = list(Contact.objects.order_by("pk").values())
    join(alices, new, old)
    made = ContactMerge.objects.get()
    assert "two contacts again" in text_of(alices.post(f"merges/{made.pk}/undo/", follow=True))
    assert {model: sorted(model.objects.values_list("pk", "contact_id")) for model in merging.NAMING} == before
    assert list(Contact.objects.order_by("pk").values()) == contacts
    assert "can’t be taken back" in text_of(alices.post(f"merges/{made.pk}/undo/", follow=True))


def test_after_a_week_it_stays(clinic, alice, two):
    old, new = two
    with clock.pinned(clock.now() - dt.timedelta(days=8)):
        made = merging.merge(clinic, alice, new.contact, old.contact)
    assert merging.undo(clinic, alice, made.pk) is None
    assert Contact.objects.get(pk=old.contact_id).merged_into_id == new.contact_id


def test_the_newest_joining_is_undone_first(scene, clinic, alice, two):
    old, new = two
    third = scene.writes("Third", "Hi")
    first = merging.merge(clinic, alice, new.contact, old.contact)
    second = merging.merge(clinic, alice, new.contact, third.contact)
    assert merging.undo(clinic, alice, first.pk) is None
    assert merging.undo(clinic, alice, second.pk) is not None
    assert merging.undo(clinic, alice, first.pk) is not None


def test_who_opted_out_stays_out_and_a_stop_that_came_since_counts_for_both(scene, clinic, alice, two):
    old, new = two
    opting_out.set_by_staff(old.contact, alice, "out", "told me")
    made = merging.merge(clinic, alice, new.contact, old.contact)
    assert Contact.objects.get(pk=new.contact_id).opted_out_at is not None
    merging.undo(clinic, alice, made.pk)
    assert Contact.objects.get(pk=new.contact_id).opted_out_at is None
    assert Contact.objects.get(pk=old.contact_id).opted_out_at is not None


def test_a_stop_after_joining_is_both_contacts(scene, clinic, alice, two):
    old, new = two
    made = merging.merge(clinic, alice, new.contact, old.contact)
    scene.writes("Maria L.", "STOP")
    merging.undo(clinic, alice, made.pk)
    assert not Contact.objects.filter(opted_out_at=None).exists()


def test_what_staff_wrote_since_is_kept_when_it_is_undone(clinic, alice, alices, two):
    old, new = two
    made = merging.merge(clinic, alice, new.contact, old.contact)
    alices.post(f"contacts/{new.contact_id}/details/", {"details-name": "Maria Silva", "details-note": "Likes tea"})
    merging.undo(clinic, alice, made.pk)
    contact = Contact.objects.get(pk=new.contact_id)
    assert (contact.name, contact.note) == ("Maria Silva", "Likes tea")


def test_the_same_label_and_the_same_verification_on_both_are_one(clinic, alice, two):
    old, new = two
    label = labelling.make("VIP")
    for each in two:
        labelling.put_on_contact(clinic, each.contact, [label.pk])
    child = Patient.objects.create(name="Child")
    for each in two:
        Verification.objects.create(contact_id=each.contact_id, patient=child, method="staff", staff_id=alice.pk)
    merging.merge(clinic, alice, new.contact, old.contact)
    assert ContactLabel.objects.filter(contact=new.contact_id).count() == 1
    assert Verification.objects.filter(contact_id=new.contact_id).count() == 1


def test_while_the_assistant_answers_nothing_is_joined(alices, two):
    old, new = two
    Turn.objects.create(conversation_id=old.pk, contact_id=old.contact_id, status="running")
    assert "is answering" in text_of(alices.post(f"contacts/{new.contact_id}/join/", {"other": old.contact_id}), 422)
    assert not ContactMerge.objects.exists()


@pytest.mark.parametrize("other", ["", "x", "999999", "9" * 40, "self"])
def test_a_contact_that_is_none_joins_nothing(alices, two, other):
    new = two[1]
    given = str(new.contact_id) if other == "self" else other
    answer = alices.post(f"contacts/{new.contact_id}/join/", {"other": given})
    assert answer.status_code == (422 if other == "self" else 404)
    assert not ContactMerge.objects.exists()


def test_whom_whatsapp_links_is_proposed_and_a_name_alone_is_not(alices, two):
    old, new = two
    page = text_of(alices.get(f"contacts/{new.contact_id}/join/"))
    assert f'value="{old.contact_id}"' not in page
    ContactIdentity.objects.filter(pk=old.identity_id).update(replaced_by=new.identity_id)
    page = text_of(alices.get(f"contacts/{new.contact_id}/join/"))
    assert f'value="{old.contact_id}"' in page
    assert not ContactMerge.objects.exists(), "it is never done by itself"


@pytest.mark.parametrize("query", ["Lopes", "lopes"])
def test_the_other_one_is_found_by_name_or_number(alices, two, query):
    old, new = two
    assert f'value="{old.contact_id}"' in text_of(alices.get(f"contacts/{new.contact_id}/join/", {"q": query}))
    assert f'value="{old.contact_id}"' in text_of(
        alices.get(f"contacts/{new.contact_id}/join/", {"q": old.identity.phone[-5:]})
    )
