"""Free times to choose from while staff make or move an appointment: that day's, and the next ones after it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from calendar_sync.models import Appointment, Practitioner, Service
from calendar_sync.set_up import reading_once
from calendar_sync.slots import HORIZON, STRIDE, Slot, find_slots
from calendar_sync.visit_slots import LONGEST, between
from tenants.models import Business

LATER = 4
OTHERS = 6


@dataclass(frozen=True, kw_only=True)
class FreeTimes:
    """By the house rules, which staff may set aside. `later`: the first of each day after it; `others`: with somebody
    else on that day, at their usual location or the one asked for, where the practitioner has nothing left.
    """

    on_day: Sequence[Slot]
    later: Sequence[Slot]
    others: Sequence[Slot]


@dataclass(frozen=True, kw_only=True)
class Sought:
    """`also`: a second service right after the first, with the same practitioner or `also_by`; `contact_id`: whom it is
    for, whose own holds are free to them; `moving`: what would be moved; `location_id`: only there."""

    business: Business
    service: Service
    also: Service | None = None
    also_by: Practitioner | None = None
    contact_id: int | None = None
    moving: Appointment | None = None
    location_id: int | None = None
    practitioner: Practitioner | None = None

    def within(self, begin: dt.datetime, end: dt.datetime) -> list[Slot]:
        """The first service's slots; of a visit only those after which the second fits."""
        found = self._slots(self.service, begin, end)
        if self.also is None or not found:
            return found
        by_the_minute = copy(self.also)
        by_the_minute.grid = 1  # it begins when the first is over, on its own grid or not
        rest = replace(self, practitioner=self.also_by or self.practitioner)._slots(by_the_minute, begin, end + LONGEST)
        fits = {(each.practitioner_id, each.location_id, each.starts_at) for each in rest}
        gaps = {same: between(self.service, self.also, same_person=same) for same in (True, False)}
        return [each for each in found if self._second(each, gaps) in fits]

    def _second(self, first: Slot, gaps: Mapping[bool, dt.timedelta]) -> tuple[int, int, dt.datetime]:
        """With whom, where and when the second service would begin."""
        who = self.also_by.pk if self.also_by is not None else first.practitioner_id
        return who, first.location_id, first.ends_at + gaps[who == first.practitioner_id]

    def _slots(self, service: Service, begin: dt.datetime, end: dt.datetime) -> list[Slot]:
        return find_slots(
            self.business,
            service=service,
            window=(begin, end),
            practitioner=self.practitioner,
            contact_id=self.contact_id,
            moving=self.moving,
            location_id=self.location_id,
        )


@reading_once()
def free_times(sought: Sought, practitioner: Practitioner, day: dt.date) -> FreeTimes:
    """`sought` of anybody; with this practitioner first."""
    zone = ZoneInfo(sought.business.timezone)
    first = dt.datetime.combine(day, dt.time.min, zone)
    end = dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min, zone)
    found = sought.within(first, end)
    mine = [each for each in found if each.practitioner_id == practitioner.pk]
    where = sought.location_id or practitioner.location_id
    there = [each for each in reversed(found) if each.location_id == where]
    others = {each.starts_at: each for each in there} if not mine else {}
    return FreeTimes(
        on_day=mine,
        later=_first_of_each_day(replace(sought, practitioner=practitioner), end),
        others=[others[each] for each in sorted(others)][:OTHERS],
    )


def _first_of_each_day(sought: Sought, after: dt.datetime) -> list[Slot]:
    """Of the next days that have one, within 60 days. Looks a week ahead, then two, then four …"""
    first: dict[dt.date, Slot] = {}
    begin, stride = after, STRIDE
    while begin < after + HORIZON and len(first) < LATER:
        end = min(begin + stride, after + HORIZON)
        for each in sought.within(begin, end):
            first.setdefault(each.starts_at.astimezone(after.tzinfo).date(), each)
        begin, stride = end, stride * 2
    return list(first.values())[:LATER]
