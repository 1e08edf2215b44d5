"""How far a message got. The status only ever goes forward: queued < sent < delivered < read; failed only before
delivered. Late, double and out-of-order news change nothing.
"""

from typing import Any

from django.db import transaction
from django.db.models import Q

from conversations import handoffs, opting_out, outbox, pacing, reminders
from conversations.delivery_content import tell_in_words
from conversations.events_in import StatusUpdate
from conversations.models import Channel, ConsentChange, Conversation, ConversationEvent, Message
from tenants import clock, events
from tenants.models import Business
from tenants.postgres.prepared import Prepared
from tenants.statements import row, several
from tenants.tidings import told_together
from tenants.worklist import CALL_AT_ONCE, Lease, ring

Delivery = Message.Delivery
ENTERED_FROM = {
    Delivery.SENT: outbox.OPEN,
    Delivery.DELIVERED: (*outbox.OPEN, Delivery.SENT),
    Delivery.READ: (*outbox.OPEN, Delivery.SENT, Delivery.DELIVERED),
    Delivery.FAILED: (*outbox.OPEN, Delivery.SENT),
}


NOT_KNOWN = "outcome_not_known"  # our own failure: we were never told; a late word of the vendor's still counts
_NEVER_TOLD = Q(delivery=Delivery.FAILED, error__startswith=NOT_KNOWN)
_IS_NEWS = f"(delivery = ANY(%(from)s) OR (delivery = 'failed' AND starts_with(error, '{NOT_KNOWN}')))"
_MOVED_ON = """
UPDATE conversations_message
   SET delivery = %(to)s, error = '', provider_id = %(provider_id)s, sent_at = %(sent_at)s WHERE id = %(message)s"""
MOVED_ON = Prepared(f"{_MOVED_ON} AND {_IS_NEWS} RETURNING {outbox.NEXT_QUEUED}")
# Nothing is moved, nor the next one called for, without the lease.
SETTLED = Prepared(f"""
WITH held AS (SELECT FROM public.tenants_workitem WHERE id = %(item)s AND fence = %(fence)s FOR NO KEY UPDATE),
     moved AS ({_MOVED_ON} AND {_IS_NEWS} AND EXISTS (SELECT FROM held) RETURNING {outbox.NEXT_QUEUED} AS next),
     called AS ({CALL_AT_ONCE.format("SELECT %(business)s::bigint, %(kind)s, next FROM moved WHERE next IS NOT NULL")})
SELECT EXISTS (SELECT FROM held), EXISTS (SELECT FROM moved), (SELECT next FROM moved)""")  # noqa: S608 (our own words)


def note_status(business: Business, channel: Channel, update: StatusUpdate) -> bool:
    """A status callback; True when it was news.

    The outbox's id in the callback proves that the vendor took a message whose answer we lost.
    """
    message = _named(channel, update)
    if message is None:
        return False
    if update.delivery == Delivery.FAILED:
        return fail(business, message, update.error, provider_id=update.provider_id)
    with transaction.atomic():
        return advance(business, message, update.delivery, provider_id=update.provider_id)


def advance(business: Business, message: Message, delivery: str, *, provider_id: str) -> bool:
    """Within the caller's transaction: move a message forward to what the vendor says, if that is news."""
    before = message.delivery
    moved = row(MOVED_ON, _moving(message, delivery, provider_id))
    if moved and before in outbox.OPEN and moved[0] is not None:
        outbox.call_for(business, moved[0])
    if moved:
        events.publish(business, "conversation", message.conversation_id)
    return bool(moved)


def settle(business: Business, message: Message, delivery: str, lease: Lease, *, provider_id: str) -> None:
    """`advance` by whoever delivers it, and its work finished: in one message to the database, and so in one
    transaction, of which each statement asks for the lease itself."""
    moving = {
        **_moving(message, delivery, provider_id),
        "item": lease.item_id,
        "fence": lease.fence,
        "business": business.pk,
        "kind": outbox.DELIVER,
    }
    ((held, moved, following),), again = several((SETTLED, moving), lease.finishing())
    lease.proven([(held,)] if held else [])
    with told_together():
        if moved:
            events.publish(business, "conversation", message.conversation_id)
        if following is not None:
            ring(business.pk, outbox.DELIVER, following)
        if again:
            ring(lease.business_id, lease.kind, lease.object_id)


def _moving(message: Message, delivery: str, provider_id: str) -> dict[str, Any]:
    return {
        "to": delivery,
        "provider_id": provider_id,
        "sent_at": message.sent_at or clock.now(),
        "message": message.pk,
        "from": [str(each) for each in ENTERED_FROM[Delivery(delivery)]],
    }


def fail(
    business: Business, message: Message, code: str, *, provider_id: str | None = None, lease: Lease | None = None
) -> bool:
    """It will not reach the contact: the thread says so, and what the assistant had to say goes to the team."""
    with transaction.atomic():
        # The conversation before the lease, in everybody's order (see handoffs.py).
        conversation = Conversation.objects.select_for_update(no_key=True).get(pk=message.conversation_id)
        if lease is not None:
            lease.hold()
        failed = Message.objects.filter(pk=message.pk, delivery__in=ENTERED_FROM[Delivery.FAILED]).update(
            delivery=Delivery.FAILED, error=code[:200], provider_id=provider_id or message.provider_id
        )
        if failed:
            ConversationEvent.objects.create(
                conversation=conversation,
                act="not_delivered",
                detail={"message": message.pk, "code": code[:40]},
                at=clock.now(),
            )
            _after_failure(business, conversation, message, code)
            outbox.call_next(business, message)
            events.publish(business, "conversation", conversation.pk)
        if lease is not None:
            lease.finish()
    return bool(failed)


def _after_failure(business: Business, conversation: Conversation, message: Message, code: str) -> None:
    """What follows for the contact, the team and the reminders, within the caller's transaction."""
    address = conversation.identity.address
    transaction.on_commit(lambda: pacing.note_refusal(business, message.channel_id, address, code))
    if code == handoffs.OPTED_OUT:
        opting_out.leave(conversation, way=ConsentChange.Way.VENDOR)
    again = tell_in_words(business, conversation, message, code)
    if again is not None:
        return reminders.told_again(message.pk, again.pk)
    handoffs.after_failed_delivery(business, conversation, message, code)
    if message.author == Message.Author.SYSTEM:
        reminders.after_failed_delivery(business, conversation, message.pk, code)
    return None


def _named(channel: Channel, update: StatusUpdate) -> Message | None:
    """The message that a callback means, only ever one of this channel."""
    rows = Message.objects.filter(channel=channel, direction=Message.Direction.OUT)
    known = rows.filter(provider_id=update.provider_id).first()
    if known is not None or update.outbox_message_id is None:
        return known
    waiting = Q(delivery__in=outbox.OPEN) | _NEVER_TOLD
    return rows.filter(waiting, pk=update.outbox_message_id, provider_id__isnull=True).first()
