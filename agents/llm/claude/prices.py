"""What Anthropic's models cost. An unknown model's cost is unknown, never 0."""

import datetime as dt
from dataclasses import dataclass

from agents.types import Usage

AS_OF = dt.date(2026, 11, 1)  # https://platform.claude.com/docs/en/about-claude/pricing
LONG_PROMPT = 100_000  # input tokens from which Haiku's prices change
CACHE_WRITE_FACTOR = 1.25  # five minutes


@dataclass(frozen=True, kw_only=True)
class Price:
    """US dollars per million tokens, which are also millionths of a dollar per token."""

    input: float
    output: float
    cache_read: float
    long_input: float | None = None
    long_output: float | None = None


PRICES = {
    "claude-haiku-5-5": Price(input=0.10, output=0.50, cache_read=0.01, long_input=0.50, long_output=2.50),
    "claude-sonnet-5-5": Price(input=2, output=10, cache_read=0.10),
    "claude-opus-5-5": Price(input=4, output=20, cache_read=0.20),
}


def cost_micro(model: str, usage: Usage) -> int | None:
    """Millionths of a US dollar for one call; None for a model without a price."""
    price = PRICES.get(model)
    if price is None:
        return None
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
