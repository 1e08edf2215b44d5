"""What one turn may use up: steps, tokens, money and time."""

import time
from dataclasses import dataclass

from agents.errors import LimitReached
from agents.models import Turn


@dataclass(frozen=True, kw_only=True)
class TurnLimits:
    steps: int
    tokens: int
    cost_micro: int
    seconds: float


class Meter:
    """Asked before each model call. Too many steps end the turn; what else is used up ends its calls."""

    def __init__(self, turn: Turn, limits: TurnLimits) -> None:
        self._turn = turn
        self._limits = limits
        self._started = time.monotonic()

    def check(self, steps: int) -> None:
        """Raises LimitReached: a loop that goes on and on, whoever is asked."""
        if steps >= self._limits.steps:
            raise LimitReached("steps")

    def used_up(self) -> str:
        """Which limit forbids another call of a vendor's model; "" for none."""
        used = self._turn.input_tokens + self._turn.output_tokens + self._turn.cached_tokens
        if used >= self._limits.tokens:
            return "tokens"
        if (self._turn.cost_micro or 0) >= self._limits.cost_micro:
            return "money"
        return "time" if self.seconds_left <= 0 else ""

    @property
    def seconds_left(self) -> float:
        return self._limits.seconds - (time.monotonic() - self._started)
