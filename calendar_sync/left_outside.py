"""Which appointments lie outside of working hours: what a change of hours leaves standing there."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from zoneinfo import ZoneInfo

from calendar_sync.availability import DayRules, Period, working_periods
from calendar_sync.models import HOLDS_TIME, Appointment
from calendar_sync.timetable import rules_of
from tenants import clock
from tenants.models import Business

DAY = dt.timedelta(days=1)


def coming_on(business: Business, days: Collection[dt.date], *, yearly: bool = False) -> list[Appointment]:
    """What stands on these local days and has not begun; `yearly`: on the same day of later years, too."""
    zone, wanted = ZoneInfo(business.timezone), {(day.month, day.day) for day in days}
    first = dt.datetime.combine(min(days), dt.time.min, zone)
    rows = Appointment.objects.filter(status__in=HOLDS_TIME, during__startswith__gte=max(first, clock.now()))
    if not yearly:
        rows = rows.filter(during__startswith__lt=dt.datetime.combine(max(days) + DAY, dt.time.min, zone))
    rows = rows.select_related("service", "patient", "practitioner", "location").order_by("during")
    local = [(each, each.starts_at.astimezone(zone).date()) for each in rows]
    return [each for each, day in local if (day.month, day.day) in wanted]


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
