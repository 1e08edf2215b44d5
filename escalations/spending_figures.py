"""What models cost in a month: by day, by model, by purpose, per booking; one query for the calls, one for bookings.

A cost that isn't known is never counted as nothing: sums say how many calls they lack.
"""

import calendar
import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncDate

from agents.llm.catalogue import MODELS
from agents.models import UsageRecord
from calendar_sync.models import Appointment
from calendar_sync.models.appointments import BookedBy
from tenants import clock
from tenants.models import Business


@dataclass(frozen=True, kw_only=True)
class Month:
    """A month of the business's own calendar."""

    first: dt.date
    timezone: str

    @classmethod
    def read(cls, text: str, timezone: str) -> "Month":
        """ "2026-11"; this month when it can't be read or lies ahead."""
        this = clock.local_now(timezone).date().replace(day=1)
        try:
            first = dt.datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 (a month, no moment)
        except ValueError:
            return cls(first=this, timezone=timezone)
        return cls(first=min(first, this), timezone=timezone)

    @property
    def days(self) -> int:
        return calendar.monthrange(self.first.year, self.first.month)[1]

    @property
    def begins(self) -> dt.datetime:
        return dt.datetime.combine(self.first, dt.time.min, ZoneInfo(self.timezone))

    @property
    def ends(self) -> dt.datetime:
        after = self.first + dt.timedelta(days=self.days)
        return dt.datetime.combine(after, dt.time.min, ZoneInfo(self.timezone))

    @property
    def before(self) -> dt.date | None:
        return (self.first - dt.timedelta(days=1)).replace(day=1) if self.first.year > 2000 else None

    @property
    def after(self) -> dt.date | None:
        after = self.first + dt.timedelta(days=self.days)
        return after if after <= clock.local_now(self.timezone).date() else None


@dataclass(frozen=True, kw_only=True)
class Calls:
    """Calls that belong together. `micro`: what is known of their cost; `unknown`: calls whose cost nobody knows."""

    label: str = ""
    calls: int = 0
    failed: int = 0
    unknown: int = 0
    micro: int = 0
    input_tokens: int = 0  # all of it, cached or not
    cached_tokens: int = 0
    output_tokens: int = 0

    def __add__(self, other: "Calls") -> "Calls":
        numbers = ("calls", "failed", "unknown", "micro", "input_tokens", "cached_tokens", "output_tokens")
        return Calls(label=self.label, **{name: getattr(self, name) + getattr(other, name) for name in numbers})

    @property
    def known(self) -> bool:
        """Whether anything is known of the cost."""
        return self.calls > self.unknown or not self.calls

    @property
    def cached_share(self) -> int | None:
        """Percent of the input that came from the vendor's cache."""
        return round(100 * self.cached_tokens / self.input_tokens) if self.input_tokens else None


@dataclass(frozen=True, kw_only=True)
class Day:
    date: dt.date
    calls: Calls


@dataclass(frozen=True, kw_only=True)
class Spending:
    month: Month
    total: Calls
    days: tuple[Day, ...]
    models: tuple[Calls, ...]
    purposes: tuple[Calls, ...]
    bookings: int  # made by the assistant in this month

    @property
    def per_booking(self) -> int | None:
        """Millionths of a dollar for answering patients, checks included, by each booking; None without one, or when it
        isn't known."""
        labels = [str(UsageRecord.Purpose(each).label) for each in UsageRecord.ANSWERING]
        answering = [each for each in self.purposes if each.label in labels]
        if not self.bookings or not answering or any(each.unknown for each in answering):
            return None
        return sum(each.micro for each in answering) // self.bookings


def spending_of(business: Business, month: Month) -> Spending:
    rows = list(lines_of(month))
    days = _grouped(rows, lambda row: row["day"].isoformat())
    purposes = dict(UsageRecord.Purpose.choices)
    return Spending(
        month=month,
        total=sum(map(_calls, rows), Calls()),
        days=tuple(
            Day(date=date, calls=days.get(date.isoformat(), Calls()))
            for date in (month.first + dt.timedelta(days=number) for number in range(month.days))
        ),
        models=_by_cost(_grouped(rows, lambda row: label_of(row["model"]))),
        purposes=_by_cost(_grouped(rows, lambda row: str(purposes.get(row["purpose"], row["purpose"])))),
        bookings=Appointment.objects.filter(
            booked_by=BookedBy.ASSISTANT, created_at__gte=month.begins, created_at__lt=month.ends
        ).count(),
    )


def lines_of(month: Month) -> Iterable[dict[str, Any]]:
    """A month's calls by day, model and purpose."""
    records = UsageRecord.objects.filter(at__gte=month.begins, at__lt=month.ends)
    rows: Iterable[Any] = (
        records.annotate(day=TruncDate("at", tzinfo=ZoneInfo(month.timezone)))
        .values("day", "model", "purpose")
        .annotate(
            calls=Count("pk"),
            failed=Count("pk", filter=Q(ok=False)),
            unknown=Count("pk", filter=Q(cost_micro__isnull=True)),
            micro=Sum("cost_micro"),
            fresh=Sum("input_tokens"),
            written=Sum("cache_write_tokens"),
            cached=Sum("cache_read_tokens"),
            output=Sum("output_tokens"),
        )
        .order_by("day", "model", "purpose")
    )
    return rows


def label_of(model: str) -> str:
    known = MODELS.get(model)
    return f"{known.label.partition(':')[0]} ({model})" if known else model


def _calls(row: dict[str, Any]) -> Calls:
    return Calls(
        calls=row["calls"],
        failed=row["failed"],
        unknown=row["unknown"],
        micro=row["micro"] or 0,
        input_tokens=row["fresh"] + row["written"] + row["cached"],
        cached_tokens=row["cached"],
        output_tokens=row["output"],
    )


def _grouped(rows: list[dict[str, Any]], key: Callable[[dict[str, Any]], str]) -> dict[str, Calls]:
    found: dict[str, Calls] = {}
    for row in rows:
        label = key(row)
        found[label] = found.get(label, Calls(label=label)) + _calls(row)
    return found


def _by_cost(found: dict[str, Calls]) -> tuple[Calls, ...]:
    return tuple(sorted(found.values(), key=lambda each: (-each.micro, each.label)))
