"""What a business in several places publishes, and when it is open."""

import datetime as dt

from agents.briefing import brief_of
from agents.llm.claude.prompt import momentary, stable
from agents.models import AssistantVersion
from calendar_sync import brief
from calendar_sync.models import HoursException, Location
from calendar_sync.named import place_called
from calendar_sync.slots import find_slots
from calendar_sync.visit_slots import visit_slots

WEEK = dt.timedelta(days=7)


def test_one_place_is_told_as_ever(clinic, park_street):
    facts = brief.facts(clinic)
    assert facts.places == ()
    assert facts.address == "1 Park Street, Leeds"


def test_each_place_is_told_with_its_own_hours_people_and_services(clinic, headingley):
    facts = brief.facts(clinic)
    park_street, other = facts.places
    assert park_street.opening_hours[0] == "Monday 08:30–12:30, 13:30–17:30"
    assert other.opening_hours[:2] == ("Monday closed", "Tuesday 10:00–16:00")
    assert other.practitioners == ("Dr Bea Wolf",)
    assert set(other.services) == {"Check-up", "Hygienist"}
    assert facts.address == "Park Street: 1 Park Street, Leeds; Headingley: 2 Otley Road, Leeds"
    assert "Headingley: +44 113 496 0002" in facts.phone


def test_the_business_is_open_when_one_of_its_places_is(clinic, headingley):
    lines = brief.facts(clinic).opening_hours
    assert lines[1] == "Tuesday 08:30–17:30"
    assert lines[5] == "Saturday 10:00–12:00"
    (saturday,) = brief.open_periods(clinic, dt.date(2026, 11, 28))
    assert saturday.starts_at == dt.datetime(2026, 11, 28, 10, tzinfo=dt.UTC)


def test_a_place_that_was_closed_for_good_is_not_told(clinic, headingley):
    Location.objects.filter(pk=headingley.pk).update(active=False)
    assert brief.facts(clinic).places == ()
    assert place_called("Headingley") is None


def test_a_closed_day_of_one_place_closes_that_place_alone(clinic, headingley, check_up, monday):
    tuesday = dt.date(2026, 11, 24)
    HoursException.objects.create(location=headingley, date=tuesday, periods=[], note="New floor")

    found = find_slots(clinic, service=check_up, window=(monday, monday + dt.timedelta(days=3)))
    assert {each.starts_at.date() for each in found if each.location_id == headingley.pk} == {dt.date(2026, 11, 25)}
    assert tuesday in {each.starts_at.date() for each in found if each.location_id != headingley.pk}
    assert "Tuesday 24 November, Headingley: closed (New floor)" in [
        each.said for each in brief.special_days_ahead(clinic)
    ]
    assert brief.open_on(clinic, tuesday).hours == "08:30–12:30, 13:30–17:30"


def test_a_place_may_open_while_all_others_are_closed(clinic, headingley, check_up, monday):
    tuesday = dt.date(2026, 11, 24)
    HoursException.objects.create(date=tuesday, periods=[], note="Training")
    HoursException.objects.create(location=headingley, date=tuesday, periods=[["11:00", "12:00"]])

    found = find_slots(clinic, service=check_up, window=(monday, monday + dt.timedelta(days=2)))
    there = [each for each in found if each.starts_at.date() == tuesday]
    assert {each.location_id for each in there} == {headingley.pk}
    assert brief.open_on(clinic, tuesday).hours == "11:00–12:00"


def test_the_parts_of_a_visit_are_at_one_place(clinic, headingley, check_up, monday):
    hygienist = check_up.__class__.objects.get(name="Hygienist")
    visits = visit_slots(clinic, [check_up, hygienist], (monday, monday + WEEK))
    assert visits
    assert all(len({part.location_id for part in visit}) == 1 for visit in visits)
    here = visit_slots(clinic, [check_up, hygienist], (monday, monday + WEEK), location_id=headingley.pk)
    assert {part.practitioner for visit in here for part in visit} == {"Dr Bea Wolf"}


def test_a_model_is_told_of_each_place(clinic, headingley):
    HoursException.objects.create(location=headingley, date=dt.date(2026, 11, 24), periods=[], note="New floor")
    brief_told = brief_of(clinic, AssistantVersion(name="Robin", rules=[]))
    told = stable(brief_told)
    assert "Headingley: Check-up, Hygienist, with Dr Bea Wolf" in told
    assert "- Saturday 10:00–12:00\n- Sunday closed\n\nAddress: 2 Otley Road, Leeds" in told
    assert "Say which one with every time" in told
    assert "Tuesday 2026-11-24 (Headingley: closed, New floor)" in momentary(brief_told)


def test_with_one_place_a_model_is_told_as_ever(clinic, park_street):
    told = stable(brief_of(clinic, AssistantVersion(name="Robin", rules=[])))
    assert "Locations" not in told
    assert "Opening hours (Europe/London)\n- Monday 08:30–12:30, 13:30–17:30" in told
    assert told.endswith("Address: 1 Park Street, Leeds\nPhone: +44 113 496 0001")


def test_the_skill_names_each_time_s_place_and_keeps_to_the_named_one(headingley, skill):
    asked = {"service": "Check-up", "date": "2026-11-24", "weekday": "Tuesday", "time_from": "10:00"}
    everywhere = skill("find_slots", **asked).data["offers"]
    assert {each["location"] for each in everywhere} == {"Park Street", "Headingley"}
    there = skill("find_slots", **asked, location="the Headingley branch").data["offers"]
    assert {each["location"] for each in there} == {"Headingley"}
    refused = skill("find_slots", **asked, location="Horsforth")
    assert refused.message == "There is no location called 'Horsforth'; use one of: Park Street, Headingley. Or null."
    (about, other) = skill("about_the_business", topic="locations").data["locations"]
    assert (about["address"], other["name"]) == ("1 Park Street, Leeds", "Headingley")


def test_with_one_place_the_skill_names_none(park_street, skill):
    offers = skill("find_slots", service="Check-up", date="2026-11-24", weekday="Tuesday").data["offers"]
    assert all("location" not in each for each in offers)
    assert skill("about_the_business", topic="locations").data == {"locations": "only one"}


def test_facts_of_many_places_take_no_more_queries(clinic, headingley, django_assert_num_queries):
    Location.objects.bulk_create(Location(name=f"Place {number}") for number in range(20))
    with django_assert_num_queries(6):
        brief.facts(clinic)


def test_places_are_called_as_people_call_them(clinic, headingley):
    assert place_called("headingley").pk == headingley.pk
    assert place_called("the Park Street branch").name == "Park Street"
    assert place_called("Otley") is None
