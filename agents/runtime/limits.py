"""What one turn may use up: steps, tokens, money and time; and what the business may spend in a day."""

import datetime as dt
import time
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Sum

from agents.errors import LimitReached
from agents.models import SpendLimit, Turn, UsageRecord
from tenants import clock


@dataclass(frozen=True, kw_only=True)
class TurnLimits:
    steps: int
    tokens: int
    cost_micro: int
    seconds: float


class Meter:
    """Checks a turn against its limits before each model call; raises LimitReached with the limit's name."""

    def __init__(self, turn: Turn, limits: TurnLimits) -> None:
        self._turn = turn
        self._limits = limits
        self._started = time.monotonic()

    def check(self, steps: int) -> None:
        used = self._turn.input_tokens + self._turn.output_tokens + self._turn.cached_tokens
        if steps >= self._limits.steps:
            raise LimitReached("steps")
        if used >= self._limits.tokens:
            raise LimitReached("tokens")
        if (self._turn.cost_micro or 0) >= self._limits.cost_micro:
            raise LimitReached("money")
        if time.monotonic() - self._started >= self._limits.seconds:
            raise LimitReached("time")


def limits_of_business() -> tuple[TurnLimits, SpendLimit]:
    row = SpendLimit.objects.first() or SpendLimit()
    limits = TurnLimits(
        steps=row.steps_per_turn,
        tokens=row.tokens_per_turn,
        cost_micro=row.per_turn_micro,
        seconds=row.seconds_per_turn,
    )
    return limits, row


def spent_today(timezone: str) -> int:
    """Millionths of a dollar since midnight in the business's timezone; failed calls included."""
    today = clock.local_now(timezone).date()
    midnight = dt.datetime.combine(today, dt.time.min, ZoneInfo(timezone))
    return UsageRecord.objects.filter(at__gte=midnight).aggregate(total=Sum("cost_micro"))["total"] or 0
