from calendar_sync.google import alerts, push
from tenants import worklist
from tenants.business_tasks import business_task
from tenants.models import Business


@business_task(push.KIND)
def push_appointment(business: Business, appointment_id: int) -> None:
    """Bring the calendar's copy of one appointment up to date."""
    lease = worklist.claim(business.pk, push.KIND, appointment_id)
    if lease is not None:
        push.push(business, appointment_id, lease)


@business_task(alerts.KIND)
def tell_owner(business: Business, connection_id: int) -> None:
    """Tell the owners that access to a calendar was withdrawn."""
    lease = worklist.claim(business.pk, alerts.KIND, connection_id)
    if lease is not None:
        alerts.tell_owners(business, connection_id, lease)
