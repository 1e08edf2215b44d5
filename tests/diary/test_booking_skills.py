"""The skills as a model calls them: arguments in, data out."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from agents.skills.registry import all_skills
from agents.types import SkillContext
from calendar_sync import patients
from calendar_sync.models import Appointment, BookingRules, Patient, Service
from tenants import clock

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def ask(desk):
    """ask("find_slots", service=…) → the result, for contact 1 unless another is named."""

    def call(name, contact_id=1, **arguments):
        skill = all_skills()[name]
        context = SkillContext(
            business=desk.business,
            conversation_id=1,
            contact_id=contact_id,
            contact_name="Rosa Blum",
            turn_id=7,
            now=clock.now().astimezone(LONDON),
        )
        return skill.act(context, **skill.parse(arguments))

    return call


@pytest.fixture
def find(ask):
    def call(service="Check-up", **options):
        wanted = {"service": service, "date": "2026-11-23", "weekday": "Monday"}
        return ask("find_slots", **{**wanted, **options}).data

    return call


def slot_at(answer, start):
    return next(each["slot"] for each in answer["offers"] if each["start"].endswith(start))


def at_ten(find, **options):
    return slot_at(find(time_from="10:00", time_to="10:00", **options), "10:00")


def test_every_skill_says_what_it_is_and_takes_no_identity():
    for name, skill in all_skills().items():
        assert len(skill.spec.description) > 40, name
        assert not {"contact", "contact_id", "phone", "business", "patient_id"} & set(skill.spec.schema["properties"])


def test_a_confirmation_tells_price_preparation_and_how_long_it_can_be_undone(ask, find, desk):
    desk.change(preparation="Bring your x-rays.")

    booked = ask("book_appointment", slot=at_ten(find)).data
    assert booked["undo_minutes"] == 15
    line = booked["booked"]
    assert (line["price"], line["preparation"], line["patient"]) == ("£45", "Bring your x-rays.", "Rosa Blum")


def test_a_refusal_carries_its_rule_and_leaves_no_patient_behind(ask, find, desk):
    slot = at_ten(find)
    desk.house(new_patients=False)

    refused = ask("book_appointment", slot=slot)
    assert (refused.status, refused.data["rule"], refused.retryable) == ("error", "new_patients", False)
    assert not Patient.objects.exists()


def test_a_taken_slot_is_refused_with_the_nearest(ask, find, desk):
    slot = at_ten(find)
    desk.book_at("10:00", contact_id=2)

    refused = ask("book_appointment", slot=slot)
    assert refused.data["rule"] == "taken"
    assert len(refused.data["nearest"]) == 3


def test_a_slot_is_kept_and_the_contact_still_sees_it(ask, find, desk):
    slot = at_ten(find)

    kept = ask("hold_slot", slot=slot).data
    assert kept == {"held_until": "2026-11-23T08:10", "slot": slot}
    assert "10:00" not in desk.free_at(contact_id=2)
    assert ask("book_appointment", slot=at_ten(find)).status == "ok"


def test_a_slot_kept_for_another_is_refused_with_the_nearest(ask, find, desk):
    slot = at_ten(find)
    ask("hold_slot", contact_id=2, slot=desk.ticket_at("10:00", contact_id=2))

    refused = ask("hold_slot", slot=slot)
    assert refused.data["rule"] == "held"
    assert refused.data["nearest"]


def test_undo_says_what_was_taken_back_and_how_it_stands(ask, find):
    number = ask("book_appointment", slot=at_ten(find)).data["booked"]["appointment"]
    assert ask("cancel_appointment", appointment=number).data["cancelled"]["status"] == "cancelled"

    for arguments in ({"appointment": number}, {"appointment": None}, {}):
        undone = ask("undo_change", **arguments).data
        assert (undone["undone"], undone["appointment"]["status"]) == ("cancelled", "confirmed")


def test_undo_after_a_while_says_so(ask, find, monday):
    ask("book_appointment", slot=at_ten(find))
    with clock.pinned(monday + dt.timedelta(minutes=15)):
        refused = ask("undo_change")

    assert (refused.status, refused.data["rule"]) == ("error", "undo_over")


def test_somebody_elses_number_is_not_undone(ask, desk):
    made = desk.book_at("10:00", contact_id=2)

    assert ask("undo_change", appointment=made.reference).status == "error"
    made.refresh_from_db()
    assert made.status == "confirmed"


def test_a_late_cancellation_tells_the_fee_before_and_after(ask, find, desk):
    desk.house(cancel_notice=24 * 60, late_fee_text="Late cancellations cost £20.")
    number = ask("book_appointment", slot=at_ten(find)).data["booked"]["appointment"]

    (coming,) = ask("my_appointments").data["appointments"]
    assert coming["late_to_cancel"] == "Late cancellations cost £20."
    assert "late_to_move" not in coming
    assert ask("cancel_appointment", appointment=number).data["fee_text"] == "Late cancellations cost £20."


def test_a_late_move_that_the_team_decides_is_refused_and_was_told(ask, find, desk):
    desk.house(move_notice=24 * 60, late_move=BookingRules.Late.STAFF)
    number = ask("book_appointment", slot=at_ten(find)).data["booked"]["appointment"]

    assert "hand over" in ask("my_appointments").data["appointments"][0]["late_to_move"]
    refused = ask("reschedule_appointment", appointment=number, slot=find()["offers"][-1]["slot"])
    assert refused.data["rule"] == "move_notice"


def test_an_appointment_that_is_to_be_moved_does_not_stand_in_its_own_way(ask, find):
    number = ask("book_appointment", slot=at_ten(find)).data["booked"]["appointment"]

    later = find(time_from="10:15", time_to="10:15", moving=number)
    moved = ask("reschedule_appointment", appointment=number, slot=slot_at(later, "10:15"))
    assert moved.data["moved"]["start"] == "2026-11-23T10:15"


def test_a_visit_is_found_booked_moved_and_cancelled_with_the_same_skills(ask, find, ada):
    ada.services.add(Service.objects.create(name="Polish", duration=30))
    visit = find(with_services=["Polish"])["offers"][0]
    assert [each["service"] for each in visit["parts"]] == ["Check-up", "Polish"]

    booked = ask("book_appointment", slot=visit["slot"]).data
    assert [each["service"] for each in booked["all"]] == ["Check-up", "Polish"]
    number = booked["booked"]["appointment"]
    later = find(with_services=["Polish"])["offers"][-1]["slot"]
    assert len(ask("reschedule_appointment", appointment=number, slot=later).data["all"]) == 2
    assert len({each["visit"] for each in ask("my_appointments").data["appointments"]}) == 1
    assert len(ask("cancel_appointment", appointment=number, which="whole_visit").data["all"]) == 2
    assert ask("my_appointments").data["appointments"] == []


def test_a_series_is_booked_when_all_dates_fit_or_the_patient_agreed(ask, find, desk, monday):
    desk.book_at(monday + dt.timedelta(weeks=2, hours=2), contact_id=2)
    slot = at_ten(find)

    refused = ask("book_series", slot=slot, every_weeks=2, times=3)
    assert [each["fits"] for each in refused.data["dates"]] == [True, False, True]
    assert refused.data["dates"][1]["nearest"][0]["slot"]
    booked = ask("book_series", slot=slot, every_weeks=2, times=3, skip_taken=True).data
    assert (len(booked["all"]), len(booked["left_out"])) == (2, 1)

    number = booked["booked"]["appointment"]
    assert len(ask("cancel_appointment", appointment=number, which="rest_of_series").data["all"]) == 2


def test_a_service_for_the_team_only_is_not_looked_for(ask, desk):
    desk.change(bookable_online=False)

    refused = ask("find_slots", service="Check-up", date="2026-11-23", weekday="Monday")
    assert refused.data["rule"] == "not_online"


def test_a_group_tells_the_seats_that_are_left(find, desk):
    desk.change(seats=8)
    desk.book_at("10:00", contact_id=2)

    (offer,) = find(time_from="10:00", time_to="10:00")["offers"]
    assert offer["seats_left"] == 7


def test_one_contact_books_for_several_patients_by_name(ask, find):
    ask("book_appointment", slot=at_ten(find), patient_name="Tim Berg")
    again = ask("book_appointment", slot=find()["offers"][-1]["slot"], patient_name="tim").data["booked"]

    assert again["patient"] == "Tim Berg"
    assert [each.name for each in patients.patients_of(1)] == ["Tim Berg"]


def test_a_name_that_fits_two_of_the_contacts_patients_is_asked_about(ask, find):
    patients.patient_for(1, "Tim Berg")
    patients.patient_for(1, "Tim Silva")

    refused = ask("book_appointment", slot=at_ten(find), patient_name="Tim")
    assert refused.data["rule"] == "which_patient"
    assert "Tim Berg, Tim Silva" in refused.message


def test_on_a_shared_phone_only_the_time_is_told(ask, desk):
    made = desk.book_at("10:00", name="Tim Berg")
    patients.set_disclosure(made.patient, Patient.Disclosure.TIME_ONLY)

    (line,) = ask("my_appointments").data["appointments"]
    assert line["start"] == "2026-11-23T10:00"
    assert not {"service", "practitioner", "patient", "price"} & set(line)
    cancelled = ask("cancel_appointment", appointment=line["appointment"]).data["cancelled"]
    assert "Tim" not in str(cancelled)


def test_nothing_is_told_where_staff_answer(ask, desk):
    made = desk.book_at("10:00", name="Tim Berg")
    patients.set_disclosure(made.patient, Patient.Disclosure.NOTHING)

    answer = ask("my_appointments").data
    assert answer["appointments"] == []
    assert "hand over" in answer["note"]
    for skill in ("cancel_appointment", "undo_change"):
        assert ask(skill, appointment=made.reference).data["rule"] == "private"
    assert Appointment.objects.get().status == "confirmed"


def test_the_time_that_an_appointment_would_move_to_may_overlap_it_but_not_that_of_another(ask, find, desk):
    desk.service.duration = 60
    desk.service.save()
    number = ask("book_appointment", slot=at_ten(find)).data["booked"]["appointment"]
    later = desk.ticket_at("10:30")

    assert ask("hold_slot", slot=later).data["rule"] == "taken"
    assert (
        ask("hold_slot", contact_id=2, slot=desk.ticket_at("10:30", contact_id=2), moving=number).data["rule"]
        == "taken"
    )
    assert ask("hold_slot", slot=later, moving=number).status == "ok"
    assert ask("reschedule_appointment", appointment=number, slot=later).status == "ok"
