"""Who else looks at a conversation, and who writes there: short-lived, in Redis, lost without harm.

A page says every BEAT seconds that it is open; whoever was not heard for GONE seconds is no longer there.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import redis
import structlog

from conversations.models import Conversation
from escalations.models import Draft
from tenants import clock
from tenants.events import publish
from tenants.models import Business, User
from tenants.tidings import client

log = structlog.get_logger(__name__)
BEAT, GONE = 20, 50  # seconds
WRITING = dt.timedelta(seconds=30)


@dataclass(frozen=True, kw_only=True)
class Colleague:
    name: str
    writes: bool


def looks(business: Business, conversation: Conversation, user: User) -> Sequence[Colleague]:
    """Note that this person is here, and tell who else is. Without Redis nobody is."""
    key, now = f"company:{business.schema_name}:{conversation.pk}", clock.now().timestamp()
    try:
        pipe = client().pipeline()
        pipe.zadd(key, {str(user.pk): now})
        pipe.zremrangebyscore(key, 0, now - GONE)
        pipe.expire(key, GONE * 2)
        pipe.zrange(key, 0, -1)
        came, *_, here = pipe.execute()
    except redis.RedisError:
        log.warning("company.not_known")
        return []
    if came:
        publish(business, "company", conversation.pk)
    others = [int(each) for each in here if int(each) != user.pk]
    return _named(conversation, others) if others else []


def _named(conversation: Conversation, user_ids: Sequence[int]) -> list[Colleague]:
    since = clock.now() - WRITING
    writing = Draft.objects.filter(conversation=conversation, updated_at__gt=since).values_list("staff_id", flat=True)
    busy = set(writing)
    people = User.objects.filter(pk__in=user_ids).order_by("name", "email")
    return [Colleague(name=each.get_full_name(), writes=each.pk in busy) for each in people]
