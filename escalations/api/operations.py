"""One operation of the API: its address, what it takes, what it answers, who may call it.

The table of operations is all there is: the routes (urls.py), the door (door.py), the OpenAPI document (openapi.py),
and the tests that walk every route are made from it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from escalations.api.scopes import Scope
from escalations.api.shapes import Nothing, Out
from escalations.models import ApiKey
from tenants.models import Business

Query = TypeVar("Query", bound=BaseModel)
Body = TypeVar("Body", bound=BaseModel)


@dataclass(frozen=True, kw_only=True)
class Call(Generic[Query, Body]):
    """One request, checked. `ids`: the numbers in its path by name."""

    business: Business
    key: ApiKey
    ids: Mapping[str, int]
    query: Query
    body: Body

    @property
    def id(self) -> int:
        """The number in the path, where there is one."""
        return next(iter(self.ids.values()))


Handler = Callable[[Any], Out | None]


@dataclass(frozen=True, kw_only=True)
class Operation:
    """`before` is called outside of the transaction in which a write runs: it may call vendors."""

    name: str
    method: str
    path: str
    scope: Scope
    summary: str
    description: str
    tag: str
    handler: Handler
    answers: type[Out] | None
    status: int
    query: type[BaseModel] = Nothing
    body: type[BaseModel] | None = None
    conflicts: bool = False
    before: Callable[[Any], None] | None = field(default=None)

    @property
    def writes(self) -> bool:
        return self.method != "GET"


OPERATIONS: list[Operation] = []


def operation(
    method: str,
    path: str,
    *,
    scope: Scope,
    tag: str,
    summary: str,
    answers: type[Out] | None,
    status: int = 200,
    **more: Any,
) -> Callable[[Handler], Handler]:
    """Add the function to the table; its docstring is the description."""

    def add(handler: Handler) -> Handler:
        OPERATIONS.append(
            Operation(
                name=handler.__name__,
                method=method,
                path=path,
                scope=scope,
                summary=summary,
                description=" ".join((handler.__doc__ or "").split()),
                tag=tag,
                handler=handler,
                answers=answers,
                status=status,
                **more,
            )
        )
        return handler

    return add
