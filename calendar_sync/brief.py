"""Plain facts of a business, as it publishes them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from calendar_sync.availability import Period, period_of
from calendar_sync.hours_text import text_of
from calendar_sync.local_time import DAY, second
from calendar_sync.models import BookingRules, Location, Practitioner, Service, Weekday
from calendar_sync.set_up import kept, reading_once
from calendar_sync.spans import Span
from calendar_sync.special_days import SpecialDay, special_days
from calendar_sync.timetable import opening_weeks
from calendar_sync.working_hours import Week, opening_spans, spans_of
from tenants import clock
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
class OpenDay:
    """`periods` begin on the date; none: closed. `reason`: the holiday or the note of a day that differs, else ""."""

    date: dt.date
    periods: tuple[Period, ...]
    hours: str  # "09:00–12:30"; empty when closed
    reason: str

    @property
    def said(self) -> str:
        """ "Saturday 26 December: closed (Boxing Day)" """
        why = f" ({self.reason})" if self.reason else ""
        return f"{self.date:%A} {self.date.day} {self.date:%B}: {self.hours or 'closed'}{why}"


@dataclass(frozen=True, kw_only=True)
class _Opening:
    zone: ZoneInfo
    week: Week
    special: Mapping[dt.date, SpecialDay]
    first: dt.date
    last: dt.date

    def spans(self) -> list[Span]:
        days = {date: each.hours for date, each in self.special.items()}
        return opening_spans(self.zone, self.week, days, self.first, self.last)


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
    week = opening_weeks([location.pk]).get(location.pk, {})
    return [f"{day.label} {text_of(week.get(day, ())) or 'closed'}" for day in Weekday]


def open_on(business: Business, date: dt.date) -> OpenDay | None:
    """Whether it is open on that (local) date, and why it differs from the week: "are you open on Boxing Day?"

    None where nobody has said anything: no opening hours, and nothing special about the day.
    """
    opening = _opening(business, date, date)
    special = opening.special.get(date)
    if special is None and not opening.week:
        return None
    hours = opening.week.get(date.weekday(), ()) if special is None else special.hours
    periods = tuple(period_of(each) for each in spans_of(date, hours, opening.zone))
    return OpenDay(date=date, periods=periods, hours=text_of(hours), reason=special.name if special else "")


def special_days_ahead(business: Business, days: int = 60) -> list[OpenDay]:
    """The days from today on that differ from the week, in order."""
    today = clock.local_now(business.timezone).date()
    opening = _opening(business, today, today + dt.timedelta(days=days))
    return [
        OpenDay(
            date=date,
            periods=tuple(period_of(span) for span in spans_of(date, each.hours, opening.zone)),
            hours=text_of(each.hours),
            reason=each.name,
        )
        for date, each in sorted(opening.special.items())
    ]


def open_periods(business: Business, date: dt.date) -> list[Period]:
    """What of the time when the business is open touches that (local) date, as moments in UTC.

    A period that goes past midnight touches two dates, and is whole in both answers.
    """
    zone = ZoneInfo(business.timezone)
    begin, end = (second(each, dt.time.min, zone) for each in (date, date + DAY))
    opening = _opening(business, date - DAY, date + DAY)
    return [period_of(each) for each in opening.spans() if each[0] < end and begin < each[1]]


def periods_ahead(business: Business, now: dt.datetime) -> list[Period]:
    """When it is open in the next four weeks (UTC), in order; the first may have begun already."""
    today = now.astimezone(ZoneInfo(business.timezone)).date()
    whole = [period_of(each) for each in _opening(business, today - DAY, today + LOOKAHEAD).spans()]
    return [each for each in whole if now < each.ends_at]


def open_times(business: Business, first: dt.date, last: dt.date) -> list[Period]:
    """When the business was open from one (local) date to another, in order. Six queries, one where nothing changed."""
    with reading_once():
        return _open_times(business, (business.timezone, business.country), first, last)


@kept
def _open_times(business: Business, _place: tuple[str, str], first: dt.date, last: dt.date) -> list[Period]:
    return [period_of(each) for each in _opening(business, first, last).spans()]


def next_opening(business: Business, now: dt.datetime) -> dt.datetime | None:
    """`now` when it is open, else when it opens next (UTC); None when that is not within four weeks."""
    ahead = periods_ahead(business, now)
    return max(ahead[0].starts_at, now) if ahead else None


def closing(business: Business, now: dt.datetime) -> dt.datetime | None:
    """When the opening that `now` is in ends (UTC); None while it is closed."""
    return next((each.ends_at for each in periods_ahead(business, now) if each.starts_at <= now), None)


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


def _opening(business: Business, first: dt.date, last: dt.date) -> _Opening:
    """Of the location, on these days. Five queries."""
    location = _location()
    special = special_days(business, (), first, last, BookingRules.of_this_business())
    return _Opening(
        zone=ZoneInfo(business.timezone),
        week=opening_weeks([location.pk]).get(location.pk, {}) if location else {},
        special=special.everybodys,
        first=first,
        last=last,
    )
