"""Checks requests against the Calendar discovery document that google-api-python-client bundles."""

import functools
import importlib.util
import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from starlette.datastructures import QueryParams

from sandbox.google.errors import GoogleError, bad_request, not_found, required

Schema = dict[str, Any]


@dataclass(frozen=True)
class Method:
    """One method of the document, and the values that the path gave."""

    definition: Schema
    path: dict[str, str]

    @property
    def id(self) -> str:
        return str(self.definition["id"])


@functools.cache
def document() -> Schema:
    # Found without importing the package, which takes seconds.
    spec = importlib.util.find_spec("googleapiclient")
    assert spec is not None
    assert spec.origin is not None
    file = Path(spec.origin).parent / "discovery_cache" / "documents" / "calendar.v3.json"
    found: Schema = json.loads(file.read_text())
    return found


def match(http_method: str, raw_path: str) -> Method:
    """The method at an encoded path below /calendar/v3/; 404 as Google's when there is none."""
    given = raw_path.split("/")
    for definition in _methods():
        parts = definition["path"].split("/")
        if definition["httpMethod"] == http_method and len(parts) == len(given):
            values = {}
            for part, value in zip(parts, given, strict=True):
                if part.startswith("{"):
                    values[part.strip("{}")] = unquote(value)
                elif part != value:
                    break
            else:
                return Method(definition, values)
    raise not_found()


@functools.cache
def _methods() -> list[Schema]:
    # Fixed paths before those with a variable at the same place.
    found = [m for r in document()["resources"].values() for m in r["methods"].values()]
    return sorted(found, key=lambda definition: definition["path"].count("{"))


def check_query(method: Method, query: QueryParams) -> dict[str, Any]:
    """Typed values of the query; repeated parameters as lists. GoogleError for what the method doesn't know."""
    known = {**document()["parameters"], **method.definition.get("parameters", {})}
    values: dict[str, Any] = {}
    for name in sorted(set(query)):
        definition = known.get(name)
        if definition is None or definition["location"] != "query":
            raise bad_request(f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter.')
        texts = query.getlist(name)
        if len(texts) > 1 and not definition.get("repeated"):
            raise bad_request(f"Invalid value for {name}: given {len(texts)} times.")
        typed = [_typed(name, definition, text) for text in texts]
        values[name] = typed if definition.get("repeated") else typed[0]
    return values


def missing_parameters(method: Method, query: QueryParams) -> list[str]:
    known = method.definition.get("parameters", {})
    return [
        name
        for name, definition in known.items()
        if definition.get("required") and name not in (query if definition["location"] == "query" else method.path)
    ]


def _typed(name: str, definition: Schema, text: str) -> Any:
    wrong = GoogleError(
        400, "invalidParameter", f"Invalid value '{text}' for {name}.", locationType="parameter", location=name
    )
    if definition["type"] == "boolean":
        if text not in ("true", "false"):
            raise wrong
        return text == "true"
    if definition["type"] == "integer":
        if not re.fullmatch(r"-?\d+", text):
            raise wrong
        return int(text)
    if "enum" in definition and text not in definition["enum"]:
        raise wrong
    if definition.get("format") == "date-time":
        try:
            if datetime.fromisoformat(text).tzinfo is None:
                raise bad_request("Bad Request")
        except ValueError:
            raise bad_request("Bad Request") from None
    return text


def check_body(method: Method, body: bytes) -> dict[str, Any]:
    """The JSON body, or {} where the method takes none."""
    reference = method.definition.get("request")
    if reference is None:
        return {}
    if not body:
        raise required("Missing request body.")
    try:
        given = json.loads(body)
    except ValueError:
        raise GoogleError(400, "parseError", "Parse Error") from None
    _check(document()["schemas"][reference["$ref"]], given, "")
    assert isinstance(given, dict)
    return given


def check_event(event: dict[str, Any]) -> None:
    """An event that comes by another way than the API, held to the same schema."""
    _check(document()["schemas"]["Event"], event, "")


def _check(schema: Schema, value: Any, path: str) -> None:
    if "$ref" in schema:
        schema = document()["schemas"][schema["$ref"]]
    if value is None and path:
        return  # a patch removes a field by null
    expected = schema.get("type", "any")
    if expected == "object":
        _check_object(schema, value, path)
    elif expected == "array":
        if not isinstance(value, list):
            raise _wrong_type(path, value)
        for index, item in enumerate(value):
            _check(schema["items"], item, f"{path}[{index}]")
    else:
        _check_scalar(schema, expected, value, path)


def _check_object(schema: Schema, value: Any, path: str) -> None:
    if not isinstance(value, dict):
        raise _wrong_type(path, value)
    properties, others = schema.get("properties", {}), schema.get("additionalProperties")
    for name, item in value.items():
        inner = properties.get(name, others)
        if inner is None:
            at = f" at '{path}'" if path else ""
            message = f'Invalid JSON payload received. Unknown name "{name}"{at}: Cannot find field.'
            raise bad_request(message)
        _check(inner, item, f"{path}.{name}" if path else name)


def _check_scalar(schema: Schema, expected: str, value: Any, path: str) -> None:
    fits = {
        "string": isinstance(value, str) or (schema.get("format") == "int64" and type(value) is int),
        "boolean": isinstance(value, bool),
        "integer": type(value) is int,
        "number": type(value) in (int, float),
    }
    if not fits.get(expected, True):
        raise _wrong_type(path, value)
    try:
        if schema.get("format") == "date":
            date.fromisoformat(value)
        elif schema.get("format") == "date-time":
            datetime.fromisoformat(value)
    except ValueError:
        raise GoogleError(400, "invalid", f"Invalid value for: Invalid format: \"{value}\" at '{path}'") from None


def _wrong_type(path: str, value: Any) -> GoogleError:
    return bad_request(f"Invalid value at '{path or 'body'}': {json.dumps(value)[:200]}")
