"""Practitioners' calendars read from the database, in a constant number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypedDict
from zoneinfo import ZoneInfo

from calendar_sync.availability import Calendar, DayRules, Period
from calendar_sync.external_busy import external_busy_of
from calendar_sync.models import (
    Appointment,
    BookingRules,
    OpeningHours,
    Practitioner,
    WorkingHours,
)
from calendar_sync.places_of_work import Work
from calendar_sync.set_up import kept
from calendar_sync.spans import Span
from calendar_sync.special_days import SpecialDays, special_days
from calendar_sync.taking import STANDING
from calendar_sync.travel import travel_of
from calendar_sync.working_hours import Hours, Week, opening_spans
from tenants.models import Business
from tenants.postgres.prepared import Prepared
from tenants.statements import Question, asked_together, rows

# A service takes at most 720 minutes and two buffers of 240 (models.Service). The odd second tells the edge of what
# is known of a connected calendar from an event that begins just there.
LONGEST = dt.timedelta(hours=20, seconds=1)
AROUND = dt.timedelta(days=3)  # hours of days around a window that may reach into it
Weeks = WorkingHours.Weeks
AWAY = Prepared("""
SELECT practitioner_id, starts_at, ends_at, location_id FROM calendar_sync_timeoff
 WHERE practitioner_id = ANY(%s) AND ends_at > %s AND starts_at < %s ORDER BY starts_at""")
TAKEN = {
    whose: Prepared(f"""
SELECT taken.{whose}, array_agg(date_part('epoch', lower(taken.during))::bigint),
       array_agg(date_part('epoch', upper(taken.during))::bigint)
  FROM calendar_sync_takentime taken LEFT JOIN calendar_sync_hold hold ON hold.id = taken.hold_id
 WHERE taken.{whose} = ANY(%(ids)s) AND lower(taken.during) >= %(begin)s AND lower(taken.during) < %(end)s
   AND {STANDING}
 GROUP BY 1""")  # noqa: S608 (names of ours)
    for whose in ("practitioner_id", "resource_id")
}
Rules = Mapping[int, Mapping[int, DayRules]]  # practitioner id → location id → the hours there


class Asked(TypedDict):
    """When, and what doesn't stand in the way of who asks."""

    now: dt.datetime
    moving: Appointment | None
    contact_id: int | None


def timetables(
    business: Business,
    practitioners: Sequence[Practitioner],
    window: Period,
    *,
    now: dt.datetime,
    moving: Appointment | None = None,
    contact_id: int | None = None,
    house: BookingRules | None = None,
    rules: Rules | None = None,
) -> dict[int, dict[int, Calendar]]:
    """Practitioner id → location id → calendar, complete for appointments that begin within the window.

    A connected calendar that can't be trusted makes the whole window busy, unless the business allows otherwise.
    `moving`: an appointment whose present time doesn't stand in its own way; `contact_id`: whose holds don't. `rules`:
    what `rules_of` says, where the caller has asked.
    """
    ids = [each.pk for each in practitioners]
    reach = wide(window)
    house = house or BookingRules.of_this_business()
    rules = rules_of(business, practitioners, window, house=house) if rules is None else rules
    with asked_together(*asking(ids, window, now=now, moving=moving, contact_id=contact_id)):
        away = time_off_of(ids, reach)
        taken = taken_by("practitioner_id", ids, reach, now=now, moving=moving, contact_id=contact_id)
    external = external_busy_of(ids, reach, now, moving)
    travel = travel_of(practitioners, rules, reach, house, now=now, moving=moving, contact_id=contact_id)
    return {
        each: {
            place: Calendar(
                rules=there,
                time_off=[gone.period.span for gone in away[each] if gone.place in (None, place)],
                taken=taken.get(each, ()),
                external=[period.span for period in external.get(each, ())],
                travel=travel.get((each, place), ()),
            )
            for place, there in rules[each].items()
        }
        for each in ids
    }


def asking(
    practitioner_ids: Sequence[int],
    window: Period,
    *,
    now: dt.datetime,
    moving: Appointment | None = None,
    contact_id: int | None = None,
) -> list[Question]:
    """What `timetables` asks every time: for whoever asks more in the same round trip."""
    reach = wide(window)
    taken = asking_taken("practitioner_id", practitioner_ids, reach, now=now, moving=moving, contact_id=contact_id)
    return [_asking_time_off(practitioner_ids, reach), taken]


def wide(window: Period) -> Period:
    """Whatever can touch something that begins within the window."""
    return Period(window.starts_at - LONGEST, window.ends_at + LONGEST)


def unread(external: Span, window: Period) -> bool:
    """Whether this busy span of a connected calendar is no event, but time of which nothing is known."""
    begin, end = wide(window).span
    return external[0] == begin or external[1] == end


def rules_of(
    business: Business, practitioners: Sequence[Practitioner], window: Period, *, house: BookingRules | None = None
) -> Rules:
    """Practitioner id → location id → the weekly hours there, and its special days around the window; the usual
    location first."""
    zone = ZoneInfo(business.timezone)
    special = special_days_in(business, [each.pk for each in practitioners], window, house=house)
    work = _work(zone, practitioners, special)
    posts = {pk: each.places for pk, each in work.items()}
    places = {place for some in posts.values() for place in some}
    everybodys = {place: {day: each.hours for day, each in special.at(place).items()} for place in places}
    opening = {
        place: opening_spans(zone, week, everybodys[place], *days_around(window))
        for place, week in opening_weeks(list(places)).items()
    }

    return {
        pk: {place: work[pk].at(place, everybodys_days=everybodys[place], opening=opening.get(place)) for place in some}
        for pk, some in posts.items()
    }


def _work(zone: ZoneInfo, practitioners: Sequence[Practitioner], special: SpecialDays) -> dict[int, Work]:
    weeks = _weeks(tuple(each.pk for each in practitioners))
    return {
        each.pk: Work(
            zone=zone,
            usual=each.location_id,
            weekly=weeks[each.pk].a,
            other_weekly=weeks[each.pk].b,
            fortnight_from=each.fortnight_from,
            own_days={day: own.hours for day, own in special.own.get(each.pk, {}).items()},
        )
        for each in practitioners
    }


def special_days_in(
    business: Business, ids: Sequence[int], window: Period, *, house: BookingRules | None = None
) -> SpecialDays:
    return special_days(business, ids, *days_around(window), house or BookingRules.of_this_business())


def days_around(window: Period) -> tuple[dt.date, dt.date]:
    return (window.starts_at - AROUND).date(), (window.ends_at + AROUND).date()


def opening_weeks(location_ids: Sequence[int]) -> dict[int, Week]:
    """Location id → its week; a location without opening hours is left out: it restricts nobody."""
    return _opening_weeks(tuple(sorted(set(location_ids))))


@kept
def _opening_weeks(location_ids: tuple[int, ...]) -> dict[int, Week]:
    found: dict[int, dict[int, list[Hours]]] = {}
    for row in OpeningHours.objects.filter(location__in=location_ids):
        found.setdefault(row.location_id, {}).setdefault(row.weekday, []).append(Hours(row.opens, row.closes))
    return dict(found)


@dataclass(frozen=True, slots=True)
class Away:
    """Time off; `place`: the id of the location that it is for, None everywhere."""

    period: Period
    place: int | None


def time_off_of(ids: Sequence[int], window: Period) -> dict[int, list[Away]]:
    found: dict[int, list[Away]] = defaultdict(list)
    for practitioner_id, starts_at, ends_at, place in rows(*_asking_time_off(ids, window)):
        found[practitioner_id].append(Away(Period(starts_at, ends_at), place))
    return found


def _asking_time_off(ids: Sequence[int], window: Period) -> Question:
    return AWAY, [list(ids), window.starts_at, window.ends_at]


def taken_by(
    whose: Literal["practitioner_id", "resource_id"],
    ids: Sequence[int],
    window: Period,
    *,
    now: dt.datetime,
    moving: Appointment | None = None,
    contact_id: int | None = None,
) -> dict[int, list[Span]]:
    """Id of a practitioner or resource → what stands in the way in the window (see taking.standing). By the index on
    lower(during), which is why what is taken has a longest length.

    In seconds since 1970: 5,000 of them are read several times faster than timestamps in rows. Both arrays are in the
    order in which the rows were read.
    """
    found = rows(*asking_taken(whose, ids, window, now=now, moving=moving, contact_id=contact_id))
    return {whom: list(zip(starts, ends, strict=True)) for whom, starts, ends in found}


def asking_taken(
    whose: Literal["practitioner_id", "resource_id"],
    ids: Sequence[int],
    window: Period,
    *,
    now: dt.datetime,
    moving: Appointment | None,
    contact_id: int | None,
) -> Question:
    """What `taken_by` asks."""
    asked = {"ids": list(ids), "begin": window.starts_at, "end": window.ends_at, "now": now, "contact": contact_id}
    return TAKEN[whose], asked | {"moving": moving.pk if moving is not None else None}


@dataclass(kw_only=True)
class _Fortnight:
    a: dict[int, list[Hours]]
    b: dict[int, list[Hours]]


@kept
def _weeks(ids: tuple[int, ...]) -> Mapping[int, _Fortnight]:
    found = {each: _Fortnight(a={}, b={}) for each in ids}
    for row in WorkingHours.objects.filter(practitioner__in=ids):
        fortnight, hours = found[row.practitioner_id], Hours(row.starts, row.ends, row.location_id)
        if row.weeks != Weeks.B:
            fortnight.a.setdefault(row.weekday, []).append(hours)
        if row.weeks != Weeks.A:
            fortnight.b.setdefault(row.weekday, []).append(hours)
    return found
