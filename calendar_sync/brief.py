"""Plain facts of a business, as it publishes them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from calendar_sync.availability import Period, period_of
from calendar_sync.hours_text import text_of
from calendar_sync.local_time import DAY, second
from calendar_sync.models import BookingRules, Location, Practitioner, Service, Weekday
from calendar_sync.places import open_places, works_at
from calendar_sync.set_up import kept, reading_once
from calendar_sync.spans import Span
from calendar_sync.special_days import SpecialDay, SpecialDays, special_days
from calendar_sync.timetable import opening_weeks
from calendar_sync.working_hours import Week, opening_spans, spans_of, together
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
    seats: int = 1  # more: a group shares the time


@dataclass(frozen=True, kw_only=True)
class OpenDay:
    """`periods` begin on the date; none: closed. `reason`: the holiday or the note of a day that differs, else ""."""

    date: dt.date
    periods: tuple[Period, ...]
    hours: str  # "09:00–12:30"; empty when closed
    reason: str
    place: str = ""  # the one location of several for which it is so; "": all of them

    @property
    def said(self) -> str:
        """ "Saturday 26 December: closed (Boxing Day)", "Saturday 26 December, Park Street: closed" """
        why = f" ({self.reason})" if self.reason else ""
        where = f", {self.place}" if self.place else ""
        return f"{self.date:%A} {self.date.day} {self.date:%B}{where}: {self.hours or 'closed'}{why}"


@dataclass(frozen=True, kw_only=True)
class PlaceFacts:
    """One location of several. `services`: names of what is done there."""

    name: str
    address: str
    phone: str
    opening_hours: tuple[str, ...]
    services: tuple[str, ...]
    practitioners: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class _Opening:
    """When at least one location is open."""

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
    opening_hours: tuple[str, ...]  # "Monday 08:30–12:30, 13:30–17:30"; "Sunday closed": when one location is open
    address: str  # with several locations "Park Street: 1 Park Street; Headingley: 2 Otley Road"
    phone: str
    places: tuple[PlaceFacts, ...] = ()  # where there are several


def facts(business: Business) -> Facts:
    """What patients may be told. Five queries, six where there are several locations."""
    locations = open_places()
    people = list(Practitioner.objects.filter(active=True))
    services = _services(business, {each.pk for each in people})
    weeks = opening_weeks([each.pk for each in locations])
    there = works_at(people) if len(locations) > 1 else {}
    places = [
        _place(each, [who for who in people if each.pk in there[who.pk]], services, weeks)
        for each in (locations if there else ())
    ]
    return Facts(
        services=tuple(services),
        practitioners=tuple(each.name for each in people),
        opening_hours=tuple(_lines(_together(weeks))) if locations else (),
        address=_of_each([(each.name, each.address) for each in locations]),
        phone=_of_each([(each.name, each.phone) for each in locations]),
        places=tuple(places),
    )


def _place(
    location: Location, people: Sequence[Practitioner], services: Sequence[ServiceFacts], weeks: Mapping[int, Week]
) -> PlaceFacts:
    there = [each.name for each in people]
    return PlaceFacts(
        name=location.name,
        address=location.address,
        phone=location.phone,
        opening_hours=tuple(_lines(weeks.get(location.pk, {}))),
        services=tuple(each.name for each in services if set(each.practitioners) & set(there)),
        practitioners=tuple(there),
    )


def _of_each(told: Sequence[tuple[str, str]]) -> str:
    """What is told of each location, its name before it where there are several."""
    known = [(name, text) for name, text in told if text]
    return known[0][1] if len(told) == len(known) == 1 else "; ".join(f"{name}: {text}" for name, text in known)


def price_text(minor: int | None, currency: str) -> str:
    """4500, "GBP" → "£45"; 4550 → "£45.50"; unknown currencies by their code."""
    if minor is None:
        return ""
    amount = f"{minor / 100:.2f}".removesuffix(".00")
    symbol = SYMBOLS.get(currency)
    return f"{symbol}{amount}" if symbol else f"{amount} {currency}"


def _lines(week: Week) -> list[str]:
    """One line a day, Monday first."""
    return [f"{day.label} {text_of(week.get(day, ())) or 'closed'}" for day in Weekday]


def _together(weeks: Mapping[int, Week]) -> Week:
    """When at least one of the locations is open."""
    if len(weeks) == 1:
        return next(iter(weeks.values()))
    return {day: together(*(week.get(day, ()) for week in weeks.values())) for day in Weekday} if weeks else {}


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
    """The days from today on that differ from the week, in order; of one location only after those of all."""
    today = clock.local_now(business.timezone).date()
    zone, locations = ZoneInfo(business.timezone), open_places()
    special = special_days(business, (), today, today + dt.timedelta(days=days), BookingRules.of_this_business())
    told = [("", special.at(locations[0].pk) if len(locations) == 1 else special.everybodys)]
    if len(locations) > 1:
        told += [(each.name, special.places.get(each.pk, {})) for each in locations]
    return [
        OpenDay(
            date=date,
            periods=tuple(period_of(span) for span in spans_of(date, each.hours, zone)),
            hours=text_of(each.hours),
            reason=each.name,
            place=place,
        )
        for date, place, each in sorted(
            ((date, place, each) for place, days_of in told for date, each in days_of.items()),
            key=lambda line: line[:2],
        )
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


def _services(business: Business, active_people: set[int]) -> list[ServiceFacts]:
    return [
        ServiceFacts(
            name=each.name,
            minutes=each.duration,
            price=price_text(each.price, business.currency),
            description=each.description,
            other_names=tuple(each.other_names),
            practitioners=tuple(who.name for who in each.practitioners.all() if who.pk in active_people),
            seats=each.seats,
        )
        for each in Service.objects.filter(active=True).prefetch_related("practitioners")
    ]


def _opening(business: Business, first: dt.date, last: dt.date) -> _Opening:
    """When a location is open on these days. Five queries."""
    ids = [each.pk for each in open_places()]
    special, weeks = special_days(business, (), first, last, BookingRules.of_this_business()), opening_weeks(ids)
    return _Opening(
        zone=ZoneInfo(business.timezone),
        week=_together(weeks),
        special={**special.everybodys, **_of_one_place(special, weeks, ids)},
        first=first,
        last=last,
    )


def _of_one_place(special: SpecialDays, weeks: Mapping[int, Week], ids: Sequence[int]) -> dict[dt.date, SpecialDay]:
    """Days that differ at one location: what all of them together have open then."""
    found = {}
    for date in sorted({date for each in ids for date in special.places.get(each, {})}):
        days = [(special.at(each).get(date), weeks.get(each, {}).get(date.weekday(), ())) for each in ids]
        name = next(each.name for each, _ in days if each is not None) if len(ids) == 1 else ""
        hours = together(*(usual if each is None else each.hours for each, usual in days))
        found[date] = SpecialDay(date=date, hours=hours, name=name)
    return found
