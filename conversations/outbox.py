"""The way out: messages wait here as rows until the channel has them.

queued → sending → sent → delivered → read, or failed; withheld when people took over first. A message whose sender
was killed, or whose answer was lost, is `unknown`: it is looked up at the vendor (or its status callback tells)
before anything is sent again. Delivering is in delivery.py, what the vendor says later in
delivery_status.py; this module is what the rest of the product calls.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from agents.types import Choice
from conversations import choices as tapped
from conversations.models import Conversation, Message, MessageTemplate
from conversations.splitting import LIMIT, parts_of
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
    choices: Sequence[Choice] = (),
) -> list[Message]:
    """Put a text into the outbox within the caller's transaction, in as many parts as it needs.

    `choices` go under the last part, to be tapped; where WhatsApp can't show them they are written out.
    A person's message answers whatever the contact had written until then.
    """
    parts = parts_of(text.replace("\x00", ""), tapped.BODY if choices else LIMIT)
    queued = [
        _queue_one(business, conversation, part, author=author, staff_id=staff_id, turn_id=turn_id)
        for part in parts[:-1]
    ]
    for part in parts[-1:]:
        shown = tapped.form_of(part, choices) != "text"
        last = part if shown or not choices else tapped.numbered(part, choices)
        queued += [
            _queue_one(
                business,
                conversation,
                each,
                author=author,
                staff_id=staff_id,
                turn_id=turn_id,
                choices=tapped.stored(choices) if shown else [],
            )
            for each in parts_of(last)
        ]
    if author == Message.Author.STAFF and queued:
        unanswered(conversation.pk).update(answered_by=0)
    return queued


def queue_template(
    business: Business,
    conversation: Conversation,
    template: MessageTemplate,
    text: str,
    *,
    variables: dict[str, str],
    choices: Sequence[Choice] = (),
) -> Message:
    """Put an approved template into the outbox within the caller's transaction; `text` is how it will read."""
    return _queue_one(
        business,
        conversation,
        text,
        author=Message.Author.SYSTEM,
        choices=tapped.stored(choices),
        template=template,
        variables=variables,
    )


def _queue_one(business: Business, conversation: Conversation, text: str, **fields: Any) -> Message:
    now = clock.now()
    # First the conversation's row: it orders the ids of whoever writes at the same time.
    # What goes out by itself opens nothing again: a person has to do nothing about it.
    opened = {} if fields.get("author") == Message.Author.SYSTEM else {"status": Conversation.Status.OPEN}
    Conversation.objects.filter(pk=conversation.pk).update(
        last_message_at=now, snippet=" ".join(text.split())[:160], **opened
    )
    message = Message.objects.create(
        conversation=conversation,
        channel_id=conversation.channel_id,
        direction=Message.Direction.OUT,
        text=text,
        delivery=Message.Delivery.QUEUED,
        created_at=now,
        **fields,
    )
    worklist.call_for(business.pk, DELIVER, message.pk)
    events.publish(business, "conversation", conversation.pk)
    return message


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
