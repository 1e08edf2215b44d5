"""Times that can be offered."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from calendar_sync.availability import Period, free_starts
from calendar_sync.models import Practitioner, Service
from calendar_sync.timetable import timetables
from tenants import clock
from tenants.models import Business

HORIZON = dt.timedelta(days=60)
STRIDE = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Slot:
    """One free time of one practitioner; `practitioner` and `service` are their names, times are UTC."""

    service_id: int
    practitioner_id: int
    practitioner: str
    service: str
    starts_at: dt.datetime
    ends_at: dt.datetime


def find_slots(
    business: Business,
    *,
    service: Service,
    window: tuple[dt.datetime, dt.datetime],
    practitioner: Practitioner | None = None,
    limit: int | None = None,
    now: dt.datetime | None = None,
) -> list[Slot]:
    """Free slots that begin within the window and after now, by time, then by the practitioners' order.

    Five queries, however many practitioners. Reads no connected calendar: that is `google.busy.refresh`, before.
    """
    now = now or clock.now()
    people = _performers(service, practitioner)
    span = Period(max(window[0], now), window[1])
    if not people or span.starts_at >= span.ends_at:
        return []
    calendars = timetables(business, people, span, now=now)
    length, earliest = service.length, now + dt.timedelta(microseconds=1)
    starts = [
        (start, place)
        for place, person in enumerate(people)
        for start in free_starts(calendars[person.pk], length=length, window=span, earliest=earliest)
    ]
    starts.sort()
    ids, names = [each.pk for each in people], [each.name for each in people]
    service_id, called = service.pk, service.name
    return [
        Slot(service_id, ids[place], names[place], called, start, start + length) for start, place in starts[:limit]
    ]


def next_free(
    business: Business,
    service: Service,
    after: dt.datetime,
    practitioner: Practitioner | None = None,
    count: int = 3,
    now: dt.datetime | None = None,
) -> list[Slot]:
    """The next `count` free times (one slot each) within 60 days."""
    found: list[Slot] = []
    begin, last = after, after + HORIZON
    while begin < last and len(found) < count:
        end = min(begin + STRIDE, last)
        week = find_slots(business, service=service, window=(begin, end), practitioner=practitioner, now=now)
        found.extend(_one_per_time(week))
        begin = end
    return found[:count]


def _performers(service: Service, practitioner: Practitioner | None) -> list[Practitioner]:
    if not service.active:
        return []
    people = Practitioner.objects.filter(active=True, services=service)
    return list(people if practitioner is None else people.filter(pk=practitioner.pk))


def _one_per_time(found: Iterable[Slot]) -> list[Slot]:
    first: dict[dt.datetime, Slot] = {}
    for slot in found:
        first.setdefault(slot.starts_at, slot)
    return list(first.values())
