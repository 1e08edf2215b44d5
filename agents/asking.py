"""One question to the business's fast model, beside any conversation: counted, paid within limits, never required."""

import time
from dataclasses import replace

import structlog

from agents.chain import model_for
from agents.errors import CallWithheld, ModelError
from agents.models import AssistantVersion
from agents.types import ModelAnswer, Question, Stop
from agents.usage import Purpose, record_usage
from agents.versions import published
from tenants.models import Business

log = structlog.get_logger(__name__)


def ask_fast(business: Business, question: Question, conversation_id: int) -> ModelAnswer | None:
    """The answer to a question about a conversation, whole; None where there is no model, no money or no answer."""
    if published().provider != AssistantVersion.Provider.ANTHROPIC:
        return None
    provider = model_for(business, "fast", conversation_id=conversation_id)
    if provider is None:
        return None

    def count(answer: ModelAnswer | None, error: ModelError | None) -> None:
        record_usage(
            None,
            provider.model.name,
            provider.model_name,
            answer,
            error,
            (time.perf_counter() - started) * 1000,
            purpose=Purpose.MEMORY,
            role="fast",
            conversation_id=conversation_id,
        )

    started = time.perf_counter()
    try:
        answer = provider.model.ask(replace(question, model=provider.model_name))
    except CallWithheld:
        return None
    except ModelError as error:
        count(None, error)
        log.warning("memory.model_failed", kind=type(error).__name__)
        return None
    count(answer, None)
    return answer if answer.stop in (Stop.END, Stop.TOOLS) else None
