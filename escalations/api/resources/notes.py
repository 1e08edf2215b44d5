"""Notes of staff in a conversation: never sent to the contact, never shown to a model."""

import datetime as dt
from typing import Annotated

from pydantic import Field, StringConstraints

from conversations.models import Conversation
from escalations import notes
from escalations.api.actors import staff_behind
from escalations.api.operations import Call, operation
from escalations.api.pages import Page, PageQuery, newest_first, plain
from escalations.api.problems import Invalid
from escalations.api.resources.conversations import TAG
from escalations.api.resources.finding import at
from escalations.api.scopes import Scope
from escalations.api.shapes import NO_NUL, Nothing, Out, Shape
from escalations.models import Note


class NoteOut(Out):
    id: int
    conversation: int
    staff: int = Field(description="Who wrote it.")
    text: str
    mentions: list[int] = Field(description="Members of staff who are named in it with @; they are told.")
    at: dt.datetime


class NoteIn(Shape):
    text: Annotated[str, StringConstraints(min_length=1, max_length=notes.LONGEST, pattern=NO_NUL)]


@operation(
    "GET", "conversations/{conversation}/notes", scope=Scope.CONVERSATIONS_READ, tag=TAG, summary="List notes",
    answers=Page[NoteOut], query=PageQuery,
)  # fmt: skip
def list_notes(call: Call[PageQuery, Nothing]) -> Page[NoteOut]:
    """Newest first, without those that were taken away."""
    rows = Note.objects.filter(conversation=at(Conversation.objects.all(), call.id), deleted_at__isnull=True)
    return newest_first(rows, call.query, plain(shown))


@operation(
    "POST", "conversations/{conversation}/notes", scope=Scope.CONVERSATIONS_WRITE, tag=TAG, summary="Write a note",
    answers=NoteOut, status=201, body=NoteIn, conflicts=True,
)  # fmt: skip
def write_note(call: Call[Nothing, NoteIn]) -> NoteOut:
    """By the member of staff who made the key."""
    conversation = at(Conversation.objects.all(), call.id)
    if not call.body.text.strip():
        raise Invalid([("body.text", "write something")])
    return shown(notes.write(call.business, conversation, staff_behind(call.business, call.key), call.body.text))


def shown(row: Note) -> NoteOut:
    return NoteOut(
        id=row.pk,
        conversation=row.conversation_id,
        staff=row.staff_id,
        text=row.text,
        mentions=row.mentions,
        at=row.at,
    )
