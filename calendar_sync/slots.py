"""Times that can be offered."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from calendar_sync import resources
from calendar_sync.availability import Calendar, Demand, Period, Pool, free_starts, pool_bars
from calendar_sync.booking_window import booking_window
from calendar_sync.group_sessions import Seating, seatings
from calendar_sync.lengths import lengths_of
from calendar_sync.models import Appointment, BookingRules, Practitioner, Service
from calendar_sync.set_up import kept, reading_once
from calendar_sync.spans import Bar, overlap
from calendar_sync.timetable import Asked, asking, rules_of, timetables
from tenants import clock
from tenants.models import Business
from tenants.statements import asked_together

HORIZON = dt.timedelta(days=60)
EPOCH = dt.datetime.fromtimestamp(0, dt.UTC)
STRIDE = dt.timedelta(days=7)


class Slot(NamedTuple):
    """One free time of one practitioner; `practitioner` and `service` are their names, times are UTC.

    `seats_left`: how many seats of a group service are left then; None for one that is not shared. `location_id`:
    where it is. A tuple, because thousands are made at once.
    """

    service_id: int
    practitioner_id: int
    practitioner: str
    service: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    seats_left: int | None = None
    location_id: int = 0


@dataclass(frozen=True, kw_only=True)
class _Search:
    """What was read for one question."""

    service: Service
    people: Sequence[Practitioner]
    calendars: Mapping[int, Mapping[int, Calendar]]
    demands: Mapping[int, Demand]
    pools: Mapping[int, Sequence[Pool]]
    sessions: Sequence[Seating]
    window: Period
    location_id: int | None = None

    def posts(self) -> list[tuple[Practitioner, int]]:
        """Whom and where to look, in the practitioners' order."""
        return [
            (person, place)
            for person in self.people
            for place in self.calendars[person.pk]
            if self.location_id in (None, place)
        ]

    def joinable(self) -> list[tuple[Seating, Practitioner, int]]:
        """Sessions with seats left, with whom and where."""
        people = {each.pk: each for each in self.people}
        found = [(each, people[each.practitioner_id]) for each in self.sessions if each.left]
        where = [(each, person, each.location_id or person.location_id) for each, person in found]
        return [each for each in where if self.location_id in (None, each[2]) and _still_works(self, each[0], each[2])]


@reading_once()
def find_slots(
    business: Business,
    *,
    service: Service,
    window: tuple[dt.datetime, dt.datetime],
    practitioner: Practitioner | None = None,
    limit: int | None = None,
    now: dt.datetime | None = None,
    contact_id: int | None = None,
    moving: Appointment | None = None,
    times: int | None = None,
    location_id: int | None = None,
) -> list[Slot]:
    """Free slots that begin within the window, by time, then by the practitioners' order.

    The queries are as many for one practitioner, day and resource as for hundreds. Reads no connected calendar:
    that is `google.busy.refresh`, before. `contact_id`: who asks, whose own holds are free to them; `moving`: an
    appointment that would give its time up; `times`: as many different times at least, where there are so many;
    `location_id`: only there.
    """
    now = now or clock.now()
    people = _performers(service, practitioner)
    if not people:
        return []
    house = BookingRules.of_this_business()
    bookable = booking_window(business, service, now, house)
    span = Period(max(window[0], bookable.earliest), min(window[1], bookable.until))
    if span.starts_at >= span.ends_at:
        return []
    about: Asked = {"now": now, "moving": moving, "contact_id": contact_id}
    rules = rules_of(business, people, span, house=house)
    ids, places = [each.pk for each in people], {place for posts in rules.values() for place in posts}
    with asked_together(*asking(ids, span, **about), *resources.asking(service, places, span, **about)):
        search = _Search(
            service=service,
            people=people,
            calendars=timetables(business, people, span, house=house, rules=rules, **about),
            demands=demands(service, ids),
            pools=resources.pools(service, places, span, **about),
            sessions=seatings(service, ids, span, **about),
            window=span,
            location_id=location_id,
        )
    return _slots(search, limit if times is None else times * len(search.posts()))


@reading_once()
def find_for_each(
    business: Business, services: Iterable[Service], window: tuple[dt.datetime, dt.datetime], *, now: dt.datetime
) -> dict[int, list[Slot]]:
    """Service id → what `find_slots` finds for it, everybody's time and every resource read once for all of them."""
    house = BookingRules.of_this_business()
    bookable = {each: booking_window(business, each, now, house) for each in services if each.active}
    spans = {each: Period(max(window[0], its.earliest), min(window[1], its.until)) for each, its in bookable.items()}
    spans = {each: span for each, span in spans.items() if span.starts_at < span.ends_at}
    people = {each: _people(each.pk) for each in spans}
    everybody = list({person.pk: person for some in people.values() for person in some}.values())
    if not everybody:
        return {}
    whole = Period(min(each.starts_at for each in spans.values()), max(each.ends_at for each in spans.values()))
    about: Asked = {"now": now, "moving": None, "contact_id": None}
    calendars = timetables(business, everybody, whole, house=house, **about)
    places = {place for posts in calendars.values() for place in posts}
    pools = resources.pools_for_each(spans, places, whole, **about)
    return {
        service.pk: _slots(
            _Search(
                service=service,
                people=people[service],
                calendars=calendars,
                demands=demands(service, [each.pk for each in people[service]]),
                pools=pools.get(service.pk, {}),
                sessions=seatings(service, [each.pk for each in people[service]], span, **about),
                window=span,
            ),
            None,
        )
        for service, span in spans.items()
    }


@reading_once()
def next_free(
    business: Business,
    service: Service,
    after: dt.datetime,
    practitioner: Practitioner | None = None,
    count: int = 3,
    now: dt.datetime | None = None,
    contact_id: int | None = None,
    moving: Appointment | None = None,
    location_id: int | None = None,
) -> list[Slot]:
    """The next `count` free times (one slot each) within 60 days. Looks a week ahead, then two, then four …"""
    found: list[Slot] = []
    begin, last, stride = after, after + HORIZON, STRIDE
    while begin < last and len(found) < count:
        end = min(begin + stride, last)
        some = find_slots(
            business,
            service=service,
            window=(begin, end),
            practitioner=practitioner,
            now=now,
            contact_id=contact_id,
            moving=moving,
            times=count,
            location_id=location_id,
        )
        found.extend(_one_per_time(some))
        begin, stride = end, stride * 2
    return found[:count]


def demands(service: Service, practitioner_ids: Sequence[int]) -> dict[int, Demand]:
    """Practitioner id → what the service takes of them."""
    return {
        each: Demand(
            length=round(length.total_seconds()),
            before=service.buffer_before * 60,
            after=service.buffer_after * 60,
            grid=service.grid * 60,
        )
        for each, length in lengths_of(service, practitioner_ids).items()
    }


def _performers(service: Service, practitioner: Practitioner | None) -> list[Practitioner]:
    if not service.active:
        return []
    people = _people(service.pk)
    return people if practitioner is None else [each for each in people if each.pk == practitioner.pk]


@kept
def _people(service_id: int) -> list[Practitioner]:
    return list(Practitioner.objects.filter(active=True, services=service_id))


def _slots(search: _Search, limit: int | None) -> list[Slot]:
    seats = search.service.seats if search.service.seats > 1 else None
    places = {each.pk: place for place, each in enumerate(search.people)}
    posts = search.posts()
    starts = sorted(_free(search, posts))
    found = _named(search, posts, starts[:limit], seats)
    joining = search.joinable()
    if not joining:
        return found
    service = search.service
    found += [
        Slot(service.pk, person.pk, person.name, service.name, each.starts_at, each.ends_at, each.left, where)
        for each, person, where in joining
    ]
    return sorted(found, key=lambda slot: (slot.starts_at, places[slot.practitioner_id]))[:limit]


def _free(search: _Search, posts: Sequence[tuple[Practitioner, int]]) -> list[int]:
    """Each start in seconds × the number of posts + the post's place among them: numbers are sorted fast."""
    barred: dict[tuple[int, int], list[Bar]] = {}
    found: list[int] = []
    several = len(posts)
    for place, (person, location_id) in enumerate(posts):
        calendar, demand = search.calendars[person.pk][location_id], search.demands[person.pk]
        shared = (location_id, demand.length)
        if shared not in barred:
            barred[shared] = pool_bars(search.pools.get(location_id, ()), demand)
        starts = free_starts(calendar, demand, search.window, barred=barred[shared])
        found += [start * several + place for start in starts]
    return found


def _named(
    search: _Search, posts: Sequence[tuple[Practitioner, int]], starts: Iterable[int], seats: int | None
) -> list[Slot]:
    """`starts`: as `_free` writes them."""
    service_id, called, several = search.service.pk, search.service.name, len(posts)
    who = [
        (each.pk, each.name, where, dt.timedelta(seconds=search.demands[each.pk].length), place)
        for place, (each, where) in enumerate(posts)
    ]
    found, last, at = [], 0, EPOCH
    for start in starts:
        person, name, where, length, place = who[start % several]
        if start - place != last:
            last = start - place
            at = dt.datetime.fromtimestamp(last // several, dt.UTC)
        found.append(Slot(service_id, person, name, called, at, at + length, seats, where))
    return found


def _still_works(search: _Search, session: Seating, where: int) -> bool:
    """Its hours may have been changed since, the location, too; whoever is off then doesn't hold it."""
    calendars = search.calendars[session.practitioner_id]
    away = (calendars.get(where) or next(iter(calendars.values()))).time_off
    return not overlap(away, Period(session.starts_at, session.ends_at).span)


def _one_per_time(found: Iterable[Slot]) -> list[Slot]:
    first: dict[dt.datetime, Slot] = {}
    for slot in found:
        first.setdefault(slot.starts_at, slot)
    return list(first.values())
