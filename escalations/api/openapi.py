"""The OpenAPI 3.1 document, made from the table of operations and the models that check requests."""

import re
from functools import lru_cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from escalations.api.idempotency import HEADER
from escalations.api.operations import OPERATIONS, Operation
from escalations.api.problems import CONTENT_TYPE, ProblemOut
from escalations.api.shapes import LARGEST, Nothing

REF = "#/components/schemas/{model}"
REFUSALS = {
    400: "The request could not be read.",
    401: "No key, or none of this business.",
    403: "The key lacks the scope, or the business is suspended.",
    404: "There is no such thing.",
    405: "Not by this method.",
    409: "The state of things does not allow it; `code` says why.",
    413: "The body is too large.",
    415: "The body is not application/json.",
    422: "Something in the request is wrong; `errors` says what.",
    429: "Too many calls; wait as long as `Retry-After` says.",
    503: "The business is being upgraded.",
}
ABOUT = """Contacts, diary and conversations of one business, for its own programs.

Send `Authorization: Bearer fd_…`. Errors are problem documents (RFC 9457). Lists come in pages: ask again with
`cursor` until `next_cursor` is null. A write with an `Idempotency-Key` is done once, however often it is sent within
24 hours. Times are UTC in answers, and carry an offset in requests."""


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    from escalations.api import resources  # noqa: F401  (fills the table)

    named, schemas = models_json_schema(_models(), ref_template=REF)
    references = {model: schema for (model, _), schema in named.items()}
    paths: dict[str, dict[str, Any]] = {}
    for each in OPERATIONS:
        paths.setdefault(f"/{each.path}", {})[each.method.lower()] = _operation(each, references)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Frontdesk", "version": "1", "description": ABOUT},
        "security": [{"key": []}],
        "tags": [{"name": name} for name in dict.fromkeys(each.tag for each in OPERATIONS)],
        "paths": paths,
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": "An API key: fd_…"}},
            "responses": {str(status): _refusal(status, references) for status in REFUSALS},
            "schemas": schemas["$defs"],
        },
    }


def _models() -> Any:
    models: dict[tuple[type[BaseModel], str], None] = {(ProblemOut, "serialization"): None}
    for each in OPERATIONS:
        if each.answers is not None:
            models[each.answers, "serialization"] = None
        if each.body is not None:
            models[each.body, "validation"] = None
    return list(models)


def _operation(each: Operation, references: dict[Any, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": "Done." if each.writes else "What was asked for."}
    if each.answers is not None:
        answer["content"] = {"application/json": {"schema": references[each.answers]}}
    told: dict[str, Any] = {
        "operationId": each.name,
        "tags": [each.tag],
        "summary": each.summary,
        "description": f"{each.description} Scope: `{each.scope}`.".strip(),
        "parameters": _parameters(each),
        "responses": {str(each.status): answer}
        | {str(status): {"$ref": f"#/components/responses/{status}"} for status in _refusals(each)},
    }
    if each.body is not None:
        told["requestBody"] = {
            "required": any(field.is_required() for field in each.body.model_fields.values()),
            "content": {"application/json": {"schema": references[each.body]}},
        }
    return told


def _refusals(each: Operation) -> list[int]:
    found = {400, 401, 403, 404, 405, 422, 429, 503}
    if each.writes:
        found |= {409, 413}
    if each.conflicts:
        found |= {409}
    if each.body is not None:
        found |= {415}
    return sorted(found)


def _parameters(each: Operation) -> list[dict[str, Any]]:
    number = {"type": "integer", "minimum": 1, "maximum": LARGEST}
    found: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": number} for name in re.findall(r"{(\w+)}", each.path)
    ]
    if each.query is not Nothing:
        shape = each.query.model_json_schema()
        found += [_asked(name, schema, shape.get("required", ())) for name, schema in shape["properties"].items()]
    if each.writes:
        token = {"type": "string", "minLength": 1, "maxLength": 120, "pattern": "^[!-~]+$"}
        found.append(
            {"name": HEADER, "in": "header", "schema": token, "description": "Done once under it, within 24 hours."}
        )
    return found


def _asked(name: str, schema: dict[str, Any], required: Any) -> dict[str, Any]:
    """In an address there is no null: what may be left out is simply not required."""
    schema = {key: value for key, value in schema.items() if key != "title"}
    choices = [each for each in schema.pop("anyOf", ()) if each != {"type": "null"}]
    if choices:
        schema = choices[0] | schema
        schema.pop("default", None)
    about = schema.pop("description", "")
    return {"name": name, "in": "query", "required": name in required, "schema": schema, "description": about}


def _refusal(status: int, references: dict[Any, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "description": REFUSALS[status],
        "content": {CONTENT_TYPE: {"schema": references[ProblemOut]}},
    }
    headers = {429: "Retry-After", 401: "WWW-Authenticate", 405: "Allow"}
    if status in headers:
        answer["headers"] = {headers[status]: {"required": True, "schema": {"type": "string"}}}
    return answer
