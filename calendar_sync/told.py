"""What every answer begins with, read once: kept in the process until one of its rows changes."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from calendar_sync import brief
from calendar_sync.brief import Facts, OpenDay
from calendar_sync.set_up import standing
from tenants import clock
from tenants.models import Business

KEPT = 256  # businesses in one process


@dataclass(frozen=True, kw_only=True)
class Told:
    facts: Facts
    special_days: tuple[OpenDay, ...]


def told(business: Business) -> Told:
    """`brief.facts` and `brief.special_days_ahead`, by one query as long as nobody edits the diary's set-up."""
    today = clock.local_now(business.timezone).date()
    return _read(business, (business.country, business.currency, business.timezone), today, standing())


@lru_cache(maxsize=KEPT)
def _read(business: Business, _settings: tuple[str, ...], _today: dt.date, _stamp: str) -> Told:
    return Told(facts=brief.facts(business), special_days=tuple(brief.special_days_ahead(business)))
