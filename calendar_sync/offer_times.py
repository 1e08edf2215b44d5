"""When a freed slot is offered, and until when it may be answered.

In quiet hours the slot is held and the offer goes out in the morning. Only where that would leave no time to answer
does it go out at night, and then it may be answered until shortly before the start: nobody is woken for an hour's
chance. A slot that begins too soon to be answered at all is not offered.
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from calendar_sync.models import BookingRules
from calendar_sync.reminder_times import QuietHours
from tenants.models import Business

AT_LEAST = dt.timedelta(minutes=10)  # to read the message and to answer
BEFORE_START = dt.timedelta(minutes=30)  # to get there


@dataclass(frozen=True, kw_only=True)
class OfferTimes:
    send_at: dt.datetime
    deadline: dt.datetime


def offer_times(
    now: dt.datetime, starts_at: dt.datetime, *, quiet: QuietHours, answer_within: dt.timedelta
) -> OfferTimes | None:
    """None when the slot is too near to be offered."""
    last = starts_at - BEFORE_START
    morning = quiet.next_allowed(now)
    if last - morning >= AT_LEAST:
        return OfferTimes(send_at=morning, deadline=min(morning + answer_within, last))
    if last - now >= AT_LEAST:
        return OfferTimes(send_at=now, deadline=last)
    return None


def quiet_hours(business: Business, rules: BookingRules) -> QuietHours:
    return QuietHours(begins=rules.quiet_from, ends=rules.quiet_until, zone=ZoneInfo(business.timezone))
