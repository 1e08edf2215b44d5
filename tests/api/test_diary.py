"""Booking through the API: by the assistant's rules, never around them."""

import datetime as dt

import pytest

from calendar_sync import booking
from calendar_sync.models import (
    Appointment,
    AppointmentChange,
    BookedBy,
    BookingRules,
    Patient,
    PatientNews,
    Service,
)
from calendar_sync.news import TELL
from conversations.models import Contact
from escalations.api.openapi import document
from tenants.models import WorkItem
from tests.api.conftest import refused


def test_a_program_books_what_is_free(program, tom, free_time, check_up):
    free = free_time(tom)
    answer = program.sends("appointments", {"contact": tom.pk, "slot": free["slot"], "note": "From the website"})
    assert answer.status_code == 201, answer.content
    told = answer.json()
    made = Appointment.objects.get(pk=told["id"])
    assert (told["starts_at"], told["practitioner"]) == (free["starts_at"], free["practitioner"])
    assert (made.booked_by, made.patient.name, made.contact_id) == (BookedBy.PROGRAM, "Tom Becker", tom.pk)
    assert program.get(f"appointments/{made.pk}").json() == told
    assert told["reference"] == made.reference
    assert free_time(tom)["starts_at"] != free["starts_at"] or free_time(tom)["practitioner"] != free["practitioner"]


def test_the_same_ticket_again_is_the_same_appointment(program, tom, free_time):
    wanted = {"contact": tom.pk, "slot": free_time(tom)["slot"]}
    first, again = program.sends("appointments", wanted), program.sends("appointments", wanted)
    assert first.json() == again.json()
    assert Appointment.objects.count() == 1


def test_a_time_that_was_taken_meanwhile_is_refused_with_others(program, tom, free_time):
    other = Contact.objects.create(name="Eve")
    mine, theirs = free_time(tom), free_time(other)
    assert mine["starts_at"] == theirs["starts_at"]
    program.sends("appointments", {"contact": other.pk, "slot": theirs["slot"]})
    problem = refused(program.sends("appointments", {"contact": tom.pk, "slot": mine["slot"]}), 409, "taken")
    assert problem["slots"][0]["starts_at"] >= mine["starts_at"]
    assert Patient.objects.filter(contact_id=tom.pk).count() == 1


@pytest.mark.parametrize("slot", ["s." + "A" * 43, "x", "s.", "A" * 100])
def test_a_ticket_that_is_not_ours_books_nothing(program, tom, slot):
    assert program.sends("appointments", {"contact": tom.pk, "slot": slot}).status_code == 409
    assert not Appointment.objects.exists()


def test_a_ticket_is_worth_nothing_to_another_contact(program, tom, free_time):
    other = Contact.objects.create(name="Eve")
    problem = program.sends("appointments", {"contact": other.pk, "slot": free_time(tom)["slot"]})
    refused(problem, 409, "slot_other_contact")


def test_without_a_contact_there_is_no_ticket(program, check_up, monday):
    asked = {"service": check_up.pk, "starts_from": monday.isoformat(), "starts_before": "2026-11-25T00:00:00Z"}
    found = program.get("availability", asked).json()["data"]
    assert {each["slot"] for each in found} == {None}


def test_the_house_rules_hold_for_programs_too(program, tom, free_time, check_up, monday):
    rules = BookingRules.of_this_business()
    rules.most_active = 1
    rules.save()
    slots = [free_time(tom, place)["slot"] for place in (0, 8)]
    assert program.sends("appointments", {"contact": tom.pk, "slot": slots[0]}).status_code == 201
    answer = program.sends("appointments", {"contact": tom.pk, "slot": slots[1]})
    assert answer.status_code == 409, answer.content
    Service.objects.update(bookable_online=False)
    asked = {"service": check_up.pk, "starts_from": monday.isoformat(), "starts_before": "2026-11-25T00:00:00Z"}
    refused(program.get("availability", asked), 409, "not_online")


def test_it_moves_and_keeps_its_id(program, tom, free_time):
    made = program.sends("appointments", {"contact": tom.pk, "slot": free_time(tom)["slot"]}).json()
    later = free_time(tom, 12, moving=made["id"])
    moved = program.sends(f"appointments/{made['id']}/move", {"slot": later["slot"]})
    assert moved.status_code == 200, moved.content
    assert (moved.json()["id"], moved.json()["starts_at"]) == (made["id"], later["starts_at"])
    acts = AppointmentChange.objects.order_by("pk").values_list("act", "by")
    assert list(acts) == [("booked", "program"), ("moved", "program")]


def test_cancelling_twice_is_fine_and_the_patient_does_not_undo_it(program, clinic, tom, free_time):
    from calendar_sync.errors import UndoOver
    from calendar_sync.undo import undo_last

    made = program.sends("appointments", {"contact": tom.pk, "slot": free_time(tom)["slot"]}).json()
    for _ in range(2):
        answer = program.sends(f"appointments/{made['id']}/cancel")
        assert (answer.status_code, answer.json()["status"]) == (200, "cancelled")
    with pytest.raises(UndoOver):
        undo_last(clinic, contact_id=tom.pk, by=BookedBy.ASSISTANT)


@pytest.mark.parametrize(
    ("said", "told"), [({}, True), ({"tell_patient": True}, True), ({"tell_patient": False}, False)]
)
def test_the_patient_is_told_of_moves_and_cancellations_unless_it_says_otherwise(program, tom, free_time, said, told):
    made = program.sends("appointments", {"contact": tom.pk, "slot": free_time(tom)["slot"]}).json()
    assert not PatientNews.objects.exists(), "a booking is confirmed by whoever makes it"
    later = free_time(tom, 12, moving=made["id"])
    program.sends(f"appointments/{made['id']}/move", {"slot": later["slot"], **said})
    for _ in range(2):
        assert program.sends(f"appointments/{made['id']}/cancel", said or None).status_code == 200
    found = PatientNews.objects.order_by("pk").values_list("act", "contact_id")
    assert list(found) == ([("moved", tom.pk), ("cancelled", tom.pk)] if told else [])
    if told:
        item = WorkItem.objects.filter(kind=TELL).order_by("pk").first()
        assert item.due_at > item.created_at, "not before somebody could take it back"


def test_the_document_tells_of_it_and_a_body_may_be_left_out(program, tom, free_time):
    said = document()
    for name in ("MoveIn", "CancelIn"):
        assert said["components"]["schemas"][name]["properties"]["tell_patient"]["default"] is True
    cancel = next(path for path in said["paths"] if path.endswith("/cancel"))
    assert said["paths"][cancel]["post"]["requestBody"]["required"] is False
    made = program.sends("appointments", {"contact": tom.pk, "slot": free_time(tom)["slot"]}).json()
    assert program.generic("POST", f"appointments/{made['id']}/cancel", "").status_code == 200


def test_an_appointment_without_a_contact_is_moved_by_staff_only(
    program, clinic, tom, free_time, check_up, ada, monday
):
    alone = Patient.objects.create(name="Walk-in")
    made = booking.book_by_hand(
        clinic,
        service=check_up,
        practitioner=ada,
        starts_at=dt.datetime(2026, 11, 24, 10, 0, tzinfo=dt.UTC),
        patient=alone,
        user_id=None,
    )
    refused(program.sends(f"appointments/{made.pk}/move", {"slot": free_time(tom)["slot"]}), 409, "no_contact")


def test_whose_appointment_it_is_must_be_the_contacts_own(program, tom, free_time):
    stranger = Patient.objects.create(name="Stranger")
    wanted = {"contact": tom.pk, "slot": free_time(tom)["slot"]}
    refused(program.sends("appointments", wanted | {"patient": stranger.pk}), 422, "invalid")
    refused(program.sends("appointments", wanted | {"contact": 2**62}), 422, "invalid")
    child = program.sends("appointments", wanted | {"patient_name": "Mia Becker"}).json()
    assert Patient.objects.get(pk=child["patient"]).name == "Mia Becker"


def test_appointments_are_listed_by_their_start(program, tom, free_time):
    made = [
        program.sends("appointments", {"contact": tom.pk, "slot": free_time(tom, place)["slot"]}).json()
        for place in (12, 0, 6)
    ]
    starts = sorted(each["starts_at"] for each in made)
    first = program.get("appointments", {"limit": 2}).json()
    second = program.get("appointments", {"limit": 2, "cursor": first["next_cursor"]}).json()
    assert [each["starts_at"] for each in first["data"] + second["data"]] == starts
    assert second["next_cursor"] is None
    found = program.get("appointments", {"starts_from": starts[1], "starts_before": starts[2]}).json()["data"]
    assert [each["starts_at"] for each in found] == [starts[1]]
    assert program.get("appointments", {"status": "cancelled"}).json()["data"] == []


@pytest.mark.parametrize("end", ["2026-11-23T08:00:00Z", "2027-11-23T08:00:00Z"])
def test_free_times_are_asked_for_a_month_at_most(program, check_up, monday, end):
    asked = {"service": check_up.pk, "starts_from": monday.isoformat(), "starts_before": end}
    refused(program.get("availability", asked), 422, "invalid")
