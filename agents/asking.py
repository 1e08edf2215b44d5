"""One question to a model of the business, beside any conversation: counted, paid within limits, never required."""

import time
from dataclasses import replace

import structlog

from agents import telemetry
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
    return ask(business, question, conversation_id, role="fast", purpose=Purpose.MEMORY)


def ask(business: Business, question: Question, conversation_id: int, *, role: str, purpose: str) -> ModelAnswer | None:
    """As `ask_fast`, of the model that the business uses for a role, whoever answers its patients."""
    provider = model_for(business, role, conversation_id=conversation_id)
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
            purpose=purpose,
            role=role,
            conversation_id=conversation_id,
        )

    started = time.perf_counter()
    try:
        with telemetry.model_call(
            provider.model.name, provider.model_name, schema=business.schema_name, conversation_id=conversation_id
        ) as span:
            answer = provider.model.ask(replace(question, model=provider.model_name))
            span.answered(answer)
    except CallWithheld:
        return None
    except ModelError as error:
        count(None, error)
        log.warning("question.not_answered", purpose=purpose, kind=type(error).__name__)
        return None
    count(answer, None)
    return answer if answer.stop in (Stop.END, Stop.TOOLS) else None
