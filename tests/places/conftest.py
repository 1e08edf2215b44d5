"""A dentist in two places: Dr Ada Silva in Park Street, Dr Bea Wolf in Headingley, which opens from Tuesday to
Thursday at ten and on Saturday mornings."""

import datetime as dt

import pytest

from agents.skills.registry import all_skills
from agents.types import SkillContext
from calendar_sync.models import Location, OpeningHours, Practitioner, Service, WorkingHours
from tenants import clock

MONDAY = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)  # 08:00 in London; the dentist opens at 08:30
TEN, FOUR, NOON = dt.time(10), dt.time(16), dt.time(12)


@pytest.fixture
def monday():
    """The clock stands at Monday, 08:00."""
    with clock.pinned(MONDAY):
        yield MONDAY


@pytest.fixture
def park_street(clinic, monday):
    there = Location.objects.get()
    there.name, there.address, there.phone = "Park Street", "1 Park Street, Leeds", "+44 113 496 0001"
    there.save()
    return there


@pytest.fixture
def headingley(park_street):
    there = second_place()
    bea = Practitioner.objects.create(name="Dr Bea Wolf", location=there, position=1)
    bea.services.set(Service.objects.filter(name__in=["Check-up", "Hygienist"]))
    WorkingHours.objects.bulk_create(
        WorkingHours(practitioner=bea, weekday=day, starts=dt.time(7), ends=dt.time(20)) for day in range(7)
    )
    return there


def second_place():
    there = Location.objects.create(name="Headingley", address="2 Otley Road, Leeds", phone="+44 113 496 0002")
    week = [(1, TEN, FOUR), (2, TEN, FOUR), (3, TEN, FOUR), (5, TEN, NOON)]
    OpeningHours.objects.bulk_create(
        OpeningHours(location=there, weekday=day, opens=opens, closes=closes) for day, opens, closes in week
    )
    return there


@pytest.fixture
def ada(park_street):
    return Practitioner.objects.get(name="Dr Ada Silva")


@pytest.fixture
def bea(headingley):
    return Practitioner.objects.get(name="Dr Bea Wolf")


@pytest.fixture
def check_up(clinic):
    return Service.objects.get(name="Check-up")


@pytest.fixture
def skill(clinic, monday):
    """`skill("find_slots", …)` as a model calls it."""

    def call(name, **arguments):
        found = all_skills()[name]
        context = SkillContext(
            business=clinic,
            conversation_id=1,
            contact_id=1,
            contact_name="Maria Lopes",
            turn_id=1,
            now=clock.local_now("Europe/London"),
        )
        return found.act(context, **found.parse(arguments))

    return call


@pytest.fixture
def staff(client, bob, monday):
    client.force_login(bob)
    return client


@pytest.fixture
def manager(client, alice, monday):
    client.force_login(alice)
    return client
