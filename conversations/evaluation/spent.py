"""What a played conversation cost: its usage records are taken out of the scenario before it is rolled back."""

from typing import Any

from agents.models import UsageRecord

KEPT = (
    *("role", "provider", "model", "ok", "error", "input_tokens", "output_tokens"),
    *("cache_read_tokens", "cache_write_tokens", "cost_micro", "milliseconds", "at"),
)


def usage_so_far() -> tuple[dict[str, Any], ...]:
    """Of the scenario, in its own schema."""
    return tuple(UsageRecord.objects.order_by("pk").values(*KEPT))


def charge(usage: tuple[dict[str, Any], ...]) -> None:
    """To the business itself, in its own schema: what a trial costs is spent like anything else."""
    UsageRecord.objects.bulk_create(UsageRecord(purpose=UsageRecord.Purpose.TRIAL, **each) for each in usage)
