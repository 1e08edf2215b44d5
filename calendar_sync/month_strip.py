"""Some weeks of a practitioner at a glance: when bookable, off, closed; to be drawn as a picture."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from calendar_sync.availability import Period, merged, without, working_periods
from calendar_sync.models import BookingRules, Practitioner, WorkingHours
from calendar_sync.special_days import SpecialDay
from calendar_sync.timetable import rules_of, special_days_in, time_off_of
from tenants.models import Business

State = Literal["open", "part", "off", "closed"]
WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Day:
    date: dt.date
    state: State  # "part": some of the working hours are taken by time off
    hours: list[str]  # ["08:30–12:30", …], what is left of them
    why: str  # the holiday or note that changes the day; "" on a usual one


@dataclass(frozen=True, kw_only=True)
class Week:
    first: dt.date
    letter: str  # "A" or "B" where weeks alternate
    days: list[Day]


def strips(business: Business, people: Sequence[Practitioner], first: dt.date, weeks: int) -> dict[int, list[Week]]:
    """Practitioner id → weeks from the Monday of `first`. A constant number of queries."""
    monday = first - dt.timedelta(days=first.weekday())
    zone, ids = ZoneInfo(business.timezone), [each.pk for each in people]
    window = Period(_midnight(monday, zone), _midnight(monday + weeks * WEEK, zone))
    house = BookingRules.of_this_business()
    rules, away = rules_of(business, people, window, house=house), time_off_of(ids, window)
    special = special_days_in(business, ids, window, house=house)
    alternating = set(
        WorkingHours.objects.filter(practitioner__in=ids).exclude(weeks="every").values_list("practitioner", flat=True)
    )
    found = {}
    for person in people:
        works: list[Period] = []
        stays: list[Period] = []
        for place, there in rules[person.pk].items():
            hours = working_periods(there, window)
            works += hours
            stays += _less(hours, [gone.period for gone in away[person.pk] if gone.place in (None, place)])
        usual, left = _by_day(merged(works), zone), _by_day(merged(stays), zone)
        days = [
            _day(day, usual[day], left[day], special.of(person, day), zone)
            for day in (monday + dt.timedelta(days=number) for number in range(7 * weeks))
        ]
        found[person.pk] = [
            Week(
                first=days[place].date,
                letter=letter_of(person, days[place].date) if person.pk in alternating else "",
                days=days[place : place + 7],
            )
            for place in range(0, len(days), 7)
        ]
    return found


def letter_of(person: Practitioner, monday: dt.date) -> str:
    """Whether the week that begins then is an A or a B week."""
    if person.fortnight_from is None:
        return "A"
    return "AB"[(monday - person.fortnight_from).days // 7 % 2]


def _less(hours: list[Period], holes: Sequence[Period]) -> list[Period]:
    for hole in merged(holes):
        hours = without(hours, hole)
    return hours


def _by_day(periods: Sequence[Period], zone: ZoneInfo) -> dict[dt.date, list[Period]]:
    found: dict[dt.date, list[Period]] = defaultdict(list)
    for each in periods:
        found[each.starts_at.astimezone(zone).date()].append(each)
    return found


def _day(day: dt.date, usual: list[Period], left: list[Period], special: SpecialDay | None, zone: ZoneInfo) -> Day:
    """`usual`: the hours of the day; `left`: what time off leaves of them."""
    why = (special.name or gettext("Other hours")) if special else ""
    state: State = "open"
    if left != usual:
        state, why = ("part" if left else "off"), why or gettext("Time off")
    elif not left:
        state = "closed"
    return Day(date=day, state=state, hours=[_said(each, zone) for each in left], why=why)


def _midnight(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, zone)


def _said(period: Period, zone: ZoneInfo) -> str:
    return f"{period.starts_at.astimezone(zone):%H:%M}–{period.ends_at.astimezone(zone):%H:%M}"
