"""A code that the team tells somebody: it opens one patient's appointments once, and can't be guessed."""

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.db import connection

from agents import gateway
from agents.llm.guided.changing import replace
from agents.llm.guided.languages import all_languages
from agents.llm.guided.reading import Reading, read
from agents.types import Entry, HandOver, Text, ToolCall
from calendar_sync import codes
from calendar_sync.models import Appointment, BookingRules, Patient, Verification, VerificationCode, VerificationTry
from tenants import clock
from tenants.models import AuditEntry
from tests.guided.desk import brief_of
from tests.verification.conftest import ASKING, MONDAY, OTHER, numbers

BASE = "/b/bright-smile"


@pytest.fixture
def by_code(clinic: Any) -> BookingRules:
    return BookingRules.objects.create(pk=1, identity_check=BookingRules.IdentityCheck.CODE)


@pytest.fixture
def code(clinic: Any, booked: Appointment) -> str:
    return codes.make(clinic, booked.patient, user_id=9)


def test_it_opens_the_patients_appointments_to_the_number_once(ask: Any, booked: Appointment, code: str) -> None:
    assert numbers(ask("my_appointments")) == []
    result = ask("verify_with_code", code=code.lower().replace("-", " "))
    assert result.data["confirmed"] is True
    assert numbers(result) == numbers(ask("my_appointments")) == [booked.reference]
    row = Verification.objects.get()
    assert (row.method, row.staff_id, row.expires_at) == ("code", 9, None)
    assert ask("verify_with_code", contact_id=OTHER, code=code).data == {"confirmed": False}
    assert numbers(ask("my_appointments", contact_id=OTHER)) == []


def test_it_ends_after_a_day_and_with_the_next_one(ask: Any, clinic: Any, booked: Appointment, code: str) -> None:
    newer = codes.make(clinic, booked.patient, user_id=9)
    assert ask("verify_with_code", code=code).data == {"confirmed": False}
    with clock.pinned(MONDAY + codes.LASTS):
        assert ask("verify_with_code", contact_id=OTHER, code=newer).data == {"confirmed": False}
    assert not Verification.objects.exists()


def test_of_whom_nothing_may_be_told_a_code_opens_nothing(ask: Any, booked: Appointment, code: str) -> None:
    Patient.objects.filter(pk=booked.patient_id).update(disclosure=Patient.Disclosure.NOTHING)
    assert ask("verify_with_code", code=code).data == {"confirmed": False}


def test_only_a_keyed_digest_is_kept(code: str) -> None:
    row = VerificationCode.objects.get()
    assert code not in str(row.__dict__)
    assert len(row.digest) == 64


def test_after_three_misses_people_take_over(ask: Any, code: str) -> None:
    answers = [ask("verify_with_code", code=f"ZZZ-00{number}") for number in range(3)]
    assert [each.handoff for each in answers[:2]] == [None, None]
    assert (answers[2].handoff.reason, answers[2].handoff.trigger) == ("policy", "verification")
    assert ask("verify_with_code", code=code).handoff is not None
    assert not Verification.objects.exists()


def test_many_phones_together_guess_no_more_than_twenty_times_a_day(ask: Any, code: str) -> None:
    for number in range(codes.TRIES_OF_ALL):
        ask("verify_with_code", contact_id=100 + number, code="ZZZ-000")
    assert ask("verify_with_code", code=code).handoff is not None
    with clock.pinned(MONDAY + dt.timedelta(hours=25)):
        assert VerificationTry.objects.count() == codes.TRIES_OF_ALL
        assert ask("verify_with_code", code="ZZZ-000").handoff is None


def test_what_is_no_code_counts_as_no_try(ask: Any, code: str) -> None:
    assert ask("verify_with_code", code="3 April 1985").status == "error"
    assert not VerificationTry.objects.exists()


def test_a_code_proves_only_from_the_patients_own_hand() -> None:
    call = ToolCall(id="1", name="verify_with_code", arguments={"code": "KTR-482"})
    by = {
        role: gateway.refusal(call, [], [Entry(role=role, blocks=(Text(text="The code is ktr-482."),))])
        for role in ("patient", "staff", "assistant")
    }
    assert by == {"patient": "", "staff": gateway.NOT_WRITTEN, "assistant": gateway.NOT_WRITTEN}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("My code is KTR-482.", "KTR-482"),
        ("ktr-482", "KTR-482"),
        ("KTR 482", "KTR-482"),
        ("KTR482 thanks", "KTR-482"),
        ("pls 100 of them", ""),
        ("At 14:30 on 3 April, Dr. 123", ""),
        ("SARAH-482", ""),
        ("#1042", ""),
    ],
)
def test_a_code_is_found_in_what_people_write(text: str, code: str) -> None:
    assert codes.code_in(text) == code


@pytest.mark.parametrize(
    ("language", "meaning"),
    [("en", "TMR-930"), ("en", "RCT-075"), ("en", "THX-075"), ("es", "MNN-930"), ("es", "FDS-075"), ("pt", "BLZ-075")],
)
def test_the_letters_and_figures_of_a_code_say_nothing_else(language: str, meaning: str) -> None:
    """To people in a hurry TMR is tomorrow, RCT a root canal, FDS a weekend and BLZ a yes."""

    def said(code: str) -> Reading:
        [spoken] = [each for each in all_languages(language) if each.code == language]
        return replace(read(code, brief=brief_of("dentist", now="2026-11-20T09:00"), language=spoken), text="")

    assert said(meaning) == said("KTR-482")


def test_where_a_code_is_asked_for_a_birth_date_proves_nothing(by_code: Any, prove: Any, booked: Appointment) -> None:
    result = prove()
    assert result.status == "error"
    assert "code" in result.message
    assert not Verification.objects.exists()


@pytest.mark.parametrize(
    ("asks", "wanted", "right"),
    [
        ("When is my appointment?", "ask our team for a code", "that code is right"),
        ("Wann ist mein Termin?", "vom Team einen Code geben", "der Code stimmt"),
        ("¿Cuándo es mi cita?", "pida un código", "el código es correcto"),
        ("C'est quand mon rendez-vous ?", "demandez un code", "ce code est le bon"),
        ("Quando é a minha consulta?", "peça um código", "o código está certo"),
    ],
)
def test_without_a_language_model_it_is_asked_for_and_taken(
    by_code: Any, booked: Appointment, code: str, say: Any, asks: str, wanted: str, right: str
) -> None:
    who = {"provider": "guided", "contact_id": ASKING, "conversation_id": 5, "contact_name": "Eve Other"}
    assert wanted in say(asks, **who).outcome.text
    said = say(code, **who).outcome.text
    assert right in said
    assert re.search("11[:h]00", said)


def test_without_a_language_model_it_goes_on_with_what_was_wanted(
    by_code: Any, booked: Appointment, code: str, say: Any
) -> None:
    who = {"provider": "guided", "contact_id": ASKING, "conversation_id": 5, "contact_name": "Eve Other"}
    say("Please cancel my appointment", **who)
    assert "Shall I cancel it?" in say(f"The code is {code}", **who).outcome.text
    say("yes", **who)
    booked.refresh_from_db()
    assert booked.status == "cancelled"


def test_without_a_language_model_wrong_codes_end_with_people(by_code: Any, booked: Any, say: Any) -> None:
    who = {"provider": "guided", "contact_id": ASKING, "conversation_id": 5, "contact_name": "Eve Other"}
    for number in range(2):
        assert "That code doesn't work" in say(f"ZZZ-00{number}", **who).outcome.text
    assert isinstance(say("ZZZ-009", **who).outcome, HandOver)


def test_staff_make_it_on_the_patients_page_and_see_it_once(client: Any, clinic: Any, bob: Any, anna: Patient) -> None:
    client.force_login(bob)
    page = f"{BASE}/diary/patients/{anna.pk}/"
    assert "Make a code" in client.get(page).content.decode()
    answer = client.post(f"{page}code/")
    shown = html.unescape(answer.content.decode())
    assert answer["Cache-Control"] == "no-store"
    (made,) = set(re.findall(r"\b[A-Z]{3}-\d{3}\b", shown))
    assert made not in client.get(page).content.decode()
    connection.set_tenant(clinic)
    entry = AuditEntry.objects.get(action="patient.code_made")
    assert made not in str(entry.detail) + entry.subject
    assert VerificationCode.objects.get().made_by_id == bob.pk
    assert client.get(f"{page}code/").status_code == 405


def test_a_code_of_nobody_is_not_found(client: Any, clinic: Any, bob: Any) -> None:
    client.force_login(bob)
    assert client.post(f"{BASE}/diary/patients/4711/code/").status_code == 404
