"""The models that can be chosen: vendor, what they are for, and what they cost. An unknown model's cost is unknown,
never 0.
"""

import datetime as dt
import re
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from agents.types import Usage

AS_OF = dt.date(2026, 11, 1)  # https://platform.claude.com/docs/en/about-claude/pricing
LONG_PROMPT = 100_000  # input tokens from which Haiku's prices change
CACHE_WRITE_FACTOR = 1.25  # five minutes
_DATED = re.compile(r"-\d{8}$")  # answers name the dated edition of a model that was asked for by its short name


@dataclass(frozen=True, kw_only=True)
class Price:
    """US dollars per million tokens, which are also millionths of a dollar per token."""

    input: float
    output: float
    cache_read: float
    long_input: float | None = None
    long_output: float | None = None


@dataclass(frozen=True, kw_only=True)
class CatalogueModel:
    vendor: str  # the provider's name
    label: str
    price: Price


MODELS = {
    "claude-haiku-5-5": CatalogueModel(
        vendor="anthropic",
        label=gettext_noop("Haiku: fast"),
        price=Price(input=0.10, output=0.50, cache_read=0.01, long_input=0.50, long_output=2.50),
    ),
    "claude-sonnet-5-5": CatalogueModel(
        vendor="anthropic", label=gettext_noop("Sonnet: capable"), price=Price(input=2, output=10, cache_read=0.10)
    ),
    "claude-opus-5-5": CatalogueModel(
        vendor="anthropic", label=gettext_noop("Opus: most capable"), price=Price(input=4, output=20, cache_read=0.20)
    ),
}


def cost_micro(model: str, usage: Usage) -> int | None:
    """Millionths of a US dollar for one call; None for a model without a price."""
    known = MODELS.get(model) or MODELS.get(_DATED.sub("", model))
    return _cost(known.price, usage) if known else None


def most_micro(usage: Usage) -> int:
    """The most that a call of a model without a price may have cost: limits count this."""
    return max(_cost(each.price, usage) for each in MODELS.values())


def _cost(price: Price, usage: Usage) -> int:
    prompt = usage.input_tokens + usage.cache_read_tokens + usage.cache_write_tokens
    long = prompt > LONG_PROMPT and price.long_input is not None
    per_input = price.long_input if long and price.long_input is not None else price.input
    per_output = price.long_output if long and price.long_output is not None else price.output
    return round(
        usage.input_tokens * per_input
        + usage.cache_write_tokens * per_input * CACHE_WRITE_FACTOR
        + usage.cache_read_tokens * price.cache_read
        + usage.output_tokens * per_output
    )
