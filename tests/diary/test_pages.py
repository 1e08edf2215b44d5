import pytest

from calendar_sync.models import (
    Appointment,
    Patient,
    Practitioner,
    Resource,
    ResourceKind,
    Service,
    TimeOff,
)
from tenants import clock

BASE = "/b/bright-smile"
HTMX = {"HX-Request": "true"}


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
        assert "Book anyway" in refused.content.decode()

        assert (
            staff.post(f"{BASE}/diary/appointments/new/", late | {"overrule": "on", "reason": "In pain"}).status_code
            == 302
        )

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


def test_the_clock_of_these_tests_stands_still(staff, monday):
    assert clock.now() == monday


class TestRooms:
    def events(self, browser, **query):
        window = {"start": "2026-11-23T00:00", "end": "2026-11-24T00:00"} | query
        return browser.get(f"{BASE}/diary/events/", window).json()

    def test_rooms_have_columns_of_their_own(self, staff, clinic, check_up, ada):
        chair = ResourceKind.objects.create(name="Chair")
        room = Resource.objects.create(kind=chair, location=ada.location, name="Window chair")
        check_up.needs.create(kind=chair, count=1)
        staff.post(f"{BASE}/diary/appointments/new/", wanted(check_up, ada))
        (event,) = self.events(staff, view="rooms")
        assert (event["resourceId"], event["title"]) == (str(room.pk), "Tom Reed · Check-up")
        assert "Window chair" in staff.get(f"{BASE}/diary/?view=rooms").content.decode()

    def test_without_rooms_the_day_is_shown_instead(self, staff):
        page = staff.get(f"{BASE}/diary/?view=rooms")
        assert page.status_code == 200
        assert ">Rooms<" not in page.content.decode()
