"""What Celery rings for. Each task claims its work item first: the row is the truth, the bell may ring twice."""

from collections.abc import Callable

import structlog
from celery import shared_task

from calendar_sync import completing, giving_up, holds, offering_freed, out_plan, reminding, waitlist
from calendar_sync.freed import SLOT_FREED
from calendar_sync.google import alerts, mirrors, overlaps, proposals, push, sync, truth
from tenants import bell, schema, worklist
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


@business_task(giving_up.HOLD_ENDS)
def end_hold(business: Business, hold_id: int) -> None:
    """Free what was kept, once its time is over."""
    _work(business, giving_up.HOLD_ENDS, hold_id, holds.end)


@business_task(completing.COMPLETE)
def complete_past(business: Business, _: int) -> None:
    """Complete the appointments that are over."""
    completing.complete_past(business)


@shared_task(name="calendar_sync.complete_all", ignore_result=True)
def complete_all() -> None:
    """Ring for every business (beat: every few minutes)."""
    schema.leave()
    for business_id in Business.objects.filter(status=Business.Status.ACTIVE).values_list("pk", flat=True):
        bell.send(completing.COMPLETE, business_id, 0)


@business_task(reminding.REPLAN)
def replan(business: Business, business_id: int) -> None:
    """Plan the reminders of all coming appointments anew."""

    def act(business: Business, object_id: int, lease: Lease) -> None:
        reminding.replan_all(business)
        lease.finish()

    _work(business, reminding.REPLAN, business_id, act)


@business_task(SLOT_FREED)
def offer_freed_slot(business: Business, freed_id: int) -> None:
    """Offer time that became free to whoever waits for it."""
    _work(business, SLOT_FREED, freed_id, offering_freed.offer_freed)


@business_task(out_plan.PLAN)
def plan_campaign(business: Business, campaign_id: int) -> None:
    """Find other times for everybody whose practitioner is out."""
    _work(business, out_plan.PLAN, campaign_id, out_plan.plan)


@business_task(waitlist.ENTRY_ENDS)
def end_waiting(business: Business, entry_id: int) -> None:
    """Take somebody off the waiting list whose last day has passed."""
    _work(business, waitlist.ENTRY_ENDS, entry_id, waitlist.end_when_late)


@business_task(mirrors.SYNC)
def sync_calendar(business: Business, mirror_id: int) -> None:
    """Read what changed in one calendar: told by Google, or because it is time."""
    _work(business, mirrors.SYNC, mirror_id, sync.sync_when_due)


@business_task(mirrors.COMPARE)
def compare_calendar(business: Business, mirror_id: int) -> None:
    """Compare the whole of one calendar with the diary, once a day."""
    _work(business, mirrors.COMPARE, mirror_id, truth.compare_when_due)


@business_task(proposals.SETTLE)
def settle_proposal(business: Business, proposal_id: int) -> None:
    """Follow a change made in Google, where the business says so."""
    _work(business, proposals.SETTLE, proposal_id, proposals.settle)


@business_task(overlaps.KIND)
def check_overlap(business: Business, appointment_id: int) -> None:
    """After writing: was something else there first?"""
    _work(business, overlaps.KIND, appointment_id, overlaps.look)


def _work(business: Business, kind: str, object_id: int, act: Callable[[Business, int, Lease], None]) -> None:
    lease = worklist.claim(business.pk, kind, object_id)
    if lease is None:
        return
    try:
        act(business, object_id, lease)
    except LeaseLost:
        log.info("work.taken_over", kind=kind, object=object_id)
