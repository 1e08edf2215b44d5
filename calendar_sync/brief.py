"""Plain facts of a business, as it publishes them."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from calendar_sync.availability import DayRules, Hours, Period, working_periods
from calendar_sync.models import HoursException, Location, OpeningHours, Practitioner, Service, Weekday
from calendar_sync.special_days import hours_of
from tenants.models import Business

SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$"}
LOOKAHEAD = dt.timedelta(days=28)


@dataclass(frozen=True, kw_only=True)
class ServiceFacts:
    name: str
    minutes: int
    price: str  # "£45"; empty when it is not published
    description: str
    other_names: tuple[str, ...]
    practitioners: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Facts:
    services: tuple[ServiceFacts, ...]
    practitioners: tuple[str, ...]
    opening_hours: tuple[str, ...]  # "Monday 08:30–12:30, 13:30–17:30"; "Sunday closed"
    address: str
    phone: str


def facts(business: Business) -> Facts:
    """What patients may be told. Five queries."""
    location = _location()
    people = list(Practitioner.objects.filter(active=True))
    return Facts(
        services=tuple(_services(business, {each.pk for each in people})),
        practitioners=tuple(each.name for each in people),
        opening_hours=tuple(opening_lines(location)),
        address=location.address if location else "",
        phone=location.phone if location else "",
    )


def price_text(minor: int | None, currency: str) -> str:
    """4500, "GBP" → "£45"; 4550 → "£45.50"; unknown currencies by their code."""
    if minor is None:
        return ""
    amount = f"{minor / 100:.2f}".removesuffix(".00")
    symbol = SYMBOLS.get(currency)
    return f"{symbol}{amount}" if symbol else f"{amount} {currency}"


def opening_lines(location: Location | None) -> list[str]:
    """One line a day, Monday first."""
    if location is None:
        return []
    week = _weekly(location)
    return [f"{day.label} {_said(week.get(day, []))}" for day in Weekday]


def open_periods(business: Business, date: dt.date) -> list[Period]:
    """When the business is open on that (local) date, as moments in UTC; dated exceptions included."""
    rules = _rules(business, date, date)
    zone = ZoneInfo(business.timezone)
    begin = dt.datetime.combine(date, dt.time.min, zone)
    end = dt.datetime.combine(date + dt.timedelta(days=1), dt.time.min, zone)
    return working_periods(rules, Period(begin, end))


def next_opening(business: Business, now: dt.datetime) -> dt.datetime | None:
    """`now` when it is open, else when it opens next (UTC); None when that is not within four weeks."""
    until = now + LOOKAHEAD
    rules = _rules(business, now.date() - dt.timedelta(days=1), until.date() + dt.timedelta(days=1))
    for period in working_periods(rules, Period(now, until)):
        return max(period.starts_at, now)
    return None


def _location() -> Location | None:
    return Location.objects.order_by("pk").first()


def _services(business: Business, active_people: set[int]) -> list[ServiceFacts]:
    return [
        ServiceFacts(
            name=each.name,
            minutes=each.duration,
            price=price_text(each.price, business.currency),
            description=each.description,
            other_names=tuple(each.other_names),
            practitioners=tuple(who.name for who in each.practitioners.all() if who.pk in active_people),
        )
        for each in Service.objects.filter(active=True).prefetch_related("practitioners")
    ]


def _rules(business: Business, first: dt.date, last: dt.date) -> DayRules:
    location = _location()
    dated = HoursException.objects.filter(practitioner=None, date__range=(first, last))
    return DayRules(
        zone=ZoneInfo(business.timezone),
        weekly=_weekly(location) if location else {},
        everybodys_days={each.date: hours_of(each.periods) for each in dated},
    )


def _weekly(location: Location) -> dict[int, list[Hours]]:
    week: dict[int, list[Hours]] = {}
    for row in OpeningHours.objects.filter(location=location):
        week.setdefault(row.weekday, []).append(Hours(row.opens, row.closes))
    return week


def _said(periods: list[Hours]) -> str:
    return ", ".join(f"{each.starts:%H:%M}–{each.ends:%H:%M}" for each in periods) or "closed"
