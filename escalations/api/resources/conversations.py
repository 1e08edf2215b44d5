"""Conversations and their messages; sending is a row in the outbox, within the service window."""

import datetime as dt
from typing import Annotated, Literal

from django.db.models import QuerySet
from pydantic import Field, StringConstraints

from conversations import outbox
from conversations.models import Conversation, Message
from conversations.service_window import takes_free_text, window_of
from escalations import acts
from escalations.api.actors import staff_behind
from escalations.api.operations import Call, operation
from escalations.api.pages import Page, PageQuery, newest_first, plain
from escalations.api.problems import Conflict
from escalations.api.resources.finding import at
from escalations.api.scopes import Scope
from escalations.api.shapes import NO_NUL, Id, Nothing, Out, Shape

TAG = "Conversations"
Status = Literal["open", "snoozed", "resolved"]
Handling = Literal["assistant", "waiting_for_staff", "staff"]


class ConversationOut(Out):
    id: int
    contact: int
    status: Status
    handling: Handling
    staff: int | None = Field(description="Who has it, where a person has.")
    unread: int
    takes_free_text: bool = Field(description="Whether WhatsApp's 24 hours are open.")
    last_message_at: dt.datetime
    created_at: dt.datetime


class MessageOut(Out):
    id: int
    direction: Literal["in", "out"]
    author: Literal["contact", "assistant", "staff", "system"]
    kind: str
    text: str
    delivery: str = Field(description="received; or queued, sending, unknown, sent, delivered, read, failed, withheld")
    created_at: dt.datetime


class ConversationQuery(PageQuery):
    status: Status | None = None
    handling: Handling | None = None
    contact: Id | None = None


class MessageIn(Shape):
    text: Annotated[str, StringConstraints(min_length=1, max_length=4096, pattern=NO_NUL)]
    take_over: bool = Field(
        default=False,
        description="Write as the member of staff who made the key: the assistant is silent here from then on.",
    )


class MessagesOut(Out):
    data: list[MessageOut] = Field(description="Several, where the text is too long for one.")


@operation(
    "GET", "conversations", scope=Scope.CONVERSATIONS_READ, tag=TAG, summary="List conversations",
    answers=Page[ConversationOut], query=ConversationQuery,
)  # fmt: skip
def list_conversations(call: Call[ConversationQuery, Nothing]) -> Page[ConversationOut]:
    """Newest conversation first."""
    query = call.query
    wanted = {"status": query.status, "handling": query.handling, "contact_id": query.contact}
    rows = _conversations().filter(**{name: value for name, value in wanted.items() if value is not None})
    return newest_first(rows, query, plain(shown))


@operation(
    "GET", "conversations/{conversation}", scope=Scope.CONVERSATIONS_READ, tag=TAG, summary="One conversation",
    answers=ConversationOut,
)  # fmt: skip
def get_conversation(call: Call[Nothing, Nothing]) -> ConversationOut:
    return shown(at(_conversations(), call.id))


@operation(
    "GET", "conversations/{conversation}/messages", scope=Scope.CONVERSATIONS_READ, tag=TAG,
    summary="List messages", answers=Page[MessageOut], query=PageQuery,
)  # fmt: skip
def list_messages(call: Call[PageQuery, Nothing]) -> Page[MessageOut]:
    """Newest first. Notes of staff are not among them: see `notes`."""
    conversation = at(_conversations(), call.id)
    return newest_first(Message.objects.filter(conversation=conversation), call.query, plain(shown_message))


@operation(
    "POST", "conversations/{conversation}/messages", scope=Scope.CONVERSATIONS_WRITE, tag=TAG,
    summary="Send a message", answers=MessagesOut, status=201, body=MessageIn, conflicts=True,
)  # fmt: skip
def send_message(call: Call[Nothing, MessageIn]) -> MessagesOut:
    """It waits in the outbox, in order. 409 where it may not go: `window_shut` (24 hours after the contact's last
    message), `opted_out`, `no_channel`.
    """
    conversation = at(_conversations(), call.id)
    last = Message.objects.filter(conversation=conversation).order_by("-pk").values_list("pk", flat=True).first() or 0
    if call.body.take_over:
        _reply(call, conversation)
    else:
        _tell(call, conversation)
    queued = Message.objects.filter(conversation=conversation, pk__gt=last, direction="out").order_by("pk")
    return MessagesOut(data=[shown_message(each) for each in queued])


def _tell(call: Call[Nothing, MessageIn], conversation: Conversation) -> None:
    """As what goes out by itself: whoever has the conversation keeps it."""
    window = window_of(conversation)
    if window.way != "freeform":
        raise Conflict(window.reason, window.words)
    outbox.queue(call.business, conversation, call.body.text, author=Message.Author.SYSTEM)


def _reply(call: Call[Nothing, MessageIn], conversation: Conversation) -> None:
    window = window_of(conversation)
    if window.reason == "no_channel":
        raise Conflict(window.reason, window.words)
    if not takes_free_text(conversation):
        raise Conflict("window_shut", "Their last message is more than 24 hours old.")
    acts.reply(call.business, conversation, staff_behind(call.business, call.key), call.body.text)


def shown(row: Conversation) -> ConversationOut:
    return ConversationOut(
        id=row.pk,
        contact=row.contact_id,
        status=row.status,  # type: ignore[arg-type]
        handling=row.handling,  # type: ignore[arg-type]
        staff=row.staff_id,
        unread=row.unread,
        takes_free_text=takes_free_text(row),
        last_message_at=row.last_message_at,
        created_at=row.created_at,
    )


def shown_message(row: Message) -> MessageOut:
    return MessageOut(
        id=row.pk,
        direction=row.direction,  # type: ignore[arg-type]
        author=row.author,  # type: ignore[arg-type]
        kind=row.kind,
        text=row.text,
        delivery=row.delivery,
        created_at=row.created_at,
    )


def _conversations() -> QuerySet[Conversation]:
    return Conversation.objects.select_related("contact", "channel", "identity")
