"""Which appointments lie outside of working hours: what a change of hours leaves standing there."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from calendar_sync.availability import DayRules, Period, working_periods
from calendar_sync.models import HOLDS_TIME, Appointment
from calendar_sync.timetable import rules_of
from tenants import clock
from tenants.models import Business

Saved = TypeVar("Saved")
DAY = dt.timedelta(days=1)


def coming() -> QuerySet[Appointment]:
    """What stands and has not begun, the soonest first."""
    rows = Appointment.objects.filter(status__in=HOLDS_TIME, during__startswith__gte=clock.now())
    return rows.select_related("service", "patient", "practitioner", "location").order_by("during")


def coming_on(business: Business, days: Collection[dt.date], *, yearly: bool = False) -> list[Appointment]:
    """What stands on these local days and has not begun; `yearly`: on the same day of later years, too."""
    if not days:
        return []
    zone, wanted = ZoneInfo(business.timezone), {(day.month, day.day) for day in days}
    first = dt.datetime.combine(min(days), dt.time.min, zone)
    rows = coming().filter(during__startswith__gte=first)
    if not yearly:
        rows = rows.filter(during__startswith__lt=dt.datetime.combine(max(days) + DAY, dt.time.min, zone))
    local = [(each, each.starts_at.astimezone(zone).date()) for each in rows]
    return [each for each, day in local if (day.month, day.day) in wanted]


def left_by(
    business: Business, standing: Sequence[Appointment], change: Callable[[], Saved]
) -> tuple[Saved, list[Appointment]]:
    """What the change answers, and which of these appointments it has left outside of hours."""
    before = {each.pk for each in outside(business, standing)}
    made = change()
    again = list(coming().filter(pk__in=[each.pk for each in standing]))
    return made, [each for each in outside(business, again) if each.pk not in before]


def outside(business: Business, appointments: Sequence[Appointment]) -> list[Appointment]:
    """Those that don't lie within their practitioner's hours at their location. A constant number of queries."""
    if not appointments:
        return []
    around = Period(min(each.starts_at for each in appointments), max(each.ends_at for each in appointments))
    people = {each.practitioner_id: each.practitioner for each in appointments}
    rules = rules_of(business, list(people.values()), around)
    return [each for each in appointments if not _holds(rules[each.practitioner_id], each)]


def _holds(posts: Mapping[int, DayRules], appointment: Appointment) -> bool:
    there = posts.get(appointment.location_id or appointment.practitioner.location_id)
    own = Period(appointment.starts_at, appointment.ends_at)
    return there is not None and any(each.holds(own) for each in working_periods(there, own))
