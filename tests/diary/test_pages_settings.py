"""The settings of the diary: services, rooms, booking rules, practitioners; what is refused, and who may."""

import datetime as dt

import pytest
from django.db import connection

from calendar_sync.models import (
    BookingRules,
    OwnDuration,
    Practitioner,
    Resource,
    ResourceKind,
    Service,
    ServiceNeed,
    TakenTime,
    WorkingHours,
)
from tenants.models import AuditEntry

BASE = "/b/bright-smile/settings"
PAGES = [
    "services", "services/new", "practitioners", "practitioners/new", "hours", "hours/days", "hours/time-off",
    "hours/glance", "rooms", "booking",
]  # fmt: skip


def enter(clinic):
    """The request left the schema when it was answered."""
    connection.set_tenant(clinic)


def service_data(ada, **other):
    return {
        "name": "Whitening",
        "duration": "60",
        "price_major": "249.50",
        "names": "bleach\n\n white teeth ",
        f"performs_{ada.pk}": "on",
        "open_to": "everybody",
        "bookable_online": "on",
    } | other


@pytest.fixture
def chairs(ada):
    kind = ResourceKind.objects.create(name="Chair")
    return [Resource.objects.create(kind=kind, location=ada.location, name=f"Chair {n}") for n in (1, 2)]


@pytest.mark.parametrize("page", PAGES)
def test_settings_are_for_managers(staff, page):
    assert staff.get(f"{BASE}/{page}/").status_code == 404
    assert staff.post(f"{BASE}/{page}/").status_code in (404, 405)


@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens(manager, page):
    assert manager.get(f"{BASE}/{page}/").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_another_business_finds_nothing(client, charlie, clinic, page):
    client.force_login(charlie)
    assert client.get(f"{BASE}/{page}/").status_code == 404


def test_every_page_of_settings_is_two_clicks_away(manager):
    page = manager.get(f"{BASE}/").content.decode()
    for name in ("services", "rooms", "hours", "booking", "practitioners", "calendars"):
        assert f'href="/b/bright-smile/settings/{name}/"' in page


class TestServices:
    def test_one_is_added_with_price_and_other_names(self, manager, clinic, ada):
        assert manager.post(f"{BASE}/services/new/", service_data(ada)).status_code == 302

        enter(clinic)
        made = Service.objects.get(name="Whitening")
        assert (made.price, made.other_names, list(made.practitioners.all())) == (
            24950,
            ["bleach", "white teeth"],
            [ada],
        )
        assert (made.grid, made.buffer_after, made.seats, made.minimum_notice) == (15, 0, 1, None)

    def test_every_rule_of_its_own_is_kept(self, manager, clinic, ada, chairs, alice):
        rules = {
            "buffer_before": "5",
            "buffer_after": "10",
            "grid": "30",
            "minimum_notice": "2 days",
            "horizon_days": "60",
            "seats": "4",
            "open_to": "new",
            "preparation": "Come with clean teeth.",
            "reminders": ["2880", "180"],
            "reminder_other": "36 hours",
            f"own_{ada.pk}": "75",
            f"need_{chairs[0].kind_id}": "2",
        }
        answer = manager.post(f"{BASE}/services/new/", service_data(ada, **rules))
        assert answer.status_code == 302

        enter(clinic)
        made = Service.objects.get(name="Whitening")
        assert (made.buffer_before, made.buffer_after, made.grid) == (5, 10, 30)
        assert (made.minimum_notice, made.horizon_days, made.seats, made.open_to) == (2880, 60, 4, "new")
        assert made.reminders == [2880, 2160, 180]
        assert OwnDuration.objects.get(service=made, practitioner=ada).minutes == 75
        assert ServiceNeed.objects.get(service=made).count == 2
        assert AuditEntry.objects.filter(action="service.added", actor=alice, business=clinic).exists()

    def test_what_was_saved_is_shown_again_in_words(self, manager, clinic, ada, check_up, chairs):
        Service.objects.filter(pk=check_up.pk).update(minimum_notice=2880, reminders=[2160], seats=3)
        ServiceNeed.objects.create(service=check_up, kind=chairs[0].kind, count=2)
        form = manager.get(f"{BASE}/services/{check_up.pk}/").content.decode()
        assert 'value="2 days"' in form
        assert "1 day 12 hours" in form
        listed = manager.get(f"{BASE}/services/").content.decode()
        for fact in ("at least 2 days before", "3 seats", "2 × Chair", "reminder 1 day 12 hours before"):
            assert fact in listed

    def test_an_empty_notice_shows_the_house_rule(self, manager, clinic, check_up):
        BookingRules(pk=1, minimum_notice=120, horizon_days=90).save()
        form = manager.get(f"{BASE}/services/{check_up.pk}/").content.decode()
        assert 'placeholder="2 hours (house rule)"' in form
        assert 'placeholder="90 (house rule)"' in form

    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("duration", "4", "greater than or equal to 5"),
            ("duration", "", "This field is required"),
            ("buffer_after", "241", "less than or equal to 240"),
            ("grid", "0", "greater than or equal to 5"),
            ("minimum_notice", "soon", "“soon” is not understood. Write it like 2 days"),
            ("minimum_notice", "9999 days", "more than a year"),
            ("horizon_days", "731", "less than or equal to 730"),
            ("seats", "201", "less than or equal to 200"),
            ("open_to", "friends", "Select a valid choice"),
            ("reminders", "7", "Select a valid choice"),
            ("reminder_other", "1 minute", "Between 5 minutes and"),
            ("price_major", "-1", "greater than or equal to 0"),
            ("name", "Check-up", "Another service has this name."),
            ("name", "a\0b", "Null characters are not allowed"),
        ],
    )
    def test_bad_input_is_named_beside_its_field(self, manager, clinic, ada, field, value, words):
        answer = manager.post(f"{BASE}/services/new/", service_data(ada, **{field: value}))
        assert answer.status_code == 422
        assert words in answer.content.decode()
        enter(clinic)
        assert not Service.objects.filter(name="Whitening").exists()

    def test_what_it_cannot_have_is_refused(self, manager, clinic, ada, chairs):
        data = service_data(ada) | {f"need_{chairs[0].kind_id}": "3"}
        page = manager.post(f"{BASE}/services/new/", data).content.decode()
        assert "It can’t be booked like this: there is only 2 in use." in page

    def test_too_many_reminders_are_refused(self, manager, ada):
        data = service_data(ada) | {"reminders": ["10080", "4320", "2880", "1440", "180", "60"]}
        assert "At most 5" in manager.post(f"{BASE}/services/new/", data).content.decode()

    def test_practitioners_who_left_keep_their_services(self, manager, clinic, ada, check_up):
        gone = Practitioner.objects.create(name="Dr Gone", location=ada.location, active=False)
        gone.services.add(check_up)
        data = service_data(ada, name="Check-up")
        assert manager.post(f"{BASE}/services/{check_up.pk}/", data).status_code == 302
        enter(clinic)
        assert gone.services.filter(pk=check_up.pk).exists()

    def test_one_is_withdrawn_and_offered_again(self, manager, clinic, check_up):
        there = f"{BASE}/services/{check_up.pk}/offered/"
        manager.post(there, {"on": "0"})
        enter(clinic)
        assert not Service.objects.get(pk=check_up.pk).active
        manager.post(there, {"on": "1"})
        enter(clinic)
        assert Service.objects.get(pk=check_up.pk).active


class TestRooms:
    def test_three_chairs_are_numbered_and_two_more_go_on(self, manager, clinic):
        assert "No rooms or chairs yet" in manager.get(f"{BASE}/rooms/").content.decode()
        manager.post(f"{BASE}/rooms/", {"name": "Chair", "count": "3"})
        manager.post(f"{BASE}/rooms/", {"name": "chair", "count": "2"})

        enter(clinic)
        names = list(Resource.objects.filter(kind__name="Chair").values_list("name", flat=True))
        assert names == ["Chair 1", "Chair 2", "Chair 3", "Chair 4", "Chair 5"]

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            ({"name": "", "count": "1"}, "This field is required"),
            ({"name": "Chair", "count": "0"}, "greater than or equal to 1"),
            ({"name": "Chair", "count": "21"}, "less than or equal to 20"),
            ({"name": "x" * 61, "count": "1"}, "at most 60 characters"),
        ],
    )
    def test_bad_input_is_named(self, manager, data, words):
        answer = manager.post(f"{BASE}/rooms/", data)
        assert answer.status_code == 422
        assert words in answer.content.decode()

    def test_one_is_renamed_but_not_to_a_name_in_use(self, manager, clinic, chairs):
        there = f"{BASE}/rooms/{chairs[0].pk}/"
        assert "Another one has this name" in manager.post(there, {"name": "chair 2"}).content.decode()
        assert manager.post(there, {"name": "Window chair"}).status_code == 302
        enter(clinic)
        assert Resource.objects.get(pk=chairs[0].pk).name == "Window chair"

    def test_retiring_one_names_what_is_booked_in_it_and_what_it_prevents(
        self, manager, clinic, chairs, rosa, check_up
    ):
        TakenTime.objects.create(resource=chairs[0], appointment=rosa, during=rosa.during)
        ServiceNeed.objects.create(service=check_up, kind=chairs[0].kind, count=2)
        assert "Rosa Blum" in manager.get(f"{BASE}/rooms/{chairs[0].pk}/").content.decode()

        page = manager.post(f"{BASE}/rooms/{chairs[0].pk}/in-use/", {"on": "0"}, follow=True).content.decode()
        assert "Chair 1 is retired, but 1 coming appointment stands in it." in page
        assert "Can’t be booked any more, for lack of a Chair: Check-up." in page
        assert "Needs 2 × Chair, there is 1" in manager.get(f"{BASE}/services/").content.decode()

        manager.post(f"{BASE}/rooms/{chairs[0].pk}/in-use/", {"on": "1"})
        enter(clinic)
        assert Resource.objects.get(pk=chairs[0].pk).active

    def test_a_name_taken_meanwhile_keeps_it_retired(self, manager, clinic, chairs):
        Resource.objects.filter(pk=chairs[0].pk).update(active=False, name="Chair 2")
        page = manager.post(f"{BASE}/rooms/{chairs[0].pk}/in-use/", {"on": "1"}, follow=True).content.decode()
        assert "Rename that one first" in page


class TestBookingRules:
    def data(self, **other):
        return {
            "minimum_notice": "2 hours",
            "horizon_days": "90",
            "most_active": "3",
            "new_patients": "on",
            "series_most": "12",
            "cancel_notice": "24 hours",
            "late_cancel": "staff",
            "move_notice": "1 day",
            "late_move": "allow",
            "late_fee_text": "We charge £25.",
            "hold_minutes": "10 minutes",
            "undo_minutes": "",
            "waitlist_minutes": "1 h 30",
        } | other

    def test_they_are_saved_in_minutes(self, manager, clinic, alice):
        assert manager.post(f"{BASE}/booking/", self.data()).status_code == 302

        enter(clinic)
        rules = BookingRules.of_this_business()
        assert (rules.minimum_notice, rules.horizon_days, rules.most_active) == (120, 90, 3)
        assert (rules.cancel_notice, rules.late_cancel, rules.undo_minutes, rules.waitlist_minutes) == (
            1440,
            "staff",
            0,
            90,
        )
        assert AuditEntry.objects.filter(action="booking_rules.edited", actor=alice).exists()

    def test_fields_of_other_pages_are_left_alone(self, manager, clinic):
        BookingRules(pk=1, quiet_from=dt.time(19), after_visit=True, closed_on_holidays=False).save()
        manager.post(f"{BASE}/booking/", self.data())
        enter(clinic)
        rules = BookingRules.of_this_business()
        assert (rules.quiet_from, rules.after_visit, rules.closed_on_holidays) == (dt.time(19), True, False)

    def test_patients_read_the_rules_in_sentences_before_they_are_saved(self, manager, clinic):
        page = manager.post(f"{BASE}/booking/sentences/", self.data()).content.decode()
        assert "You can book at least 2 hours before, up to 90 days ahead." in page
        assert "You can cancel freely until 1 day before. To cancel after that, please ask the team" in page
        assert "You can move freely until 1 day before. You can still move after that. We charge £25." in page
        enter(clinic)
        assert not BookingRules.objects.exists()

    def test_unclear_input_leaves_the_sentences(self, manager):
        assert manager.post(f"{BASE}/booking/sentences/", self.data(cancel_notice="soonish")).status_code == 204

    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("horizon_days", "0", "greater than or equal to 1"),
            ("hold_minutes", "3 hours", "Between 1 minute and 2 hours"),
            ("hold_minutes", "", "This field is required"),
            ("undo_minutes", "2 days", "Between 0 minutes and 1 day"),
            ("waitlist_minutes", "4", "Between 5 minutes and 1 day"),
            ("cancel_notice", "a while", "not understood"),
            ("late_cancel", "never", "Select a valid choice"),
            ("series_most", "53", "less than or equal to 52"),
            ("late_fee_text", "x" * 241, "at most 240 characters"),
        ],
    )
    def test_bad_input_is_named_beside_its_field(self, manager, clinic, field, value, words):
        answer = manager.post(f"{BASE}/booking/", self.data(**{field: value}))
        assert answer.status_code == 422
        assert words in answer.content.decode()
        enter(clinic)
        assert not BookingRules.objects.exists()


class TestPractitioners:
    def week(self, **days):
        return {f"day{number}": "" for number in range(7)} | days

    def test_one_gets_services_and_several_periods_a_day(self, manager, clinic, check_up):
        data = self.week(day2="08:00-10:00, 14:00-18:00") | {"name": "Dr Bea Wolf", "services": [check_up.pk]}
        assert manager.post(f"{BASE}/practitioners/new/", data).status_code == 302

        enter(clinic)
        bea = Practitioner.objects.get(name="Dr Bea Wolf")
        assert list(bea.services.all()) == [check_up]
        assert WorkingHours.objects.filter(practitioner=bea, weekday=2, weeks="every").count() == 2

    def test_weeks_that_alternate_begin_where_this_week_stands(self, manager, clinic, ada, check_up):
        data = self.week(day0="09:00-17:00") | {"name": "Dr Ada Silva", "alternates": "on", "this_week": "B"}
        data |= {f"b-day{number}": "" for number in range(7)} | {"b-day4": "12:00-20:00"}
        assert manager.post(f"{BASE}/practitioners/{ada.pk}/", data).status_code == 302

        enter(clinic)
        rows = set(ada.working_hours.values_list("weekday", "weeks"))
        assert rows == {(0, "a"), (4, "b")}
        assert Practitioner.objects.get(pk=ada.pk).fortnight_from == dt.date(2026, 11, 16)
        page = manager.get(f"{BASE}/practitioners/{ada.pk}/").content.decode()
        assert page.index("strip__letter--b") < page.index("strip__letter--a")
        assert "Mon (A)" in manager.get(f"{BASE}/practitioners/").content.decode()

    def test_a_b_week_that_makes_no_sense_is_refused(self, manager, ada):
        data = self.week() | {"name": "Dr Ada Silva", "alternates": "on", "this_week": "A", "b-day1": "nine to five"}
        answer = manager.post(f"{BASE}/practitioners/{ada.pk}/", data)
        assert answer.status_code == 422
        assert "not understood" in answer.content.decode()

    def test_a_day_is_copied_to_others_without_saving(self, manager, clinic, ada):
        data = self.week(day0="10:00-12:00") | {"name": "Dr Ada Silva", "copy": "week", "week_from": "0"}
        answer = manager.post(f"{BASE}/practitioners/{ada.pk}/", data | {"week_to": ["1", "2"]})
        assert answer.status_code == 200
        assert answer.content.decode().count('value="10:00-12:00"') == 3
        enter(clinic)
        assert ada.working_hours.filter(weekday=1, starts=dt.time(8, 30)).exists()
