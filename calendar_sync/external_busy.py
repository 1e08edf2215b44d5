"""What practitioners' connected calendars forbid, from the database. A calendar that can't be read is busy, never free.

Reading them is google/'s part. Four queries, however many practitioners and calendars.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.db.models import F, Q, QuerySet
from pydantic import AwareDatetime, TypeAdapter

from calendar_sync.availability import Period
from calendar_sync.google.free_busy import without
from calendar_sync.google.our_events import our_events
from calendar_sync.models import Appointment, CalendarConnection, CalendarMirror, MirroredEvent, PractitionerCalendar
from calendar_sync.set_up import kept

TRUSTED_FOR = dt.timedelta(minutes=10)  # what was read longer ago may have changed
IN_TROUBLE = dt.timedelta(seconds=60)  # … and so much sooner when the last try to read it failed
_BUSY = TypeAdapter(list[tuple[AwareDatetime, AwareDatetime]])
Place = tuple[int, str]  # connection, calendar


@dataclass(frozen=True)
class Unreadable:
    """Nothing is known about this calendar now."""

    reason: Literal["not connected", "never read", "read too long ago", "not read for these days"]


def external_busy_of(
    ids: Sequence[int], window: Period, now: dt.datetime, moving: Appointment | None
) -> dict[int, list[Period]]:
    """Practitioner id → busy periods within the window, of all calendars that block that practitioner's time.

    `moving`: an appointment whose own event doesn't stand in its way.
    """
    if not has_calendars(tuple(ids)):
        return {}
    calendars = list(
        PractitionerCalendar.objects.filter(practitioner__in=ids, blocks=True).select_related("connection")
    )
    mirrors = _mirrors(calendars)
    busy = _busy(calendars, mirrors, window, moving)
    found: dict[int, list[Period]] = defaultdict(list)
    for calendar in calendars:
        mirror = mirrors.get((calendar.connection_id, calendar.calendar_id))
        gaps = unknown(calendar.connection, mirror, window, now)
        if isinstance(gaps, Unreadable):
            gaps = [] if calendar.offer_when_unreachable else [window]
        found[calendar.practitioner_id] += [*gaps, *(busy[mirror.pk] if mirror else [])]
    return found


@kept
def has_calendars(ids: tuple[int, ...]) -> bool:
    """Whether any calendar is connected for one of these practitioners."""
    return PractitionerCalendar.objects.filter(practitioner__in=ids).exists()


def unread(ids: Sequence[int], now: dt.datetime) -> list[int]:
    """The practitioners of these whose times are not offered at the moment, because a calendar can't be read."""
    rows = PractitionerCalendar.objects.filter(practitioner__in=ids, blocks=True, offer_when_unreachable=False)
    calendars = list(rows.select_related("connection"))
    mirrors = _mirrors(calendars)
    today = Period(now, now + dt.timedelta(minutes=1))
    return sorted(
        {
            each.practitioner_id
            for each in calendars
            if isinstance(
                unknown(each.connection, mirrors.get((each.connection_id, each.calendar_id)), today, now), Unreadable
            )
        }
    )


def unknown(
    connection: CalendarConnection, mirror: CalendarMirror | None, window: Period, now: dt.datetime
) -> list[Period] | Unreadable:
    """The days of the window that were not read; or why the calendar can't be trusted at all."""
    if connection.status != CalendarConnection.Status.CONNECTED:
        return Unreadable("not connected")
    if mirror is None or mirror.synced_at is None or mirror.covered_from is None or mirror.covered_until is None:
        return Unreadable("never read")
    if now - mirror.synced_at > (IN_TROUBLE if mirror.failures else TRUSTED_FOR):
        return Unreadable("read too long ago")
    if not window.overlaps(Period(mirror.covered_from, mirror.covered_until)):
        return Unreadable("not read for these days")
    gaps = []
    if window.starts_at < mirror.covered_from:
        gaps.append(Period(window.starts_at, mirror.covered_from))
    if mirror.covered_until < window.ends_at:
        gaps.append(Period(mirror.covered_until, window.ends_at))
    return gaps


def _mirrors(calendars: Sequence[PractitionerCalendar]) -> dict[Place, CalendarMirror]:
    rows = CalendarMirror.objects.filter(connection__in={each.connection_id for each in calendars})
    return {(row.connection_id, row.calendar_id): row for row in rows}


def _busy(
    calendars: Sequence[PractitionerCalendar],
    mirrors: Mapping[Place, CalendarMirror],
    window: Period,
    moving: Appointment | None,
) -> dict[int, list[Period]]:
    """Mirror id → what is busy there in the window and isn't the diary's own business."""
    used = {(each.connection_id, each.calendar_id) for each in calendars}
    mine = [mirror for place, mirror in mirrors.items() if place in used]
    found: dict[int, list[Period]] = defaultdict(list)
    rows = blocking_events(moving).filter(
        mirror__in=[each.pk for each in mine], ends_at__gt=window.starts_at, starts_at__lt=window.ends_at
    )
    for mirror_id, starts_at, ends_at in rows.values_list("mirror_id", "starts_at", "ends_at"):
        found[mirror_id].append(Period(starts_at, ends_at))
    blind = [each for each in mine if each.access == CalendarMirror.Access.FREE_BUSY]
    ours = our_events(blind, since=window.starts_at) if blind else {}
    for mirror in blind:
        own = [*ours[mirror.pk], *([(moving.starts_at, moving.ends_at)] if moving else [])]
        spans = [each for each in _BUSY.validate_python(mirror.busy) if Period(*each).overlaps(window)]
        found[mirror.pk] = without(spans, own)
    return found


def blocking_events(moving: Appointment | None = None) -> QuerySet[MirroredEvent]:
    """Events whose time is busy. Ours block only where a person put them: at another time than we wrote last, or back
    after we had removed them. (A copy that lags behind its appointment is about to follow it.)
    """
    foreign = Q(link__isnull=True) | Q(link__removed_at__isnull=False)
    moved = Q(moved_by_hand=True, link__written__gte=F("link__appointment__revision"))
    rows = MirroredEvent.objects.filter(foreign | moved, blocks=True)
    if moving is not None:
        rows = rows.exclude(link__isnull=False, link__appointment=moving.pk)
    return rows
