"""A handoff becomes an escalation: the row with its clocks, whose turn it is, the bell on open pages, the notices."""

from typing import Any

from django.db import transaction

from conversations.models import Conversation, Handoff
from escalations import assigning, clocks
from escalations.handover_notes import notes_of
from escalations.models import Escalation, Notice, ServiceLevel
from escalations.telling.audience import audience
from escalations.telling.notices import tell
from escalations.webhooks.kinds import Kind
from escalations.webhooks.news import note
from tenants import clock, worklist
from tenants.events import publish
from tenants.models import Business
from tenants.worklist import Lease

OPEN = "escalations.open"
NOTIFY = "escalations.notify"


def open_for(business: Business, handoff_id: int, lease: Lease) -> None:
    """Claim the handoff's news: one escalation per handoff, however often this runs.

    Whoever took, returned or resolved the conversation before this ran is found in the escalation too.
    """
    handoff = Handoff.objects.filter(pk=handoff_id).first()
    with transaction.atomic():
        if handoff is not None:  # the conversation before the lease, in everybody's order (see handoffs.py)
            conversation = Conversation.objects.select_for_update(no_key=True).get(pk=handoff.conversation_id)
            lease.hold()
            _open(business, handoff, conversation)
        lease.finish()


def _open(business: Business, handoff: Handoff, conversation: Conversation) -> None:
    state, level = _state(handoff, conversation), ServiceLevel.of_this_business()
    state |= clocks.deadlines(business, handoff.at, level)
    escalation, made = Escalation.objects.get_or_create(
        handoff=handoff, defaults={"conversation": conversation, "opened_at": handoff.at, **state}
    )
    if not made:
        return
    Escalation.objects.filter(pk=escalation.pk).update(account=notes_of(business, conversation, handoff))
    source = f"escalation:{escalation.pk}:opened"
    note(business, Kind.ESCALATION_OPENED, source, escalation=escalation.pk, conversation=conversation.pk)
    if escalation.status == Escalation.Status.OPEN:
        if level.way == ServiceLevel.Way.IN_TURN:
            assigning.by_rule(business, conversation, escalation, act="given_in_turn")
        worklist.call_for(business.pk, NOTIFY, escalation.pk)
        publish(business, "escalation_opened", escalation.pk)
    if escalation.status != Escalation.Status.RESOLVED:
        clocks.watch(business, escalation.pk)
    publish(business, "escalation", escalation.pk)
    publish(business, "conversation", conversation.pk)


def _state(handoff: Handoff, conversation: Conversation) -> dict[str, Any]:
    if handoff.is_task and conversation.handling != Conversation.Handling.STAFF:
        return {}
    newer = Handoff.objects.filter(conversation=conversation, pk__gt=handoff.pk, is_task=False).exists()
    if newer or conversation.handling == Conversation.Handling.ASSISTANT:
        resolution = "Dealt with before it was opened"
        return {"status": Escalation.Status.RESOLVED, "resolved_at": clock.now(), "resolution": resolution}
    if conversation.handling == Conversation.Handling.STAFF:
        return {"status": Escalation.Status.TAKEN, "owner_id": conversation.staff_id, "taken_at": clock.now()}
    return {}


def notify(business: Business, escalation_id: int, lease: Lease) -> None:
    """Tell whoever has to know, each once (telling.audience says who)."""
    escalation = Escalation.objects.filter(pk=escalation_id, notified_at__isnull=True).select_related("handoff").first()
    with transaction.atomic():
        lease.hold()
        if escalation is not None and escalation.status != Escalation.Status.RESOLVED:
            _tell(business, escalation)
        lease.finish()


def _tell(business: Business, escalation: Escalation) -> None:
    """Of a red flag everybody is told, whoever has it by now; of anything else only while nobody has it."""
    urgent = escalation.handoff.reason == Handoff.Reason.RED_FLAG
    if escalation.status != Escalation.Status.OPEN and not urgent:
        return
    kind = Notice.Kind.RED_FLAG if urgent else Notice.Kind.ESCALATION
    people = audience(business, kind)
    tell(business, kind, people, conversation_id=escalation.conversation_id, object_id=escalation.pk)
    Escalation.objects.filter(pk=escalation.pk).update(notified_at=clock.now())
