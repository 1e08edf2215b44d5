"""Live news for open pages: small "changed" events over Redis pub/sub; pages refetch what they show.

An event carries a name and an id, never contents. Losing one is harmless: a page refetches on reconnecting.
"""

import json

import structlog
from django.db import transaction

from tenants.models import Business
from tenants.tidings import tell

log = structlog.get_logger(__name__)
CHANNEL_PREFIX = "events:"


def channel_name(business: Business) -> str:
    return f"{CHANNEL_PREFIX}{business.schema_name}"


def publish(business: Business, name: str, object_id: int | None = None) -> None:
    """After commit, tell the business's open pages that `name` (such as "conversation") changed."""
    message = json.dumps({"name": name, "id": object_id})

    def send() -> None:
        tell("PUBLISH", channel_name(business), message, lost=lambda: log.warning("event.not_sent", name=name))

    transaction.on_commit(send)
