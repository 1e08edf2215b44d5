"""Where a practitioner is at a time: by their hours, else by the hours that are nearest to it on that day."""

import datetime as dt

from calendar_sync.availability import Period, working_periods
from calendar_sync.models import Practitioner
from calendar_sync.places import several
from calendar_sync.timetable import rules_of
from tenants.models import Business

DAY = dt.timedelta(days=1)


def where_at(business: Business, practitioner: Practitioner, starts_at: dt.datetime) -> int:
    """The location's id; the usual one on a day without hours."""
    if not several():
        return practitioner.location_id
    around = Period(starts_at - DAY, starts_at + DAY)
    rules = rules_of(business, [practitioner], around)[practitioner.pk]
    if len(rules) == 1:
        return practitioner.location_id
    zone = next(iter(rules.values())).zone
    day = starts_at.astimezone(zone).date()
    found = [
        (_apart(period, starts_at), place)
        for place, there in rules.items()
        for period in working_periods(there, around)
        if day in (period.starts_at.astimezone(zone).date(), period.ends_at.astimezone(zone).date())
    ]
    return min(found, key=lambda each: each[0], default=(dt.timedelta(), practitioner.location_id))[1]


def _apart(period: Period, moment: dt.datetime) -> dt.timedelta:
    """Nothing while it lasts. Of two that touch it is the one that begins."""
    if moment >= period.ends_at:
        return moment - period.ends_at + dt.timedelta(seconds=1)
    return max(period.starts_at - moment, dt.timedelta())
