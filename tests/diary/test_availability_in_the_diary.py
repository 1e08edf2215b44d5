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
    Location,
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
from tests.diary.reference import HERE, MINUTE, THERE, Other, free_minutes, grid_minutes
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
        service, session, world, where = furnish(clinic, ada, world, sitting if shared else None)
        seats = service.seats if shared else None
        expected = {(start, where[each]): seats for each in where for start in free_minutes(world, begin, end, each)}
        if session is not None and begin <= session[0] < end and joinable(world, session) and sitting < 3:
            expected[session[0], where[HERE]] = 3 - sitting

        found = find_slots(clinic, service=service, window=(begin, end), now=world.now, contact_id=ME)

        assert {(each.starts_at, each.location_id): each.seats_left for each in found} == expected
        for place in where:
            there = {start: left for (start, location), left in expected.items() if location == where[place]}
            rest = [each for each in grid_minutes(world, begin, end, place) if each not in there]
            joins = [session[0]] if session else []  # wherever its practitioner is
            for start in [*some(list(there)), *some([each for each in rest if not lenient(world, each)])]:
                refusal = why_not(clinic, service, ada, start, now=world.now, contact_id=ME, location_id=where[place])
                assert (refusal is None) == (start in there) or start in joins, (place, start, refusal)


def in_the_database(world):
    """What the tables can hold: disjoint times, no calendar outside; holidays are left to named tests."""
    rooms = tuple((needed, tuple(disjoint(taken) for taken in kind)) for needed, kind in world.rooms)
    other = world.other or Other()
    taken = disjoint([*((*each, HERE) for each in world.taken), *((*each, THERE) for each in other.taken)])
    here, there = (tuple(each[:2] for each in taken if each[2] == place) for place in (HERE, THERE))
    # A service needs the same kinds everywhere.
    of_first = tuple(disjoint(taken) for _, kind in other.rooms for taken in kind)
    rooms_there = tuple((needed, () if place else of_first) for place, (needed, _) in enumerate(rooms))
    return dataclasses.replace(
        world,
        length=max(5, world.length),
        holidays=frozenset(),
        external=(),
        taken=here,
        rooms=rooms,
        other=world.other and dataclasses.replace(other, taken=there, rooms=rooms_there),
    )


def disjoint(spans):
    found = []
    for each in sorted(spans):
        if not found or found[-1][1] <= each[0]:
            found.append(each)
    return tuple(found)


@contextmanager
def rolled_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def furnish(clinic, ada, world, sitting):
    """(service, the session's time, the world as it stands in anybody's way, the locations' ids). Ada is the only one
    who performs it."""
    clinic.timezone, clinic.country = world.zone.key, "XX"
    other = world.other or Other()
    BookingRules.objects.create(
        pk=1, minimum_notice=world.notice, horizon_days=world.horizon, travel_minutes=other.travel
    )
    second = Location.objects.create(name="The other one") if world.other else None
    where = {HERE: ada.location_id} | ({THERE: second.pk} if second else {})
    service = Service.objects.create(
        name="Anything",
        duration=world.length,
        buffer_before=world.before,
        buffer_after=world.after,
        grid=world.grid,
        seats=1 if sitting is None else 3,
    )
    service.practitioners.set([ada])
    hours(ada, world, where)
    somebody_else(ada, world)
    for number, (needed, here) in enumerate(world.rooms):
        resources(service, ada, needed, {where[HERE]: here} | ({second.pk: other.rooms[number][1]} if second else {}))
    for start, end in world.time_off:
        TimeOff.objects.create(practitioner=ada, starts_at=start, ends_at=end)
    for place, spans in ((HERE, other.off_here), (THERE, other.off_there)):
        for start, end in spans:
            TimeOff.objects.create(practitioner=ada, starts_at=start, ends_at=end, location_id=where[place])
    session = world.taken[0] if sitting is not None and world.taken else None
    if session is not None:
        hold_session(service, ada, session, sitting)
    standing = holds(ada, world.taken[1 if session else 0 :])
    there = tuple(holds(ada, other.taken, second))
    taken = (*standing, *([session] if session else []))
    stands = dataclasses.replace(world, taken=taken, other=world.other and dataclasses.replace(other, taken=there))
    return service, session, stands, where


def hours(ada, world, where):
    WorkingHours.objects.all().delete()
    OpeningHours.objects.all().delete()
    ada.fortnight_from = world.a_week_from
    ada.save()
    for weekday, weeks, starts, ends, *place in world.week:
        WorkingHours.objects.create(
            practitioner=ada,
            weekday=weekday,
            weeks=weeks,
            starts=starts,
            ends=ends,
            location_id=where[place[0]] if place else None,
        )
    for place in where:
        for weekday, opens, closes in world.opening if place == HERE else world.other.opening:
            OpeningHours.objects.create(location_id=where[place], weekday=weekday, opens=opens, closes=closes)
    for each in world.specials:
        HoursException.objects.create(
            practitioner=ada if each.whose == "own" else None,
            location_id=where.get(each.whose),
            date=each.date,
            yearly=each.yearly,
            periods=[
                [start.isoformat(), end.isoformat(), *(where[each] for each in place)]
                for start, end, *place in each.periods
            ],
        )


def somebody_else(ada, world):
    """Who is off and taken all the time, which is nobody else's business."""
    bea = Practitioner.objects.create(name="Dr Bea", location=ada.location)
    ever = (world.now - dt.timedelta(days=9), world.now + dt.timedelta(days=9))
    TimeOff.objects.create(practitioner=bea, starts_at=ever[0], ends_at=ever[1])
    HoursException.objects.create(practitioner=bea, date=world.now.date(), periods=[], yearly=True)


def resources(service, ada, needed, kinds):
    """`kinds`: location id → what each of them has taken."""
    of = ResourceKind.objects.create(name=f"Kind {ResourceKind.objects.count()}")
    ServiceNeed.objects.create(service=service, kind=of, count=needed)
    rooms = [(location_id, taken) for location_id, kind in kinds.items() for taken in kind]
    for number, (location_id, taken) in enumerate(rooms):
        resource = Resource.objects.create(kind=of, location_id=location_id, name=f"{of} {number}")
        for span in taken:
            hold(ada, span, ANOTHER, resource=resource)


def holds(ada, spans, location=None):
    """By turns for another (which stands in the way), for me, and expired."""
    standing = []
    for span, kind in zip(spans, cycle(("another", "me", "expired")), strict=False):
        contact = ME if kind == "me" else ANOTHER
        hold(ada, span, contact, expired=kind == "expired", location=location, practitioner=ada)
        if kind == "another":
            standing.append(span)
    return standing


def hold(ada, span, contact, expired=False, location=None, **taken):
    row = Hold.objects.create(
        reason="offer",
        contact_id=contact,
        service=Service.objects.first(),
        practitioner=ada,
        location=location,
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
    away = (*world.time_off, *(world.other.off_here if world.other else ()))
    off = any(start < session[1] and session[0] < end for start, end in away)
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
