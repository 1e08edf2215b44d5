from celery import shared_task

from tenants import audit_chain, schema, worklist
from tenants.business_tasks import business_task
from tenants.models import Business


@shared_task(name="tenants.sweep", ignore_result=True)
def sweep() -> None:
    """Ring again for whatever is due: the safety net under every lost bell."""
    schema.leave()
    worklist.ring_due()


@shared_task(name="tenants.seal_audit", ignore_result=True)
def seal_audit() -> None:
    """Put what was committed since the last time into the chains of the audit trail."""
    schema.leave()
    audit_chain.seal_all()


@business_task(audit_chain.CHECK)
def check_audit(business: Business, object_id: int) -> None:
    """Walk the whole audit trail of a business, which a page has no time for."""
    lease = worklist.claim(business.pk, audit_chain.CHECK, object_id)
    if lease is not None and lease.exhausted:
        lease.park()
    elif lease is not None:
        audit_chain.check(business, object_id, lease)
