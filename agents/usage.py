"""Every call of a vendor's model is counted, failed ones too."""

from django.db import transaction

from agents.errors import ModelError
from agents.llm.guided.flow import Guided
from agents.models import Turn, UsageRecord
from agents.types import ModelAnswer


def record_usage(
    turn: Turn,
    provider: str,
    model: str,
    answer: ModelAnswer | None,
    error: ModelError | None,
    milliseconds: float,
    *,
    purpose: str = UsageRecord.Purpose.TURN,
) -> None:
    """`turn` of a rehearsal is no row."""
    if provider == Guided.name:
        return
    usage = answer.usage if answer else None
    with transaction.atomic():
        UsageRecord.objects.create(
            turn=turn if turn.pk else None,
            conversation_id=turn.conversation_id or None,
            purpose=purpose,
            provider=provider,
            model=model,
            ok=answer is not None,
            error=str(error)[:60] if error else "",
            input_tokens=usage.input_tokens if usage else 0,
            output_tokens=usage.output_tokens if usage else 0,
            cache_read_tokens=usage.cache_read_tokens if usage else 0,
            cache_write_tokens=usage.cache_write_tokens if usage else 0,
            cost_micro=answer.cost_micro if answer else 0,
            milliseconds=milliseconds,
        )
