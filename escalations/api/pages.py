"""Lists come in pages, each beginning after a cursor: nothing is shown twice or missed while rows are added."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from pydantic import Field, StringConstraints

from escalations.api.problems import Invalid
from escalations.api.shapes import LARGEST, Out, Shape

Shown = TypeVar("Shown", bound=Out)
Row = TypeVar("Row", bound=Model)


class PageQuery(Shape):
    limit: Annotated[int, Field(ge=1, le=100, description="Rows of a page.")] = 50
    cursor: Annotated[
        str | None,
        StringConstraints(max_length=120, pattern=r"^[A-Za-z0-9_-]*$"),
        Field(description="`next_cursor` of the page before."),
    ] = None


class Page(Out, Generic[Shown]):
    data: list[Shown]
    next_cursor: str | None = Field(description="For the next page; null on the last one.")


def newest_first(
    rows: QuerySet[Row], query: PageQuery, show: Callable[[Sequence[Row]], Sequence[Shown]]
) -> Page[Shown]:
    """`show` gets the whole page, so that it can fetch what belongs to it at once."""
    if query.cursor:
        rows = rows.filter(pk__lt=_id(query.cursor))
    return cut(list(rows.order_by("-pk")[: query.limit + 1]), query, lambda row: str(row.pk), show)


def cut(
    found: Sequence[Row],
    query: PageQuery,
    place: Callable[[Row], str],
    show: Callable[[Sequence[Row]], Sequence[Shown]],
) -> Page[Shown]:
    """`found`: one more than the page holds, if there is one. `place`: where a row stands, for the cursor."""
    page = found[: query.limit]
    more = len(found) > query.limit
    return Page(data=list(show(page)), next_cursor=encode(place(page[-1])) if more else None)


def encode(place: str) -> str:
    return base64.urlsafe_b64encode(place.encode()).rstrip(b"=").decode()


def decode(cursor: str) -> str:
    try:
        return base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, UnicodeDecodeError):
        raise refused() from None


def refused() -> Invalid:
    return Invalid([("query.cursor", "this is not a cursor of this list")])


def _id(cursor: str) -> int:
    place = decode(cursor)
    if not (place.isascii() and place.isdigit()) or len(place) > 19 or int(place) > LARGEST:
        raise refused()
    return int(place)


def plain(show_one: Callable[[Any], Shown]) -> Callable[[Sequence[Any]], list[Shown]]:
    return lambda rows: [show_one(each) for each in rows]
