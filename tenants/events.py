"""Live news for open pages: small "changed" events over Redis pub/sub; pages refetch what they show.

An event carries a name and an id, never contents. Losing one is harmless: a page refetches on reconnecting.
"""

import json
from functools import lru_cache

import redis
import structlog
from django.conf import settings
from django.db import transaction

from tenants.models import Business

log = structlog.get_logger(__name__)
CHANNEL_PREFIX = "events:"


@lru_cache(maxsize=1)
def _redis(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)


def client() -> redis.Redis:
    """The process's own connection, for what may be lost."""
    return _redis(settings.REDIS_URL)


def channel_name(business: Business) -> str:
    return f"{CHANNEL_PREFIX}{business.schema_name}"


def publish(business: Business, name: str, object_id: int | None = None) -> None:
    """After commit, tell the business's open pages that `name` (such as "conversation") changed."""
    message = json.dumps({"name": name, "id": object_id})

    def send() -> None:
        try:
            client().publish(channel_name(business), message)
        except redis.RedisError:
            log.warning("event.not_sent", name=name)

    transaction.on_commit(send)
