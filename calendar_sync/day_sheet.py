"""What the diary page shows: the appointments of some days, and when nobody can be booked."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from calendar_sync.availability import Period
from calendar_sync.day_background import background, buffers
from calendar_sync.models import (
    HOLDS_TIME,
    Appointment,
    AppointmentStatus,
    GroupSession,
    Practitioner,
    ProposedChange,
    TakenTime,
    WorkingHours,
)
from calendar_sync.places import with_places
from tenants.models import Business

TAKEN = Prefetch("taken_times", queryset=TakenTime.objects.select_related("resource"))


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
    """Whose columns to show: everybody active, and those who left but still have appointments in the window.

    Each with `google_questions`: changes made in Google that wait for an answer.
    """
    standing = Appointment.objects.filter(
        practitioner=OuterRef("pk"),
        status__in=HOLDS_TIME,
        during__startswith__gte=window.starts_at,
        during__startswith__lt=window.ends_at,
    )
    asked = ProposedChange.objects.filter(
        link__appointment__practitioner=OuterRef("pk"), status=ProposedChange.Status.OPEN
    ).order_by()
    counted = asked.values("link__appointment__practitioner").values(count=Count("pk"))
    people = Practitioner.objects.filter(Q(active=True) | Exists(standing)).select_related("location")
    return list(with_places(people).annotate(google_questions=Coalesce(Subquery(counted), 0)))


def listed_in(window: Period, people: Sequence[Practitioner], location_id: int | None = None) -> list[Appointment]:
    """Those that begin in the window, cancelled ones left out, by time and practitioner; with their rooms' names."""
    rooms = TakenTime.objects.filter(appointment=OuterRef("pk"), resource__isnull=False).order_by("resource_id")
    rows = _beginning_in(window, people, location_id).annotate(rooms=ArraySubquery(rooms.values("resource__name")))
    return list(rows.prefetch_related("late_notices"))


def appointments_in(
    window: Period, people: Sequence[Practitioner], location_id: int | None = None
) -> list[Appointment]:
    """The same with all that they take, as the grid draws it."""
    return list(_beginning_in(window, people, location_id).prefetch_related(TAKEN, "late_notices"))


def at_place(location_id: int) -> Q:
    """Of appointments and sessions: those that are there."""
    return Q(location=location_id) | Q(location__isnull=True, practitioner__location=location_id)


def _beginning_in(
    window: Period, people: Sequence[Practitioner], location_id: int | None = None
) -> QuerySet[Appointment]:
    rows = Appointment.objects.filter(
        practitioner__in=people, during__startswith__gte=window.starts_at, during__startswith__lt=window.ends_at
    ).exclude(status=AppointmentStatus.CANCELLED)
    if location_id is not None:
        rows = rows.filter(at_place(location_id))
    return rows.select_related("service", "practitioner", "patient").order_by("during", "practitioner__position")


def sessions_in(window: Period, people: Sequence[Practitioner], location_id: int | None = None) -> list[GroupSession]:
    """Those that begin in the window and that somebody sits in (`sitting`), by time."""
    rows = GroupSession.objects.filter(
        practitioner__in=people, during__startswith__gte=window.starts_at, during__startswith__lt=window.ends_at
    ).annotate(sitting=Count("appointments", filter=Q(appointments__status__in=HOLDS_TIME)))
    if location_id is not None:
        rows = rows.filter(at_place(location_id))
    rows = rows.filter(sitting__gt=0).select_related("service", "practitioner").prefetch_related(TAKEN)
    return list(rows.order_by("during"))


def frame(people: Sequence[Practitioner], shown: Iterable[Appointment]) -> Frame:
    """From the weekly hours of these practitioners and the appointments that stand outside of them."""
    week = list(WorkingHours.objects.filter(practitioner__in=people).values_list("weekday", "starts", "ends"))
    local = [(timezone.localtime(each.starts_at), timezone.localtime(each.ends_at)) for each in shown]
    hours = [(weekday, starts, ends) for weekday, starts, ends in week]
    hours += [(begin.weekday(), begin.time(), end.time()) for begin, end in local]
    spans = [each for one in hours for each in _by_weekday(*one)]
    open_days = {weekday for weekday, _, _ in spans}
    first, last = min((each[1] for each in spans), default=8), max((each[2] for each in spans), default=18)
    return Frame(
        first=f"{first:02}:00",
        last=f"{max(last, first + 1):02}:00",
        closed_weekdays=[(day + 1) % 7 for day in range(7) if day not in open_days] if open_days else [],
    )


def _by_weekday(weekday: int, starts: dt.time, ends: dt.time) -> Iterator[tuple[int, int, int]]:
    """(weekday, first hour, last hour): what goes past midnight shows on two days."""
    if starts < ends:
        yield weekday, starts.hour, _full_hour(ends)
        return
    yield weekday, starts.hour, 24
    if ends > dt.time.min:
        yield (weekday + 1) % 7, 0, _full_hour(ends)


def events(
    business: Business, people: Sequence[Practitioner], window: Period, location_id: int | None = None
) -> list[dict[str, Any]]:
    """Everything in the window as @event-calendar's events, local times without offset. A group is one event. With a
    location: what is there."""
    zone = ZoneInfo(business.timezone)
    appointments = appointments_in(window, people, location_id)
    sessions = sessions_in(window, people, location_id)
    sitting: dict[int, list[Appointment]] = {}
    for each in appointments:
        if each.session_id is not None:
            sitting.setdefault(each.session_id, []).append(each)
    found = [event_of(each, zone) for each in appointments if each.session_id is None]
    found += [_session_event(each, sitting.get(each.pk, []), zone) for each in sessions]
    shown: list[Appointment | GroupSession] = [*appointments, *sessions]
    for one in shown:
        own = Period(one.during.lower, one.during.upper)
        found.extend(buffers(one.taken_times.all(), own, window, zone))
    found.extend(background(business, people, window, location_id))
    return found


def event_of(appointment: Appointment, zone: ZoneInfo) -> dict[str, Any]:
    patient, service, late = appointment.patient.name, appointment.service.name, appointment.late
    spoken = f"{_with(appointment)}, {appointment.get_status_display().lower()}"
    return {
        "id": str(appointment.pk),
        **_place(appointment, zone),
        "title": f"{patient} · {service}"
        + (" · " + gettext("%(minutes)s min late") % {"minutes": late.minutes} if late else ""),
        "extendedProps": {
            "url": reverse("appointment", args=[appointment.pk]),
            "spoken": spoken,
            "tells": appointment.contact_id is not None,
        },
        "classNames": [f"appointment--{appointment.status}", *(["appointment--late"] if late else [])],
        "editable": appointment.status in HOLDS_TIME,
    }


def _session_event(session: GroupSession, sitting: Sequence[Appointment], zone: ZoneInfo) -> dict[str, Any]:
    """It opens on the first of its appointments, and is moved by moving these."""
    names = ", ".join(each.patient.name for each in sitting)
    taken = sum(each.status in HOLDS_TIME for each in sitting)
    return {
        "id": f"session-{session.pk}",
        **_place(session, zone),
        "title": f"{session.service.name} · "
        + gettext("%(taken)s of %(seats)s") % {"taken": taken, "seats": session.seats},
        "extendedProps": {
            "url": reverse("appointment", args=[sitting[0].pk]) if sitting else "",
            "spoken": f"{_with(session)}: {names}",
        },
        "classNames": ["appointment--group"],
        "editable": False,
    }


def _place(one: Appointment | GroupSession, zone: ZoneInfo) -> dict[str, str]:
    begin, end = one.during.lower.astimezone(zone), one.during.upper.astimezone(zone)
    return {
        "resourceId": str(one.practitioner_id),
        "start": f"{begin:%Y-%m-%dT%H:%M:%S}",
        "end": f"{end:%Y-%m-%dT%H:%M:%S}",
    }


def _with(one: Appointment | GroupSession) -> str:
    """ ", with Dr Silva, in Chair 1 and Room 2" """
    names = sorted(each.resource.name for each in one.taken_times.all() if each.resource is not None)
    who = one.practitioner.name
    if not names:
        return gettext(", with %(who)s") % {"who": who}
    return gettext(", with %(who)s, in %(rooms)s") % {"who": who, "rooms": gettext(" and ").join(names)}


def _full_hour(time: dt.time) -> int:
    return time.hour + (1 if time.minute or time.second else 0)
