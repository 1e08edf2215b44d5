"""What Celery rings for. Each task claims its work item first: the row is the truth, the bell may ring twice."""

from collections.abc import Callable

import structlog

from calendar_sync.google import alerts, push
from tenants import worklist
from tenants.business_tasks import business_task
from tenants.models import Business
from tenants.worklist import Lease, LeaseLost

log = structlog.get_logger(__name__)


@business_task(push.KIND)
def push_appointment(business: Business, appointment_id: int) -> None:
    """Bring the calendar's copies of one appointment up to date."""
    _work(business, push.KIND, appointment_id, push.push)


@business_task(alerts.KIND)
def tell_owner(business: Business, connection_id: int) -> None:
    """Tell the owners that a calendar can't be used."""
    _work(business, alerts.KIND, connection_id, alerts.tell_owners)


def _work(business: Business, kind: str, object_id: int, act: Callable[[Business, int, Lease], None]) -> None:
    lease = worklist.claim(business.pk, kind, object_id)
    if lease is None:
        return
    try:
        act(business, object_id, lease)
    except LeaseLost:
        log.info("work.taken_over", kind=kind, object=object_id)
