"""Other times for appointments that can't take place: two for each, and no time for two of them.

All at the same location. The first is the nearest to what was booked, with anybody who performs the service; the
second is with the same practitioner, as soon as they are back, or else the nearest on another day. Near means: few
days apart, then close to the same time of day. Whoever comes first in the order chooses first.

What is free is read once for all of them; what is given to one is taken from the others in memory.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop
from zoneinfo import ZoneInfo

from calendar_sync.availability import Period
from calendar_sync.models import Appointment, BookingRules, GroupSession, Practitioner, Service
from calendar_sync.rooms_left import RoomsLeft, rooms_left
from calendar_sync.set_up import reading_once
from calendar_sync.slots import Slot, find_for_each
from calendar_sync.taking import blocked
from tenants.models import Business

AHEAD = dt.timedelta(days=28)
EACH = 2
Seat = tuple[int, int, dt.datetime]  # service, practitioner, start: what the seats of one group share


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A free time and the resources for it. `opens`: a group begins then that nobody is in yet."""

    slot: Slot
    resource_ids: tuple[int, ...] = ()
    opens: bool = False


@dataclass(frozen=True, kw_only=True)
class _Open:
    """A free slot and where it lies on the local calendar, reckoned once."""

    slot: Slot
    day: int
    minute: int


@dataclass(kw_only=True)
class Choosing:
    """What is free for each service, and what was given away since it was looked up."""

    zone: ZoneInfo
    free: Mapping[int, Sequence[_Open]]
    people: Mapping[int, Practitioner]
    rooms: RoomsLeft
    groups: set[Seat]  # that there are already
    travel: dt.timedelta = dt.timedelta()  # between two locations
    given: dict[int, list[tuple[Period, int]]] = field(default_factory=dict)  # practitioner → when, and where
    seats: Counter[Seat] = field(default_factory=Counter)

    def take(self, appointment: Appointment, chosen: Sequence[Slot], after: dt.datetime) -> Choice | None:
        """The best time for it that begins later than `after` beside those chosen already; nobody else's from now."""
        service = appointment.service
        best = self._ranked(appointment, chosen)
        while best:
            slot = self.free[service.pk][heappop(best)[-1]].slot
            if slot.starts_at <= after or slot in chosen or (choice := self._choice(service, slot)) is None:
                continue
            self._give(service, choice)
            return choice
        return None

    def _ranked(self, appointment: Appointment, chosen: Sequence[Slot]) -> list[tuple[int, int, int, int]]:
        """A heap of (class, days apart, minutes apart, place in `free`)."""
        day, minute = _place(appointment.starts_at, self.zone)
        first = _place(chosen[0].starts_at, self.zone)[0] if chosen else None
        usual, where = appointment.practitioner_id, self._where(appointment)
        found = []
        for place, each in enumerate(self.free.get(appointment.service_id, ())):
            if each.slot.location_id != where:
                continue
            rank = 0
            if chosen:
                other_day, same = each.day != first, each.slot.practitioner_id == usual
                if same:
                    rank = 0 if other_day or chosen[0].practitioner_id != usual else 2
                else:
                    rank = 1 if other_day else 2
            found.append((rank, abs(each.day - day), abs(each.minute - minute), place))
        heapify(found)
        return found

    def _where(self, appointment: Appointment) -> int:
        return appointment.location_id or self.people[appointment.practitioner_id].location_id

    def _choice(self, service: Service, slot: Slot) -> Choice | None:
        """None when somebody else was given it since, or the last room that it needs."""
        period, seat = blocked(service, slot.starts_at, slot.ends_at), _seat(slot)
        if self.seats[seat] or seat in self.groups:
            left = (slot.seats_left or 0) - self.seats[seat]
            return Choice(slot=slot) if left > 0 else None
        there = Period(period.starts_at - self.travel, period.ends_at + self.travel)
        given = self.given.get(slot.practitioner_id, ())
        if any(each.overlaps(period if place == slot.location_id else there) for each, place in given):
            return None
        rooms = self.rooms.choose(service.pk, slot.location_id, period)
        if rooms is None:
            return None
        return Choice(slot=slot, resource_ids=rooms, opens=slot.seats_left is not None)

    def _give(self, service: Service, choice: Choice) -> None:
        slot = choice.slot
        if slot.seats_left is not None:
            self.seats[_seat(slot)] += 1
        if slot.seats_left is None or choice.opens:
            period = blocked(service, slot.starts_at, slot.ends_at)
            self.given.setdefault(slot.practitioner_id, []).append((period, slot.location_id))
            self.rooms.give(choice.resource_ids, period)


@reading_once()
def choosing(
    business: Business, appointments: Iterable[Appointment], earliest: dt.datetime, *, now: dt.datetime
) -> Choosing:
    """Reads what is free from `earliest` on, as often for hundreds of appointments as for one."""
    appointments = list(appointments)
    services = {each.service_id: each.service for each in appointments}
    zone, last = ZoneInfo(business.timezone), max((each.ends_at for each in appointments), default=earliest) + AHEAD
    free = find_for_each(business, services.values(), (earliest, last), now=now)
    people = Practitioner.objects.in_bulk()
    places = {each.location_id for slots in free.values() for each in slots}
    return Choosing(
        zone=zone,
        free={pk: [_open(each, zone) for each in slots] for pk, slots in free.items()},
        people=people,
        rooms=rooms_left(services.values(), places, Period(earliest, last), now=now),
        travel=BookingRules.of_this_business().travel,
        groups=_groups([each for each in services.values() if each.seats > 1], earliest, last),
    )


def _groups(services: Sequence[Service], earliest: dt.datetime, last: dt.datetime) -> set[Seat]:
    if not services:
        return set()
    rows = GroupSession.objects.filter(service__in=services, during__startswith__range=(earliest, last))
    return {(each.service_id, each.practitioner_id, each.during.lower) for each in rows}


def _seat(slot: Slot) -> Seat:
    return slot.service_id, slot.practitioner_id, slot.starts_at


def _open(slot: Slot, zone: ZoneInfo) -> _Open:
    day, minute = _place(slot.starts_at, zone)
    return _Open(slot=slot, day=day, minute=minute)


def _place(moment: dt.datetime, zone: ZoneInfo) -> tuple[int, int]:
    """(day, minute of the day) on the local calendar."""
    local = moment.astimezone(zone)
    return local.toordinal(), local.hour * 60 + local.minute
