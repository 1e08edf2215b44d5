"""Every call of a vendor's model is counted, failed ones too, whatever it was for."""

from agents.errors import ModelError
from agents.llm.catalogue import most_micro
from agents.llm.guided.flow import Guided
from agents.models import Turn, UsageRecord
from agents.types import ModelAnswer

Purpose = UsageRecord.Purpose


def record_usage(
    turn: Turn | None,
    provider: str,
    model: str,
    answer: ModelAnswer | None,
    error: ModelError | None,
    milliseconds: float,
    *,
    purpose: str = Purpose.TURN,
    role: str = "",
    conversation_id: int | None = None,
) -> None:
    """One row for one call, committed at once. Without a `turn` the `conversation_id` says whose money it was."""
    if provider == Guided.name:
        return
    usage = answer.usage if answer else None
    cost = answer.cost_micro if answer else _cost_of_failure(error)
    UsageRecord.objects.create(
        turn=turn,
        conversation_id=turn.conversation_id if turn else conversation_id,
        purpose=purpose,
        role=role,
        provider=provider,
        model=model,
        ok=answer is not None,
        error=str(error)[:60] if error else "",
        input_tokens=usage.input_tokens if usage else 0,
        output_tokens=usage.output_tokens if usage else 0,
        cache_read_tokens=usage.cache_read_tokens if usage else 0,
        cache_write_tokens=usage.cache_write_tokens if usage else 0,
        cost_micro=cost,
        counted_micro=most_micro(usage) if cost is None and usage else cost or 0,
        milliseconds=milliseconds,
    )


def _cost_of_failure(error: ModelError | None) -> int | None:
    """Nothing, where the vendor refused; unknown, where it may have worked and been cut off."""
    return None if error is not None and error.billed else 0
