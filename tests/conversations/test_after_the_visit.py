"""After the visit: thanks where they are wanted, and another time for whoever did not come."""

from calendar_sync import by_hand
from calendar_sync.models import (
    Appointment,
    AppointmentStatus,
)
from tenants import clock
from tests.conversations.practice import local, plan, practice

BUTTONS = [{"id": "confirm:{reference}", "title": "Confirm"}, {"id": "cancel:{reference}", "title": "Cancel"}]

__all__ = ["practice"]


def ended(practice, appointment, status):
    by_hand.mark(practice.business, Appointment.objects.get(pk=appointment.pk), status, user_id=None)


def test_after_the_visit_they_are_thanked_when_the_business_wants_it(practice):
    practice.rules(after_visit=True, after_visit_text="Thank you {first_name}, come again to {business} soon.")
    practice.book("2026-12-03 10:00", offsets=[])
    practice.wrote("2026-12-03 09:00")
    assert practice.at("2026-12-03 12:29") == []
    assert practice.at("2026-12-03 12:30") == ["Thank you Rosa, come again to Bright Smile soon."]


def test_by_default_nobody_is_thanked(practice):
    made = practice.book("2026-12-03 10:00", offsets=[])
    assert plan(made) == []


def test_whoever_did_not_come_is_not_thanked_but_asked_for_another_time(practice):
    practice.rules(after_visit=True, no_show_followup=True)
    made = practice.book("2026-12-03 10:00", offsets=[])
    practice.wrote("2026-12-03 09:00")
    with clock.pinned(local("2026-12-03 10:30")):
        ended(practice, made, AppointmentStatus.NO_SHOW)
    assert practice.at("2026-12-03 10:44") == []
    [text] = practice.at("2026-12-03 13:00")
    assert text.startswith("Hello Rosa, we missed you at Bright Smile (Thursday 3 December at 10:00).")
    assert [row[3:] for row in plan(made)] == [("sent", ""), ("skipped", "over")]


def test_a_mark_that_was_taken_back_in_time_is_not_followed_up(practice):
    practice.rules(no_show_followup=True)
    made = practice.book("2026-12-03 10:00", offsets=[])
    practice.wrote("2026-12-03 09:00")
    with clock.pinned(local("2026-12-03 10:30")):
        ended(practice, made, AppointmentStatus.NO_SHOW)
        by_hand.unmark(practice.business, Appointment.objects.get(pk=made.pk), user_id=None)
    assert practice.at("2026-12-03 11:00") == []
    assert plan(made)[0][3:] == ("skipped", "taken_back")


def test_a_completed_visit_in_the_evening_is_thanked_for_in_the_morning(practice):
    practice.rules(after_visit=True)
    made = practice.book("2026-12-03 18:30", offsets=[])
    practice.wrote("2026-12-03 12:00")
    with clock.pinned(local("2026-12-03 19:00")):
        ended(practice, made, AppointmentStatus.COMPLETED)
    assert plan(made)[0][2] == "Fri 08:00"
    assert len(practice.at("2026-12-04 08:00")) == 1
