"""What every answer begins with, read once: kept in the process until one of its rows changes."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from calendar_sync import brief
from calendar_sync.brief import Facts, OpenDay
from calendar_sync.models import (
    BookingRules,
    HolidayChoice,
    HoursException,
    Location,
    OpeningHours,
    Practitioner,
    Service,
)
from tenants import clock
from tenants.models import Business

KEPT = 256  # businesses in one process
RESTS_ON = (Service, Practitioner, Service.practitioners.through, Location, OpeningHours) + (
    HoursException,
    HolidayChoice,
    BookingRules,
)


@dataclass(frozen=True, kw_only=True)
class Told:
    facts: Facts
    special_days: tuple[OpenDay, ...]


def told(business: Business) -> Told:
    """`brief.facts` and `brief.special_days_ahead`, by one query as long as nobody edits the diary's set-up."""
    today = clock.local_now(business.timezone).date()
    return _read(business, (business.country, business.currency, business.timezone), today, _stamp())


@lru_cache(maxsize=KEPT)
def _read(business: Business, _settings: tuple[str, ...], _today: dt.date, _stamp: str) -> Told:
    return Told(facts=brief.facts(business), special_days=tuple(brief.special_days_ahead(business)))


def _stamp() -> str:
    """Differs whenever a row was added, removed or written: a new version of a row has another place or writer."""
    parts = (
        f"(SELECT count(*) || '.' || coalesce(sum(hashtextextended(xmin::text || ctid::text, 0)), 0) FROM {table})"  # noqa: S608
        for table in (connection.ops.quote_name(each._meta.db_table) for each in RESTS_ON)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT concat_ws(' ', {', '.join(parts)})")
        return str(cursor.fetchone()[0])
