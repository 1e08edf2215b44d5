"""Publishing: a changed assistant is a new version; the old one is kept, and turns name the one that they ran on."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from agents.models import AssistantVersion
from tenants import clock

EDITABLE = ("provider", "model", "name", "tone", "instructions")


def published() -> AssistantVersion:
    """The version that answers patients; there is always one."""
    return AssistantVersion.objects.get(status=AssistantVersion.Status.PUBLISHED)


def publish(changes: dict[str, Any]) -> AssistantVersion:
    """Archive the published version and publish its copy with `changes` (keys of EDITABLE)."""
    with transaction.atomic():
        old = AssistantVersion.objects.select_for_update().get(status=AssistantVersion.Status.PUBLISHED)
        if all(getattr(old, name) == changes.get(name, getattr(old, name)) for name in EDITABLE):
            return old
        AssistantVersion.objects.filter(pk=old.pk).update(status=AssistantVersion.Status.ARCHIVED)
        newest = AssistantVersion.objects.aggregate(newest=Max("number"))["newest"] or 0
        kept = {name: changes.get(name, getattr(old, name)) for name in EDITABLE}
        return AssistantVersion.objects.create(
            number=newest + 1,
            status=AssistantVersion.Status.PUBLISHED,
            published_at=clock.now(),
            red_flags=old.red_flags,
            **kept,
        )
