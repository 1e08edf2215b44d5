"""The routes, made from the table of operations."""

import re
from collections import defaultdict
from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from escalations.api import document_view, resources
from escalations.api.door import Door, Elsewhere
from escalations.api.operations import OPERATIONS, Operation
from escalations.mcp.door import McpDoor

__all__ = ["resources", "urlpatterns"]


def _routes() -> list[URLPattern]:
    by_path: dict[str, dict[str, Operation]] = defaultdict(dict)
    for each in OPERATIONS:
        by_path[each.path][each.method] = each
    return [
        path("v1/" + re.sub(r"{(\w+)}", r"<int:\1>", address), _view(operations))
        for address, operations in by_path.items()
    ]


def _view(operations: dict[str, Operation]) -> Callable[..., HttpResponseBase]:
    handlers: dict[str, object] = {method.lower(): Door.call for method in operations}
    if "get" in handlers:
        handlers["head"] = Door.call
    door: type[Door] = type("Door", (Door,), handlers | {"operations": operations})
    return door.as_view()


urlpatterns = [
    path("v1/openapi.json", document_view.openapi, name="openapi"),
    *_routes(),
    path("mcp", McpDoor.as_view()),
    path("", Elsewhere.as_view()),
    path("<path:elsewhere>", Elsewhere.as_view()),
]
