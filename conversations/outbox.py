"""The way out: messages wait here as rows until the channel has them.

queued → sending → sent → delivered → read, or failed; withheld when people took over first. A message whose sender
was killed, or whose answer was lost, is `unknown`: it is looked up at the vendor (or its status callback tells)
before anything is sent again. Delivering is in delivery.py, what the vendor says later in
delivery_status.py; this module is what the rest of the product calls.
"""

from django.db.models import QuerySet

from conversations.models import Conversation, Message
from conversations.splitting import parts_of
from tenants import clock, events, worklist
from tenants.models import Business

DELIVER = "conversations.deliver"
OPEN = (Message.Delivery.QUEUED, Message.Delivery.SENDING, Message.Delivery.UNKNOWN)


def queue(
    business: Business,
    conversation: Conversation,
    text: str,
    *,
    author: str = Message.Author.ASSISTANT,
    staff_id: int | None = None,
    turn_id: int | None = None,
) -> list[Message]:
    """Put a text into the outbox within the caller's transaction, in as many parts as it needs.

    A person's message answers whatever the contact had written until then.
    """
    now = clock.now()
    parts = parts_of(text.replace("\x00", ""))
    if not parts:
        return []
    # First the conversation's row: it orders the ids of whoever writes at the same time.
    Conversation.objects.filter(pk=conversation.pk).update(
        last_message_at=now,
        snippet=" ".join(parts[-1].split())[:160],
        status=Conversation.Status.OPEN,
    )
    queued = [
        Message.objects.create(
            conversation=conversation,
            channel_id=conversation.channel_id,
            direction=Message.Direction.OUT,
            author=author,
            staff_id=staff_id,
            turn_id=turn_id,
            text=part,
            delivery=Message.Delivery.QUEUED,
            created_at=now,
        )
        for part in parts
    ]
    if author == Message.Author.STAFF:
        unanswered(conversation.pk).update(answered_by=0)
    for each in queued:
        worklist.call_for(business.pk, DELIVER, each.pk)
    events.publish(business, "conversation", conversation.pk)
    return queued


def withhold(conversation_id: int) -> int:
    """Within the caller's transaction: what the assistant has not sent yet stays unsent."""
    return Message.objects.filter(
        conversation_id=conversation_id,
        direction=Message.Direction.OUT,
        author=Message.Author.ASSISTANT,
        delivery=Message.Delivery.QUEUED,
    ).update(delivery=Message.Delivery.WITHHELD)


def unanswered(conversation_id: int) -> QuerySet[Message]:
    """What the contact wrote and nobody has dealt with."""
    return Message.objects.filter(
        conversation_id=conversation_id, direction=Message.Direction.IN, answered_by__isnull=True
    )


def call_next(business: Business, message: Message) -> None:
    """The conversation's next message need not wait any longer."""
    following = Message.objects.filter(
        conversation_id=message.conversation_id, delivery=Message.Delivery.QUEUED, pk__gt=message.pk
    )
    first = following.order_by("pk").values_list("pk", flat=True).first()
    if first is not None:
        worklist.call_for(business.pk, DELIVER, first)


def earlier_pending(message: Message) -> Message | None:
    """The first thing written before it that is not out yet: the order within a conversation is kept."""
    earlier = Message.objects.filter(conversation_id=message.conversation_id, delivery__in=OPEN, pk__lt=message.pk)
    return earlier.order_by("pk").first()
