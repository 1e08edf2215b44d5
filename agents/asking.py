"""One question to the business's fast model, beside any conversation: counted, paid within limits, never required."""

import time
from dataclasses import replace

import structlog
from django.conf import settings
from django.db import transaction

from agents.errors import ModelError
from agents.llm.claude.provider import Claude
from agents.models import ModelRoles, UsageRecord
from agents.runtime.limits import limits_of_business, spent_today
from agents.types import ModelAnswer, Question, Stop
from agents.versions import published
from tenants.models import Business

log = structlog.get_logger(__name__)


def ask_fast(business: Business, question: Question, conversation_id: int) -> ModelAnswer | None:
    """The answer to a question about a conversation, whole; None where there is no model, no money or no answer."""
    if not settings.ANTHROPIC_API_KEY or published().provider != "anthropic" or _is_spent(business):
        return None
    model = (ModelRoles.objects.first() or ModelRoles()).fast
    claude = Claude(
        api_key=settings.ANTHROPIC_API_KEY, base_url=settings.ANTHROPIC_BASE_URL, stream=settings.ANTHROPIC_STREAM
    )
    started = time.perf_counter()
    try:
        answer = claude.ask(replace(question, model=model))
    except ModelError as error:
        _count(model, conversation_id, None, str(error), started)
        log.warning("memory.model_failed", kind=type(error).__name__)
        return None
    _count(model, conversation_id, answer, "", started)
    return answer if answer.stop in (Stop.END, Stop.TOOLS) else None


def _is_spent(business: Business) -> bool:
    _, limit = limits_of_business()
    return spent_today(business.timezone) >= limit.per_day_micro


def _count(model: str, conversation_id: int, answer: ModelAnswer | None, error: str, started: float) -> None:
    usage = answer.usage if answer else None
    with transaction.atomic():
        UsageRecord.objects.create(
            conversation_id=conversation_id,
            purpose=UsageRecord.Purpose.MEMORY,
            role="fast",
            provider=Claude.name,
            model=model,
            ok=answer is not None,
            error=error[:60],
            input_tokens=usage.input_tokens if usage else 0,
            output_tokens=usage.output_tokens if usage else 0,
            cache_read_tokens=usage.cache_read_tokens if usage else 0,
            cache_write_tokens=usage.cache_write_tokens if usage else 0,
            cost_micro=answer.cost_micro if answer else 0,
            milliseconds=(time.perf_counter() - started) * 1000,
        )
