"""What a business allows its models to cost, what they have cost, and what a limit forbids.

Limits stop calls, not service. They are looked at before each call, so what is spent beyond one is bounded by the
calls that were in flight when it was reached.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_noop

from agents.models import SpendLimit, SpendWarning, UsageRecord
from agents.runtime.limits import TurnLimits
from tenants import clock, worklist
from tenants.models import Business

WARN = "escalations.warn_of_spending"  # the task that tells owners and admins
LEVELS = (100, 80)  # percent, the highest first
LIMITS = tuple(field.name for field in SpendLimit._meta.concrete_fields if not field.primary_key)
SETTLED = dt.timedelta(minutes=5)
Period = SpendWarning.Period


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
        """Which limit is reached, in English words (they are kept, too); "" for none."""
        if self.month >= self.limit_month:
            return gettext_noop("this month’s spend limit is reached")
        if self.day >= self.limit_day:
            return gettext_noop("today’s spend limit is reached")
        if self.conversation >= self.limit_conversation:
            return gettext_noop("this conversation’s spend limit of the day is reached")
        return ""

    @property
    def left(self) -> float:
        """The share of the day's or the month's money that is left, whichever is less: 0 to 1."""
        pairs = ((self.day, self.limit_day), (self.month, self.limit_month))
        return min(max(0.0, 1 - spent / limit) if limit else 0.0 for spent, limit in pairs)


def budget_from(business: Business, limits: SpendLimit, *, day: int, conversation: int = 0) -> Budget:
    """`day`, `conversation`: counted since midnight. What the month cost before today is remembered."""
    return Budget(
        limit_day=limits.per_day_micro,
        limit_month=limits.per_month_micro,
        limit_conversation=limits.per_conversation_micro,
        day=day,
        month=day + _before_today(business),
        conversation=conversation,
    )


def _before_today(business: Business) -> int:
    """Days that are over cost no more: summed once per process and day, some minutes after midnight at the earliest,
    when the last call that was noted before it has long been committed.
    """
    periods = Periods.of(business.timezone)
    of_closed_days = closed if clock.now() - periods.day > SETTLED else closed.__wrapped__
    return of_closed_days(business.schema_name, periods.month, periods.day)


@lru_cache(maxsize=4096)
def closed(schema_name: str, month: dt.datetime, day: dt.datetime) -> int:
    """Counted from `month` until `day` in the schema that is entered, which has this name."""
    records = UsageRecord.objects.filter(at__gte=month, at__lt=day)
    return records.aggregate(total=Sum("counted_micro"))["total"] or 0


def turn_limits(row: SpendLimit) -> TurnLimits:
    return TurnLimits(
        steps=row.steps_per_turn,
        tokens=row.tokens_per_turn,
        cost_micro=row.per_turn_micro,
        seconds=row.seconds_per_turn,
    )


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
