"""Times for several services in one visit: one directly after the other, with the same or different practitioners."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, islice

from calendar_sync.models import Practitioner, Service
from calendar_sync.resources import needed
from calendar_sync.slots import Slot, find_slots
from tenants import clock
from tenants.models import Business

WAIT = dt.timedelta(minutes=15)  # at most, from the end of one service to the start of the next
LONGEST = dt.timedelta(hours=12)  # a service takes at most so long (models.Service)
VisitSlots = tuple[Slot, ...]


def visit_slots(
    business: Business,
    services: Sequence[Service],
    window: tuple[dt.datetime, dt.datetime],
    practitioner: Practitioner | None = None,
    *,
    limit: int | None = None,
    now: dt.datetime | None = None,
    contact_id: int | None = None,
    location_id: int | None = None,
) -> list[VisitSlots]:
    """The visits that begin within the window, by time, their services in the order given; one per start. All of a
    visit is at one location.

    Of those that begin together it is the one that is over first, then the one with fewest practitioners. With a
    practitioner: all by that one. Where two services share a practitioner or a kind of resource both their buffers
    stand between them, and the wait is counted from there.
    """
    if not services:
        return []
    now = now or clock.now()
    reach = len(services) * LONGEST
    free = [
        find_slots(
            business,
            service=each,
            window=window if place == 0 else (window[0], window[1] + reach),
            practitioner=practitioner,
            now=now,
            contact_id=contact_id,
            location_id=location_id,
        )
        for place, each in enumerate(services)
    ]
    return list(islice(_Visits(services, free).found(), limit))


def between(first: Service, then: Service, *, same_person: bool) -> dt.timedelta:
    """What stays free from the end of one to the start of the next: both buffers, where they share a practitioner or a
    kind of resource."""
    kinds = [{need.kind_id for need in needed(each)} for each in (first, then)]
    return first.after + then.before if same_person or kinds[0] & kinds[1] else dt.timedelta()


class _Visits:
    """Combining what is free for each service."""

    def __init__(self, services: Sequence[Service], free: Sequence[Sequence[Slot]]) -> None:
        self.services, self.free = services, free
        self.starts = [[slot.starts_at for slot in slots] for slots in free]
        self.kinds = [{need.kind_id for need in needed(each)} for each in services]

    def found(self) -> Iterator[VisitSlots]:
        """The best visit of each start."""
        for _, first in groupby(self.free[0], key=lambda slot: slot.starts_at):
            visits = [visit for slot in first for visit in self._continued((slot,))]
            if visits:
                yield min(visits, key=_cost)

    def _continued(self, so_far: VisitSlots) -> Iterator[VisitSlots]:
        place = len(so_far)
        if place == len(self.services):
            yield so_far
            return
        ends_at = so_far[-1].ends_at
        latest = ends_at + self._between(place - 1, place) + WAIT
        slots, starts = self.free[place], self.starts[place]
        for slot in slots[bisect_left(starts, ends_at) : bisect_right(starts, latest)]:
            if slot.location_id != so_far[0].location_id:
                continue
            kept = [earlier.ends_at + self._kept(number, earlier, slot, place) for number, earlier in enumerate(so_far)]
            if max(kept) <= slot.starts_at <= kept[-1] + WAIT:
                yield from self._continued((*so_far, slot))

    def _kept(self, number: int, earlier: Slot, slot: Slot, place: int) -> dt.timedelta:
        """What two of the visit's services share, a practitioner or a kind of resource, keeps both their buffers."""
        shared = earlier.practitioner_id == slot.practitioner_id or self.kinds[number] & self.kinds[place]
        return self._between(number, place) if shared else dt.timedelta()

    def _between(self, earlier: int, later: int) -> dt.timedelta:
        return self.services[earlier].after + self.services[later].before


def _cost(visit: VisitSlots) -> tuple[dt.datetime, int]:
    return visit[-1].ends_at, len({each.practitioner_id for each in visit})
