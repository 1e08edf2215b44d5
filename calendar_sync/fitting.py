"""Why a time can't be booked: the same rules by which times are offered, asked about one start."""

import datetime as dt
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from typing import Literal
from zoneinfo import ZoneInfo

from calendar_sync import resources
from calendar_sync.availability import Calendar, Period, works_during
from calendar_sync.booking_window import booking_window
from calendar_sync.group_sessions import Seating, seatings
from calendar_sync.lengths import length_for
from calendar_sync.local_time import DAY, exists
from calendar_sync.models import Appointment, BookingRules, Practitioner, Service
from calendar_sync.spans import around, overlap, union
from calendar_sync.timetable import Asked, special_days_in, timetables, unread
from calendar_sync.whereabouts import where_at
from calendar_sync.working_hours import DayRules, working_spans
from tenants.models import Business

Rule = Literal[
    "past",
    "too_soon",
    "too_far",
    "closed",
    "outside_hours",
    "elsewhere",
    "time_off",
    "no_such_time",
    "taken",
    "travel",
    "no_resource",
    "calendar_busy",
    "calendar_unreadable",
    "full",
]
MOMENT = dt.timedelta(seconds=1)


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """The first rule that speaks against a time. `name`: the holiday or the note, where one closes the day."""

    rule: Rule
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class _Wish:
    business: Business
    service: Service
    practitioner: Practitioner
    starts_at: dt.datetime
    now: dt.datetime
    moving: Appointment | None
    contact_id: int | None
    location_id: int
    ignore: Set[Rule]


def why_not(
    business: Business,
    service: Service,
    practitioner: Practitioner,
    starts_at: dt.datetime,
    *,
    now: dt.datetime,
    moving: Appointment | None = None,
    contact_id: int | None = None,
    location_id: int | None = None,
    ignore: Set[Rule] = frozenset(),
    house: BookingRules | None = None,
) -> Refusal | None:
    """None when the service can begin then with this practitioner. `ignore`: rules that staff set aside; `house`: the
    business's rules, where the caller has read them; `location_id`: where, else where the practitioner is then.

    A start off the grid is fine. Notice and horizon are taken a few minutes less strictly than for an offer, so that
    there is time to accept it. Says nothing of who may perform the service, nor of rules about the patient.
    `starts_at` in the business's zone is also refused where the clock skips it.
    """
    wish = _Wish(
        business=business,
        service=service,
        practitioner=practitioner,
        starts_at=starts_at,
        now=now,
        moving=moving,
        contact_id=contact_id,
        location_id=location_id or where_at(business, practitioner, starts_at),
        ignore=ignore,
    )
    return next(
        (each for each in _refusals(wish, house or BookingRules.of_this_business()) if each.rule not in ignore), None
    )


def _refusals(wish: _Wish, house: BookingRules) -> Iterator[Refusal]:
    """In the order in which they are told; the database is asked for the next only when the last was set aside."""
    if not exists(wish.starts_at):
        yield Refusal(rule="no_such_time")
    yield from _of_the_clock(wish, house)
    window = Period(wish.starts_at, wish.starts_at + MOMENT)
    asked: Asked = {"now": wish.now, "moving": wish.moving, "contact_id": wish.contact_id}
    sessions = seatings(wish.service, [wish.practitioner.pk], window, **asked)
    calendars = timetables(wish.business, [wish.practitioner], window, house=house, **asked)[wish.practitioner.pk]
    calendar = calendars.get(wish.location_id) or _never_there(next(iter(calendars.values())))
    others = [each for place, each in calendars.items() if place != wish.location_id]
    if sessions:
        yield from _of_the_session(sessions[0], calendar)
        return
    length = length_for(wish.service, wish.practitioner)
    blocks = Period(wish.starts_at - wish.service.before, wish.starts_at + length + wish.service.after)
    yield from _of_the_hours(wish, calendar, others, Period(wish.starts_at, wish.starts_at + length), house)
    if overlap(calendar.taken, blocks.span):
        yield Refusal(rule="taken")
    if overlap(calendar.travel, blocks.span):
        yield Refusal(rule="travel")
    yield from _of_the_calendar(calendar, blocks, window)
    if "no_resource" in wish.ignore:
        return
    if resources.choose(wish.service, wish.location_id, blocks, **asked) is None:
        yield Refusal(rule="no_resource")


def _never_there(calendar: Calendar) -> Calendar:
    """At a location where they don't work any more."""
    return replace(calendar, rules=DayRules(zone=calendar.rules.zone, weekly={}))


def _of_the_clock(wish: _Wish, house: BookingRules) -> Iterator[Refusal]:
    bookable = booking_window(wish.business, wish.service, wish.now, house)
    if wish.starts_at <= wish.now:
        yield Refusal(rule="past")
    if wish.starts_at < bookable.accepted_from:
        yield Refusal(rule="too_soon")
    if wish.starts_at >= bookable.accepted_until:
        yield Refusal(rule="too_far")


def _of_the_session(session: Seating, calendar: Calendar) -> Iterator[Refusal]:
    """Its time is taken by itself, and its hours were settled when it was made."""
    if overlap(calendar.time_off, Period(session.starts_at, session.ends_at).span):
        yield Refusal(rule="time_off")
    if not session.left:
        yield Refusal(rule="full")


def _of_the_hours(
    wish: _Wish, calendar: Calendar, others: Sequence[Calendar], period: Period, house: BookingRules
) -> Iterator[Refusal]:
    """`others`: the practitioner's at other locations."""
    if overlap(calendar.time_off, period.span):
        yield Refusal(rule="time_off")
    begin, end = period.span
    day = wish.starts_at.astimezone(calendar.rules.zone).date()
    home = around(union(working_spans(calendar.rules, day - DAY, day + DAY)), begin)
    if home is None and any(works_during(each, period) for each in others):
        yield Refusal(rule="elsewhere")
    elif home is None or home[1] < end:
        yield _outside(wish, calendar, period, house)


def _outside(wish: _Wish, calendar: Calendar, period: Period, house: BookingRules) -> Refusal:
    """Closed for everybody, by a special day or by the opening hours; or this practitioner doesn't work then."""
    day = wish.starts_at.astimezone(ZoneInfo(wish.business.timezone)).date()
    special = special_days_in(wish.business, [wish.practitioner.pk], period, house=house)
    if day in special.own.get(wish.practitioner.pk, {}):
        return Refusal(rule="outside_hours")
    closed = special.at(wish.location_id).get(day)
    if closed is not None:
        return Refusal(rule="closed", name=closed.name)
    opening = calendar.rules.opening
    home = around(opening, period.span[0]) if opening is not None else period.span
    return Refusal(rule="outside_hours" if home is not None and period.span[1] <= home[1] else "closed")


def _of_the_calendar(calendar: Calendar, blocks: Period, window: Period) -> Iterator[Refusal]:
    against = [each for each in calendar.external if overlap([each], blocks.span)]
    if any(unread(each, window) for each in against):
        yield Refusal(rule="calendar_unreadable")
    elif against:
        yield Refusal(rule="calendar_busy")
