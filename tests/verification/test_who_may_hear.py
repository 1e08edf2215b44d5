"""Faults 16, 55 and 56: what opens somebody's appointments, what doesn't, and when it ends."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from calendar_sync import booking, slots, verified, verifying
from calendar_sync.models import Appointment, Patient, Practitioner, Service, Verification, VerificationTry
from calendar_sync.tickets import issue
from tenants import clock
from tenants.models import AuditEntry
from tests.verification.conftest import ASKING, MONDAY, OTHER, numbers


def ticket(clinic: Any, contact: int, hour: int = 15) -> str:
    day = MONDAY + dt.timedelta(days=1)
    window = (day.replace(hour=hour), day.replace(hour=hour + 1))
    found = slots.find_slots(
        clinic, service=Service.objects.get(name="Check-up"), window=window, now=clock.now(), contact_id=contact
    )
    return issue(clinic, found[0], contact_id=contact)


def test_without_proof_nothing_is_told_moved_or_cancelled(clinic: Any, rules: Any, ask: Any, booked: Any) -> None:
    assert numbers(ask("my_appointments")) == []
    tried = [
        ask("cancel_appointment", appointment=booked.reference),
        ask("reschedule_appointment", appointment=booked.reference, slot=ticket(clinic, ASKING)),
        ask("confirm_appointment", appointment=booked.reference),
        ask("undo_change", appointment=booked.reference),
        ask("running_late", minutes=5, appointment=booked.reference),
    ]
    assert {each.status for each in tried} == {"error"}
    assert "Weber" not in str(tried)
    assert Appointment.objects.get(pk=booked.pk).changes.count() == 1


def test_name_and_birth_date_open_what_was_booked_by_phone(rules: Any, ask: Any, prove: Any, booked: Any) -> None:
    result = prove()
    assert result.data["confirmed"] is True
    assert numbers(result) == numbers(ask("my_appointments")) == [booked.reference]
    assert ask("confirm_appointment", appointment=booked.reference).status == "ok"
    assert ask("running_late", minutes=5, appointment=booked.reference).status == "ok"
    assert numbers(ask("my_appointments", contact_id=OTHER)) == []


def test_they_move_cancel_and_undo_as_if_it_were_their_own(
    clinic: Any, rules: Any, ask: Any, prove: Any, booked: Any
) -> None:
    prove()
    slot = ticket(clinic, ASKING)
    for _ in range(2):  # the same ticket again changes nothing
        moved = ask("reschedule_appointment", appointment=booked.reference, slot=slot)
        assert moved.data["moved"]["start"] == "2026-11-24T15:00"
    assert ask("cancel_appointment", appointment=booked.reference).status == "ok"
    assert numbers(ask("my_appointments")) == []
    assert ask("undo_change").data["undone"] == "cancelled"
    assert numbers(ask("my_appointments")) == [booked.reference]


def test_a_new_number_opens_what_the_old_one_booked(rules: Any, ask: Any, prove: Any, book: Any, anna: Any) -> None:
    anna.contact_id = OTHER
    anna.save()
    old = book(anna)
    assert numbers(ask("my_appointments")) == []
    prove()
    assert numbers(ask("my_appointments")) == numbers(ask("my_appointments", contact_id=OTHER)) == [old.reference]
    assert Appointment.objects.get(pk=old.pk).contact_id == OTHER, "the old number keeps it until staff say otherwise"


def test_who_is_verified_books_for_the_same_patient(
    clinic: Any, rules: Any, ask: Any, prove: Any, booked: Any, anna: Any
) -> None:
    prove()
    ask("book_appointment", slot=ticket(clinic, ASKING, 16), patient_name="Anna Weber")
    assert Patient.objects.filter(name="Anna Weber").get() == anna
    assert Appointment.objects.filter(patient=anna, contact_id=ASKING).count() == 1


def test_it_ends_after_its_time_and_can_be_proven_again(rules: Any, ask: Any, prove: Any, anna: Any, book: Any) -> None:
    prove()
    later = MONDAY + verifying.LASTS + dt.timedelta(seconds=1)
    coming = book(anna, hours=24 * 37 + 3)
    assert numbers(ask("my_appointments")) == [coming.reference]
    with clock.pinned(later):
        assert numbers(ask("my_appointments")) == []
        assert booking.appointment_of(ASKING, coming.reference) is None
        prove()
        assert numbers(ask("my_appointments")) == [coming.reference]
    assert Verification.objects.count() == 1


def test_staff_withdraw_it_and_it_is_gone_at_once(rules: Any, ask: Any, prove: Any, booked: Any, bob: Any) -> None:
    prove()
    (row,) = Verification.objects.all()
    assert verifying.withdraw(row, user_id=bob.pk)
    assert not verifying.withdraw(row, user_id=bob.pk)
    assert numbers(ask("my_appointments")) == []
    assert ask("cancel_appointment", appointment=booked.reference).status == "error"


def test_it_is_looked_at_again_when_the_change_is_made(clinic: Any, rules: Any, prove: Any, booked: Any) -> None:
    """Withdrawn between the look and the move: the move is refused."""
    prove()
    seen = booking.appointment_of(ASKING, booked.reference)
    slot = ticket(clinic, ASKING)
    Verification.objects.update(withdrawn_at=clock.now())
    with pytest.raises(booking.NotTheirs), transaction.atomic():
        booking.reschedule(clinic, seen, ticket=slot, contact_id=ASKING, by="assistant")


def test_a_corrected_birth_date_undoes_what_the_wrong_one_proved(
    clinic: Any, rules: Any, ask: Any, prove: Any, booked: Any, anna: Any, bob: Any
) -> None:
    prove()
    verifying.link(anna, contact_id=OTHER, user_id=bob.pk)
    verifying.set_born_on(anna, dt.date(1986, 4, 3), user_id=bob.pk)
    assert numbers(ask("my_appointments")) == []
    assert numbers(ask("my_appointments", contact_id=OTHER)) == [booked.reference]
    assert prove().data["confirmed"] is False


def test_what_staff_have_checked_does_not_end_with_a_later_proof(
    clinic: Any, rules: Any, prove: Any, booked: Any, anna: Any, bob: Any
) -> None:
    verifying.link(anna, contact_id=ASKING, user_id=bob.pk)
    prove()
    row = Verification.objects.get()
    assert (row.method, row.expires_at) == ("staff", None)


def test_the_database_keeps_one_row_and_no_endless_proof_by_a_date(clinic: Any, monday: Any, anna: Any) -> None:
    row = {"contact_id": ASKING, "patient": anna, "method": "birth_date"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Verification.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Verification.objects.create(**row | {"method": "staff"})
    Verification.objects.create(**row, expires_at=clock.now() + dt.timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Verification.objects.create(**row | {"method": "staff", "staff_id": 1})


def test_a_look_at_ones_own_costs_no_query_more(
    clinic: Any, monday: Any, booked: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        booking.upcoming(ASKING, clock.now())
    with django_assert_num_queries(0):
        assert verified.all_open([Appointment(contact_id=ASKING, practitioner=Practitioner())], ASKING)


def test_the_trail_has_ids_and_neither_name_nor_date(rules: Any, prove: Any, anna: Any, booked: Any) -> None:
    prove(born="4 April 1985")
    prove()
    entries = list(AuditEntry.objects.filter(action__startswith="patient.").order_by("pk"))
    assert [(each.action, each.subject) for each in entries] == [
        ("patient.not_verified", f"contact {ASKING}"),
        ("patient.verified", f"patient {anna.pk}"),
    ]
    tries = VerificationTry.objects.defer("name_digest")  # any four digits may stand in a digest
    kept = str([each.detail for each in entries]) + str([vars(each) for each in tries])
    assert not any(word in kept for word in ("Anna", "Weber", "weber", "1985"))
