"""A day of the diary room by room, as @event-calendar's events: local times without offset."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext

from calendar_sync.availability import Period
from calendar_sync.models import Appointment, AppointmentStatus, GroupSession, Resource, TakenTime
from calendar_sync.taking import standing
from tenants import clock
from tenants.formats import shown

SEATED = Prefetch(
    "session__appointments",
    queryset=Appointment.objects.exclude(status=AppointmentStatus.CANCELLED).select_related("patient").order_by("seat"),
)


def rooms() -> list[Resource]:
    return list(Resource.objects.filter(active=True, location__active=True).select_related("kind", "location"))


def room_events(window: Period, zone: ZoneInfo) -> list[dict[str, Any]]:
    """What takes each room or chair; shown, not moved: where it is follows from the appointment."""
    found = []
    for taken in _taken(window).filter(resource__active=True):
        begin, end, title, url = _told(taken)
        found.append(_event(f"room-{taken.pk}", taken.resource_id, begin, end, zone, title, url, [_css(taken)]))
    return found


def _taken(window: Period) -> Any:
    rows = standing(clock.now()).filter(during__overlap=(window.starts_at, window.ends_at))
    return rows.select_related(
        "appointment__service", "appointment__patient", "appointment__practitioner",
        "session__service", "session__practitioner", "hold__service", "hold__practitioner",
    ).prefetch_related(SEATED)  # fmt: skip


def _told(taken: TakenTime) -> tuple[dt.datetime, dt.datetime, str, str]:
    """When, without buffers; in words; and the page to open ("": none)."""
    if taken.appointment is not None:
        one = taken.appointment
        title = f"{one.patient.name} · {one.service.name}"
        return one.starts_at, one.ends_at, title, reverse("appointment", args=[one.pk])
    if taken.session is not None:
        return _group(taken.session)
    hold = taken.hold
    assert hold is not None, "taken by one thing (a check constraint)"
    kept = gettext("Kept until %(time)s") % {"time": shown(hold.expires_at, "H:i")}
    title = f"{kept} · {hold.service.name} · {hold.get_reason_display()}"
    return hold.during.lower, hold.during.upper, title, ""


def _group(session: GroupSession) -> tuple[dt.datetime, dt.datetime, str, str]:
    seated = list(session.appointments.all())
    names = ", ".join(each.patient.name for each in seated)
    title = " · ".join(
        (
            session.service.name,
            gettext("%(taken)s of %(seats)s") % {"taken": len(seated), "seats": session.seats},
            names,
        )
    )
    url = reverse("appointment", args=[seated[0].pk]) if seated else ""
    return session.during.lower, session.during.upper, title, url


def _event(
    key: str,
    column: int | None,
    begin: dt.datetime,
    end: dt.datetime,
    zone: ZoneInfo,
    title: str,
    url: str,
    css: list[str],
) -> dict[str, Any]:
    return {
        "id": key,
        "resourceId": str(column),
        "start": f"{begin.astimezone(zone):%Y-%m-%dT%H:%M:%S}",
        "end": f"{end.astimezone(zone):%Y-%m-%dT%H:%M:%S}",
        "title": title,
        "extendedProps": {"url": url, "spoken": ""},
        "classNames": css,
        "editable": False,
    }


def _css(taken: TakenTime) -> str:
    if taken.hold is not None:
        return "kept"
    return "appointment--group" if taken.session is not None else f"appointment--{taken.appointment.status}"  # type: ignore[union-attr]
