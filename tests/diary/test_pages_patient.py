"""A patient's page: known since, what may be told on a shared phone, blocked."""

import datetime as dt

import pytest
from django.db import connection

from calendar_sync.house_rules import is_returning
from calendar_sync.models import Patient
from tenants.models import AuditEntry

BASE = "/b/bright-smile/diary/patients"


def enter(clinic):
    """The request left the schema when it was answered."""
    connection.set_tenant(clinic)


@pytest.fixture
def tom(clinic):
    Patient.objects.create(name="Mia Reed", contact_id=5)
    return Patient.objects.create(name="Tom Reed", contact_id=5)


def test_who_was_known_before_is_a_returning_one(staff, clinic, tom):
    assert "Mia Reed" in staff.get(f"{BASE}/{tom.pk}/").content.decode()
    answer = staff.post(f"{BASE}/{tom.pk}/", {"known_since": "2019-03-01", "disclosure": "time_only"})
    assert answer.status_code == 302
    enter(clinic)
    row = Patient.objects.get(pk=tom.pk)
    assert (row.known_since, row.disclosure) == (dt.date(2019, 3, 1), "time_only")
    assert is_returning(row)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"known_since": "2027-01-01", "disclosure": "full"}, "still to come"),
        ({"known_since": "0190-01-01", "disclosure": "full"}, "out of reach"),
        ({"known_since": "long ago", "disclosure": "full"}, "Enter a valid date"),
        ({"disclosure": "all"}, "Select a valid choice"),
    ],
)
def test_bad_input_is_named_beside_its_field(staff, clinic, tom, data, words):
    answer = staff.post(f"{BASE}/{tom.pk}/", data)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    enter(clinic)
    assert Patient.objects.get(pk=tom.pk).known_since is None


def test_one_is_blocked_with_a_reason_and_unblocked(staff, clinic, tom, bob):
    page = staff.post(f"{BASE}/{tom.pk}/block/", {"on": "1", "reason": "Three no-shows"}, follow=True)
    assert "Three no-shows" in page.content.decode()
    enter(clinic)
    row = Patient.objects.get(pk=tom.pk)
    assert (row.blocked_by_id, row.blocked_at is not None) == (bob.pk, True)
    assert AuditEntry.objects.get(action="patient.blocked").subject == f"patient {tom.pk}"

    staff.post(f"{BASE}/{tom.pk}/block/", {"on": "0"})
    enter(clinic)
    assert Patient.objects.get(pk=tom.pk).blocked_at is None


def test_a_reason_that_is_too_long_blocks_nobody(staff, clinic, tom):
    page = staff.post(f"{BASE}/{tom.pk}/block/", {"on": "1", "reason": "x" * 241}, follow=True)
    assert "at most 240 characters" in page.content.decode()
    enter(clinic)
    assert Patient.objects.get(pk=tom.pk).blocked_at is None


def test_another_business_finds_nobody(client, charlie, tom):
    client.force_login(charlie)
    assert client.get(f"/b/cut-and-co/diary/patients/{tom.pk}/").status_code == 404
    assert client.post(f"/b/cut-and-co/diary/patients/{tom.pk}/block/", {"on": "1"}).status_code == 404
