"""The house rules: the assistant can't overrule them, staff can, and it is recorded."""

import datetime as dt

import pytest

from calendar_sync import booking, by_hand, patients
from calendar_sync.errors import CalendarSaysBusy, NoResource, NotOffered, OutsideHours, RuleRefused, SlotTaken
from calendar_sync.models import BookedBy, BookingRules, OwnDuration, Patient, Service
from tenants import clock

NEW, RETURNING = Service.OpenTo.NEW, Service.OpenTo.RETURNING


def rule_against(desk, start="10:00", **options):
    with pytest.raises(RuleRefused) as refusal:
        desk.book_at(start, **options)
    return refusal.value.rule


def come_once(desk, name="Rosa Blum", contact_id=1):
    """A patient who has been here."""
    return Patient.objects.create(name=name, contact_id=contact_id, known_since=dt.date(2020, 1, 1))


def test_short_notice_is_refused_and_not_offered(desk):
    desk.house(minimum_notice=240)

    assert rule_against(desk, "10:00") == "too_soon"
    assert desk.free_at()[0] == "12:00"


def test_a_services_own_notice_goes_before_the_houses(desk):
    desk.house(minimum_notice=240)
    desk.change(minimum_notice=0)

    assert desk.book_at("10:00")


def test_further_ahead_than_the_horizon_is_refused(desk, monday):
    desk.house(horizon_days=7)

    assert rule_against(desk, monday + dt.timedelta(days=9, hours=2)) == "too_far"


def test_a_service_for_the_team_only_is_booked_by_the_team_only(desk):
    desk.change(bookable_online=False)

    assert rule_against(desk) == "not_online"
    made = desk.staff_book("10:00")
    assert made.changes.get().overruled == []  # it isn't a rule for staff


def test_new_patients_are_the_teams_where_the_house_says_so(desk):
    desk.house(new_patients=False)

    assert rule_against(desk) == "new_patients"
    come_once(desk)
    assert desk.book_at("10:00").patient.name == "Rosa Blum"


def test_who_has_been_here_is_no_new_patient(desk):
    desk.change(open_to=RETURNING)
    assert rule_against(desk) == "returning_only"

    desk.change(open_to=NEW)
    came = desk.book_at("09:00")
    with clock.pinned(came.ends_at):
        by_hand.mark(desk.business, came, "completed", user_id=1)
    assert rule_against(desk) == "new_only"
    desk.change(open_to=RETURNING)
    assert desk.book_at("10:00")


def test_a_patient_has_no_more_coming_appointments_than_the_house_allows(desk):
    desk.house(most_active=1)
    first = desk.book_at("10:00")

    assert rule_against(desk, "11:00") == "most_active"
    assert desk.book_at("11:00", name="Tim Blum")  # another patient of the same contact
    assert desk.move(first, "12:00").starts_at.hour == 12  # moving adds none
    made = desk.staff_book("14:00", patient=first.patient, overrule=True)
    assert made.changes.get().overruled == ["most_active"]


def test_a_blocked_patient_is_not_booked_nor_under_another_name(desk):
    rosa = come_once(desk)
    tim = come_once(desk, "Tim Blum")
    patients.block(rosa, user_id=1, reason="Three times not come.")

    assert rule_against(desk) == "blocked"
    assert rule_against(desk, name="Somebody New") == "blocked"
    assert desk.book_at("10:00", name=tim.name).patient == tim
    made = desk.staff_book("11:00", patient=rosa, overrule=True)
    assert made.changes.get().overruled == ["blocked"]

    patients.unblock(rosa)
    assert desk.book_at("12:00")


def test_the_refusal_is_a_sentence_that_does_not_say_blocked(desk):
    patients.block(come_once(desk), user_id=1)

    with pytest.raises(RuleRefused, match="arranged with the team"):
        desk.book_at("10:00")


def test_staff_are_told_the_rule_first_and_what_they_overrule_is_all_recorded(desk, ada, monday):
    desk.house(minimum_notice=600, most_active=1)
    rosa = come_once(desk)
    desk.staff_book("16:00", patient=rosa, overrule=True)
    patients.block(rosa, user_id=1)

    with pytest.raises(RuleRefused) as refusal:
        desk.staff_book("12:45", patient=rosa)  # at lunch
    assert refusal.value.overrulable
    made = desk.staff_book("12:45", patient=rosa, overrule=True)
    assert {"blocked", "most_active", "closed", "too_soon"} <= set(made.changes.get().overruled)


def test_nobody_overrules_what_is_physically_taken(desk, ada):
    desk.needs_a_room()
    bea = desk.colleague()
    desk.book_at("10:00")

    with pytest.raises(SlotTaken):
        desk.staff_book("10:00", overrule=True)
    with pytest.raises(NoResource):
        desk.staff_book("10:00", bea, overrule=True)


def test_the_assistant_never_books_what_the_practitioner_does_not_perform(desk, ada):
    ada.services.remove(desk.service)

    with pytest.raises(NotOffered):
        desk.book_at("10:00")


def test_of_two_rooms_two_are_used_and_no_third(desk):
    rooms = desk.needs_a_room(2)
    bea, cy = desk.colleague(), desk.colleague("Dr Cy Young")
    desk.book_at("10:00", contact_id=1)
    desk.book_at("10:00", bea, contact_id=2)

    with pytest.raises(NoResource) as refusal:
        desk.book_at("10:15", cy, contact_id=3)
    assert [each.taken_times.count() for each in rooms] == [1, 1]
    assert refusal.value.alternatives
    assert all(each.starts_at.hour * 60 + each.starts_at.minute >= 630 for each in refusal.value.alternatives)


def test_the_room_goes_with_the_appointment_and_is_free_again_when_it_moves(desk):
    desk.house(undo_minutes=0)
    desk.needs_a_room()
    bea = desk.colleague()
    made = desk.book_at("10:00")
    desk.move(made, "11:00")

    assert desk.book_at("10:00", bea, contact_id=2)
    with pytest.raises(NoResource):
        desk.book_at("11:00", bea, contact_id=2)


def test_buffers_keep_practitioner_and_room_busy(desk):
    desk.change(buffer_before=15, buffer_after=15)
    desk.book_at("10:00")

    for start in ("09:15", "09:30", "10:30", "10:45"):
        with pytest.raises(SlotTaken):
            desk.book_at(start, contact_id=2)
    assert desk.book_at("11:00", contact_id=2)
    assert desk.book_at("09:00", contact_id=3)


def test_a_practitioners_own_duration_decides_the_length_everywhere(desk, ada):
    bea = desk.colleague()
    OwnDuration.objects.create(practitioner=bea, service=desk.service, minutes=50)

    made = desk.book_at("10:00", bea)
    assert (made.ends_at - made.starts_at) == dt.timedelta(minutes=50)
    moved = desk.move(made, "11:00", practitioner=ada)
    assert (moved.ends_at - moved.starts_at) == dt.timedelta(minutes=30)
    back = by_hand.move_by_hand(desk.business, moved, starts_at=made.starts_at, practitioner=bea, user_id=1)
    assert (back.ends_at - back.starts_at) == dt.timedelta(minutes=50)


@pytest.mark.parametrize("act", ["cancel", "move"])
def test_a_late_change_is_the_teams_where_the_house_says_so(desk, act):
    desk.house(
        cancel_notice=180, late_cancel=BookingRules.Late.STAFF, move_notice=180, late_move=BookingRules.Late.STAFF
    )
    made = desk.book_at("10:00")

    with pytest.raises(RuleRefused) as refusal:
        desk.cancel(made) if act == "cancel" else desk.move(made, "16:00")
    assert refusal.value.rule == f"{act}_notice"
    made.refresh_from_db()
    assert (made.status, made.starts_at.hour) == ("confirmed", 10)


def test_staff_cancel_late_and_it_is_recorded(desk):
    desk.house(cancel_notice=180, late_cancel=BookingRules.Late.STAFF)
    made = desk.book_at("10:00")

    desk.cancel(made, by=BookedBy.STAFF, user_id=1)
    assert made.changes.last().overruled == ["cancel_notice"]


def test_a_late_change_is_allowed_where_the_house_says_so(desk):
    desk.house(cancel_notice=180, move_notice=180)
    made = desk.move(desk.book_at("10:00"), "11:00")

    assert desk.cancel(made).status == "cancelled"
    assert made.changes.last().overruled == []


def test_a_calendar_that_is_busy_can_be_overruled_by_staff(desk, ada, monday):
    connection = desk.connect(ada, busy=[("10:00", "11:00")])

    with pytest.raises(CalendarSaysBusy):
        desk.book_at("10:00")
    made = desk.staff_book("10:00", overrule=True)
    assert made.changes.get().overruled == ["calendar_busy"]
    assert connection.calendars.count() == 1


def test_closed_hours_say_so(desk):
    with pytest.raises(OutsideHours) as refusal:
        desk.book_at("12:45")
    assert refusal.value.rule == "closed"


def test_a_part_of_a_name_is_the_one_patient_whom_it_fits(clinic):
    tom = patients.patient_for(1, "Tom Berg")

    assert patients.patient_for(1, "Tom") == tom
    patients.patient_for(1, "Tom Silva")
    with pytest.raises(patients.WhichPatient, match="Tom Berg, Tom Silva"):
        patients.patient_for(1, "tom")
    assert patients.patient_for(2, "Tom") != tom


def test_staff_say_who_is_known_from_before(desk):
    desk.change(open_to=RETURNING)
    rosa = patients.patient_for(1, "Rosa Blum")
    patients.set_known_since(rosa, dt.date(2019, 5, 1))

    assert desk.book_at("10:00").patient == rosa


def test_what_staff_marked_can_be_marked_otherwise_and_taken_back(desk):
    made = desk.book_at("10:00")
    with pytest.raises(booking.AppointmentOver):
        by_hand.mark(desk.business, made, "no_show", user_id=1)  # it hasn't begun

    with clock.pinned(made.ends_at):
        assert by_hand.mark(desk.business, made, "no_show", user_id=1).status == "no_show"
        assert by_hand.mark(desk.business, made, "no_show", user_id=1).changes.count() == 2
        assert by_hand.mark(desk.business, made, "completed", user_id=1).status == "completed"
        assert by_hand.unmark(desk.business, made, user_id=1).status == "no_show"


def test_a_marking_taken_back_lets_the_appointment_stand_again(desk):
    made = desk.book_at("10:00")
    with clock.pinned(made.ends_at):
        by_hand.mark(desk.business, made, "no_show", user_id=1)
        back = by_hand.unmark(desk.business, made, user_id=1)

    assert back.status == "confirmed"
    assert back.taken_times.count() == 1
