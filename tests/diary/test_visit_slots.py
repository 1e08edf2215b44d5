import datetime as dt

import pytest

from calendar_sync.models import Practitioner, Resource, ResourceKind, Service, ServiceNeed, WorkingHours
from calendar_sync.visit_slots import visit_slots


@pytest.fixture
def cleaning(clinic):
    return Service.objects.create(name="Cleaning", duration=30)


@pytest.fixture
def bea(ada, cleaning):
    """Cleans on Monday mornings from 09:00 to 10:00."""
    person = Practitioner.objects.create(name="Dr Bea", location=ada.location, position=1)
    person.services.add(cleaning)
    WorkingHours.objects.create(practitioner=person, weekday=0, starts=dt.time(9), ends=dt.time(10))
    return person


@pytest.fixture
def visits(desk, monday, cleaning):
    def found(**options):
        window = (monday, monday + dt.timedelta(hours=16))
        services = [desk.service, cleaning]
        return [
            [(f"{each.starts_at:%H:%M}", each.practitioner) for each in visit]
            for visit in visit_slots(desk.business, services, window, **options)
        ]

    return found


def test_one_service_directly_after_the_other(visits, ada, cleaning):
    ada.services.add(cleaning)
    found = visits()
    assert found[0] == [("08:30", "Dr Ada Silva"), ("09:00", "Dr Ada Silva")]
    assert found[-1][0][0] == "16:30"
    assert not [each for each in found if each[0][0] in ("11:45", "12:00")]  # the second would be in the break


def test_different_practitioners_take_turns(visits, bea):
    assert visits() == [
        [("08:30", "Dr Ada Silva"), ("09:00", "Dr Bea")],
        [("08:45", "Dr Ada Silva"), ("09:15", "Dr Bea")],
        [("09:00", "Dr Ada Silva"), ("09:30", "Dr Bea")],
    ]
    assert visits(practitioner=bea) == []
    assert len(visits(limit=2)) == 2


def test_buffers_stand_between_two_of_one_practitioner(visits, ada, desk, cleaning):
    ada.services.add(cleaning)
    desk.service.buffer_after = 20
    assert visits()[0] == [("08:30", "Dr Ada Silva"), ("09:30", "Dr Ada Silva")]


def test_whoever_takes_the_same_room_waits_for_it(visits, ada, bea, desk, cleaning):
    room = Resource.objects.create(kind=ResourceKind.objects.create(name="Room"), location=ada.location, name="1")
    for each in (desk.service, cleaning):
        ServiceNeed.objects.create(service=each, kind=room.kind)
    desk.service.buffer_after = 15
    assert visits()[0] == [("08:30", "Dr Ada Silva"), ("09:15", "Dr Bea")]


def test_no_services_make_no_visit(desk, monday):
    assert visit_slots(desk.business, [], (monday, monday)) == []
