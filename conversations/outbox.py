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
from conversations.storing import snippet_of
from tenants import clock, events, worklist
from tenants.models import Business
from tenants.postgres.prepared import Prepared
from tenants.statements import add, later, row, rows

DELIVER = "conversations.deliver"
QUOTE_LENGTH = 120  # of what stands before a reply where the vendor can't quote (delivery_content.py)
OPEN = (Message.Delivery.QUEUED, Message.Delivery.SENDING, Message.Delivery.UNKNOWN)
NEW_ID = Prepared("SELECT nextval(pg_get_serial_sequence('conversations_message', 'id'))"), ()
TOUCHED = Prepared("""
UPDATE conversations_conversation SET last_message_at = %s, snippet = %s,
       status = CASE WHEN %s THEN 'open' ELSE status END WHERE id = %s""")
# Of the first thing written before a message that is not out yet: the order within a conversation is kept.
EARLIER_ATTEMPTS = """(
SELECT earlier.attempts FROM conversations_message earlier
 WHERE earlier.conversation_id = conversations_message.conversation_id AND earlier.id < conversations_message.id
   AND earlier.delivery IN ('queued', 'sending', 'unknown') ORDER BY earlier.id LIMIT 1)"""

NEXT_QUEUED = """(
SELECT min(later.id) FROM conversations_message later
 WHERE later.conversation_id = conversations_message.conversation_id AND later.id > conversations_message.id
   AND later.delivery = 'queued')"""


def queue(
    business: Business,
    conversation: Conversation,
    text: str,
    *,
    author: str = Message.Author.ASSISTANT,
    staff_id: int | None = None,
    turn_id: int | None = None,
    choices: Sequence[Choice] = (),
    reply_to: Message | None = None,
) -> list[Message]:
    """Put a text into the outbox within the caller's transaction, in as many parts as it needs.

    `choices` go under the last part, to be tapped; where WhatsApp can't show them they are written out.
    A person's message answers whatever the contact had written until then. `reply_to` is quoted by the first part.
    """
    limit = LIMIT - QUOTE_LENGTH if reply_to else LIMIT
    parts = parts_of(text.replace("\x00", ""), tapped.BODY if choices else limit)
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
    if queued and reply_to is not None:
        queued[0].reply_to = reply_to
        queued[0].save(update_fields=["reply_to"])
    if author == Message.Author.STAFF and queued:
        unanswered(conversation.pk).update(answered_by=0)
    return queued


def queue_as(business: Business, conversation: Conversation, text: str, *, kind: str, **fields: Any) -> Message:
    """Put a file's or a place's message of a person's into the outbox within the caller's transaction; its file is the
    caller's to add there."""
    message = _queue_one(business, conversation, text, kind=kind, **fields)
    unanswered(conversation.pk).update(answered_by=0)
    return message


def queue_template(
    business: Business,
    conversation: Conversation,
    template: MessageTemplate,
    text: str,
    *,
    variables: dict[str, str],
    choices: Sequence[Choice] = (),
    staff_id: int | None = None,
) -> Message:
    """Put an approved template into the outbox within the caller's transaction; `text` is how it will read."""
    return _queue_one(
        business,
        conversation,
        text,
        author=Message.Author.SYSTEM if staff_id is None else Message.Author.STAFF,
        staff_id=staff_id,
        choices=tapped.stored(choices),
        template=template,
        variables=variables,
    )


def _queue_one(business: Business, conversation: Conversation, text: str, **fields: Any) -> Message:
    now = clock.now()
    # First the conversation's row: it orders the ids of whoever writes at the same time.
    # What goes out by itself opens nothing again: a person has to do nothing about it.
    opens = fields.get("author") != Message.Author.SYSTEM
    message = Message(
        conversation=conversation,
        channel_id=conversation.channel_id,
        direction=Message.Direction.OUT,
        text=text,
        delivery=Message.Delivery.QUEUED,
        created_at=now,
        **fields,
    )
    later(TOUCHED, [now, snippet_of(message), opens, conversation.pk])
    ((message.pk,),) = rows(*NEW_ID)
    add(message)
    call_for(business, message.pk)
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
    found = row(f"SELECT {NEXT_QUEUED} FROM conversations_message WHERE id = %s", [message.pk])  # noqa: S608
    if found is not None and found[0] is not None:
        call_for(business, found[0])


def call_for(business: Business, message_id: int) -> None:
    worklist.call_for(business.pk, DELIVER, message_id)
