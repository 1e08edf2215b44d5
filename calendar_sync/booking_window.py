"""How soon and how far ahead can be booked.

An offer needs time to be answered, and the clocks of two machines may be ten minutes apart. So nothing is offered
that begins within a quarter of an hour, and what is asked of an offer is asked a little less strictly when it is
accepted: never of the past, never refused only because a few minutes went by.
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from calendar_sync.models import BookingRules, Service
from tenants.models import Business

SKEW = dt.timedelta(minutes=10)  # a clock that is slow by so much still books nothing in the past
LEAST_NOTICE = dt.timedelta(minutes=15)
LENIENCY = dt.timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class BookingWindow:
    """Starts are offered in [earliest, until), and accepted in [accepted_from, accepted_until)."""

    earliest: dt.datetime
    until: dt.datetime
    accepted_from: dt.datetime
    accepted_until: dt.datetime


def booking_window(business: Business, service: Service, now: dt.datetime, house: BookingRules) -> BookingWindow:
    """The service's own notice and horizon, else the house's. The last bookable day is bookable until it ends."""
    minutes = house.minimum_notice if service.minimum_notice is None else service.minimum_notice
    days = house.horizon_days if service.horizon_days is None else service.horizon_days
    notice = max(dt.timedelta(minutes=minutes), LEAST_NOTICE)
    zone = ZoneInfo(business.timezone)
    return BookingWindow(
        earliest=now + notice,
        until=_end_of_day(now, days, zone),
        accepted_from=now + max(notice - LENIENCY, SKEW),
        accepted_until=_end_of_day(now + LENIENCY, days, zone),
    )


def _end_of_day(now: dt.datetime, days: int, zone: ZoneInfo) -> dt.datetime:
    day = now.astimezone(zone).date() + dt.timedelta(days=days + 1)
    return dt.datetime.combine(day, dt.time.min, zone).astimezone(dt.UTC)
