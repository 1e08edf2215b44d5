"""The dialogs of an appointment: what staff set aside, mark, repeat, combine and take back."""

import datetime as dt

import pytest
from django.db import connection

from calendar_sync import by_hand
from calendar_sync.models import (
    Appointment,
    AppointmentChange,
    AppointmentSeries,
    BookingRules,
    GroupSession,
    Patient,
    Resource,
    ResourceKind,
    Service,
    TimeOff,
)
from tenants import clock

BASE = "/b/bright-smile/diary/appointments"
HTMX = {"HX-Request": "true"}


def enter(clinic):
    """The request left the schema when it was answered."""
    connection.set_tenant(clinic)


@pytest.fixture
def book(staff, check_up, ada):
    """Press "Book" with these entries; the answer."""

    def press(**other):
        data = {
            "service": check_up.pk,
            "practitioner": ada.pk,
            "date": "2026-11-23",
            "time": "11:00",
            "name": "Tom Reed",
            "phone": "07911 123456",
        }
        return staff.post(f"{BASE}/new/", data | other)

    return press


class TestOverruling:
    def test_every_broken_rule_is_named_before_and_recorded_after(self, book, staff, clinic, bob):
        BookingRules(pk=1, minimum_notice=2880).save()
        refused = book(time="19:00")
        assert refused.status_code == 422
        page = refused.content.decode()
        assert "Book it anyway? That sets aside these rules:" in page
        assert "closed then" in page
        assert "minimum notice" in page
        enter(clinic)
        assert not Appointment.objects.exists()

        assert book(time="19:00", overrule="on", reason="In pain").status_code == 302
        enter(clinic)
        change = AppointmentChange.objects.get()
        assert set(change.overruled) == {"too_soon", "closed"}
        page = staff.get(f"{BASE}/{change.appointment_id}/").content.decode()
        assert "Overruled" in page
        assert "minimum notice" in page
        assert "by Bob Colleague" in page

    def test_a_blocked_patient_is_booked_only_against_the_rule(self, book, clinic):
        Patient.objects.create(name="Tom Reed", phone="07911 123456", blocked_at=clock.now())
        page = book().content.decode()
        assert "<strong>blocked</strong>" in page
        assert book(overrule="on", reason="In pain").status_code == 302

    def test_two_at_one_time_are_never_offered_to_be_set_aside(self, book, rosa):
        page = book(time="10:15").content.decode()
        assert "This time is already taken." in page
        assert "anyway" not in page

    def test_what_stands_behind_a_rule_is_said_at_once(self, book, staff, clinic, rosa, ada):
        TimeOff.objects.create(practitioner=ada, starts_at=rosa.starts_at, ends_at=rosa.ends_at)
        page = book(time="10:00").content.decode()
        assert "This time is already taken." in page

    def test_moving_against_a_rule_names_it_too(self, staff, clinic, rosa, ada):
        data = {"practitioner": ada.pk, "date": "2026-11-23", "time": "19:00"}
        page = staff.post(f"{BASE}/{rosa.pk}/move/", data, headers=HTMX).content.decode()
        assert "Move it anyway?" in page
        assert (
            staff.post(
                f"{BASE}/{rosa.pk}/move/", data | {"overrule": "on", "reason": "In pain"}, headers=HTMX
            ).status_code
            == 200
        )
        enter(clinic)
        assert rosa.changes.last().overruled == ["closed"]

    def test_what_was_cancelled_in_another_window_says_so_instead_of_moving(self, staff, clinic, rosa, ada):
        staff.post(f"{BASE}/{rosa.pk}/cancel/")
        data = {"practitioner": ada.pk, "date": "2026-11-24", "time": "11:00"}
        answer = staff.post(f"{BASE}/{rosa.pk}/move/", data, headers={"HX-Request": "true"})
        assert answer.status_code == 422
        assert "This appointment can no longer be changed." in answer.content.decode()


class TestMarking:
    def test_who_did_not_come_is_marked_and_unmarked(self, staff, clinic, rosa):
        with clock.pinned(rosa.starts_at + dt.timedelta(minutes=5)):
            there = f"{BASE}/{rosa.pk}"
            assert "Did not come" in staff.get(f"{there}/").content.decode()
            page = staff.post(f"{there}/mark/", {"as": "no_show"}, headers=HTMX).content.decode()
            assert "Marked as no-show by Bob Colleague" in page
            enter(clinic)
            assert Appointment.objects.get(pk=rosa.pk).status == "no_show"

            staff.post(f"{there}/undo/", headers=HTMX)
            enter(clinic)
            assert Appointment.objects.get(pk=rosa.pk).status == "confirmed"

    def test_what_has_not_begun_cannot_be_marked(self, staff, rosa):
        assert "Did not come" not in staff.get(f"{BASE}/{rosa.pk}/").content.decode()
        answer = staff.post(f"{BASE}/{rosa.pk}/mark/", {"as": "completed"})
        assert answer.status_code == 422
        assert "Only an appointment that has begun" in answer.content.decode()

    def test_a_mark_that_is_none_is_refused(self, staff, rosa):
        assert staff.post(f"{BASE}/{rosa.pk}/mark/", {"as": "cancelled"}).status_code == 422

    def test_another_business_cannot_mark_it(self, client, charlie, rosa):
        client.force_login(charlie)
        assert client.post(f"/b/cut-and-co/diary/appointments/{rosa.pk}/mark/", {"as": "no_show"}).status_code == 404


class TestSeries:
    def test_its_dates_are_shown_before_anything_is_booked(self, book, clinic):
        page = book(every_weeks="2", times="3", look="1").content.decode()
        for day in ("Mon 23 Nov 2026, 11:00", "Mon 7 Dec 2026, 11:00", "Mon 21 Dec 2026, 11:00"):
            assert day in page
        enter(clinic)
        assert not Appointment.objects.exists()
        assert not Patient.objects.filter(name="Tom Reed").exists()

    def test_all_of_it_is_booked_and_undone_as_one(self, book, staff, clinic):
        assert book(every_weeks="2", times="3").status_code == 302
        enter(clinic)
        made = list(Appointment.objects.order_by("during"))
        assert len(made) == 3
        assert made[0].series.count == 3
        page = staff.get(f"{BASE}/{made[1].pk}/").content.decode()
        assert "every 2 weeks" in page

        gone = staff.post(f"{BASE}/{made[1].pk}/cancel/", {"with": "rest"}, headers=HTMX)
        assert "2 cancelled" in gone["HX-Trigger"]
        staff.post(f"{BASE}/{made[1].pk}/undo/", headers=HTMX)
        enter(clinic)
        assert list(Appointment.objects.values_list("status", flat=True)) == ["confirmed"] * 3

    def test_a_date_that_does_not_fit_is_named_and_may_be_left_out(self, book, clinic, ada):
        day = dt.datetime(2026, 12, 7, tzinfo=dt.UTC)
        TimeOff.objects.create(practitioner=ada, starts_at=day, ends_at=day + dt.timedelta(days=1))
        page = book(every_weeks="2", times="3").content.decode()
        assert "Nothing is booked yet: some dates don’t fit." in page
        assert "outside working hours" in page
        enter(clinic)
        assert not Appointment.objects.exists()
        assert not AppointmentSeries.objects.exists()

        assert book(every_weeks="2", times="3", skip="1").status_code == 302
        enter(clinic)
        assert Appointment.objects.count() == 2

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            ({"every_weeks": "2"}, "Say both"),
            ({"times": "3"}, "Say both"),
            ({"every_weeks": "2", "times": "13"}, "A series has 2 to 12 appointments."),
            ({"every_weeks": "0", "times": "3"}, "greater than or equal to 1"),
            ({"every_weeks": "2", "times": "x"}, "Enter a whole number"),
        ],
    )
    def test_bad_input_is_named(self, book, clinic, data, words):
        answer = book(**data)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        enter(clinic)
        assert not Appointment.objects.exists()


class TestVisit:
    def test_two_services_follow_each_other_and_are_cancelled_together(self, book, staff, clinic, check_up):
        Service.objects.filter(pk=check_up.pk).update(buffer_after=10)
        also = Service.objects.exclude(pk=check_up.pk)[0]
        assert book(also=str(also.pk)).status_code == 302
        enter(clinic)
        first, second = Appointment.objects.order_by("during")
        assert second.starts_at == first.ends_at + dt.timedelta(minutes=10)
        assert first.visit_id == second.visit_id
        assert "Same visit" in staff.get(f"{BASE}/{first.pk}/").content.decode()

        staff.post(f"{BASE}/{first.pk}/cancel/", {"with": "visit"}, headers=HTMX)
        enter(clinic)
        assert not Appointment.objects.filter(status="confirmed").exists()

    def test_when_the_second_does_not_fit_nothing_is_booked(self, book, clinic, check_up):
        also = Service.objects.exclude(pk=check_up.pk)[0]
        answer = book(time="12:00", also=str(also.pk))
        assert answer.status_code == 422
        enter(clinic)
        assert not Appointment.objects.exists()

    def test_a_series_of_visits_is_refused(self, book, check_up):
        page = book(also=str(check_up.pk), every_weeks="1", times="2").content.decode()
        assert "Either a second service or a series" in page


class TestWhatBelongsToIt:
    def test_its_room_is_shown(self, book, staff, clinic, check_up, ada):
        kind = ResourceKind.objects.create(name="Chair")
        Resource.objects.create(kind=kind, location=ada.location, name="Window chair")
        check_up.needs.create(kind=kind, count=1)
        book()
        enter(clinic)
        page = staff.get(f"{BASE}/{Appointment.objects.get().pk}/").content.decode()
        assert "Window chair" in page

    def test_a_group_shows_its_seats_and_its_patients(self, book, staff, clinic, check_up):
        Service.objects.filter(pk=check_up.pk).update(seats=3)
        book()
        book(name="Olu Adeyemi", phone="")
        enter(clinic)
        page = staff.get(f"{BASE}/{Appointment.objects.first().pk}/").content.decode()
        assert "1 of 3 seats free" in page
        assert "Olu Adeyemi" in page
        assert "Add somebody" in page

    def test_a_group_gets_more_seats_but_never_fewer_than_are_taken(self, book, staff, clinic, check_up):
        Service.objects.filter(pk=check_up.pk).update(seats=2)
        book()
        book(name="Olu Adeyemi", phone="")
        enter(clinic)
        there = f"{BASE}/{Appointment.objects.first().pk}/seats/"
        assert staff.post(there, {"seats": "3"}, headers=HTMX).status_code == 200
        for wrong in ("1", "0", "201", "many", ""):
            assert staff.post(there, {"seats": wrong}, headers=HTMX).status_code == 422
        enter(clinic)
        assert GroupSession.objects.get().seats == 3

    def test_what_was_undone_is_told_in_the_history(self, staff, clinic, rosa, ada):
        by_hand.move_by_hand(
            clinic, rosa, starts_at=rosa.starts_at + dt.timedelta(hours=1), practitioner=ada, user_id=None
        )
        staff.post(f"{BASE}/{rosa.pk}/undo/")
        page = staff.get(f"{BASE}/{rosa.pk}/").content.decode()
        assert "(undone)" in page
        assert "Undone: the move by Bob Colleague" in page

    def test_the_dialog_takes_a_constant_number_of_queries(self, staff, rosa, clinic, django_assert_max_num_queries):
        with django_assert_max_num_queries(17):
            assert staff.get(f"{BASE}/{rosa.pk}/").status_code == 200
