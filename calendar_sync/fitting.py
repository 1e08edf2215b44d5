"""Why a time can't be booked: the same rules by which times are offered, asked about one start."""

import datetime as dt
from collections.abc import Set
from dataclasses import dataclass
from typing import Literal

from calendar_sync import resources
from calendar_sync.availability import Period, is_busy, works_during
from calendar_sync.lengths import length_for
from calendar_sync.models import Appointment, Practitioner, Service
from calendar_sync.timetable import timetables
from tenants.models import Business

Rule = Literal[
    "past",
    "too_soon",
    "too_far",
    "closed",
    "outside_hours",
    "time_off",
    "no_such_time",
    "taken",
    "no_resource",
    "calendar_busy",
    "calendar_unreadable",
    "full",
]


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """The first rule that speaks against it. `name`: the holiday or the note, where one closes the day."""

    rule: Rule
    name: str = ""


def why_not(
    business: Business,
    service: Service,
    practitioner: Practitioner,
    starts_at: dt.datetime,
    *,
    now: dt.datetime,
    moving: Appointment | None = None,
    contact_id: int | None = None,
    ignore: Set[Rule] = frozenset(),
) -> Refusal | None:
    """None when the service can begin then with this practitioner. `ignore`: rules that staff set aside.

    Says nothing of who may perform it, nor of rules about the patient.
    """
    period = Period(starts_at, starts_at + length_for(service, practitioner))
    if starts_at <= now and "past" not in ignore:
        return Refusal(rule="past")
    blocks = Period(period.starts_at - service.before, period.ends_at + service.after)
    calendar = timetables(business, [practitioner], period, now=now, moving=moving, contact_id=contact_id)[
        practitioner.pk
    ]
    if not works_during(calendar, period) and "outside_hours" not in ignore:
        return Refusal(rule="outside_hours")
    if is_busy(calendar, blocks) and "taken" not in ignore:
        return Refusal(rule="taken")
    location = practitioner.location_id
    chosen = resources.choose(service, location, blocks, now=now, moving=moving, contact_id=contact_id)
    if chosen is None and "no_resource" not in ignore:
        return Refusal(rule="no_resource")
    return None
