"""Saved cases run on a version, one after the other, as one piece of work: what is done is not done again."""

import structlog

from agents import cases
from agents.models import AssistantVersion, CaseRun, SavedCase
from agents.rehearsal import ANYBODY, RehearsedContact
from conversations.models import Conversation
from conversations.rehearsing import contact_of
from tenants import worklist
from tenants.events import publish
from tenants.models import Business, WorkItem
from tenants.worklist import Lease

log = structlog.get_logger(__name__)
RUN = "conversations.run_cases"


def ask(business: Business, version: AssistantVersion) -> None:
    """Within the caller's transaction: run every active case on the version as it is now, those that ran too."""
    CaseRun.objects.filter(version=version).delete()
    worklist.call_for(business.pk, RUN, version.pk)


def is_running(business: Business, version: AssistantVersion) -> bool:
    rows = WorkItem.objects.filter(business=business, kind=RUN, object_id=version.pk, parked_at__isnull=True)
    return rows.exists()


def go_on(business: Business, version_id: int, lease: Lease) -> None:
    """Run what is waiting; a worker that was killed leaves the rest to the next one."""
    if lease.exhausted:
        log.error("cases.parked", version=version_id)
        return lease.park()
    version = AssistantVersion.objects.filter(pk=version_id).first()
    if version is not None:
        for case in cases.waiting(version).select_related("correction"):
            lease.renew()
            cases.run(business, case, version, _contact(case))
            publish(business, "cases", version.pk)
    return lease.finish()


def _contact(case: SavedCase) -> RehearsedContact:
    if case.correction is None:
        return ANYBODY
    rows = Conversation.objects.select_related("contact").filter(pk=case.correction.conversation_id)
    conversation = rows.first()
    return contact_of(conversation) if conversation else ANYBODY
