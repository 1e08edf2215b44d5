"""Behind the appointments of the diary page: when nobody can be booked, and why. As @event-calendar's events."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from calendar_sync.availability import DayRules, Period, merged, without, working_periods
from calendar_sync.external_busy import external_busy_of
from calendar_sync.models import Practitioner, TakenTime
from calendar_sync.places import open_places
from calendar_sync.special_days import SpecialDay
from calendar_sync.taking import standing
from calendar_sync.timetable import Away, Rules, rules_of, special_days_in, time_off_of, wide
from tenants import clock
from tenants.formats import plainly
from tenants.models import Business

Cut = Iterator[tuple[dt.datetime, dt.datetime]]


def background(
    business: Business, people: Sequence[Practitioner], window: Period, location_id: int | None = None
) -> Iterator[dict[str, Any]]:
    """Closed, time off, busy in the connected calendar, kept for somebody. The queries don't grow with the people.

    With a location what somebody works elsewhere is named as that; without one each place of who works at several.
    """
    zone = ZoneInfo(business.timezone)
    ids = [each.pk for each in people]
    away, external = time_off_of(ids, window), external_busy_of(ids, window, clock.now(), None)
    rules = rules_of(business, people, window)
    yield from _closed(business, people, rules, window, zone, location_id)
    for person in ids:
        off = [period for each in away.get(person, ()) for period in _off(each, rules[person], window)]
        for begin, end in _drawn(off, window, zone):
            yield event(person, gettext("Time off"), begin, end, "time")
        for begin, end in _drawn(external.get(person, ()), window, zone):
            yield event(person, gettext("Busy in Google Calendar"), begin, end, "busy")
    for taken in _holds(ids, window):
        until = plainly(taken.hold.expires_at.astimezone(zone), "H:i") if taken.hold else ""
        title = gettext("Kept for a patient until %(time)s") % {"time": until} if until else ""
        for begin, end in _drawn([Period(taken.during.lower, taken.during.upper)], window, zone):
            yield event(taken.practitioner_id or 0, title, begin, end, "kept")


def buffers(taken: Iterable[TakenTime], own: Period, window: Period, zone: ZoneInfo) -> Iterator[dict[str, Any]]:
    """The margins that an appointment or session keeps its practitioner free around itself."""
    for each in taken:
        if each.practitioner_id is None:
            continue
        margins = without([Period(each.during.lower, each.during.upper)], own)
        for begin, end in _drawn(margins, window, zone):
            yield event(each.practitioner_id, "", begin, end, "buffer")


def event(person: int, title: str, begin: dt.datetime, end: dt.datetime, kind: str) -> dict[str, Any]:
    return {
        "resourceId": str(person),
        "start": f"{begin:%Y-%m-%dT%H:%M:%S}",
        "end": f"{end:%Y-%m-%dT%H:%M:%S}",
        "title": title,
        "display": "background",
        "classNames": [f"away--{kind}"],
    }


def _off(away: Away, posts: Mapping[int, DayRules], window: Period) -> list[Period]:
    """Off from one location is drawn where they would be there."""
    if away.place is None:
        return [away.period]
    there = posts.get(away.place)
    hours = working_periods(there, window) if there is not None else []
    both = [
        Period(max(each.starts_at, away.period.starts_at), min(each.ends_at, away.period.ends_at)) for each in hours
    ]
    return [each for each in both if each.starts_at < each.ends_at]


def _closed(
    business: Business,
    people: Sequence[Practitioner],
    rules: Rules,
    window: Period,
    zone: ZoneInfo,
    location_id: int | None,
) -> Iterator[dict[str, Any]]:
    """Outside of hours; a day that is closed specially says what for. Hours elsewhere say where."""
    names, said = {each.pk: each.name for each in open_places()}, gettext("At %(place)s")
    special = special_days_in(business, [each.pk for each in people], window)
    for person in people:
        closed = [window]
        posts = rules[person.pk]
        for place, there in posts.items():
            periods = working_periods(there, window)
            for period in periods:
                closed = without(closed, period)
            away = location_id not in (None, place)
            if len(posts) > 1 and (away or location_id is None) and place in names:
                for begin, end in _drawn(periods, window, zone):
                    yield event(person.pk, said % {"place": names[place]}, begin, end, "elsewhere" if away else "place")
        for begin, end in _drawn(closed, window, zone):
            yield event(person.pk, _why(special.of(person, begin.date())), begin, end, "closed")


def _why(special: SpecialDay | None) -> str:
    if special is None or special.hours or not special.name:
        return ""
    return gettext("Closed: %(why)s") % {"why": special.name}


def _holds(ids: Sequence[int], window: Period) -> list[TakenTime]:
    reach = wide(window)
    rows = standing(clock.now()).filter(
        practitioner__in=ids,
        hold__isnull=False,
        during__startswith__gte=reach.starts_at,
        during__startswith__lt=window.ends_at,
    )
    return list(rows.select_related("hold").order_by("during"))


def _drawn(periods: Iterable[Period], window: Period, zone: ZoneInfo) -> Cut:
    for period in merged(_within(periods, window)):
        yield from _by_day(period, zone)


def _within(periods: Iterable[Period], window: Period) -> Iterator[Period]:
    for each in periods:
        if each.overlaps(window):
            yield Period(max(each.starts_at, window.starts_at), min(each.ends_at, window.ends_at))


def _by_day(period: Period, zone: ZoneInfo) -> Cut:
    """The period cut at local midnights, as the grid draws it; naive local times."""
    begin = period.starts_at.astimezone(zone).replace(tzinfo=None)
    last = period.ends_at.astimezone(zone).replace(tzinfo=None)
    while begin < last:
        midnight = dt.datetime.combine(begin.date() + dt.timedelta(days=1), dt.time.min)
        yield begin, min(midnight, last)
        begin = midnight
