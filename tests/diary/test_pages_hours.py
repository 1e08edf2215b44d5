"""Opening hours, days that differ, public holidays, time off: what is entered, refused, removed and taken back."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calendar_sync.by_hand import book_by_hand
from calendar_sync.models import (
    BookingRules,
    HolidayChoice,
    HoursException,
    OpeningHours,
    Patient,
    Practitioner,
    TimeOff,
)
from tenants.models import AuditEntry

BASE = "/b/bright-smile/settings/hours"


def enter(clinic):
    """The request left the schema when it was answered."""
    connection.set_tenant(clinic)


def undo(browser, page):
    """Press the undo button of the page."""
    token = re.search(r'name="token" value="([^"]+)"', page.content.decode())[1]
    return browser.post(f"{BASE}/undo/", {"token": token, "back": page.request["PATH_INFO"]}, follow=True)


class TestOpeningHours:
    def week(self, **days):
        return {f"day{number}": "" for number in range(7)} | {"name": "Practice"} | days

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("09:00-12:00, 11:00-13:00", "overlap"),
            ("nine to five", "not understood"),
            ("09:00-25:00", "not understood"),
        ],
    )
    def test_what_makes_no_sense_is_refused(self, manager, clinic, text, words):
        answer = manager.post(f"{BASE}/", self.week(day0=text))
        assert answer.status_code == 422
        assert words in answer.content.decode()
        enter(clinic)
        assert OpeningHours.objects.filter(weekday=1).exists()

    def test_they_are_saved(self, manager, clinic, alice):
        data = self.week(day0="9-12, 13.30 to 17:00", address="1 High Street")
        assert manager.post(f"{BASE}/", data).status_code == 302

        enter(clinic)
        rows = list(OpeningHours.objects.values_list("weekday", "opens", "closes"))
        assert rows == [(0, dt.time(9), dt.time(12)), (0, dt.time(13, 30), dt.time(17))]
        assert AuditEntry.objects.filter(action="hours.edited", actor=alice, business=clinic).exists()

    def test_a_day_is_copied_to_others_without_saving(self, manager, clinic):
        data = self.week(day0="10:00-12:00", copy="week", week_from="0") | {"week_to": ["3"]}
        answer = manager.post(f"{BASE}/", data)
        assert answer.content.decode().count('value="10:00-12:00"') == 2
        enter(clinic)
        assert OpeningHours.objects.filter(weekday=1).exists()


class TestDaysThatDiffer:
    def add(self, browser, **data):
        return browser.post(f"{BASE}/days/", {f"exception-{name}": value for name, value in data.items()})

    def test_a_single_day_is_closed_once_and_comes_back_after_undo(self, manager, clinic):
        assert self.add(manager, first="2026-12-24", hours="").status_code == 302
        again = self.add(manager, first="2026-12-24", hours="")
        assert "This day has an exception already" in again.content.decode()
        enter(clinic)
        day = HoursException.objects.get()

        page = manager.post(f"{BASE}/days/remove/", {"ids": str(day.pk)}, follow=True)
        assert "Thursday 24 December 2026 is removed." in page.content.decode()
        assert "It is back." in undo(manager, page).content.decode()
        enter(clinic)
        assert HoursException.objects.get().date == day.date

    def test_a_week_is_closed_at_once_and_shown_as_one(self, manager, clinic, ada):
        self.add(manager, first="2026-12-21", last="2026-12-25", practitioner=ada.pk, hours="", note="Course")
        enter(clinic)
        assert HoursException.objects.filter(practitioner=ada).count() == 5
        page = manager.get(f"{BASE}/days/").content.decode()
        assert "Mon 21 Dec – Fri 25 Dec 2026" in page
        enter(clinic)
        ids = ",".join(str(pk) for pk in HoursException.objects.values_list("pk", flat=True))
        gone = manager.post(f"{BASE}/days/remove/", {"ids": ids}, follow=True)
        enter(clinic)
        assert not HoursException.objects.exists()
        undo(manager, gone)
        enter(clinic)
        assert HoursException.objects.count() == 5

    def test_one_repeats_every_year(self, manager, clinic):
        self.add(manager, first="2020-12-24", hours="09:00-12:00", yearly="on", note="Christmas Eve")
        page = manager.get(f"{BASE}/days/").content.decode()
        assert "24 December, every year from 2020" in page

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            ({"first": ""}, "This field is required"),
            ({"first": "2026-12-24", "last": "2026-12-23"}, "It ends before it begins."),
            ({"first": "2026-01-01", "last": "2026-12-31"}, "At most 92 days at once."),
            ({"first": "2026-12-24", "last": "2026-12-26", "yearly": "on"}, "Only a single day can repeat"),
            ({"first": "0001-01-01"}, "out of reach"),
            ({"first": "2026-12-24", "hours": "morning"}, "not understood"),
            ({"first": "2026-12-24", "practitioner": "999999"}, "Select a valid choice"),
        ],
    )
    def test_bad_input_is_named_beside_its_field(self, manager, clinic, data, words):
        answer = self.add(manager, **data)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        enter(clinic)
        assert not HoursException.objects.exists()

    def test_a_range_that_meets_a_known_day_names_it(self, manager, clinic):
        HoursException.objects.create(date=dt.date(2026, 12, 23))
        page = self.add(manager, first="2026-12-21", last="2026-12-25").content.decode()
        assert "There is an exception already on 23 December." in page

    @pytest.mark.parametrize("ids", ["", "x", "999999", "1e9", "-1"])
    def test_what_is_not_there_cannot_be_removed(self, manager, ids):
        assert manager.post(f"{BASE}/days/remove/", {"ids": ids}).status_code == 404

    @pytest.mark.parametrize("token", ["", "forged", "e30:abc:def"])
    def test_a_forged_undo_changes_nothing(self, manager, clinic, token):
        page = manager.post(f"{BASE}/undo/", {"token": token, "back": "https://evil.test/"}, follow=True)
        assert page.request["PATH_INFO"] == f"{BASE}/"
        assert "can’t be undone any more" in page.content.decode()

    def test_an_undo_of_another_business_is_refused(self, client, charlie, manager, clinic, salon):
        HoursException.objects.create(date=dt.date(2026, 12, 24))
        gone = manager.post(f"{BASE}/days/remove/", {"ids": str(HoursException.objects.get().pk)}, follow=True)
        token = re.search(r'name="token" value="([^"]+)"', gone.content.decode())[1]
        client.force_login(charlie)
        page = client.post("/b/cut-and-co/settings/hours/undo/", {"token": token}, follow=True)
        assert "can’t be undone any more" in page.content.decode()


class TestWhatIsLeftOutside:
    """Rosa comes on Monday 23 November at 10:00 (fixture)."""

    def test_other_opening_hours_name_what_is_booked_outside_of_them(self, manager, rosa):
        week = {f"day{day}": "" if day == 0 else "8-20" for day in range(7)}
        page = manager.post(f"{BASE}/", week | {"name": "Practice"}, follow=True).content.decode()
        assert "1 appointment is outside of hours now: Mon 23 Nov, 10:00 Rosa Blum (Dr Ada Silva)." in page
        again = manager.post(f"{BASE}/", week | {"name": "Practice"}, follow=True).content.decode()
        assert "is outside of hours now" not in again, "that is no news"

    def test_other_working_hours_do(self, manager, rosa, ada):
        page = f"/b/bright-smile/settings/practitioners/{ada.pk}/"
        sent = {f"day{day}": "12-17" for day in range(7)} | {"name": ada.name, "services": [rosa.service_id]}
        assert "1 appointment is outside of hours now" in manager.post(page, sent, follow=True).content.decode()

    def test_hours_while_the_location_is_closed_are_said_to_offer_nothing(self, manager, clinic, ada):
        page = f"/b/bright-smile/settings/practitioners/{ada.pk}/"
        services = list(ada.services.values_list("pk", flat=True))
        week = {f"day{day}": "" for day in range(7)} | {"name": ada.name, "services": services}
        night = manager.post(page, week | {"day3": "10-12", "day4": "22:00-02:00"}, follow=True).content.decode()
        assert "isn’t open all of that time, and only what is open is offered: Fri 22:00–02:00." in night
        assert "isn’t open all" not in manager.post(page, week | {"day3": "10-12"}, follow=True).content.decode()
        enter(clinic)
        OpeningHours.objects.filter(weekday=4).delete()
        OpeningHours.objects.create(location=ada.location, weekday=4, opens=dt.time(18), closes=dt.time(3))
        assert "isn’t open all" not in manager.post(page, week | {"day4": "22-2"}, follow=True).content.decode()

    def test_a_holiday_on_which_nothing_is_done_any_more_does(self, manager, clinic, desk_on_boxing_day):
        names = ["Christmas Day", "Boxing Day"]
        data = {"shown": names, "closed": names, "closed_on_holidays": "on"}
        page = manager.post(f"{BASE}/holidays/", data, follow=True).content.decode()
        assert "Mon 28 Dec, 10:00 Nora Field (Dr Ada Silva)" in page


@pytest.fixture
def desk_on_boxing_day(clinic, ada, check_up):
    """The business is open on it, and Nora comes."""
    HolidayChoice.objects.create(name="Boxing Day", closed=False)
    return book_by_hand(
        clinic,
        service=check_up,
        practitioner=ada,
        starts_at=dt.datetime(2026, 12, 28, 10, tzinfo=dt.UTC),
        patient=Patient.objects.create(name="Nora Field"),
        user_id=None,
    )


class TestHolidays:
    def test_those_of_the_country_are_listed_as_closed(self, manager):
        page = manager.get(f"{BASE}/days/").content.decode()
        assert "Christmas Day" in page
        assert "Good Friday" in page
        assert page.count('name="closed"') == page.count('name="shown"')

    def test_one_is_opened_and_only_that_is_kept(self, manager, clinic):
        names = ["Christmas Day", "Boxing Day", "Good Friday"]
        data = {"shown": names, "closed": ["Christmas Day", "Boxing Day"], "closed_on_holidays": "on"}
        assert manager.post(f"{BASE}/holidays/", data | {"holiday_region": "SCT"}).status_code == 302
        enter(clinic)
        assert list(HolidayChoice.objects.values_list("name", "closed")) == [("Good Friday", False)]
        assert BookingRules.of_this_business().holiday_region == "SCT"

    def test_a_name_that_is_no_holiday_is_not_kept(self, manager, clinic):
        manager.post(f"{BASE}/holidays/", {"shown": ["My birthday"], "closed_on_holidays": "on"})
        enter(clinic)
        assert not HolidayChoice.objects.exists()

    def test_a_region_that_is_none_is_refused(self, manager):
        answer = manager.post(f"{BASE}/holidays/", {"holiday_region": "Mars"})
        assert answer.status_code == 422
        assert "Select a valid choice" in answer.content.decode()

    def test_a_country_without_known_holidays_says_what_to_do(self, manager, clinic):
        clinic.country = "XX"
        clinic.save(update_fields=["country"])
        assert "We don’t know the holidays of this country." in manager.get(f"{BASE}/days/").content.decode()


class TestTimeOff:
    def data(self, ada, **other):
        return {"off-practitioner": ada.pk, "off-first": "2026-11-23", "off-last": "2026-11-24"} | other

    def test_what_is_booked_then_is_shown_before_it_is_saved(self, manager, clinic, rosa, ada):
        page = manager.post(f"{BASE}/time-off/", self.data(ada)).content.decode()
        assert "Not saved yet: 1 appointment is booked then." in page
        assert "Rosa Blum" in page
        enter(clinic)
        assert not TimeOff.objects.exists()

        page = manager.post(f"{BASE}/time-off/", self.data(ada, seen="1"), follow=True).content.decode()
        assert "1 appointment stands in it" in page
        enter(clinic)
        row = TimeOff.objects.get()
        assert row.ends_at - row.starts_at == dt.timedelta(days=2)

    def test_one_is_removed_and_taken_back(self, manager, clinic, ada):
        manager.post(f"{BASE}/time-off/", self.data(ada, **{"off-reason": "Course"}))
        enter(clinic)
        row = TimeOff.objects.get()
        page = manager.post(f"{BASE}/time-off/{row.pk}/", follow=True)
        assert "Dr Ada Silva’s time off from 23 November is removed." in page.content.decode()
        undo(manager, page)
        enter(clinic)
        back = TimeOff.objects.get()
        assert (back.starts_at, back.ends_at, back.reason) == (row.starts_at, row.ends_at, "Course")

    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("off-last", "2026-11-22", "It ends before it begins."),
            ("off-first", "", "This field is required"),
            ("off-first", "2026-13-01", "Enter a valid date"),
            ("off-practitioner", "999999", "Select a valid choice"),
        ],
    )
    def test_bad_input_is_named_beside_its_field(self, manager, clinic, ada, field, value, words):
        answer = manager.post(f"{BASE}/time-off/", self.data(ada, **{field: value}))
        assert answer.status_code == 422
        assert words in answer.content.decode()
        enter(clinic)
        assert not TimeOff.objects.exists()


class TestAtAGlance:
    def test_each_day_says_why_it_is_as_it_is(self, manager, clinic, ada):
        zone = dt.UTC
        TimeOff.objects.create(
            practitioner=ada,
            starts_at=dt.datetime(2026, 11, 26, tzinfo=zone),
            ends_at=dt.datetime(2026, 11, 27, tzinfo=zone),
        )
        HoursException.objects.create(date=dt.date(2026, 11, 24), periods=[["10:00", "12:00"]], note="Staff day")
        page = manager.get(f"{BASE}/glance/").content.decode()
        assert "Staff day" in page
        assert "10:00–12:00" in page
        assert "strip__day--off" in page

    @pytest.mark.parametrize("query", ["from=x", "from=9999-12-31", "from=2027-03-22"])
    def test_any_weeks_can_be_looked_at(self, manager, query):
        assert manager.get(f"{BASE}/glance/?{query}").status_code == 200

    def test_it_takes_as_many_queries_for_five_people_as_for_one(self, manager, clinic, ada):
        def queries():
            with CaptureQueriesContext(connection) as seen:
                assert manager.get(f"{BASE}/glance/").status_code == 200
            return len(seen)

        alone = queries()
        enter(clinic)
        for number in range(4):
            Practitioner.objects.create(name=f"Dr {number}", location=ada.location)
        assert queries() <= alone
