"""Practitioners' calendars read from the database, in a constant number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import BigIntegerField as BigInt
from django.db.models import F, Func, Q
from pydantic import TypeAdapter

from calendar_sync.availability import Calendar, DayRules, Hours, Period, without
from calendar_sync.external_busy import Unreadable, external_busy
from calendar_sync.models import (
    Appointment,
    HoursException,
    Practitioner,
    PractitionerCalendar,
    TimeOff,
    WorkingHours,
)
from calendar_sync.taking import standing
from tenants.models import Business

LONGEST = dt.timedelta(hours=20)  # a service takes at most 720 minutes and two buffers of 240 (models.Service)
_PERIODS = TypeAdapter(list[tuple[dt.time, dt.time]])
from_seconds = dt.datetime.fromtimestamp
Dated = dict[dt.date, list[Hours]]


def timetables(
    business: Business,
    practitioners: Sequence[Practitioner],
    window: Period,
    *,
    now: dt.datetime,
    moving: Appointment | None = None,
    contact_id: int | None = None,
) -> dict[int, Calendar]:
    """Practitioner id → calendar, complete for appointments that begin within the window.

    A connected calendar that can't be trusted makes the whole window busy, unless the business allows otherwise.
    `moving`: an appointment whose present time doesn't stand in its own way; `contact_id`: whose holds don't.
    """
    ids = [each.pk for each in practitioners]
    wide = Period(window.starts_at - LONGEST, window.ends_at + LONGEST)
    rules, away = rules_of(business, ids, wide), time_off_of(ids, wide)
    busy = _taken(ids, wide, now, moving, contact_id)
    for practitioner_id, periods in external_busy_of(ids, wide, now, moving).items():
        busy[practitioner_id].extend(periods)
    return {each: Calendar(rules=rules[each], time_off=away[each], busy=busy[each]) for each in ids}


def rules_of(business: Business, ids: Sequence[int], window: Period) -> dict[int, DayRules]:
    """Practitioner id → its weekly hours and the exceptions within the window."""
    everybodys, own = _exceptions(ids, window)
    weekly = _weekly(ids)
    zone = ZoneInfo(business.timezone)
    return {
        each: DayRules(zone=zone, weekly=weekly[each], own_days=own[each], everybodys_days=everybodys) for each in ids
    }


def hours_of(periods: object) -> list[Hours]:
    """HoursException.periods as hours."""
    return [Hours(*each) for each in _PERIODS.validate_python(periods)]


def _weekly(ids: Sequence[int]) -> dict[int, dict[int, list[Hours]]]:
    found: dict[int, dict[int, list[Hours]]] = defaultdict(lambda: defaultdict(list))
    for row in WorkingHours.objects.filter(practitioner__in=ids):
        found[row.practitioner_id][row.weekday].append(Hours(row.starts, row.ends))
    return found


def _exceptions(ids: Sequence[int], window: Period) -> tuple[Dated, dict[int, Dated]]:
    """Everybody's and each practitioner's own."""
    everybodys: Dated = {}
    own: dict[int, Dated] = defaultdict(dict)
    days = (window.starts_at.date() - dt.timedelta(days=1), window.ends_at.date() + dt.timedelta(days=1))
    for row in HoursException.objects.filter(Q(practitioner__in=ids) | Q(practitioner__isnull=True), date__range=days):
        mine = everybodys if row.practitioner_id is None else own[row.practitioner_id]
        mine[row.date] = hours_of(row.periods)
    return everybodys, own


def time_off_of(ids: Sequence[int], window: Period) -> dict[int, list[Period]]:
    found: dict[int, list[Period]] = defaultdict(list)
    rows = TimeOff.objects.filter(practitioner__in=ids, ends_at__gt=window.starts_at, starts_at__lt=window.ends_at)
    for practitioner_id, starts_at, ends_at in rows.values_list("practitioner_id", "starts_at", "ends_at"):
        found[practitioner_id].append(Period(starts_at, ends_at))
    return found


def _taken(
    ids: Sequence[int], window: Period, now: dt.datetime, moving: Appointment | None, contact_id: int | None
) -> dict[int, list[Period]]:
    """What is taken in the window; by the index on lower(during), which is why appointments have a longest length."""
    found: dict[int, list[Period]] = defaultdict(list)
    rows = standing(now, moving=moving, contact_id=contact_id).filter(
        practitioner__in=ids, during__startswith__gte=window.starts_at, during__startswith__lt=window.ends_at
    )
    gathered = rows.values("practitioner_id").annotate(
        starts=ArrayAgg(_seconds("lower")), ends=ArrayAgg(_seconds("upper"))
    )
    for row in gathered:  # both arrays are in the order in which the rows were read
        found[row["practitioner_id"]] = [
            Period(from_seconds(starts, dt.UTC), from_seconds(ends, dt.UTC))
            for starts, ends in zip(row["starts"], row["ends"], strict=True)
        ]
    return found


def _seconds(bound: str) -> Func:
    """A bound in seconds since 1970: 5,000 of them are read several times faster than timestamps in rows."""
    return Func(F("during"), template=f"EXTRACT(EPOCH FROM {bound}(%(expressions)s))::bigint", output_field=BigInt())


def external_busy_of(
    ids: Sequence[int], window: Period, now: dt.datetime, moving: Appointment | None
) -> dict[int, list[Period]]:
    found: dict[int, list[Period]] = {}
    for calendar in PractitionerCalendar.objects.filter(practitioner__in=ids).select_related("connection"):
        busy = external_busy(calendar, window, now)
        if isinstance(busy, Unreadable):
            busy = [] if calendar.offer_when_unreachable else [window]
        elif moving is not None and moving.practitioner_id == calendar.practitioner_id:
            # Its own copy makes that time busy in Google; free/busy can't tell whose event it is.
            busy = without(busy, Period(moving.starts_at, moving.ends_at))
        found[calendar.practitioner_id] = busy
    return found
