"""What Celery rings for. Each task claims its work item first: the row is the truth, the bell may ring twice."""

import datetime as dt
from collections.abc import Callable

import structlog
from celery import shared_task

from conversations import delivery, forgotten, outbox, reconcile, turns
from tenants import bell, schema, worklist
from tenants.business_tasks import business_task
from tenants.crashpoints import reach
from tenants.models import Business, ChannelKind, ChannelRoute
from tenants.worklist import Lease, LeaseLost

log = structlog.get_logger(__name__)
RING_AGAIN_WITHIN = 55.0  # seconds; anything later is the sweeper's


@business_task(turns.TURN)
def turn(business: Business, conversation_id: int) -> None:
    """Answer what is unanswered in a conversation, once it has been quiet for a moment."""
    _work(business, turns.TURN, conversation_id, worklist.LEASE, turns.run_turn)


@business_task(outbox.DELIVER)
def deliver(business: Business, message_id: int) -> None:
    """Hand one message of the outbox to its channel."""
    _work(business, outbox.DELIVER, message_id, delivery.LEASE, delivery.deliver)


@business_task(reconcile.RECONCILE_CHANNEL)
def reconcile_channel(business: Business, route_id: int) -> None:
    """Receive what a vendor has and we have not; and ask for work that stands on no list."""
    reconcile.reconcile_route(business, route_id)
    forgotten.call_for_forgotten(business)


@shared_task(name="conversations.reconcile", ignore_result=True)
def reconcile_all() -> None:
    """Ring for every connected number (beat: every few minutes)."""
    schema.leave()
    routes = ChannelRoute.objects.filter(kind=ChannelKind.TWILIO, business__status=Business.Status.ACTIVE)
    for business_id, route_id in routes.values_list("business_id", "pk"):
        bell.send(reconcile.RECONCILE_CHANNEL, business_id, route_id)


def _work(
    business: Business, kind: str, object_id: int, how_long: dt.timedelta, act: Callable[[Business, int, Lease], None]
) -> None:
    lease = worklist.claim(business.pk, kind, object_id, lease=how_long)
    if lease is None:
        return _ring_when_due(business, kind, object_id)
    reach(f"{kind}.claimed")
    try:
        act(business, object_id, lease)
    except LeaseLost:
        log.warning("lease.lost", kind=kind)
    except Exception:
        # A fault of ours: the work is given back with its attempt counted, so that poison is parked in the end.
        lease.retry_in(dt.timedelta(seconds=2 * lease.attempts))
        raise


def _ring_when_due(business: Business, kind: str, object_id: int) -> None:
    """Rung too early, because a burst went on: once more when it is due."""
    wait = worklist.seconds_until_due(business.pk, kind, object_id)
    if wait is not None and 0 < wait <= RING_AGAIN_WITHIN:
        worklist.ring(business.pk, kind, object_id, wait=dt.timedelta(seconds=wait))
