"""Which models a turn may ask, in order: Claude where a key is set and money is left; the guided flow always last."""

import structlog
from django.conf import settings

from agents.llm.claude.provider import Claude
from agents.llm.guided.flow import Guided
from agents.models import AssistantVersion, ModelRoles
from agents.runtime.limits import limits_of_business, spent_today
from agents.runtime.loop import Provider
from agents.types import TurnInput

log = structlog.get_logger(__name__)


def providers_for(turn_input: TurnInput, version: AssistantVersion) -> list[Provider]:
    guided = Provider(model=Guided(), model_name="guided")
    wanted = turn_input.provider or version.provider
    if wanted != AssistantVersion.Provider.ANTHROPIC or not settings.ANTHROPIC_API_KEY:
        return [guided]
    _, limit = limits_of_business()
    if spent_today(turn_input.business.timezone) >= limit.per_day_micro:
        log.warning("spend_limit.reached", business=turn_input.business.pk)
        return [guided]
    model = version.model or (ModelRoles.objects.first() or ModelRoles()).fast
    claude = Claude(
        api_key=settings.ANTHROPIC_API_KEY,
        base_url=settings.ANTHROPIC_BASE_URL,
        stream=settings.ANTHROPIC_STREAM,
    )
    return [Provider(model=claude, model_name=model), guided]
