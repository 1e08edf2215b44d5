"""Deliveries of one endpoint, one after the other: a slow one delays nobody else's. What fails is tried again over
three days, then lies among the dead until somebody replays it; an endpoint that fails for days is paused.
"""

import datetime as dt
import json
import secrets
import time

import structlog
from django.db import transaction

from escalations.models import Notice, WebhookDelivery, WebhookEndpoint
from escalations.telling.audience import audience
from escalations.telling.notices import tell
from escalations.webhooks import signing
from escalations.webhooks.posting import Posted, post
from tenants import clock
from tenants.audit import record
from tenants.models import Business
from tenants.worklist import Lease

log = structlog.get_logger(__name__)
State = WebhookDelivery.State
SECOND, MINUTE, HOUR = dt.timedelta(seconds=1), dt.timedelta(minutes=1), dt.timedelta(hours=1)
WAITS = (5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR)
JITTER = 0.2
PAUSED_AFTER = dt.timedelta(days=3)
AT_ONCE = 20  # deliveries of one claim
LONGEST = 45.0  # seconds of one claim; the lease is longer
FAILURES_IN_A_ROW = 3
REST = 30 * SECOND
GONE = 410
_chance = secrets.SystemRandom()


def deliver(business: Business, endpoint_id: int, lease: Lease) -> None:
    """What is due now; the rest of the endpoint's comes when it is due."""
    began, failures = time.monotonic(), 0
    due = WebhookDelivery.objects.filter(endpoint=endpoint_id, state=State.WAITING, next_at__lte=clock.now())
    for delivery in due.select_related("endpoint", "event").order_by("next_at", "pk")[:AT_ONCE]:
        if failures == FAILURES_IN_A_ROW or time.monotonic() - began > LONGEST:
            break
        if not WebhookEndpoint.objects.filter(pk=endpoint_id, active=True).exists():
            break
        lease.renew()
        posted = _post(business, delivery)
        failures = 0 if posted.accepted else failures + 1
        with transaction.atomic():
            lease.hold()
            _note(business, delivery, posted)
    _go_on(endpoint_id, lease, resting=failures == FAILURES_IN_A_ROW)


def body_of(delivery: WebhookDelivery) -> bytes:
    event = delivery.event
    told = {"type": event.kind, "timestamp": event.at.isoformat(), "data": event.data}
    return json.dumps(told, separators=(",", ":")).encode()


def secrets_of(endpoint: WebhookEndpoint) -> list[str]:
    rotating = endpoint.old_secret and endpoint.old_secret_until and endpoint.old_secret_until > clock.now()
    return [endpoint.secret, *([endpoint.old_secret] if rotating else [])]


def wait_after(attempts: int) -> dt.timedelta | None:
    """None when that was the last one."""
    if attempts > len(WAITS):
        return None
    return WAITS[attempts - 1] * _chance.uniform(1 - JITTER, 1 + JITTER)


def _post(business: Business, delivery: WebhookDelivery) -> Posted:
    body, now = body_of(delivery), int(clock.now().timestamp())
    name = f"evt_{business.pk}_{delivery.event_id}"
    headers = signing.headers(secrets_of(delivery.endpoint), name, now, body)
    more = {"Content-Type": "application/json", "User-Agent": "Frontdesk-Webhooks/1"}
    return post(delivery.endpoint.url, headers | more, body)


def _note(business: Business, delivery: WebhookDelivery, posted: Posted) -> None:
    now = clock.now()
    delivery.attempts += 1
    delivery.status, delivery.error, delivery.tried_at = posted.status, posted.error[:120], now
    endpoint = WebhookEndpoint.objects.filter(pk=delivery.endpoint_id)
    if posted.accepted:
        delivery.state, delivery.next_at = State.DONE, None
        endpoint.filter(failing_since__isnull=False).update(failing_since=None)
    else:
        wait = wait_after(delivery.attempts)
        delivery.state = State.DEAD if wait is None else State.WAITING
        delivery.next_at = None if wait is None else now + max(wait, dt.timedelta(seconds=posted.wait))
        endpoint.filter(failing_since__isnull=True).update(failing_since=now)
        log.info("webhook.not_delivered", delivery=delivery.pk, status=posted.status, attempts=delivery.attempts)
        _pause_if_hopeless(business, delivery.endpoint_id, posted)
    delivery.save(update_fields=["state", "attempts", "status", "error", "tried_at", "next_at"])


def _pause_if_hopeless(business: Business, endpoint_id: int, posted: Posted) -> None:
    endpoint = WebhookEndpoint.objects.get(pk=endpoint_id)
    failing = endpoint.failing_since is not None and clock.now() - endpoint.failing_since >= PAUSED_AFTER
    if not failing and posted.status != GONE:
        return
    if not WebhookEndpoint.objects.filter(pk=endpoint_id, active=True).update(active=False):
        return
    record(business, None, "webhook.paused", f"webhook {endpoint_id}")
    kind = Notice.Kind.PROBLEM
    tell(business, kind, audience(business, kind), ways={"webhook": endpoint_id})


def _go_on(endpoint_id: int, lease: Lease, *, resting: bool) -> None:
    waiting = WebhookDelivery.objects.filter(endpoint=endpoint_id, state=State.WAITING, endpoint__active=True)
    following = waiting.order_by("next_at").values_list("next_at", flat=True).first()
    with transaction.atomic():
        if following is None:
            lease.finish()
            return
        wait = max(following - clock.now(), REST if resting else dt.timedelta(0))
        lease.retry_in(wait, forgive=True)
