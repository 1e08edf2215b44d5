"""Requests held to a vendor's OpenAPI document, 3.0 or 3.1: path, method, parameters, body.

A document that describes less than the vendor does is put right in the open, by the vendor's own part of the sandbox,
before it is used (sandbox/meta/specification.py).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

Schema = dict[str, Any]
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
_NAME = re.compile(r"\{([^}]+)\}")


@dataclass(frozen=True)
class Operation:
    """One method of a path."""

    path: str
    method: str
    definition: Schema
    shared: tuple[Schema, ...] = ()  # parameters of the path


@dataclass
class Specification:
    document: Schema
    _validators: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> "Specification":
        text = path.read_text()
        if path.suffix == ".json":
            return cls(json.loads(text))
        import yaml

        return cls(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))  # noqa: S506 (a safe one)

    def complaint(self, method: str, path: str, query: str, body: bytes) -> str:
        """Empty when one of the operations that the path fits takes the request; else what the best one says."""
        found = list(self._operations(method, path))
        if not found:
            return "no such address"
        complaints = [self._of(operation, query, body) for operation in found]
        return "" if "" in complaints else min(complaints, key=len)

    def schema_complaint(self, reference: str, value: Any) -> str:
        """Of a value against one of the document's schemas: "#/components/schemas/Message"."""
        return self._invalid({"$ref": reference}, value)

    def _operations(self, method: str, path: str) -> Iterator[Operation]:
        for pattern, template, methods in self._paths:
            if pattern.fullmatch(path) and method.lower() in methods:
                yield Operation(template, method, methods[method.lower()], tuple(methods.get("parameters", ())))

    @cached_property
    def _paths(self) -> list[tuple[re.Pattern[str], str, Schema]]:
        return [
            (re.compile("[^/]+".join(re.escape(part) for part in _NAME.split(template)[::2])), template, methods)
            for template, methods in self.document["paths"].items()
        ]

    def _of(self, operation: Operation, query: str, body: bytes) -> str:
        return self._of_query(operation, query) or self._of_body(operation, body)

    def _of_query(self, operation: Operation, query: str) -> str:
        given = parse_qs(query, keep_blank_values=True)
        rows = [self._followed(each) for each in (*operation.shared, *operation.definition.get("parameters", ()))]
        known = {each["name"]: each for each in rows if each["in"] == "query"}
        for name, values in given.items():
            if name not in known:
                return f"knows no parameter {name}"
            schema = known[name].get("schema", {})
            value = _typed(values, schema)
            if self._invalid(schema, value):
                return f"{name}: {self._invalid(schema, value)}"
        missing = [name for name, each in known.items() if each.get("required") and name not in given]
        return f"{', '.join(missing)} missing" if missing else ""

    def _of_body(self, operation: Operation, body: bytes) -> str:
        described = self._followed(operation.definition.get("requestBody") or {})
        content = described.get("content") or {}
        if not content:
            return "takes no body" if body else ""
        if not body:
            return "needs a body" if described.get("required") else ""
        if JSON in content:
            try:
                return self._invalid(content[JSON].get("schema", {}), json.loads(body))
            except ValueError:
                return "the body is no JSON"
        if FORM in content:
            return self._of_form(content[FORM].get("schema", {}), body)
        return ""

    def _of_form(self, schema: Schema, body: bytes) -> str:
        schema = self._followed(schema)
        properties = schema.get("properties", {})
        given = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
        unknown = sorted(set(given) - set(properties))
        if unknown:
            return f"knows no field {', '.join(unknown)}"
        value = {name: _typed(values, self._followed(properties[name])) for name, values in given.items()}
        return self._invalid(schema, value)

    def _followed(self, node: Schema) -> Schema:
        """What a reference leads to."""
        while "$ref" in node:
            found: Any = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            node = found
        return node

    def _invalid(self, schema: Schema, value: Any) -> str:
        """Where a value does not fit and by which rule, without repeating it."""
        import jsonschema

        key = json.dumps(schema, sort_keys=True)
        if key not in self._validators:
            whole = {**_json_schema(schema), "components": self._components}
            self._validators[key] = jsonschema.Draft202012Validator(whole)
        error = jsonschema.exceptions.best_match(self._validators[key].iter_errors(value))
        if error is None:
            return ""
        where = ".".join(map(str, error.absolute_path)) or "body"
        return f"{where}: {error.validator} {json.dumps(error.validator_value)[:120]}"

    @cached_property
    def _components(self) -> Schema:
        found: Schema = _json_schema(self.document.get("components", {}))
        return found


def _typed(values: list[str], schema: Schema) -> Any:
    """A form's or query's text as the schema's type."""
    kind = schema.get("type")
    if kind == "array":
        return values
    text = values[0] if len(values) == 1 else values
    if kind in ("integer", "number") and isinstance(text, str):
        try:
            return int(text) if kind == "integer" else float(text)
        except ValueError:
            return text
    if kind == "boolean" and text in ("true", "false", "True", "False"):
        return text.lower() == "true" if isinstance(text, str) else text
    return text


def _json_schema(value: Any) -> Any:
    """OpenAPI 3.0's `nullable` in the words of JSON Schema."""
    if isinstance(value, list):
        return [_json_schema(item) for item in value]
    if not isinstance(value, dict):
        return value
    inner = {key: _json_schema(item) for key, item in value.items() if key != "nullable"}
    return {"anyOf": [inner, {"type": "null"}]} if value.get("nullable") is True else inner
