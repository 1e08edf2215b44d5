""" "I'm 15 minutes late" is checked against what comes next."""

import datetime as dt

import pytest

from calendar_sync.models import LateNotice, Resource, ResourceKind, Service, ServiceNeed
from tenants import clock
from tests.waitlist.scene import local


@pytest.fixture
def rosa(scene):
    """At 10:00 today for half an hour; it is nine."""
    one = scene.somebody("Rosa Blum")
    scene.book(one, "2026-11-30 10:00")
    return one


def test_it_fits_when_nothing_follows(scene, rosa):
    result = rosa.use("running_late", minutes=15)
    assert result.data["verdict"] == "fine"
    notice = LateNotice.objects.get()
    assert (notice.minutes, notice.turn_id) == (15, 7)


def test_the_buffer_after_may_be_used_up(scene, rosa):
    Service.objects.filter(name="Check-up").update(buffer_after=15)
    scene.book(scene.somebody("Tom Reed"), "2026-11-30 10:45")
    assert rosa.use("running_late", minutes=15).data["verdict"] == "fine"


def test_the_next_patient_shortens_it(scene, rosa):
    scene.book(scene.somebody("Tom Reed"), "2026-11-30 10:30")
    result = rosa.use("running_late", minutes=10)
    assert (result.data["verdict"], result.data["minutes_left"]) == ("shortened", 20)
    assert "20 minutes are left" in result.data["message"]


def test_with_less_than_half_it_is_too_late(scene, rosa):
    scene.book(scene.somebody("Tom Reed"), "2026-11-30 10:30")
    assert rosa.use("running_late", minutes=16).data["verdict"] == "too_late"


def test_a_room_that_somebody_else_needs_counts_as_well(scene):
    kind = ResourceKind.objects.create(name="Room")
    Resource.objects.create(kind=kind, location=scene.ada.location, name="Room 1")
    ServiceNeed.objects.create(service=scene.service, kind=kind)
    rosa, bea = scene.somebody("Rosa Blum"), scene.colleague()
    scene.book(rosa, "2026-11-30 10:00")
    scene.book(scene.somebody("Tom Reed"), "2026-11-30 10:30", bea)
    assert rosa.use("running_late", minutes=10).data["verdict"] == "shortened"


def test_the_end_of_work_counts(scene):
    rosa = scene.somebody("Rosa Blum")
    ends = max(row.ends for row in scene.ada.working_hours.filter(weekday=0))
    last = dt.datetime.combine(dt.date(2026, 11, 30), ends, local("2026-11-30 09:00").tzinfo)
    scene.book(rosa, last - dt.timedelta(minutes=30))
    assert rosa.use("running_late", minutes=5).data["verdict"] == "shortened"


def test_only_todays_and_only_what_has_not_ended(scene):
    rosa = scene.somebody("Rosa Blum")
    scene.book(rosa, "2026-12-01 10:00")
    assert rosa.use("running_late", minutes=5).status == "error"
    scene.book(rosa, "2026-11-30 10:00")
    with clock.pinned(local("2026-11-30 10:31")):
        assert rosa.use("running_late", minutes=5).status == "error"
    assert not LateNotice.objects.exists()


def test_of_two_it_asks_which(scene, rosa):
    other = scene.book(rosa, "2026-11-30 14:00")
    asked = rosa.use("running_late", minutes=5)
    assert asked.status == "error"
    assert len(asked.data["appointments"]) == 2
    named = rosa.use("running_late", minutes=5, appointment=other.reference)
    assert named.data["appointment"]["appointment"] == other.reference


def test_nobody_is_late_for_somebody_elses(scene, rosa):
    tom = scene.somebody("Tom Reed")
    theirs = scene.book(tom, "2026-11-30 11:00")
    assert rosa.use("running_late", minutes=5, appointment=theirs.reference).status == "error"
