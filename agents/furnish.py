"""A new business gets its first assistant, published, with the tone and red flags of its kind."""

from typing import Any

from agents.models import AssistantVersion, SpendLimit
from tenants import clock
from tenants.kind_templates import KindTemplate


def on_business_created(*, kind: KindTemplate, **_: Any) -> None:
    AssistantVersion.objects.create(
        number=1,
        status=AssistantVersion.Status.PUBLISHED,
        published_at=clock.now(),
        tone=kind.tone,
        instructions=kind.instructions,
        red_flags=[flag.model_dump(mode="json") for flag in kind.red_flags],
    )
    SpendLimit.objects.create()
