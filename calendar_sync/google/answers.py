"""What is read of Google's answers; anything that doesn't fit is a ValueError. Names as in the discovery document."""

import datetime as dt

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class _Answer(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, extra="ignore")


class Nothing(_Answer):
    """What a deletion answers."""


class _Entry(_Answer):
    id: str
    summary: str = ""
    summary_override: str = ""
    primary: bool = False
    access_role: str = ""


class Calendars(_Answer):
    items: list[_Entry] = []
    next_page_token: str | None = None


class _Span(_Answer):
    start: AwareDatetime
    end: AwareDatetime


class _Busy(_Answer):
    busy: list[_Span] = []
    errors: list[dict[str, str]] = []


class FreeBusy(_Answer):
    calendars: dict[str, _Busy]


class _Properties(_Answer):
    private: dict[str, str] = {}


class _Moment(_Answer):
    date: dt.date | None = None
    date_time: AwareDatetime | None = None


class _Attendee(_Answer):
    this_calendar: bool = Field(default=False, alias="self")
    response_status: str = ""


class Event(_Answer):
    """Of a deleted event Google guarantees no more than its id."""

    id: str
    etag: str = ""
    status: str = "confirmed"
    start: _Moment | None = None
    end: _Moment | None = None
    updated: AwareDatetime | None = None
    transparency: str = "opaque"
    event_type: str = "default"
    recurring_event_id: str = ""
    attendees: list[_Attendee] = []
    extended_properties: _Properties = _Properties()


class Written(Event):
    """What a write answers."""

    etag: str


class Events(_Answer):
    items: list[Event] = []
    time_zone: str = "UTC"
    access_role: str = ""
    next_page_token: str | None = None
    next_sync_token: str | None = None


class Channel(_Answer):
    id: str
    resource_id: str
    expiration: int  # milliseconds since 1970, written as text
