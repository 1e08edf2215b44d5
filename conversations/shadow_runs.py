"""A draft answers real traffic beside the published version: asked for after a turn has answered, done by a worker."""

import structlog

from agents import shadowing
from agents.models import Turn
from conversations.models import Conversation
from conversations.rehearsing import contact_of
from tenants import worklist
from tenants.models import Business
from tenants.worklist import Lease

log = structlog.get_logger(__name__)
SHADOW = "conversations.shadow"


def ask(business: Business, turn_id: int) -> None:
    """After a turn is committed. Lost by a crash, it is not missed."""
    worklist.call_for(business.pk, SHADOW, turn_id)


def go_on(business: Business, turn_id: int, lease: Lease) -> None:
    turn = Turn.objects.filter(pk=turn_id, status=Turn.Status.DONE).first()
    version = shadowing.shadowing()
    if lease.exhausted or turn is None or version is None:
        return lease.finish()
    conversation = Conversation.objects.select_related("contact").filter(pk=turn.conversation_id).first()
    if conversation is not None:
        if shadowing.may_spend(business):
            shadowing.answer(business, turn, version, contact_of(conversation))
        else:
            log.info("shadow.share_used_up", business=business.pk)
    return lease.finish()
