"""What staff see and do: the business's choice, dates of birth, who was let in, and how that ends."""

import datetime as dt
import html
from typing import Any

import pytest
from django.db import connection

from calendar_sync import verifying
from calendar_sync.models import BookingRules, Patient, Verification
from conversations.models import Contact
from tenants import clock
from tenants.models import AuditEntry
from tests.verification.conftest import BORN, MONDAY

BASE = "/b/bright-smile"


@pytest.fixture
def staff(client: Any, clinic: Any, bob: Any, monday: Any) -> Any:
    client.force_login(bob)
    return client


@pytest.fixture
def manager(client: Any, clinic: Any, alice: Any, monday: Any) -> Any:
    client.force_login(alice)
    return client


@pytest.fixture
def contact(clinic: Any) -> Contact:
    return Contact.objects.create(name="Somebody New")


def words(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def test_the_owner_chooses_and_staff_do_not(manager: Any, clinic: Any, bob: Any) -> None:
    url = f"{BASE}/settings/who-is-writing/"
    assert "No patient has a date of birth on file yet" in words(manager.get(url))
    assert manager.post(url, {"identity_check": "trust_me"}).status_code == 422
    assert manager.post(url, {"identity_check": "birth_date"}).status_code == 302
    connection.set_tenant(clinic)
    assert BookingRules.of_this_business().identity_check == "birth_date"
    assert AuditEntry.objects.get(action="identity_check.edited").detail == {"check": "birth_date"}
    manager.force_login(bob)
    assert manager.get(url).status_code == 404


def test_saving_the_booking_rules_leaves_the_choice_alone(manager: Any, clinic: Any, rules: Any) -> None:
    data = {"horizon_days": "90", "series_most": "6", "late_cancel": "allow", "late_move": "allow"}
    data |= {"hold_minutes": "10 minutes", "waitlist_minutes": "1 hour"}
    assert manager.post(f"{BASE}/settings/booking/", data).status_code == 302
    connection.set_tenant(clinic)
    assert BookingRules.of_this_business().identity_check == "birth_date"


@pytest.mark.parametrize(
    ("born_on", "said"), [("1850-01-01", "out of reach"), ("2027-01-01", "still to come"), ("soon", "valid date")]
)
def test_a_birth_date_is_entered_on_the_patients_page(
    staff: Any, clinic: Any, anna: Patient, born_on: str, said: str
) -> None:
    url = f"{BASE}/diary/patients/{anna.pk}/"
    assert 'value="1985-04-03"' in words(staff.get(url))
    refused = staff.post(url, {"born_on": born_on, "disclosure": "full"})
    assert refused.status_code == 422
    assert said in words(refused)
    assert staff.post(url, {"born_on": "1986-04-03", "disclosure": "full"}).status_code == 302
    connection.set_tenant(clinic)
    assert Patient.objects.get(pk=anna.pk).born_on == dt.date(1986, 4, 3)
    assert AuditEntry.objects.get(action="patient.edited").detail == {"fields": ["born_on"]}


def test_staff_may_note_it_when_they_book(staff: Any, clinic: Any) -> None:
    from calendar_sync.models import Practitioner, Service

    data = {
        "service": Service.objects.get(name="Check-up").pk,
        "practitioner": Practitioner.objects.get().pk,
        "date": "2026-11-24",
        "name": "Anna Weber",
        "born_on": "1985-04-03",
    }
    for time in ("10:00", "15:00"):
        answer = staff.post(f"{BASE}/diary/appointments/new/", data | {"time": time})
        assert answer.status_code in (204, 302), words(answer)
        connection.set_tenant(clinic)
    assert Patient.objects.get(name="Anna Weber").born_on == BORN


def test_the_same_name_with_another_birth_date_is_somebody_else(clinic: Any, anna: Patient) -> None:
    from calendar_sync.patients import patient_by_hand

    assert patient_by_hand("anna weber", anna.phone) == anna
    assert patient_by_hand("Anna  Weber", "", BORN) == anna
    assert patient_by_hand("Anna Weber", anna.phone, dt.date(2010, 1, 1)) != anna
    unknown = Patient.objects.create(name="Tom Reed", phone="07911 000000")
    assert patient_by_hand("Tom Reed", "07911 000000", BORN) == unknown
    assert Patient.objects.get(pk=unknown.pk).born_on == BORN


def test_staff_open_withdraw_and_undo(
    staff: Any, clinic: Any, anna: Patient, booked: Any, contact: Contact, bob: Any, ask: Any
) -> None:
    page = f"{BASE}/contacts/{contact.pk}/"
    assert "Somebody who booked by phone or has a new number" in words(staff.get(page))
    staff.post(f"{page}verified/", {"patient": booked.reference})
    assert "Checked by Bob Colleague" in words(staff.get(page))
    connection.set_tenant(clinic)
    row = Verification.objects.get()
    assert (row.patient, row.contact_id, row.staff_id) == (anna, contact.pk, bob.pk)
    assert len(ask("my_appointments", contact_id=contact.pk).data["appointments"]) == 1
    url = f"{BASE}/verifications/{row.pk}/withdraw/"
    staff.post(url)
    assert "You can bring it back" in words(staff.get(page))
    connection.set_tenant(clinic)
    assert ask("my_appointments", contact_id=contact.pk).data["appointments"] == []
    staff.post(url, {"undo": "1"})
    connection.set_tenant(clinic)
    assert len(ask("my_appointments", contact_id=contact.pk).data["appointments"]) == 1
    staff.post(url)
    with clock.pinned(MONDAY + verifying.UNDO + dt.timedelta(seconds=1)):
        staff.post(url, {"undo": "1"})
        assert "Anna Weber" not in words(staff.get(page))
    acts = list(AuditEntry.objects.filter(action__startswith="patient.").order_by("pk").values_list("action", "detail"))
    assert [act for act, _ in acts] == [
        "patient.verified_by_staff",
        "patient.verification_withdrawn",
        "patient.verification_restored",
        "patient.verification_withdrawn",
    ]
    assert all(detail == {"contact": contact.pk} for _, detail in acts)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("", "This field is required"),
        ("#9", "There is no appointment"),
        ("#99999999999999", "There is no appointment"),
        ("²", "Nobody has exactly this name"),
        ("Nobody Here", "Nobody has exactly this name"),
        ("Jo Twin", "Several have this name"),
        ("Own Patient", "This phone writes for Own Patient already"),
    ],
)
def test_what_can_not_be_opened_is_said_beside_the_field(
    staff: Any, clinic: Any, contact: Contact, said: str, answer: str
) -> None:
    for phone in ("1", "2"):
        Patient.objects.create(name="Jo Twin", phone=phone)
    Patient.objects.create(name="Own Patient", contact_id=contact.pk)
    page = staff.post(f"{BASE}/contacts/{contact.pk}/verified/", {"patient": said})
    assert page.status_code == 422
    assert answer in words(page)
    connection.set_tenant(clinic)
    assert not Verification.objects.exists()


def test_who_was_let_in_by_a_birth_date_is_seen_with_its_end(
    staff: Any, rules: Any, booked: Any, prove: Any, contact: Contact
) -> None:
    prove(contact_id=contact.pk)
    page = words(staff.get(f"{BASE}/contacts/{contact.pk}/"))
    assert "Anna Weber" in page
    assert "Date of birth given" in page
    assert not any(day in page for day in ("1985-04-03", "Apr 1985", "April 1985"))
