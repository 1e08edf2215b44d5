"""What the business tells its assistant."""

import datetime as dt
from typing import Annotated

from django.db.models import QuerySet
from pydantic import Field, StringConstraints

from agents.knowledge import entries
from agents.models import KnowledgeEntry
from escalations.api.operations import Call, operation
from escalations.api.pages import Page, PageQuery, newest_first, plain
from escalations.api.problems import Conflict, Invalid
from escalations.api.resources.finding import at
from escalations.api.scopes import Scope
from escalations.api.shapes import NO_NUL, Day, Language, Line, Nothing, Out, Shape

TAG = "Knowledge"
Text = Annotated[str, StringConstraints(min_length=1, max_length=entries.LONGEST, pattern=NO_NUL)]


class KnowledgeOut(Out):
    id: int
    title: str
    body: str
    language: str
    origin: str
    valid_from: dt.date | None
    valid_until: dt.date | None = Field(description="The last day.")
    created_at: dt.datetime
    changed_at: dt.datetime


class KnowledgeIn(Shape):
    title: Line
    body: Text
    language: Language = "en"
    valid_from: Day | None = None
    valid_until: Day | None = None


class KnowledgePatch(Shape):
    title: Line | None = None
    body: Text | None = None
    language: Language | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None


@operation(
    "GET", "knowledge", scope=Scope.KNOWLEDGE_READ, tag=TAG, summary="List entries", answers=Page[KnowledgeOut],
    query=PageQuery,
)  # fmt: skip
def list_knowledge(call: Call[PageQuery, Nothing]) -> Page[KnowledgeOut]:
    return newest_first(_entries(), call.query, plain(shown))


@operation(
    "GET", "knowledge/{entry}", scope=Scope.KNOWLEDGE_READ, tag=TAG, summary="One entry", answers=KnowledgeOut
)  # fmt: skip
def get_knowledge(call: Call[Nothing, Nothing]) -> KnowledgeOut:
    return shown(at(_entries(), call.id))


@operation(
    "POST", "knowledge", scope=Scope.KNOWLEDGE_WRITE, tag=TAG, summary="Add an entry", answers=KnowledgeOut,
    status=201, body=KnowledgeIn, conflicts=True,
)  # fmt: skip
def add_knowledge(call: Call[Nothing, KnowledgeIn]) -> KnowledgeOut:
    """The assistant knows it from the next message on."""
    if _entries().count() >= entries.MOST_ENTRIES:
        raise Conflict("too_many", f"There are {entries.MOST_ENTRIES} entries already.")
    return shown(entries.add(_writing(call.body), user_id=call.key.created_by))


@operation(
    "PATCH", "knowledge/{entry}", scope=Scope.KNOWLEDGE_WRITE, tag=TAG, summary="Change an entry",
    answers=KnowledgeOut, body=KnowledgePatch,
)  # fmt: skip
def change_knowledge(call: Call[Nothing, KnowledgePatch]) -> KnowledgeOut:
    """What is left out or null stays as it is."""
    entry = at(_entries(), call.id)
    names = ("title", "body", "language", "valid_from", "valid_until")
    kept = {name: getattr(entry, name) for name in names}
    entries.change(entry, _checked(entries.Writing(**(kept | call.body.model_dump(exclude_none=True)))))
    return shown(at(_entries(), call.id))


@operation(
    "DELETE", "knowledge/{entry}", scope=Scope.KNOWLEDGE_WRITE, tag=TAG, summary="Remove an entry", answers=None,
    status=204,
)  # fmt: skip
def remove_knowledge(call: Call[Nothing, Nothing]) -> None:
    """People can bring it back at the desk."""
    entries.remove(at(_entries(), call.id))


def shown(row: KnowledgeEntry) -> KnowledgeOut:
    return KnowledgeOut(
        id=row.pk,
        title=row.title,
        body=row.body,
        language=row.language,
        origin=row.origin,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        created_at=row.created_at,
        changed_at=row.changed_at,
    )


def _writing(wanted: KnowledgeIn) -> entries.Writing:
    return _checked(entries.Writing(**wanted.model_dump()))


def _checked(writing: entries.Writing) -> entries.Writing:
    begin, end = writing.valid_from, writing.valid_until
    if begin is not None and end is not None and end < begin:
        raise Invalid([("body.valid_until", "it lies before valid_from")])
    return writing


def _entries() -> QuerySet[KnowledgeEntry]:
    return KnowledgeEntry.objects.filter(removed_at__isnull=True)
