"""A phone that staff type belongs to somebody already: they say whether it is the same person."""

import pytest
from django.db import connection

from calendar_sync.models import Appointment, MessageConsent, Patient, WaitlistEntry
from conversations.models import Contact, ContactIdentity
from tests.diary.test_new_appointment import BASE, send, writes

__all__ = ["send"]
NUMBER = "07911 100007"
ASKED = "This number belongs to "


@pytest.fixture
def rosa_writes(clinic):
    return writes("Rosa Blum", "+447911100007")


def said(answer):
    return answer.content.decode()


@pytest.fixture
def typed(staff, clinic):
    """What stands under the phone while it is typed."""

    def ask(**form):
        answer = staff.get(f"{BASE}/patients/whose-phone/", form)
        connection.set_tenant(clinic)
        assert answer.status_code == 200
        return said(answer)

    return ask


def test_a_number_that_somebody_writes_from_is_asked_about(send, rosa_writes):
    answer = send(name="Tom Reed", phone=NUMBER)
    assert answer.status_code == 422
    assert f"{ASKED}Rosa Blum." in said(answer)
    assert "Say whose number it is, or correct it." in said(answer)
    assert not Appointment.objects.exists()
    assert Patient.objects.count() == 1


def test_the_same_person_is_booked_as_the_one_who_is_known(send, rosa_writes):
    send(name="R. Blum", phone=NUMBER, whose=rosa_writes.pk)
    made = Appointment.objects.get()
    assert (made.patient, made.contact_id) == (rosa_writes, rosa_writes.contact_id)
    assert Patient.objects.count() == 1


def test_somebody_else_on_the_same_phone_is_a_patient_of_their_own(send, rosa_writes):
    send(name="Tom Reed", phone=NUMBER, whose="shared", agreed="on")
    made = Appointment.objects.get()
    assert (made.patient.name, made.patient.phone) == ("Tom Reed", NUMBER)
    assert MessageConsent.objects.get().patient == made.patient


def test_who_was_entered_before_with_name_and_number_is_not_asked_about(send, clinic):
    before = Patient.objects.create(name="Tom Reed", phone=NUMBER)
    assert send(name="tom reed", phone=NUMBER).status_code == 200
    assert Appointment.objects.get().patient == before


def test_a_contact_who_never_had_an_appointment_gets_the_first(send, clinic):
    contact = Contact.objects.create(profile_name="rosa 🌸")
    ContactIdentity.objects.create(
        contact=contact, kind="twilio", address="whatsapp:+447911100007", phone="+447911100007"
    )
    assert f"{ASKED}rosa 🌸." in said(send(name="Rosa Blum", phone=NUMBER))
    send(name="Rosa Blum", phone=NUMBER, whose=f"contact-{contact.pk}")
    made = Appointment.objects.get()
    assert (made.patient.name, made.contact_id) == ("Rosa Blum", contact.pk)


@pytest.mark.parametrize("written", ["07911100007", "+44 7911 100007", "0044 7911 100-007"])
def test_it_is_the_same_number_however_it_is_written(typed, clinic, written):
    Patient.objects.create(name="Tom Reed", phone="(07911) 100 007", born_on="1986-04-03")
    page = typed(phone=written)
    assert f"{ASKED}Tom Reed (born 3 Apr 1986)." in page
    assert "Say whose number it is" not in page, "nothing is wrong yet"


@pytest.mark.parametrize("written", ["", "x", "07911 100008", "100007", "9" * 300, "a\0"])
def test_any_other_number_is_nobodys(typed, rosa_writes, written):
    assert ASKED not in typed(phone=written)


@pytest.mark.parametrize("nonsense", ["999999", "x", "-1"])
def test_nobody_is_chosen_who_was_not_offered(send, rosa_writes, nonsense):
    other = Patient.objects.create(name="Nora Field")
    for whose in (nonsense, other.pk):
        assert send(name="Tom Reed", phone=NUMBER, whose=whose).status_code == 422
    assert not Appointment.objects.exists()


def test_the_waiting_list_asks_as_well(staff, clinic, check_up, rosa_writes):
    asked = {"name": "R. Blum", "phone": NUMBER, "service": check_up.pk}
    assert f"{ASKED}Rosa Blum." in said(staff.post("/b/bright-smile/waitlist/", asked))
    assert staff.post("/b/bright-smile/waitlist/", asked | {"whose": rosa_writes.pk}).status_code == 302
    connection.set_tenant(clinic)
    assert WaitlistEntry.objects.get().contact_id == rosa_writes.contact_id


def test_on_a_patients_page_it_can_only_be_a_shared_phone(staff, clinic, rosa_writes):
    tom = Patient.objects.create(name="Tom Reed", phone=NUMBER)
    page = f"{BASE}/patients/{tom.pk}/phone/"
    refused = said(staff.post(page, {"phone": NUMBER}))
    assert f"{ASKED}Rosa Blum." in refused
    assert "It is Rosa Blum" not in refused
    assert staff.post(page, {"phone": NUMBER, "whose": "shared"}).status_code == 302


def test_another_business_learns_nothing(client, charlie, clinic, salon, rosa_writes):
    client.force_login(charlie)
    assert client.get(f"{BASE}/patients/whose-phone/", {"phone": NUMBER}).status_code == 404
    assert ASKED not in said(client.get("/b/cut-and-co/diary/patients/whose-phone/", {"phone": NUMBER}))
