"""iCalendar (RFC 5545) by the library `icalendar`, which is loaded when the first file is asked for.

Times are written in UTC: right in every timezone and on both sides of a clock change, with no rules to carry.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

PRODUCT = "-//Frontdesk//Appointments//EN"


@dataclass(frozen=True, kw_only=True)
class Event:
    """One VEVENT. Moments are aware; `sequence` grows with each change."""

    uid: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    changed_at: dt.datetime
    sequence: int
    status: Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]
    summary: str
    description: str = ""
    location: str = ""
    url: str = ""


def status_of(appointment_status: str) -> Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]:
    """Once it is over it stays as it stood."""
    if appointment_status == "cancelled":
        return "CANCELLED"
    return "TENTATIVE" if appointment_status == "pending" else "CONFIRMED"


def document(events: Iterable[Event], *, name: str = "", refresh: dt.timedelta | None = None) -> bytes:
    """A whole file; `name` and `refresh` are for those who subscribe to it."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
    if refresh:
        calendar.add("refresh-interval", refresh, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", refresh)
    for each in events:
        calendar.add_component(_event(each))
    return calendar.to_ical()


def _event(event: Event):  # type: ignore[no-untyped-def]  # a class of a library that is not loaded yet
    from icalendar import Event as Component

    component = Component()
    component.add("uid", event.uid)
    component.add("dtstamp", event.changed_at.astimezone(dt.UTC))
    component.add("last-modified", event.changed_at.astimezone(dt.UTC))
    component.add("dtstart", event.starts_at.astimezone(dt.UTC))
    component.add("dtend", event.ends_at.astimezone(dt.UTC))
    component.add("sequence", event.sequence)
    component.add("status", event.status)
    component.add("class", "PRIVATE")
    component.add("summary", event.summary)
    for key in ("description", "location", "url"):
        if value := getattr(event, key):
            component.add(key, value)
    return component
