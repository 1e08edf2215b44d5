import datetime as dt

import pytest

from calendar_sync import by_hand
from calendar_sync.models import (
    Appointment,
    HoursException,
    OpeningHours,
    Patient,
    Practitioner,
    Service,
    TimeOff,
    WorkingHours,
)
from tenants import clock
from tenants.models import AuditEntry

BASE = "/b/bright-smile"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def staff(client, clinic, bob, monday):
    """Bob's browser, on Monday at 08:00."""
    client.force_login(bob)
    return client


@pytest.fixture
def manager(client, clinic, alice, monday):
    client.force_login(alice)
    return client


@pytest.fixture
def rosa(clinic, monday, ada, check_up):
    return by_hand.book_by_hand(
        clinic,
        service=check_up,
        practitioner=ada,
        starts_at=monday + dt.timedelta(hours=2),
        patient=Patient.objects.create(name="Rosa Blum"),
        user_id=None,
    )


def wanted(check_up, ada, **other):
    return {
        "service": check_up.pk,
        "practitioner": ada.pk,
        "date": "2026-11-23",
        "time": "11:00",
        "name": "Tom Reed",
        "phone": "07911 123456",
    } | other


def enter(clinic):
    """The request left the schema when it was answered."""
    from django.db import connection

    connection.set_tenant(clinic)


class TestDiary:
    def test_a_day_shows_its_appointments_as_a_list(self, staff, rosa):
        page = staff.get(f"{BASE}/diary/").content.decode()

        assert "Rosa Blum" in page
        assert "10:00–10:30" in page
        assert "Monday 23 November 2026" in page

    def test_an_empty_day_says_so(self, staff):
        assert "No appointments on this day" in staff.get(f"{BASE}/diary/?date=2026-11-25").content.decode()

    def test_a_week_shows_its_days(self, staff, rosa):
        page = staff.get(f"{BASE}/diary/?date=2026-11-27&view=week").content.decode()

        assert "23 Nov – 29 Nov 2026" in page
        assert "Rosa Blum" in page

    @pytest.mark.parametrize(
        "query", ["date=yesterday", "view=year", "practitioner=x", "date=0001-01-01", "date=9999-12-31"]
    )
    def test_what_cannot_be_read_shows_today(self, staff, query):
        assert staff.get(f"{BASE}/diary/?{query}").status_code == 200

    @pytest.mark.parametrize(
        "page", ["diary/", "diary/?view=week", "settings/hours/", "settings/services/", "settings/practitioners/"]
    )
    def test_a_page_takes_at_most_twelve_queries(self, manager, clinic, rosa, ada, page, django_assert_max_num_queries):
        for number in range(4):
            person = Practitioner.objects.create(name=f"Dr {number}", location=ada.location)
            person.services.set(Service.objects.all())
            TimeOff.objects.create(practitioner=person, starts_at=rosa.starts_at, ends_at=rosa.ends_at)

        with django_assert_max_num_queries(12):
            assert manager.get(f"{BASE}/{page}").status_code == 200

    def test_somebody_who_left_is_still_shown_while_appointments_stand(self, staff, rosa, ada):
        Practitioner.objects.filter(pk=ada.pk).update(active=False)
        assert "Rosa Blum" in staff.get(f"{BASE}/diary/").content.decode()


class TestFeed:
    def events(self, browser, **query):
        window = {"start": "2026-11-23T00:00", "end": "2026-11-24T00:00"} | query
        answer = browser.get(f"{BASE}/diary/events/", window)
        assert answer.status_code == 200
        return answer.json()

    def test_an_event_is_named_so_that_a_screen_reader_reads_it(self, staff, rosa):
        (event,) = [each for each in self.events(staff) if each.get("display") != "background"]

        assert (event["start"], event["end"]) == ("2026-11-23T10:00:00", "2026-11-23T10:30:00")
        assert event["title"] == "Rosa Blum · Check-up"
        assert event["extendedProps"]["spoken"] == ", with Dr Ada Silva, confirmed"

    def test_closed_hours_are_shaded(self, staff, clinic):
        shaded = [(each["start"][11:16], each["end"][11:16]) for each in self.events(staff)]
        assert shaded == [("00:00", "08:30"), ("12:30", "13:30"), ("17:30", "00:00")]

    @pytest.mark.parametrize(
        "query", [{"end": ""}, {"end": "2026-11-22T00:00"}, {"end": "2027-11-22T00:00"}, {"start": "x"}]
    )
    def test_a_window_that_makes_no_sense_is_refused(self, staff, query):
        window = {"start": "2026-11-23T00:00", "end": "2026-11-24T00:00"} | query
        assert staff.get(f"{BASE}/diary/events/", window).status_code == 400

    def test_dragging_moves_it(self, staff, clinic, rosa, ada):
        answer = staff.patch(
            f"{BASE}/diary/events/{rosa.pk}/",
            {"start": "2026-11-23T11:15", "resource": str(ada.pk)},
            content_type="application/json",
        )

        assert answer.status_code == 200
        enter(clinic)
        assert f"{Appointment.objects.get(pk=rosa.pk).starts_at:%H:%M}" == "11:15"

    def test_dragging_outside_hours_is_refused_in_words(self, staff, rosa, ada):
        answer = staff.patch(
            f"{BASE}/diary/events/{rosa.pk}/",
            {"start": "2026-11-23T12:45", "resource": ada.pk},
            content_type="application/json",
        )
        assert (answer.status_code, answer.json()["detail"]) == (409, "This time is outside working hours.")

    def test_another_business_learns_nothing(self, client, charlie, clinic, rosa):
        client.force_login(charlie)
        window = {"start": "2026-11-23T00:00", "end": "2026-11-24T00:00"}
        assert client.get(f"{BASE}/diary/events/", window).status_code == 404
        assert client.get(f"/b/cut-and-co/diary/appointments/{rosa.pk}/").status_code == 404


class TestAppointments:
    def test_staff_book_by_hand(self, staff, clinic, check_up, ada, bob):
        answer = staff.post(f"{BASE}/diary/appointments/new/", wanted(check_up, ada))

        assert answer["Location"].endswith("/diary/?date=2026-11-23")
        enter(clinic)
        made = Appointment.objects.get()
        assert (made.patient.name, made.patient.phone, made.booked_by) == ("Tom Reed", "07911 123456", "staff")
        assert made.changes.get().user_id == bob.pk

    def test_in_the_dialog_it_answers_with_news_for_the_open_page(self, staff, check_up, ada):
        answer = staff.post(f"{BASE}/diary/appointments/new/", wanted(check_up, ada), headers=HTMX)

        assert (answer.status_code, answer.content) == (200, b"")
        assert "fd:diary" in answer["HX-Trigger"]

    def test_a_conflict_is_said_beside_the_time_and_nothing_is_kept(self, staff, clinic, check_up, ada, rosa):
        answer = staff.post(f"{BASE}/diary/appointments/new/", wanted(check_up, ada, time="10:15"))

        assert answer.status_code == 422
        page = answer.content.decode()
        assert "This time is already taken. Next free: Mon 23 Nov, 10:30 with Dr Ada Silva" in page
        enter(clinic)
        assert not Patient.objects.filter(name="Tom Reed").exists()

    def test_outside_hours_staff_may_insist(self, staff, clinic, check_up, ada):
        late = wanted(check_up, ada, time="19:00")
        refused = staff.post(f"{BASE}/diary/appointments/new/", late)
        assert "This time is outside working hours." in refused.content.decode()
        assert "Do it anyway" in refused.content.decode()

        assert staff.post(f"{BASE}/diary/appointments/new/", late | {"overrule": "on"}).status_code == 302

    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("phone", "call me", "Write a phone number"),
            ("name", "", "This field is required"),
            ("time", "25:00", "Enter a valid time"),
            ("date", "0001-01-01", "out of reach"),
            ("name", "a\0b", "Null characters are not allowed"),
            ("service", "999999", "Select a valid choice"),
        ],
    )
    def test_bad_input_is_named_beside_its_field(self, staff, check_up, ada, field, value, words):
        answer = staff.post(f"{BASE}/diary/appointments/new/", wanted(check_up, ada, **{field: value}))
        assert answer.status_code == 422
        assert words in answer.content.decode()

    def test_a_time_that_the_clocks_skip_is_refused(self, staff, check_up, ada):
        skipped = wanted(check_up, ada, date="2027-03-28", time="01:30", overrule="on")
        answer = staff.post(f"{BASE}/diary/appointments/new/", skipped)
        assert "this time does not exist" in answer.content.decode()

    def test_moving_and_taking_it_back(self, staff, clinic, rosa, ada):
        there = f"{BASE}/diary/appointments/{rosa.pk}"
        new_time = {"practitioner": ada.pk, "date": "2026-11-24", "time": "09:00"}
        assert staff.post(f"{there}/move/", new_time).status_code == 302
        enter(clinic)
        assert Appointment.objects.get(pk=rosa.pk).starts_at.day == 24

        assert staff.post(f"{there}/undo/").status_code == 302
        enter(clinic)
        assert Appointment.objects.get(pk=rosa.pk).during == rosa.during
        assert "Moved from Mon 23 Nov, 10:00" in staff.get(f"{there}/").content.decode()

    def test_cancelling_and_taking_it_back(self, staff, clinic, rosa):
        there = f"{BASE}/diary/appointments/{rosa.pk}"
        assert "Undo the cancellation" in staff.post(f"{there}/cancel/", headers=HTMX).content.decode()
        enter(clinic)
        assert Appointment.objects.get(pk=rosa.pk).status == "cancelled"

        staff.post(f"{there}/undo/")
        enter(clinic)
        assert Appointment.objects.get(pk=rosa.pk).status == "confirmed"

    def test_what_cannot_be_undone_any_more_is_said(self, staff, rosa):
        answer = staff.post(f"{BASE}/diary/appointments/{rosa.pk}/undo/")
        assert answer.status_code == 422
        assert "can no longer be changed" in answer.content.decode()


class TestSettings:
    def week(self, **days):
        return {f"day{number}": "" for number in range(7)} | days

    def test_hours_that_overlap_are_refused(self, manager, clinic):
        data = self.week(day0="08:30-12:30, 12:00-17:30") | {"name": "Practice"}
        answer = manager.post(f"{BASE}/settings/hours/", data)

        assert answer.status_code == 422
        assert "08:30–12:30 and 12:00–17:30 overlap." in answer.content.decode()
        enter(clinic)
        assert OpeningHours.objects.filter(weekday=1).exists()

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("09:00-12:00, 11:00-13:00", "overlap"),
            ("nine to five", "not understood"),
            ("09:00-24:30", "not understood"),
        ],
    )
    def test_hours_that_make_no_sense_are_refused(self, manager, text, words):
        answer = manager.post(f"{BASE}/settings/hours/", self.week(day0=text) | {"name": "Practice"})
        assert words in answer.content.decode()

    def test_opening_hours_are_saved(self, manager, clinic, alice):
        data = self.week(day0="9-12, 13.30 to 17:00") | {"name": "Practice", "address": "1 High Street"}
        assert manager.post(f"{BASE}/settings/hours/", data).status_code == 302

        enter(clinic)
        rows = list(OpeningHours.objects.values_list("weekday", "opens", "closes"))
        assert rows == [(0, dt.time(9), dt.time(12)), (0, dt.time(13, 30), dt.time(17))]
        assert AuditEntry.objects.filter(action="hours.edited", actor=alice, business=clinic).exists()

    def test_a_practitioner_gets_services_and_several_periods_a_day(self, manager, clinic, check_up):
        data = self.week(day2="08:00-10:00, 14:00-18:00") | {"name": "Dr Bea Wolf", "services": [check_up.pk]}
        assert manager.post(f"{BASE}/settings/practitioners/new/", data).status_code == 302

        enter(clinic)
        bea = Practitioner.objects.get(name="Dr Bea Wolf")
        assert list(bea.services.all()) == [check_up]
        assert WorkingHours.objects.filter(practitioner=bea, weekday=2).count() == 2

    def test_a_service_is_added_with_price_and_other_names(self, manager, clinic, ada):
        data = {
            "name": "Whitening",
            "duration": "60",
            "price_major": "249.50",
            "names": "bleach\n\n white teeth ",
            "practitioners": [ada.pk],
        }
        assert manager.post(f"{BASE}/settings/services/new/", data).status_code == 302

        enter(clinic)
        made = Service.objects.get(name="Whitening")
        assert (made.price, made.other_names, list(made.practitioners.all())) == (
            24950,
            ["bleach", "white teeth"],
            [ada],
        )

    def test_two_services_of_one_name_are_refused(self, manager):
        answer = manager.post(f"{BASE}/settings/services/new/", {"name": "Check-up", "duration": "30"})
        assert answer.status_code == 422

    def test_a_service_is_withdrawn_and_offered_again(self, manager, clinic, check_up):
        there = f"{BASE}/settings/services/{check_up.pk}/offered/"
        manager.post(there, {"on": "0"})
        enter(clinic)
        assert not Service.objects.get(pk=check_up.pk).active
        manager.post(there, {"on": "1"})
        enter(clinic)
        assert Service.objects.get(pk=check_up.pk).active

    def test_a_single_day_is_closed_once(self, manager, clinic):
        data = {"exception-date": "2026-12-25", "exception-hours": "", "exception-practitioner": ""}
        assert manager.post(f"{BASE}/settings/hours/exceptions/", data).status_code == 302
        again = manager.post(f"{BASE}/settings/hours/exceptions/", data)
        assert "This day has an exception already" in again.content.decode()
        enter(clinic)
        day = HoursException.objects.get()
        assert manager.post(f"{BASE}/settings/hours/exceptions/{day.pk}/").status_code == 302

    def test_time_off_warns_of_the_appointments_in_it(self, manager, clinic, rosa, ada):
        data = {"off-practitioner": ada.pk, "off-first": "2026-11-23", "off-last": "2026-11-24"}
        page = manager.post(f"{BASE}/settings/hours/time-off/", data, follow=True).content.decode()

        assert "1 appointment stands in it" in page
        enter(clinic)
        row = TimeOff.objects.get()
        assert row.ends_at - row.starts_at == dt.timedelta(days=2)

    def test_time_off_that_ends_before_it_begins_is_refused(self, manager, ada):
        data = {"off-practitioner": ada.pk, "off-first": "2026-11-23", "off-last": "2026-11-22"}
        answer = manager.post(f"{BASE}/settings/hours/time-off/", data)
        assert "It ends before it begins." in answer.content.decode()

    @pytest.mark.parametrize("page", ["services", "services/new", "practitioners", "practitioners/new", "hours"])
    def test_settings_are_for_managers(self, staff, page):
        assert staff.get(f"{BASE}/settings/{page}/").status_code == 404

    @pytest.mark.parametrize("page", ["services", "services/new", "practitioners", "practitioners/new", "hours"])
    def test_each_page_opens(self, manager, page):
        assert manager.get(f"{BASE}/settings/{page}/").status_code == 200


def test_the_clock_of_these_tests_stands_still(staff, monday):
    assert clock.now() == monday
