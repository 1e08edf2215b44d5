"""So many calls a minute per key; counted in Redis, below the business's own prefix (django_tenants' cache keys)."""

import structlog
from django.conf import settings
from django.core.cache import cache
from redis import RedisError

from escalations.models import ApiKey
from tenants import clock

WINDOW = 60  # seconds
log = structlog.get_logger(__name__)


def seconds_to_wait(key: ApiKey) -> int | None:
    """None while the key may go on. Without Redis nothing is counted: the diary is worth more than the count."""
    now = int(clock.now().timestamp())
    counter = f"api:calls:{key.pk}:{now // WINDOW}"
    try:
        cache.add(counter, 0, timeout=2 * WINDOW)
        calls = cache.incr(counter)
    except RedisError:
        log.warning("api.not_counted", key=key.pk)
        return None
    except ValueError:  # it ran out between the two
        return None
    return WINDOW - now % WINDOW if calls > settings.API_CALLS_PER_MINUTE else None
