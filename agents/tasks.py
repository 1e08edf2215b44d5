"""What Celery rings for. Each task claims its work item first: the row is the truth, the bell may ring twice."""

import datetime as dt
from collections.abc import Callable

import structlog

from agents import remembering, summarising
from agents.knowledge import filling
from tenants import worklist
from tenants.business_tasks import business_task
from tenants.models import Business
from tenants.worklist import Lease, LeaseLost

log = structlog.get_logger(__name__)


@business_task(remembering.REMEMBER)
def remember(business: Business, conversation_id: int) -> None:
    """Note the facts in a conversation that has come to rest."""
    _work(business, remembering.REMEMBER, conversation_id, remembering.remember)


@business_task(summarising.SUMMARISE)
def summarise(business: Business, conversation_id: int) -> None:
    """Sum up the older part of a conversation that no longer fits the window."""
    _work(business, summarising.SUMMARISE, conversation_id, summarising.summarise)


@business_task(filling.EMBED)
def embed_knowledge(business: Business, object_id: int) -> None:
    """Give the parts of knowledge entries their vectors."""
    _work(business, filling.EMBED, object_id, filling.fill)


def _work(business: Business, kind: str, object_id: int, act: Callable[[Business, int, Lease], None]) -> None:
    lease = worklist.claim(business.pk, kind, object_id)
    if lease is None:
        return
    try:
        act(business, object_id, lease)
    except LeaseLost:
        log.warning("lease.lost", kind=kind)
    except Exception:
        # A fault of ours: the work is given back with its attempt counted, so that poison is parked in the end.
        lease.retry_in(dt.timedelta(seconds=30 * lease.attempts))
        raise
