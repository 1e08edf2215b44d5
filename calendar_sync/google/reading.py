"""An event of Google's as we read it: when it is, whether its time is busy, whether it is ours and was moved.

Pure functions. Rules: https://developers.google.com/workspace/calendar/api/v3/reference/events
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from calendar_sync.google.answers import Event

Interval = tuple[dt.datetime, dt.datetime]
NEVER_BUSY = frozenset({"workingLocation", "birthday"})


@dataclass(frozen=True, kw_only=True)
class ReadEvent:
    """One event or one instance of a recurring one. A cancelled one may have no time."""

    id: str
    series_id: str
    etag: str
    status: str
    kind: str
    transparent: bool
    declined: bool
    during: Interval | None
    days: tuple[dt.date, dt.date] | None  # all-day: first day, day after the last
    updated: dt.datetime | None
    mark: str  # "schema/appointment", where it is ours
    written: str  # the time that we wrote last, where it is ours

    @property
    def cancelled(self) -> bool:
        return self.status == "cancelled"

    @property
    def blocks(self) -> bool:
        """Whether its time is busy; fromGmail and focusTime are as their transparency says."""
        if self.cancelled or self.transparent or self.declined or self.kind in NEVER_BUSY:
            return False
        return self.during is not None and self.during[0] < self.during[1]

    @property
    def moved_by_hand(self) -> bool:
        """Ours, and not where we wrote it last: a person changed its time in Google."""
        written = interval_of(self.written)
        return written is not None and self.during is not None and self.during != written

    def overlaps(self, window: Interval) -> bool:
        return self.during is not None and self.during[0] < window[1] and window[0] < self.during[1]


def read_event(item: Event, timezone: str) -> ReadEvent:
    """`timezone` is the calendar's: there an all-day event begins and ends at midnight."""
    private = item.extended_properties.private
    days = (item.start.date, item.end.date) if item.start and item.end else (None, None)
    return ReadEvent(
        id=item.id,
        series_id=item.recurring_event_id,
        etag=item.etag,
        status=item.status,
        kind=item.event_type,
        transparent=item.transparency == "transparent",
        declined=any(each.this_calendar and each.response_status == "declined" for each in item.attendees),
        during=_during(item, timezone),
        days=(days[0], days[1]) if days[0] and days[1] else None,
        updated=item.updated,
        mark=private.get("frontdesk", ""),
        written=private.get("frontdesk_time", ""),
    )


def interval_of(written: str) -> Interval | None:
    """What events.written_time wrote."""
    try:
        start, end = (dt.datetime.fromisoformat(each) for each in written.split("/"))
    except ValueError:
        return None
    return (start, end) if start.tzinfo and end.tzinfo else None


def _during(item: Event, timezone: str) -> Interval | None:
    moments = []
    for side in (item.start, item.end):
        if side is None:
            return None
        if side.date is not None:
            moments.append(dt.datetime.combine(side.date, dt.time.min, ZoneInfo(timezone)).astimezone(dt.UTC))
        elif side.date_time is not None:
            moments.append(side.date_time.astimezone(dt.UTC))
    return (moments[0], moments[1]) if len(moments) == 2 else None
