"""Recurring appointments: every so many weeks, so many times, at the same local time.

Which dates fit is told before anything is booked; booked are all of them, or, when the patient agreed to it, those that
fit. Each is an appointment of its own.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from calendar_sync import entries, tickets
from calendar_sync.booking import made_by
from calendar_sync.checking import Fit, check
from calendar_sync.entries import Deed
from calendar_sync.errors import DiaryError, RuleRefused, SeriesDoesNotFit, TicketRefused
from calendar_sync.house_rules import refusal
from calendar_sync.local_time import exists
from calendar_sync.locking import changing, lock
from calendar_sync.models import (
    HOLDS_TIME,
    Appointment,
    AppointmentChange,
    AppointmentSeries,
    BookedBy,
    BookingRules,
    Patient,
)
from calendar_sync.slots import Slot, find_slots
from calendar_sync.visits import cancel_all
from calendar_sync.wanted import Actor, Wanted, wanted_at, wanted_by
from tenants import clock
from tenants.models import Business

MOST_ALTERNATIVES = 2


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One date of a series: `refused` is why it doesn't fit, `instead` are free times around it on the same day."""

    starts_at: dt.datetime
    refused: DiaryError | None = None
    instead: Sequence[Slot] = ()


@dataclass(frozen=True, kw_only=True)
class Booked:
    """`missed`: the dates that were left out because they don't fit."""

    appointments: Sequence[Appointment]
    missed: Sequence[Planned] = ()


def book(
    business: Business,
    *,
    ticket: str,
    every_weeks: int,
    times: int,
    contact_id: int,
    patient: Patient,
    by: BookedBy,
    turn_id: int | None = None,
    skip_taken: bool = False,
    instead: Sequence[str] = (),
    only_look: bool = False,
) -> Booked:
    """The ticket's slot and the same time every so many weeks. The same ticket again: the same appointments.

    `instead`: tickets that the patient has agreed to, each in place of the date on its local day. Raises
    SeriesDoesNotFit with every date's answer unless all fit or `skip_taken`, and always to `only_look`; RuleRefused
    (`series_most`, `most_active`, …); what booking.book raises when the ticket's own slot is gone.
    """
    slot = tickets.read(business, ticket, contact_id=contact_id)
    wanted = wanted_by(business, slot)
    if not (2 <= times <= BookingRules.of_this_business().series_most and 1 <= every_weeks <= 52):
        raise refusal("series_most")
    actor = Actor(by=by, turn_id=turn_id)
    others = [wanted_by(business, tickets.read(business, each, contact_id=contact_id)) for each in instead]
    if any(each.service != wanted.service for each in others):
        raise TicketRefused("malformed")
    with changing(business, wanted, contact_id):
        lock([wanted, *others])
        made = made_by(slot)
        if made is not None and not only_look:
            return Booked(appointments=_standing(made))
        dates = _with(others, [wanted, *_repeated(business, wanted, every_weeks, times)], business)
        series = AppointmentSeries.objects.create(contact_id=contact_id, every_weeks=every_weeks, count=times)
        booked = _insert(business, dates, series, patient, contact_id, actor, slot.digest)
        if only_look or (booked.missed and not skip_taken):
            planned = [*(Planned(starts_at=each.starts_at) for each in booked.appointments), *booked.missed]
            raise SeriesDoesNotFit(sorted(planned, key=lambda each: each.starts_at))
        return booked


def look(
    business: Business, *, ticket: str, every_weeks: int, times: int, contact_id: int, patient: Patient
) -> Sequence[Planned]:
    """Every date of the series with its answer; nothing is booked. Raises what `book` raises for other reasons."""
    try:
        book(
            business,
            ticket=ticket,
            every_weeks=every_weeks,
            times=times,
            contact_id=contact_id,
            patient=patient,
            by=BookedBy.ASSISTANT,
            only_look=True,
        )
    except SeriesDoesNotFit as found:
        return found.planned
    raise AssertionError("a look books nothing")


def cancel_rest(
    business: Business,
    appointment: Appointment,
    *,
    by: BookedBy,
    turn_id: int | None = None,
    user_id: int | None = None,
) -> list[Appointment]:
    """Cancel this one and those of its series that come after it."""
    rest = [each for each in _standing(appointment) if each.starts_at >= appointment.starts_at]
    return cancel_all(business, rest or [appointment], Actor(by=by, turn_id=turn_id, user_id=user_id))


def alternatives(business: Business, planned: Planned, wanted: Wanted, contact_id: int | None) -> list[Slot]:
    """Free times on the same local day, the closest first; with the same practitioner at the same location, or where
    they are on that day."""
    zone = ZoneInfo(business.timezone)
    day = dt.datetime.combine(planned.starts_at.astimezone(zone).date(), dt.time.min, zone)
    found = find_slots(
        business,
        service=wanted.service,
        practitioner=wanted.practitioner,
        window=(day, day + dt.timedelta(days=1)),
        contact_id=contact_id,
    )
    there = [each for each in found if each.location_id == wanted.location_id] or found
    return sorted(there, key=lambda slot: abs(slot.starts_at - planned.starts_at))[:MOST_ALTERNATIVES]


def _repeated(business: Business, first: Wanted, every_weeks: int, times: int) -> list[Wanted | Planned]:
    """The same local time and location in the weeks after; a date on which the clock skips it can't be booked."""
    zone = ZoneInfo(business.timezone)
    local = first.starts_at.astimezone(zone).replace(fold=0)
    dates: list[Wanted | Planned] = []
    for number in range(1, times):
        then = local + dt.timedelta(weeks=every_weeks * number)  # wall time: the zone's clock changes are kept out
        moment = then.astimezone(dt.UTC)
        if exists(then):
            dates.append(wanted_at(business, first.service, first.practitioner, moment, first.location_id))
        else:
            dates.append(Planned(starts_at=moment, refused=refusal("no_such_time")))
    return dates


def _with(others: Sequence[Wanted], dates: list[Wanted | Planned], business: Business) -> list[Wanted | Planned]:
    """The dates, with what was agreed to in place of that of the same day; the first stays."""
    zone = ZoneInfo(business.timezone)
    agreed = {each.starts_at.astimezone(zone).date(): each for each in others}
    return [dates[0], *(agreed.get(each.starts_at.astimezone(zone).date(), each) for each in dates[1:])]


def _insert(
    business: Business,
    dates: Sequence[Wanted | Planned],
    series: AppointmentSeries,
    patient: Patient,
    contact_id: int,
    actor: Actor,
    digest: str,
) -> Booked:
    made: list[Appointment] = []
    missed: list[Planned] = []
    first: AppointmentChange | None = None
    for each in dates:
        fit = _fit(business, each, patient, contact_id, actor, must=not made)
        if isinstance(fit, Planned):
            missed.append(fit)
            continue
        assert isinstance(each, Wanted)
        appointment = entries.insert(
            business,
            each,
            fit,
            patient=patient,
            contact_id=contact_id,
            ticket=None if made else digest,
            series=series,
            deed=Deed(actor=actor, part_of=first),
        )
        first = first or entries.last_change(appointment)
        made.append(appointment)
    return Booked(appointments=made, missed=missed)


def _fit(
    business: Business, date: Wanted | Planned, patient: Patient, contact_id: int, actor: Actor, *, must: bool
) -> Fit | Planned:
    """What the date takes, or why it doesn't fit. The first must, and the patient's rules hold for every date alike."""
    if isinstance(date, Planned):
        return date
    try:
        return check(business, date, actor=actor, patient=patient, contact_id=contact_id)
    except RuleRefused as refused:
        if must or refused.rule not in ("too_far", "no_such_time"):
            raise
        return Planned(starts_at=date.starts_at, refused=refused)
    except DiaryError as refused:
        if must:
            raise
        planned = Planned(starts_at=date.starts_at, refused=refused)
        return Planned(
            starts_at=date.starts_at,
            refused=refused,
            instead=alternatives(business, planned, date, contact_id),
        )


def _standing(appointment: Appointment) -> list[Appointment]:
    """The series' appointments that stand and are ahead; this one alone when it belongs to none."""
    rows = Appointment.objects.filter(status__in=HOLDS_TIME).select_related("service", "practitioner", "patient")
    if appointment.series_id is None:
        return list(rows.filter(pk=appointment.pk))
    ahead = rows.filter(series=appointment.series_id, during__startswith__gt=clock.now())
    return list(ahead.order_by("during"))
