"""What a business allows its models to cost, what they have cost, and what a limit forbids.

Limits stop calls, not service. They are looked at before each call, so what is spent beyond one is bounded by the
calls that were in flight when it was reached.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import BigIntegerField, QuerySet, Subquery

from agents.models import SpendLimit, SpendWarning, UsageRecord
from agents.runtime.limits import TurnLimits
from tenants import clock, worklist
from tenants.models import Business

WARN = "escalations.warn_of_spending"  # the task that tells owners and admins
LEVELS = (100, 80)  # percent, the highest first
Period = SpendWarning.Period


class SumOf(Subquery):
    """Of `counted_micro` over usage records."""

    template = "(SELECT coalesce(sum(counted_micro), 0)::bigint FROM (%(subquery)s) summed)"
    output_field = BigIntegerField()

    def __init__(self, records: QuerySet[UsageRecord]) -> None:
        super().__init__(records.order_by().values("counted_micro"))


@dataclass(frozen=True, kw_only=True)
class Periods:
    """Beginnings in the business's own zone: of today, and of this month."""

    today: dt.date
    day: dt.datetime
    month: dt.datetime

    @classmethod
    def of(cls, timezone: str) -> "Periods":
        today, zone = clock.local_now(timezone).date(), ZoneInfo(timezone)
        return cls(
            today=today,
            day=dt.datetime.combine(today, dt.time.min, zone),
            month=dt.datetime.combine(today.replace(day=1), dt.time.min, zone),
        )


@dataclass(frozen=True, kw_only=True)
class Budget:
    """Millionths of a dollar: what may be spent, and what has been."""

    limit_day: int
    limit_month: int
    limit_conversation: int
    day: int
    month: int
    conversation: int = 0

    def exhausted(self) -> str:
        """Which limit is reached, in words; "" for none."""
        if self.month >= self.limit_month:
            return "this month’s spend limit is reached"
        if self.day >= self.limit_day:
            return "today’s spend limit is reached"
        if self.conversation >= self.limit_conversation:
            return "this conversation’s spend limit of the day is reached"
        return ""

    @property
    def left(self) -> float:
        """The share of the day's or the month's money that is left, whichever is less: 0 to 1."""
        pairs = ((self.day, self.limit_day), (self.month, self.limit_month))
        return min(max(0.0, 1 - spent / limit) if limit else 0.0 for spent, limit in pairs)


def spent(timezone: str, conversation_id: int | None) -> dict[str, SumOf]:
    """What to annotate a query with, so that one query answers for day, month and conversation."""
    periods = Periods.of(timezone)
    sums = {
        "day": SumOf(UsageRecord.objects.filter(at__gte=periods.day)),
        "month": SumOf(UsageRecord.objects.filter(at__gte=periods.month)),
    }
    if conversation_id is not None:
        theirs = UsageRecord.objects.filter(conversation_id=conversation_id, at__gte=periods.day)
        sums["conversation"] = SumOf(theirs)
    return sums


def limit_fields() -> dict[str, Subquery]:
    """The one row of SpendLimit, to annotate with; null where there is none."""
    row = SpendLimit.objects.order_by("pk")
    return {field.name: Subquery(row.values(field.name)[:1]) for field in _limit_columns()}


def budget_from(row: dict[str, Any]) -> Budget:
    limits = limits_from(row)
    return Budget(
        limit_day=limits.per_day_micro,
        limit_month=limits.per_month_micro,
        limit_conversation=limits.per_conversation_micro,
        day=row["day"],
        month=row["month"],
        conversation=row.get("conversation", 0),
    )


def limits_from(row: dict[str, Any]) -> SpendLimit:
    """The limits of a row that was annotated with `limit_fields`; the usual ones where nothing is set."""
    return SpendLimit(**{each.name: row[each.name] for each in _limit_columns() if row[each.name] is not None})


def turn_limits(row: SpendLimit) -> TurnLimits:
    return TurnLimits(
        steps=row.steps_per_turn,
        tokens=row.tokens_per_turn,
        cost_micro=row.per_turn_micro,
        seconds=row.seconds_per_turn,
    )


def budget_of(business: Business, conversation_id: int | None = None) -> Budget:
    """One query."""
    annotations = limit_fields() | spent(business.timezone, conversation_id)
    return budget_from(Business.objects.filter(pk=business.pk).values().annotate(**annotations).get())


class Purse:
    """The money of one turn (or one job): asked before each call, told what each has cost.

    The first question is answered by the budget that the turn was begun with, later ones by the database.
    """

    def __init__(self, business: Business, budget: Budget, read_again: Callable[[], Budget]) -> None:
        self._business = business
        self._budget = budget
        self._read_again = read_again
        self._fresh = True

    def exhausted(self) -> str:
        if not self._fresh:
            self._budget = self._read_again()
        self._fresh = False
        warn_of(self._business, self._budget)
        return self._budget.exhausted()

    def spend(self, micro: int) -> None:
        """A call has cost this: told to people at once where it crosses a line."""
        before = self._budget
        self._budget = Budget(
            limit_day=before.limit_day,
            limit_month=before.limit_month,
            limit_conversation=before.limit_conversation,
            day=before.day + micro,
            month=before.month + micro,
            conversation=before.conversation + micro,
        )
        if _levels(self._budget) != _levels(before):
            warn_of(self._business, self._budget)


def warn_of(business: Business, budget: Budget) -> None:
    """Note that a limit is nearly or wholly used, once for each period and level, however many workers see it."""
    today = Periods.of(business.timezone).today
    starts = {Period.DAY: today, Period.MONTH: today.replace(day=1)}
    for (period, percent), (used, limit) in _levels(budget).items():
        with transaction.atomic():
            warning, made = SpendWarning.objects.get_or_create(
                period=period,
                starts_on=starts[period],
                percent=percent,
                defaults={"spent_micro": used, "limit_micro": limit},
            )
            if made:
                worklist.call_for(business.pk, WARN, warning.pk)


def _levels(budget: Budget) -> dict[tuple[SpendWarning.Period, int], tuple[int, int]]:
    """The highest level that each period has reached, with what is spent and the limit. No limit of 0 is warned of."""
    reached = {}
    for period, used, limit in (
        (Period.DAY, budget.day, budget.limit_day),
        (Period.MONTH, budget.month, budget.limit_month),
    ):
        level = next((each for each in LEVELS if limit and used * 100 >= limit * each), None)
        if level is not None:
            reached[period, level] = (used, limit)
    return reached


def _limit_columns() -> list[Any]:
    return [field for field in SpendLimit._meta.concrete_fields if not field.primary_key]
