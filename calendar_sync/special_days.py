"""Days that differ from the week: dated exceptions, yearly ones, public holidays."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from pydantic import TypeAdapter

from calendar_sync.models import BookingRules, HolidayChoice, HoursException, Practitioner
from calendar_sync.public_holidays import holidays_between, is_closed
from calendar_sync.set_up import kept
from calendar_sync.working_hours import Hours
from tenants.models import Business

_PERIODS = TypeAdapter(list[tuple[dt.time, dt.time] | tuple[dt.time, dt.time, int]])


@dataclass(frozen=True, kw_only=True)
class SpecialDay:
    """`name`: the note of an exception, or the holiday's name. No hours: closed."""

    date: dt.date
    hours: Sequence[Hours] = ()
    name: str = ""
    yearly: bool = False


Named = dict[dt.date, SpecialDay]


@dataclass(frozen=True, kw_only=True)
class SpecialDays:
    """By date: everybody's, holidays among them; each location's and each practitioner's own, by id."""

    everybodys: Named
    places: Mapping[int, Named] = field(default_factory=dict)
    own: Mapping[int, Named] = field(default_factory=dict)

    def at(self, location_id: int) -> Named:
        """What holds for everybody there."""
        there = self.places.get(location_id)
        return self.everybodys | there if there else self.everybodys

    def of(self, practitioner: Practitioner, day: dt.date) -> SpecialDay | None:
        own = self.own.get(practitioner.pk, {}).get(day)
        return own or self.places.get(practitioner.location_id, {}).get(day) or self.everybodys.get(day)


def special_days(
    business: Business, ids: Sequence[int], first: dt.date, last: dt.date, house: BookingRules
) -> SpecialDays:
    """What is special for these practitioners (none: only what holds for everybody, or everybody of a location).

    At most two queries.
    """
    everybodys: list[SpecialDay] = []
    places: dict[int, list[SpecialDay]] = defaultdict(list)
    own: dict[int, list[SpecialDay]] = defaultdict(list)
    for row in _exceptions(tuple(ids), first, last):
        day = SpecialDay(date=row.date, hours=hours_of(row.periods), name=row.note, yearly=row.yearly)
        if row.practitioner_id is not None:
            own[row.practitioner_id].append(day)
        elif row.location_id is not None:
            places[row.location_id].append(day)
        else:
            everybodys.append(day)
    closed = closed_holidays(business, first, last, house)
    return SpecialDays(
        everybodys=closed | on_days(everybodys, first, last),
        places={each: on_days(rows, first, last) for each, rows in places.items()},
        own={each: on_days(rows, first, last) for each, rows in own.items()},
    )


def on_days(known: Iterable[SpecialDay], first: dt.date, last: dt.date) -> Named:
    """Which of them holds on which day: one of that date, else the latest yearly one that began before it.

    A 29 February holds in leap years only.
    """
    by_age = sorted(known, key=lambda each: each.date)
    found: Named = {}
    for each in by_age:
        for year in range(max(first.year, each.date.year), last.year + 1) if each.yearly else ():
            day = _in_year(each.date, year)
            if day is not None and first <= day <= last:
                found[day] = each
    found.update((each.date, each) for each in by_age if first <= each.date <= last)
    return found


def closed_holidays(business: Business, first: dt.date, last: dt.date, house: BookingRules) -> Named:
    """The public holidays on which the business is closed."""
    holidays = holidays_between(business.country, house.holiday_region, first, last)
    if not holidays:
        return {}
    choices = _choices()
    return {
        day: SpecialDay(date=day, name=name)
        for day, name in reversed(holidays)
        if is_closed(name, choices, house.closed_on_holidays)
    }


@kept
def _exceptions(ids: tuple[int, ...], first: dt.date, last: dt.date) -> list[HoursException]:
    rows = HoursException.objects.filter(
        Q(practitioner__in=ids) | Q(practitioner__isnull=True), Q(date__gte=first) | Q(yearly=True), date__lte=last
    )
    return list(rows)


@kept
def _choices() -> dict[str, bool]:
    return dict(HolidayChoice.objects.values_list("name", "closed"))


def hours_of(periods: object) -> list[Hours]:
    """HoursException.periods as hours."""
    return [Hours(*each) for each in _PERIODS.validate_python(periods)]


def _in_year(day: dt.date, year: int) -> dt.date | None:
    try:
        return day.replace(year=year)
    except ValueError:
        return None
