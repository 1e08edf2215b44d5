"""Working hours in which nothing can be offered, because the location is closed then."""

from collections.abc import Sequence
from dataclasses import dataclass

from calendar_sync.models import Location, Practitioner, WorkingHours
from calendar_sync.spans import around, union
from calendar_sync.timetable import opening_weeks
from calendar_sync.working_hours import WHOLE_DAY, Hours, Week, minutes_of


@dataclass(frozen=True, kw_only=True)
class Beyond:
    weekday: int
    hours: Hours
    place: str


def beyond_opening(person: Practitioner) -> list[Beyond]:
    """The periods of the weeks that aren't wholly within their location's opening hours, by weekday. A location without
    opening hours restricts nobody."""
    rows = list(WorkingHours.objects.filter(practitioner=person).select_related("location"))
    places: dict[int, Location] = {each.pk: each for row in rows for each in (row.location or person.location,)}
    weeks = opening_weeks(list(places))
    found = {
        Beyond(weekday=row.weekday, hours=Hours(row.starts, row.ends), place=place.name): None
        for row in rows
        for place in (row.location or person.location,)
        if place.pk in weeks and not _within(weeks[place.pk], row.weekday, Hours(row.starts, row.ends))
    }
    return list(found)


def _within(opening: Week, weekday: int, hours: Hours) -> bool:
    """In minutes since the midnight at which the weekday began; what is open around it may reach into it."""
    begin, end = minutes_of(hours)
    home = around(union(span for day in (-1, 0, 1) for span in _open(opening.get((weekday + day) % 7, ()), day)), begin)
    return home is not None and end <= home[1]


def _open(periods: Sequence[Hours], day: int) -> list[tuple[int, int]]:
    return [(begin + day * WHOLE_DAY, end + day * WHOLE_DAY) for begin, end in map(minutes_of, periods)]
