"""The set-up is read once and kept until somebody edits it, for one business only."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context

from calendar_sync import set_up, slots
from calendar_sync.models import (
    BookingRules,
    HoursException,
    OpeningHours,
    OwnDuration,
    Practitioner,
    Service,
    WorkingHours,
)

DAY = (dt.datetime(2026, 11, 25, tzinfo=dt.UTC), dt.datetime(2026, 11, 26, tzinfo=dt.UTC))
EDITS = {
    "a length": lambda: Service.objects.update(duration=75),
    "an own length": lambda: OwnDuration.objects.create(
        service=Service.objects.get(name="Check-up"),
        practitioner=Practitioner.objects.get(name="Dr Ada Silva"),
        minutes=95,
    ),
    "working hours": lambda: WorkingHours.objects.all().delete(),
    "opening hours": lambda: OpeningHours.objects.update(opens=dt.time(12)),
    "a closed day": lambda: HoursException.objects.create(date=dt.date(2026, 11, 25), note="Inventory"),
    "the horizon": lambda: BookingRules.objects.update_or_create(pk=1, defaults={"horizon_days": 1}),
    "nobody performs it": lambda: Service.objects.get(name="Check-up").practitioners.clear(),
    "a practitioner who left": lambda: Practitioner.objects.update(active=False),
}


def offered(clinic):
    return slots.find_slots(clinic, service=Service.objects.get(name="Check-up"), window=DAY)


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_an_edit_counts_from_the_next_act_on(clinic, monday, edit):
    with set_up.reading_once():
        before = offered(clinic)
    edit()
    with set_up.reading_once():
        assert offered(clinic) != before
        kept = offered(clinic)
    assert kept == offered(clinic), "what is kept is what the database says"


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_an_edit_while_somebody_waited_for_a_lock_counts(clinic, monday, edit):
    with set_up.reading_once():
        before = offered(clinic)
        edit()
        set_up.look_again()
        assert offered(clinic) != before


def test_a_second_act_asks_only_for_the_stamp_and_for_what_is_taken(clinic, monday):
    with set_up.reading_once():
        offered(clinic)
    with CaptureQueriesContext(connection) as asked, set_up.reading_once():
        offered(clinic)
    said = [each["sql"] for each in asked.captured_queries]
    assert (
        sum("EXECUTE frontdesk_" in each for each in said) == 2
    )  # the stamp and what is taken, prepared by the first act
    tables = " ".join(said)
    for table in ("workinghours", "openinghours", "bookingrules", "hoursexception", "ownduration"):
        assert table not in tables


def test_an_act_that_asks_for_nothing_of_it_costs_nothing(clinic):
    with CaptureQueriesContext(connection) as asked, set_up.reading_once():
        pass
    assert not asked.captured_queries


def test_another_business_gets_its_own_answers(clinic, salon, monday):
    with set_up.reading_once():
        ours = BookingRules.of_this_business()
    with tenant_context(salon):
        BookingRules.objects.update_or_create(pk=1, defaults={"horizon_days": ours.horizon_days + 1})
        with set_up.reading_once():
            assert BookingRules.of_this_business().horizon_days == ours.horizon_days + 1
    with set_up.reading_once():
        assert BookingRules.of_this_business().horizon_days == ours.horizon_days
