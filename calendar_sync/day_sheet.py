"""What the diary page shows: the appointments of some days, and when nobody can be booked."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from calendar_sync.availability import Period, merged, without, working_periods
from calendar_sync.models import HOLDS_TIME, Appointment, AppointmentStatus, Practitioner, WorkingHours
from calendar_sync.timetable import external_busy_of, rules_of, time_off_of
from tenants import clock
from tenants.models import Business


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The hours and weekdays that the grid has to show."""

    first: str  # "08:00"
    last: str  # "18:00"
    closed_weekdays: list[int]  # as JavaScript counts them: 0 is Sunday


def days(business: Business, first: dt.date, count: int) -> Period:
    """The local days as a period."""
    zone = ZoneInfo(business.timezone)
    last = first + dt.timedelta(days=count)
    return Period(dt.datetime.combine(first, dt.time.min, zone), dt.datetime.combine(last, dt.time.min, zone))


def people_in(window: Period) -> list[Practitioner]:
    """Whose columns to show: everybody active, and those who left but still have appointments in the window."""
    standing = Appointment.objects.filter(
        practitioner=OuterRef("pk"),
        status__in=HOLDS_TIME,
        during__startswith__gte=window.starts_at,
        during__startswith__lt=window.ends_at,
    )
    return list(Practitioner.objects.filter(Q(active=True) | Exists(standing)))


def appointments_in(window: Period, people: Sequence[Practitioner]) -> list[Appointment]:
    """Those that begin in the window, cancelled ones left out, by time and practitioner."""
    rows = Appointment.objects.filter(
        practitioner__in=people, during__startswith__gte=window.starts_at, during__startswith__lt=window.ends_at
    ).exclude(status=AppointmentStatus.CANCELLED)
    return list(rows.select_related("service", "practitioner", "patient").order_by("during", "practitioner__position"))


def frame(people: Sequence[Practitioner], shown: Iterable[Appointment]) -> Frame:
    """From the weekly hours of these practitioners and the appointments that stand outside of them."""
    week = list(WorkingHours.objects.filter(practitioner__in=people).values_list("weekday", "starts", "ends"))
    spans = [(each.starts_at, each.ends_at) for each in shown]
    local = [(timezone.localtime(begin), timezone.localtime(end)) for begin, end in spans]
    starts = [starts.hour for _, starts, _ in week] + [begin.hour for begin, _ in local]
    ends = [_full_hour(ends) for _, _, ends in week]
    ends += [24 if end.date() > begin.date() else _full_hour(end.time()) for begin, end in local]
    open_days = {weekday for weekday, _, _ in week} | {begin.weekday() for begin, _ in local}
    first, last = min(starts, default=8), max(ends, default=18)
    return Frame(
        first=f"{first:02}:00",
        last=f"{max(last, first + 1):02}:00",
        closed_weekdays=[(day + 1) % 7 for day in range(7) if day not in open_days] if open_days else [],
    )


def events(business: Business, people: Sequence[Practitioner], window: Period) -> list[dict[str, Any]]:
    """Everything in the window as @event-calendar's events, local times without offset."""
    zone = ZoneInfo(business.timezone)
    found = [event_of(each, zone) for each in appointments_in(window, people)]
    found.extend(_closed(business, people, window, zone))
    return found


def event_of(appointment: Appointment, zone: ZoneInfo) -> dict[str, Any]:
    begin, end = appointment.starts_at.astimezone(zone), appointment.ends_at.astimezone(zone)
    patient, service = appointment.patient.name, appointment.service.name
    spoken = f", with {appointment.practitioner.name}, {appointment.get_status_display().lower()}"
    return {
        "id": str(appointment.pk),
        "resourceId": str(appointment.practitioner_id),
        "start": f"{begin:%Y-%m-%dT%H:%M:%S}",
        "end": f"{end:%Y-%m-%dT%H:%M:%S}",
        "title": f"{patient} · {service}",
        "extendedProps": {"url": reverse("appointment", args=[appointment.pk]), "spoken": spoken},
        "classNames": [f"appointment--{appointment.status}"],
        "editable": appointment.status in HOLDS_TIME,
    }


def _closed(
    business: Business, people: Sequence[Practitioner], window: Period, zone: ZoneInfo
) -> Iterator[dict[str, Any]]:
    """Background events: outside working hours, time off, busy in the connected calendar."""
    ids = [each.pk for each in people]
    rules, away = rules_of(business, people, window), time_off_of(ids, window)
    external = external_busy_of(ids, window, clock.now(), None)
    for person in ids:
        closed = [window]
        for period in working_periods(rules[person], window):
            closed = without(closed, period)
        kinds = [("Closed", closed), ("Time off", away[person]), ("Busy in Google Calendar", external.get(person, []))]
        for title, periods in kinds:
            for period in merged(_within(periods, window)):
                for begin, end in _by_day(period, zone):
                    yield _background(person, title, begin, end)


def _background(person: int, title: str, begin: dt.datetime, end: dt.datetime) -> dict[str, Any]:
    return {
        "resourceId": str(person),
        "start": f"{begin:%Y-%m-%dT%H:%M:%S}",
        "end": f"{end:%Y-%m-%dT%H:%M:%S}",
        "title": "" if title == "Closed" else title,
        "display": "background",
        "classNames": [f"away--{title.split()[0].lower()}"],
    }


def _within(periods: Iterable[Period], window: Period) -> Iterator[Period]:
    for each in periods:
        if each.overlaps(window):
            yield Period(max(each.starts_at, window.starts_at), min(each.ends_at, window.ends_at))


def _by_day(period: Period, zone: ZoneInfo) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """The period cut at local midnights, as the grid draws it; naive local times."""
    begin = period.starts_at.astimezone(zone).replace(tzinfo=None)
    last = period.ends_at.astimezone(zone).replace(tzinfo=None)
    while begin < last:
        midnight = dt.datetime.combine(begin.date() + dt.timedelta(days=1), dt.time.min)
        yield begin, min(midnight, last)
        begin = midnight


def _full_hour(time: dt.time) -> int:
    return time.hour + (1 if time.minute or time.second else 0)
