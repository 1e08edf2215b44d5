"""The tools are operations of the API under another coat: same models, same scopes, same rules."""

from dataclasses import dataclass
from functools import lru_cache
from re import findall
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json

from escalations.api.door import check_scope, run
from escalations.api.operations import OPERATIONS, Call, Operation
from escalations.api.problems import Problem, from_pydantic
from escalations.api.shapes import Id, Nothing
from escalations.models import ApiKey
from tenants.models import Business

NAMES = {  # tool → operation
    "list_services": "list_services",
    "list_practitioners": "list_practitioners",
    "find_contacts": "list_contacts",
    "add_contact": "add_contact",
    "find_availability": "find_availability",
    "book_appointment": "book_appointment",
    "move_appointment": "move_appointment",
    "cancel_appointment": "cancel_appointment",
    "list_appointments": "list_appointments",
    "list_conversations": "list_conversations",
    "read_conversation": "list_messages",
    "reply": "send_message",
    "list_escalations": "list_escalations",
}
_ID: TypeAdapter[int] = TypeAdapter(Id)


@dataclass(frozen=True, kw_only=True)
class Tool:
    name: str
    operation: Operation
    ids: tuple[str, ...]

    @property
    def schema(self) -> dict[str, Any]:
        """What it takes: the numbers in the operation's path, its query and its body, side by side."""
        numbers = {each: _ID.json_schema() for each in self.ids}
        whole: dict[str, Any] = {"type": "object", "properties": numbers, "required": list(self.ids)}
        for part in (self.operation.query, self.operation.body or Nothing):
            shape = part.model_json_schema()
            whole["properties"] |= shape.get("properties", {})
            whole["required"] += shape.get("required", [])
        return whole | {"additionalProperties": False}


@lru_cache(maxsize=1)
def tools() -> dict[str, Tool]:
    from escalations.api import resources  # noqa: F401  (fills the table)

    known = {each.name: each for each in OPERATIONS}
    return {
        name: Tool(name=name, operation=known[meant], ids=tuple(findall(r"{(\w+)}", known[meant].path)))
        for name, meant in NAMES.items()
    }


def offered(key: ApiKey) -> list[dict[str, Any]]:
    """The tools that this key may use, as `tools/list` writes them."""
    return [
        {
            "name": each.name,
            "title": each.operation.summary,
            "description": f"{each.operation.summary}. {each.operation.description}".strip(),
            "inputSchema": each.schema,
            "annotations": {"readOnlyHint": not each.operation.writes},
        }
        for each in tools().values()
        if each.operation.scope in key.scopes
    ]


def use(business: Business, key: ApiKey, tool: Tool, arguments: dict[str, Any]) -> Any:
    """The operation's answer. Raises Problem or DiaryError, as the API does."""
    check_scope(business, key, tool.operation)
    left = dict(arguments)
    ids = {name: _number(name, left.pop(name, None)) for name in tool.ids}
    query = {name: left.pop(name) for name in tool.operation.query.model_fields if name in left}
    call = Call(
        business=business,
        key=key,
        ids=ids,
        query=_shaped(tool.operation.query, query),
        body=_shaped(tool.operation.body or Nothing, left),
    )
    return run(tool.operation, call).body


def _number(name: str, value: Any) -> int:
    try:
        return _ID.validate_python(value, strict=True)
    except ValidationError as error:
        raise from_pydantic(error, name) from None


def _shaped(model: Any, arguments: dict[str, Any]) -> Any:
    try:
        return model.model_validate_json(to_json(arguments))
    except ValidationError as error:
        raise from_pydantic(error, "arguments") from None
    except ValueError:  # a half character, which is no JSON
        raise Problem(422, "invalid", "The arguments hold what is not text.") from None
