"""When something goes out by itself: in the business's local time, across clock changes, outside of its quiet hours.

Whole days before a start keep the time on the wall: 24 hours before Monday 09:00 is Sunday 09:00, also when the clock
was changed that night (docs/decisions/0012). Anything else is real time: 3 hours before are 3 hours on a stopwatch.
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from calendar_sync.local_time import moment as moment_of

DAY = 24 * 60  # minutes
ENOUGH = dt.timedelta(hours=1)  # a reminder that quiet hours push later than this before the start is of no use
EVENING = dt.timedelta(minutes=30)  # before quiet hours begin


@dataclass(frozen=True, kw_only=True)
class QuietHours:
    """Local times of a business; equal ones: never quiet. May go past midnight."""

    begins: dt.time
    ends: dt.time
    zone: ZoneInfo

    def covers(self, moment: dt.datetime) -> bool:
        time = moment.astimezone(self.zone).time()
        if self.begins <= self.ends:
            return self.begins <= time < self.ends
        return time >= self.begins or time < self.ends

    def end_after(self, moment: dt.datetime) -> dt.datetime:
        """The end of the quiet hours that cover it."""
        local = moment.astimezone(self.zone)
        day = local.date() if local.time() < self.ends else local.date() + dt.timedelta(days=1)
        return moment_of(day, self.ends, self.zone)

    def begin_before(self, moment: dt.datetime) -> dt.datetime:
        """The beginning of the quiet hours that cover it."""
        local = moment.astimezone(self.zone)
        day = local.date() if local.time() >= self.begins else local.date() - dt.timedelta(days=1)
        return moment_of(day, self.begins, self.zone)

    def next_allowed(self, moment: dt.datetime) -> dt.datetime:
        return self.end_after(moment) if self.covers(moment) else moment


def before_start(start: dt.datetime, minutes: int, quiet: QuietHours) -> dt.datetime:
    """When a reminder so long before the start goes out (UTC).

    Out of quiet hours: to their end, or, where that leaves less than an hour, to the evening before.
    """
    start = start.astimezone(dt.UTC)
    due = offset_before(start, minutes, quiet.zone)
    if not quiet.covers(due):
        return due
    later = quiet.end_after(due)
    if later <= start - min(ENOUGH, dt.timedelta(minutes=minutes) / 2):
        return later
    return quiet.begin_before(due) - EVENING


def offset_before(start: dt.datetime, minutes: int, zone: ZoneInfo) -> dt.datetime:
    """So many minutes before the start, without a thought of quiet hours (UTC)."""
    if minutes % DAY:
        return start.astimezone(dt.UTC) - dt.timedelta(minutes=minutes)  # in one zone Python reckons on the wall
    local = start.astimezone(zone)
    return moment_of(local.date() - dt.timedelta(days=minutes // DAY), local.time(), zone)
