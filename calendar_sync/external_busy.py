"""What a practitioner's connected calendar forbids. A calendar that can't be read is busy, never free."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from pydantic import AwareDatetime, TypeAdapter

from calendar_sync.availability import Period
from calendar_sync.models import CalendarConnection, PractitionerCalendar

TRUSTED_FOR = dt.timedelta(minutes=10)  # what was read longer ago may have changed; reading it is google/'s part
_BUSY = TypeAdapter(list[tuple[AwareDatetime, AwareDatetime]])


@dataclass(frozen=True)
class Unreadable:
    """Nothing is known about this calendar now."""

    reason: Literal["not connected", "never read", "read too long ago", "not read for these days"]


def external_busy(calendar: PractitionerCalendar, window: Period, now: dt.datetime) -> list[Period] | Unreadable:
    """The calendar's busy periods in the window; days in it that were not read count as busy."""
    if calendar.connection.status != CalendarConnection.Status.CONNECTED:
        return Unreadable("not connected")
    if calendar.busy_read_at is None or calendar.busy_from is None or calendar.busy_until is None:
        return Unreadable("never read")
    if now - calendar.busy_read_at > TRUSTED_FOR:
        return Unreadable("read too long ago")
    if not window.overlaps(Period(calendar.busy_from, calendar.busy_until)):
        return Unreadable("not read for these days")
    busy = [Period(*each) for each in _BUSY.validate_python(calendar.busy)]
    if window.starts_at < calendar.busy_from:
        busy.append(Period(window.starts_at, calendar.busy_from))
    if calendar.busy_until < window.ends_at:
        busy.append(Period(calendar.busy_until, window.ends_at))
    return busy
