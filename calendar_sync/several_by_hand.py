"""What staff book at once for one patient: several services in one visit, the same again every few weeks."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from calendar_sync.by_hand import book_by_hand
from calendar_sync.entries import last_change
from calendar_sync.errors import DiaryError, RuleRefused
from calendar_sync.local_time import exists
from calendar_sync.models import (
    Appointment,
    AppointmentChange,
    AppointmentSeries,
    BookingRules,
    Patient,
    Practitioner,
    Service,
    Visit,
)
from calendar_sync.visit_slots import between
from calendar_sync.wanted import as_it_stands
from tenants.models import Business


@dataclass(frozen=True, kw_only=True)
class ByHand:
    """Who books what for whom, as the form says."""

    service: Service
    practitioner: Practitioner
    starts_at: dt.datetime
    patient: Patient
    user_id: int | None
    note: str = ""
    overrule: bool = False
    reason: str = ""
    location_id: int | None = None  # where they are then, unless one is named


@dataclass(frozen=True, kw_only=True)
class Date:
    """One date of a series; `refused`: why it doesn't fit; `place`: where it is, by its id."""

    starts_at: dt.datetime
    refused: str = ""
    place: int | None = None


class SeriesRefused(DiaryError):
    """`dates`: all of them, with what stands in the way."""

    message = N_("Not all of these dates are free.")

    def __init__(self, dates: Sequence[Date]) -> None:
        super().__init__()
        self.dates = list(dates)


def book_one(business: Business, wanted: ByHand, **other: Any) -> Appointment:
    """`other` replaces the service, the start or `overrule`."""
    fields = {name: getattr(wanted, name) for name in ByHand.__dataclass_fields__} | other
    return book_by_hand(business, **fields)


def book_visit(
    business: Business, wanted: ByHand, also: Service, also_by: Practitioner | None = None
) -> list[Appointment]:
    """The second service right after the first at the same location, by the same practitioner or another; all or
    nothing."""
    who = also_by or wanted.practitioner
    with transaction.atomic():
        first = book_one(business, wanted)
        gap = between(wanted.service, also, same_person=who == wanted.practitioner)
        second = {"service": also, "practitioner": who, "starts_at": first.ends_at + gap, "note": ""}
        parts = [first, book_one(business, wanted, **second, location_id=as_it_stands(first).location_id)]
        visit = Visit.objects.create(contact_id=wanted.patient.contact_id)
        Appointment.objects.filter(pk__in=[each.pk for each in parts]).update(visit=visit)
        _make_one_act(parts)
        return parts


def book_series(
    business: Business, wanted: ByHand, *, every_weeks: int, times: int, skip: bool = False
) -> list[Appointment]:
    """The same local time every so many weeks. Raises SeriesRefused with every date unless all fit or `skip`; the
    first must fit.
    """
    most = BookingRules.of_this_business().series_most
    if not (2 <= times <= most and 1 <= every_weeks <= 52):
        raise RuleRefused("series_most", f"A series has 2 to {most} appointments.")
    with transaction.atomic():
        made = [book_one(business, wanted)]
        dates = [date_of(made[0])]
        for starts_at in _later(business, wanted.starts_at, every_weeks, times):
            appointment, date = _one_more(business, wanted, starts_at)
            dates.append(date)
            if appointment is not None:
                made.append(appointment)
        if len(made) < len(dates) and not skip:
            raise SeriesRefused(dates)
        series = AppointmentSeries.objects.create(
            contact_id=wanted.patient.contact_id, every_weeks=every_weeks, count=times
        )
        Appointment.objects.filter(pk__in=[each.pk for each in made]).update(series=series)
        _make_one_act(made)
        return made


def _one_more(business: Business, wanted: ByHand, starts_at: dt.datetime) -> tuple[Appointment | None, Date]:
    if not exists(starts_at):
        return None, Date(starts_at=starts_at, refused=N_("The clocks go forward then: there is no such time."))
    try:
        made = book_one(business, wanted, starts_at=starts_at.astimezone(dt.UTC))
    except DiaryError as error:
        return None, Date(starts_at=starts_at, refused=str(error))
    return made, date_of(made)


def date_of(made: Appointment) -> Date:
    return Date(starts_at=made.starts_at, place=as_it_stands(made).location_id)


def _later(business: Business, first: dt.datetime, every_weeks: int, times: int) -> list[dt.datetime]:
    """Local times: adding weeks to them keeps the time on the wall."""
    local = first.astimezone(ZoneInfo(business.timezone)).replace(fold=0)
    return [local + dt.timedelta(weeks=every_weeks * number) for number in range(1, times)]


def _make_one_act(made: Sequence[Appointment]) -> None:
    """Undoing the first undoes all of them."""
    first = last_change(made[0])
    AppointmentChange.objects.filter(appointment__in=made[1:]).update(part_of=first)
