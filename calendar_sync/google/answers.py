"""What is read of Google's answers; anything that doesn't fit is a ValueError. Names as in the discovery document."""

from pydantic import AwareDatetime, BaseModel, ConfigDict
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


class Event(_Answer):
    etag: str
    status: str = "confirmed"
    extended_properties: _Properties = _Properties()
