"""What is kept in the process is what stands in the database."""

import datetime as dt

import pytest

from calendar_sync import told
from calendar_sync.models import HoursException, Location, OpeningHours, Practitioner, Service

EDITS = {
    "a price": lambda: Service.objects.filter(name="Check-up").update(price=9900),
    "a price twice": lambda: [Service.objects.filter(name="Check-up").update(price=each) for each in (1, 4500)],
    "a service gone": lambda: Service.objects.filter(name="Check-up").delete(),
    "a name": lambda: Practitioner.objects.update(name="Dr Somebody Else"),
    "nobody performs it": lambda: Service.objects.get(name="Check-up").practitioners.clear(),
    "an address": lambda: Location.objects.update(address="2 New Street"),
    "hours": lambda: OpeningHours.objects.all().delete(),
    "a closed day": lambda: HoursException.objects.create(date=dt.date(2026, 12, 1), note="Inventory"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_an_edit_is_told_from_the_next_question_on(clinic, edit):
    before = told.told(clinic)
    edit()
    after = told.told(clinic)
    assert after is not before


def test_what_is_told_is_what_the_diary_publishes(clinic):
    Service.objects.filter(name="Check-up").update(price=9900)
    assert any(each.price == "£99" for each in told.told(clinic).facts.services)


def test_nothing_is_read_twice_while_nothing_changes(clinic, django_assert_num_queries):
    first = told.told(clinic)
    with django_assert_num_queries(1):
        assert told.told(clinic) is first
