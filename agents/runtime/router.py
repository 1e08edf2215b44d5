"""Which role answers a turn: a pure function of what is known without asking a model.

The rules stand in a table; the first that fits decides, and its words are what the trace shows (translated there).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_noop as N_

Role = Literal["fast", "capable"]
Kind = Literal["tap", "words", "unreadable"]

LITTLE_MONEY = 0.2  # share of the day's or the month's limit
LONG_QUEUE = 20  # turns of the business that are due
LONG_MESSAGE = 500  # characters
SEVERAL_WISHES = 2


@dataclass(frozen=True, kw_only=True)
class Signals:
    """What is known of a turn before any model is asked."""

    kind: Kind = "words"  # tap: everything was tapped; unreadable: a picture, a voice note, …
    wishes: frozenset[str] = frozenset()  # "book", "cancel", "complaint", …: told by small words
    known_language: bool = True  # whether any of the product's languages is recognised in it
    length: int = 0  # characters of all that is unanswered
    failed_lately: bool = False  # a refused draft or a tool's error in the last turns of this conversation
    queue: int = 0  # turns of the business that are due
    money_left: float = 1.0  # share of the day's or the month's limit, whichever is less


@dataclass(frozen=True, kw_only=True)
class Route:
    role: Role
    reason: str  # plain words


@dataclass(frozen=True, kw_only=True)
class Rule:
    fits: Callable[[Signals], bool]
    role: Role
    reason: str


DELICATE = frozenset({"complaint", "advice", "results"})
ERRANDS = frozenset({"another", "move", "cancel", "undo", "waitlist"})  # not "book": every errand speaks of bookings

RULES: tuple[Rule, ...] = (
    Rule(fits=lambda s: s.money_left < LITTLE_MONEY, role="fast", reason=N_("less than a fifth of the money is left")),
    Rule(fits=lambda s: s.queue >= LONG_QUEUE, role="fast", reason=N_("many patients wait for an answer")),
    Rule(fits=lambda s: s.failed_lately, role="capable", reason=N_("something went wrong in the last answers")),
    Rule(fits=lambda s: s.kind == "tap", role="fast", reason=N_("a tapped answer")),
    Rule(fits=lambda s: bool(s.wishes & DELICATE), role="capable", reason=N_("a complaint or a question of health")),
    Rule(fits=lambda s: len(s.wishes & ERRANDS) >= SEVERAL_WISHES, role="capable", reason=N_("several wishes at once")),
    Rule(fits=lambda s: not s.known_language, role="capable", reason=N_("a language that is not one of ours")),
    Rule(fits=lambda s: s.length > LONG_MESSAGE, role="capable", reason=N_("a long message")),
)
ORDINARY = Route(role="fast", reason=N_("an ordinary message"))


def route(signals: Signals) -> Route:
    for rule in RULES:
        if rule.fits(signals):
            return Route(role=rule.role, reason=rule.reason)
    return ORDINARY
