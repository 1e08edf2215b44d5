"""The reference of the API, rendered from its own OpenAPI document: nothing is loaded from elsewhere."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from escalations.api.openapi import document
from escalations.programs.tabs import program_tabs
from tenants.access import business_of, staff_page


@staff_page
@require_safe
def reference_page(request: HttpRequest) -> HttpResponse:
    told = document()
    context = {
        "about": [_plain(each) for each in told["info"]["description"].split("\n\n")],
        "groups": _groups(told),
        "shapes": [_shape(name, schema) for name, schema in sorted(told["components"]["schemas"].items())],
        "refusals": [(status, _plain(each["description"])) for status, each in told["components"]["responses"].items()],
        "address": f"{settings.PUBLIC_ORIGIN}{business_of(request).path}api/v1",
        "tabs": program_tabs("api_reference"),
        "section": "settings",
    }
    return render(request, "programs/reference.html", context)


def _groups(told: dict[str, Any]) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = {each["name"]: [] for each in told["tags"]}
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            groups[operation["tags"][0]].append(_operation(method.upper(), path, operation))
    return [{"name": name, "operations": operations} for name, operations in groups.items()]


def _operation(method: str, path: str, operation: dict[str, Any]) -> dict[str, Any]:
    status, answer = next(iter(operation["responses"].items()))
    return {
        "id": operation["operationId"],
        "method": method,
        "path": path,
        "summary": operation["summary"],
        "description": _plain(operation["description"]),
        "parameters": [_named(each["name"], each["schema"], each) for each in operation["parameters"]],
        "body": _reference(operation.get("requestBody")),
        "status": status,
        "answer": _reference(answer),
    }


def _shape(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    fields = schema.get("properties", {}).items()
    required = schema.get("required", ())
    return {
        "name": name,
        "about": schema.get("description", ""),
        "fields": [_named(field, told, {"required": field in required} | told) for field, told in fields],
    }


def _named(name: str, schema: dict[str, Any], about: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "place": about.get("in", ""),
        "sort": _sort(schema),
        "required": about.get("required", False),
        "about": _plain(about.get("description", "")),
    }


def _sort(schema: dict[str, Any]) -> str:
    """ "integer", "one of open, taken", "list of SlotOut", "string or null" """
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[1]
    if "anyOf" in schema:
        return " or ".join(_sort(each) for each in schema["anyOf"])
    if "enum" in schema:
        return "one of " + ", ".join(map(str, schema["enum"]))
    if "const" in schema:
        return json.dumps(schema["const"])
    if schema.get("type") == "array":
        return f"list of {_sort(schema['items'])}"
    return str(schema.get("format", schema.get("type", "anything")))


def _reference(part: dict[str, Any] | None) -> str:
    if part is None or "content" not in part:
        return ""
    return _sort(part["content"]["application/json"]["schema"])


def _plain(text: str) -> str:
    """Without the marks and line ends of Markdown."""
    return " ".join(text.replace("`", "").split())
