"""Free times to choose from while staff make or move an appointment: that day's, and the next ones after it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from calendar_sync.models import Appointment, Practitioner, Service
from calendar_sync.set_up import reading_once
from calendar_sync.slots import HORIZON, STRIDE, Slot, find_slots
from tenants.models import Business

LATER = 4
OTHERS = 6


@dataclass(frozen=True, kw_only=True)
class FreeTimes:
    """By the house rules, which staff may set aside. `later`: the first of each day after it; `others`: with somebody
    else at their usual location on that day, where the practitioner has nothing left.
    """

    on_day: Sequence[Slot]
    later: Sequence[Slot]
    others: Sequence[Slot]


@reading_once()
def free_times(
    business: Business,
    *,
    service: Service,
    practitioner: Practitioner,
    day: dt.date,
    contact_id: int | None = None,
    moving: Appointment | None = None,
) -> FreeTimes:
    """`contact_id`: whom the appointment is for, whose own holds are free to them; `moving`: what would be moved."""
    zone = ZoneInfo(business.timezone)
    first = dt.datetime.combine(day, dt.time.min, zone)
    end = dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min, zone)
    found = find_slots(
        business,
        service=service,
        window=(first, end),
        contact_id=contact_id,
        moving=moving,
    )
    mine = [each for each in found if each.practitioner_id == practitioner.pk]
    there = [each for each in reversed(found) if each.location_id == practitioner.location_id]
    others = {each.starts_at: each for each in there} if not mine else {}
    return FreeTimes(
        on_day=mine,
        later=_first_of_each_day(business, service, practitioner, end, contact_id, moving),
        others=[others[each] for each in sorted(others)][:OTHERS],
    )


def _first_of_each_day(
    business: Business,
    service: Service,
    practitioner: Practitioner,
    after: dt.datetime,
    contact_id: int | None,
    moving: Appointment | None,
) -> list[Slot]:
    """Of the next days that have one, within 60 days. Looks a week ahead, then two, then four …"""
    first: dict[dt.date, Slot] = {}
    begin, stride = after, STRIDE
    while begin < after + HORIZON and len(first) < LATER:
        end = min(begin + stride, after + HORIZON)
        for each in find_slots(
            business,
            service=service,
            window=(begin, end),
            practitioner=practitioner,
            contact_id=contact_id,
            moving=moving,
        ):
            first.setdefault(each.starts_at.astimezone(after.tzinfo).date(), each)
        begin, stride = end, stride * 2
    return list(first.values())[:LATER]
