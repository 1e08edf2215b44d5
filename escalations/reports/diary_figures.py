"""What became of the diary: who booked, who came, which freed times were filled, for whom people work."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Count, DurationField, ExpressionWrapper, Sum
from django.db.models.functions import Lower, TruncDate, Upper

from calendar_sync.models import Appointment, WaitlistOffer
from calendar_sync.models.appointments import AppointmentStatus, BookedBy
from escalations.reports.period import Period

# A freed time counts as filled when another standing appointment of the same practitioner lies in it.
_FREED = """
SELECT count(*), count(*) FILTER (WHERE EXISTS (
    SELECT FROM calendar_sync_appointment taken
    WHERE taken.practitioner_id = coalesce(change.from_practitioner_id, freed.practitioner_id)
      AND taken.id <> freed.id AND taken.status <> 'cancelled' AND taken.during && change.before
))
FROM calendar_sync_appointmentchange change JOIN calendar_sync_appointment freed ON freed.id = change.appointment_id
WHERE change.act IN ('cancelled', 'moved') AND change.at >= %(begins)s AND change.at < %(ends)s
  AND lower(change.before) > change.at
  AND NOT EXISTS (SELECT FROM calendar_sync_appointmentchange undoing WHERE undoing.undoes_id = change.id)
"""


@dataclass(frozen=True, kw_only=True)
class Bookings:
    """Appointments made in a period, by who made them."""

    by_day: dict[dt.date, dict[str, int]]
    by_source: dict[str, int]  # every BookedBy; 0 too

    @property
    def all(self) -> int:
        return sum(self.by_source.values())

    @property
    def assistants_share(self) -> int | None:
        return round(100 * self.by_source[BookedBy.ASSISTANT] / self.all) if self.all else None


@dataclass(frozen=True, kw_only=True)
class Visits:
    """Appointments that lie in a period, of one practitioner, of one service, or all of them."""

    label: str = ""
    planned: int = 0  # those that stand: confirmed, pending, over
    by_assistant: int = 0
    came: int = 0
    missed: int = 0
    cancelled: int = 0
    time: dt.timedelta = field(default_factory=dt.timedelta)  # of those that stand

    def __add__(self, other: "Visits") -> "Visits":
        names = ("planned", "by_assistant", "came", "missed", "cancelled", "time")
        return replace(self, **{name: getattr(self, name) + getattr(other, name) for name in names})

    @property
    def missed_share(self) -> int | None:
        over = self.came + self.missed
        return round(100 * self.missed / over) if over else None

    @property
    def hours(self) -> float:
        return round(self.time.total_seconds() / 3600, 1)


@dataclass(frozen=True, kw_only=True)
class VisitFigures:
    total: Visits
    by_practitioner: list[Visits]
    by_service: list[Visits]


@dataclass(frozen=True, kw_only=True)
class Freed:
    times: int
    filled: int

    @property
    def share(self) -> int | None:
        return round(100 * self.filled / self.times) if self.times else None


@dataclass(frozen=True, kw_only=True)
class Waitlist:
    offered: int  # offers that were settled
    accepted: int


def bookings_in(period: Period, *, since: dt.datetime | None = None) -> Bookings:
    """One query."""
    rows = (
        Appointment.objects.filter(created_at__gte=since or period.begins, created_at__lt=period.ends)
        .annotate(day=TruncDate("created_at", tzinfo=ZoneInfo(period.timezone)))
        .order_by()
        .values_list("day", "booked_by")
        .annotate(count=Count("pk"))
    )
    by_day: dict[dt.date, dict[str, int]] = {}
    for day, source, count in rows:
        by_day.setdefault(day, {})[source] = count
    return Bookings(by_day=by_day, by_source=_sources(by_day.values()))


def parted(bookings: Bookings, period: Period) -> tuple[Bookings, Bookings]:
    """Those of the period, and those before it."""
    now, then = (
        {d: c for d, c in bookings.by_day.items() if (d >= period.first) is wanted} for wanted in (True, False)
    )
    return (
        Bookings(by_day=now, by_source=_sources(now.values())),
        Bookings(by_day=then, by_source=_sources(then.values())),
    )


def _sources(days: Iterable[dict[str, int]]) -> dict[str, int]:
    days = list(days)
    return {source: sum(each.get(source, 0) for each in days) for source in BookedBy.values}


def visits_in(period: Period) -> VisitFigures:
    """One query."""
    length = ExpressionWrapper(Upper("during") - Lower("during"), output_field=DurationField())
    rows: list[Any] = list(
        Appointment.objects.filter(during__startswith__gte=period.begins, during__startswith__lt=period.ends)
        .order_by()
        .values("practitioner__name", "service__name", "status", "booked_by")
        .annotate(count=Count("pk"), time=Sum(length))
    )
    return VisitFigures(
        total=sum(map(_visits, rows), Visits()),
        by_practitioner=_grouped(rows, lambda row: row["practitioner__name"]),
        by_service=_grouped(rows, lambda row: row["service__name"]),
    )


def _grouped(rows: list[dict[str, Any]], key: Callable[[dict[str, Any]], str]) -> list[Visits]:
    found: dict[str, Visits] = {}
    for row in rows:
        found[key(row)] = found.get(key(row), Visits(label=key(row))) + _visits(row)
    return sorted(found.values(), key=lambda each: (-each.planned, each.label))


def _visits(row: dict[str, Any]) -> Visits:
    stands = row["status"] != AppointmentStatus.CANCELLED
    count = row["count"]
    return Visits(
        planned=count if stands else 0,
        by_assistant=count if stands and row["booked_by"] == BookedBy.ASSISTANT else 0,
        came=count if row["status"] == AppointmentStatus.COMPLETED else 0,
        missed=count if row["status"] == AppointmentStatus.NO_SHOW else 0,
        cancelled=0 if stands else count,
        time=row["time"] if stands else dt.timedelta(),
    )


def freed_in(period: Period) -> Freed:
    """Times that a cancellation or a move set free in these days, and how many of them were taken again. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_FREED, {"begins": period.begins, "ends": period.ends})
        times, filled = cursor.fetchone()
    return Freed(times=times, filled=filled)


def waitlist_in(period: Period) -> Waitlist:
    """One query."""
    settled = WaitlistOffer.objects.filter(settled_at__gte=period.begins, settled_at__lt=period.ends)
    offered = settled.exclude(status=WaitlistOffer.Status.WITHDRAWN).values_list("status", flat=True)
    statuses = list(offered)
    return Waitlist(offered=len(statuses), accepted=statuses.count(WaitlistOffer.Status.ACCEPTED))
