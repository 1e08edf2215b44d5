"""The same reference, asked of the database: what is offered, how many seats are left, and why not the rest.

AVAILABILITY_CASES=10000 makes 500 cases of it.
"""

import dataclasses
import datetime as dt
import os
from contextlib import contextmanager
from itertools import cycle

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calendar_sync.fitting import why_not
from calendar_sync.models import (
    Appointment,
    BookedBy,
    BookingRules,
    GroupSession,
    Hold,
    HoursException,
    OpeningHours,
    Patient,
    Practitioner,
    Resource,
    ResourceKind,
    Service,
    ServiceNeed,
    TakenTime,
    TimeOff,
    WorkingHours,
)
from calendar_sync.slots import find_slots
from tests.diary.reference import MINUTE, free_minutes, grid_minutes
from tests.diary.worlds import worlds

CASES = max(25, int(os.environ.get("AVAILABILITY_CASES", "0")) // 20)
ME, ANOTHER = 1, 2


@given(worlds(), st.integers(0, 3), st.booleans())
@settings(
    max_examples=CASES,
    deadline=None,
    derandomize="AVAILABILITY_CASES" not in os.environ,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_the_diary_agrees_with_the_reference_and_gives_its_reasons(clinic, ada, case, sitting, shared):
    world, begin, end = case
    world = in_the_database(world)
    with rolled_back():
        service, session, world = furnish(clinic, ada, world, sitting if shared else None)
        expected = dict.fromkeys(free_minutes(world, begin, end), service.seats if shared else None)
        if session is not None and begin <= session[0] < end and joinable(world, session) and sitting < 3:
            expected[session[0]] = 3 - sitting

        found = find_slots(clinic, service=service, window=(begin, end), now=world.now, contact_id=ME)

        assert {each.starts_at: each.seats_left for each in found} == expected
        rest = [each for each in grid_minutes(world, begin, end) if each not in expected and not lenient(world, each)]
        for start in [*some(list(expected)), *some(rest)]:
            refusal = why_not(clinic, service, ada, start, now=world.now, contact_id=ME)
            assert (refusal is None) == (start in expected), (start, refusal)


def in_the_database(world):
    """What the tables can hold: disjoint times, no calendar outside; holidays are left to named tests."""
    rooms = tuple((needed, tuple(disjoint(taken) for taken in kind)) for needed, kind in world.rooms)
    return dataclasses.replace(
        world, length=max(5, world.length), holidays=frozenset(), external=(), taken=disjoint(world.taken), rooms=rooms
    )


def disjoint(spans):
    found = []
    for begin, end in sorted(spans):
        if not found or found[-1][1] <= begin:
            found.append((begin, end))
    return tuple(found)


@contextmanager
def rolled_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def furnish(clinic, ada, world, sitting):
    """(service, the session's time, the world as it stands in anybody's way). Ada is the only one who performs it."""
    clinic.timezone, clinic.country = world.zone.key, "XX"
    BookingRules.objects.create(pk=1, minimum_notice=world.notice, horizon_days=world.horizon)
    service = Service.objects.create(
        name="Anything",
        duration=world.length,
        buffer_before=world.before,
        buffer_after=world.after,
        grid=world.grid,
        seats=1 if sitting is None else 3,
    )
    service.practitioners.set([ada])
    hours(ada, world)
    somebody_else(ada, world)
    for needed, kind in world.rooms:
        resources(service, ada, needed, kind)
    for start, end in world.time_off:
        TimeOff.objects.create(practitioner=ada, starts_at=start, ends_at=end)
    session = world.taken[0] if sitting is not None and world.taken else None
    if session is not None:
        hold_session(service, ada, session, sitting)
    standing = holds(ada, world.taken[1 if session else 0 :])
    return service, session, dataclasses.replace(world, taken=(*standing, *([session] if session else [])))


def hours(ada, world):
    WorkingHours.objects.all().delete()
    OpeningHours.objects.all().delete()
    ada.fortnight_from = world.a_week_from
    ada.save()
    for weekday, weeks, starts, ends in world.week:
        WorkingHours.objects.create(practitioner=ada, weekday=weekday, weeks=weeks, starts=starts, ends=ends)
    for weekday, opens, closes in world.opening:
        OpeningHours.objects.create(location=ada.location, weekday=weekday, opens=opens, closes=closes)
    for each in world.specials:
        HoursException.objects.create(
            practitioner=ada if each.whose == "own" else None,
            date=each.date,
            yearly=each.yearly,
            periods=[[start.isoformat(), end.isoformat()] for start, end in each.periods],
        )


def somebody_else(ada, world):
    """Who is off and taken all the time, which is nobody else's business."""
    bea = Practitioner.objects.create(name="Dr Bea", location=ada.location)
    ever = (world.now - dt.timedelta(days=9), world.now + dt.timedelta(days=9))
    TimeOff.objects.create(practitioner=bea, starts_at=ever[0], ends_at=ever[1])
    HoursException.objects.create(practitioner=bea, date=world.now.date(), periods=[], yearly=True)


def resources(service, ada, needed, kind):
    of = ResourceKind.objects.create(name=f"Kind {ResourceKind.objects.count()}")
    ServiceNeed.objects.create(service=service, kind=of, count=needed)
    for number, taken in enumerate(kind):
        resource = Resource.objects.create(kind=of, location=ada.location, name=f"{of} {number}")
        for span in taken:
            hold(ada, span, ANOTHER, resource=resource)


def holds(ada, spans):
    """By turns for another (which stands in the way), for me, and expired."""
    standing = []
    for span, kind in zip(spans, cycle(("another", "me", "expired")), strict=False):
        hold(ada, span, ME if kind == "me" else ANOTHER, expired=kind == "expired", practitioner=ada)
        if kind == "another":
            standing.append(span)
    return standing


def hold(ada, span, contact, expired=False, **taken):
    row = Hold.objects.create(
        reason="offer",
        contact_id=contact,
        service=Service.objects.first(),
        practitioner=ada,
        during=span,
        expires_at=dt.datetime(2000 if expired else 2100, 1, 1, tzinfo=dt.UTC),
    )
    TakenTime.objects.create(hold=row, during=span, **taken)


def hold_session(service, ada, span, sitting):
    session = GroupSession.objects.create(service=service, practitioner=ada, during=span, seats=3)
    TakenTime.objects.create(practitioner=ada, session=session, during=span)
    patient = Patient.objects.create(name="Rosa Blum")
    for seat in range(1, sitting + 1):
        Appointment.objects.create(
            service=service,
            practitioner=ada,
            patient=patient,
            during=span,
            booked_by=BookedBy.STAFF,
            session=session,
            seat=seat,
        )


def joinable(world, session):
    today, day = (each.astimezone(world.zone).date() for each in (world.now, session[0]))
    soon = session[0] < world.now + max(world.notice, 15) * MINUTE
    off = any(start < session[1] and session[0] < end for start, end in world.time_off)
    return not soon and (day - today).days <= world.horizon and not off


def lenient(world, minute):
    """What is no longer offered but still accepted."""
    later = (world.now + 10 * MINUTE).astimezone(world.zone).date()
    soon = max(world.notice, 15) * MINUTE
    last = (minute.astimezone(world.zone).date() - later).days == world.horizon
    return last or world.now + 10 * MINUTE <= minute < world.now + soon


def some(starts):
    """The first, the last and a few between."""
    return starts[:: max(1, len(starts) // 4)] + starts[-1:]
