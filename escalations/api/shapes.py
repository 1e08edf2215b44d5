"""What goes in and out is written down once, as pydantic models: they check, and the OpenAPI document shows them."""

import datetime as dt
import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

LARGEST = 2**63 - 1
NO_NUL = r"^[^\x00]*$"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2200, 1, 1)


class Shape(BaseModel):
    """What comes in: nothing unknown, nothing bent into another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Out(BaseModel):
    model_config = ConfigDict(frozen=True)


class Nothing(Shape):
    """An empty object, or no body at all."""


def _moment(value: Any) -> dt.datetime:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise ValueError("write a date and time with its offset, as in 2026-11-27T09:30:00+00:00")
    moment = dt.datetime.fromisoformat(value.upper())
    if not EARLIEST < moment.date() < LATEST:
        raise ValueError("this is too far away")
    return moment.astimezone(dt.UTC)


def _day(value: Any) -> dt.date:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("write a date as YYYY-MM-DD")
    day = dt.date.fromisoformat(value)
    if not EARLIEST < day < LATEST:
        raise ValueError("this is too far away")
    return day


Id = Annotated[int, Field(ge=1, le=LARGEST)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=NO_NUL)]
Sentence = Annotated[str, StringConstraints(max_length=500, pattern=NO_NUL)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Phone = Annotated[
    str, StringConstraints(pattern=r"^\+[1-9][0-9]{6,14}$"), Field(description="E.164, as in +447911123456.")
]
Moment = Annotated[dt.datetime, BeforeValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"})]
Day = Annotated[dt.date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
