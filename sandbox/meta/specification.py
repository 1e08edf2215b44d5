"""Meta's OpenAPI document of business messaging (v23.0), and where it falls behind what Meta takes.

As it stands, the document refuses every one of its own 50 examples of sending. What is put right, and why:

* `allOf` of parts that each forbid further properties forbids everything: it is read as one list of properties.
* A body may carry `biz_opaque_callback_data`, and name its recipient by a business-scoped user id as `recipient`.
  …/docs/whatsapp/cloud-api/reference/messages
* "Read" and "typing" go to the same address; an example shows it, the schema leaves it out.
* Deleting a file by its id stands in Meta's reference of media alone.
* The list of templates takes what every list of the Graph API takes: `fields`, `limit`, `after`.
  …/docs/graph-api/results
* The number of a button is "0" … "9": the pattern, meant as a range, is a set of characters.
"""

import re
from pathlib import Path
from typing import Any

from sandbox.core.specification import Schema, Specification

FILE = "meta_business_messaging_v23.yaml"
# The way in by Facebook Login, and the address that a file lies at, stand in other documents of Meta's.
ELSEWHERE = ("/oauth/access_token", "/dialog/oauth", "/debug_token", "/download/")
MEDIA = re.compile(r"/v[\d.]+/\d+")
READ: Schema = {
    "type": "object",
    "additionalProperties": False,
    "required": ["messaging_product", "status", "message_id"],
    "properties": {
        "messaging_product": {"const": "whatsapp"},
        "status": {"const": "read"},
        "message_id": {"type": "string"},
        "typing_indicator": {
            "type": "object",
            "additionalProperties": False,
            "required": ["type"],
            "properties": {"type": {"const": "text"}},
        },
    },
}


def read(folder: Path) -> Specification:
    found = Specification.read(folder / FILE)
    put_right(found.document)
    return found


def put_right(document: Schema) -> None:
    schemas = document["components"]["schemas"]
    for schema in schemas.values():
        _one_list(schema)
    base = schemas["BaseMessageProperties"]
    base["properties"] |= {"biz_opaque_callback_data": {"type": "string"}, "recipient": {"type": "string"}}
    base["required"] = [name for name in base["required"] if name != "to"]
    base["oneOf"] = [{"required": ["to"]}, {"required": ["recipient"]}]
    schemas["Message"]["oneOf"].append(READ)
    document["paths"]["/{Version}/{WABA-ID}/message_templates"]["get"]["parameters"] += [
        {"name": name, "in": "query", "schema": {"type": kind}}
        for name, kind in (("fields", "string"), ("limit", "integer"), ("after", "string"))
    ]
    for name in ("TemplateComponent", "ButtonComponent"):
        _button_numbers(schemas[name])


def complaint_of(specification: Specification, method: str, raw_path: str, query: str, body: bytes) -> str:
    path = raw_path.removeprefix("/meta")
    if any(each in path for each in ELSEWHERE) or (method == "DELETE" and MEDIA.fullmatch(path)):
        return ""
    if method == "POST" and path.endswith("/media"):
        return _of_upload(raw_path, body)
    said = specification.complaint(method, path, query, body)
    return f"{method} {raw_path}: {said}" if said else ""


def _of_upload(raw_path: str, body: bytes) -> str:
    """A form of parts, by the names that the document and Meta's reference of media give them."""
    named = set(re.findall(rb'form-data; name="([^"]*)"', body))
    wrong = sorted(named ^ {b"file", b"messaging_product", b"type"})
    return f"POST {raw_path}: {wrong}" if wrong else ""


def _one_list(schema: Schema) -> None:
    parts = [part for part in schema.get("allOf", []) if isinstance(part, dict)]
    if any(part.pop("additionalProperties", None) is False for part in parts):
        schema["unevaluatedProperties"] = False


def _button_numbers(node: Any) -> None:
    if isinstance(node, dict):
        if isinstance(node.get("index"), dict) and "pattern" in node["index"]:
            node["index"]["pattern"] = "^[0-9]$"
        for each in node.values():
            _button_numbers(each)
    elif isinstance(node, list):
        for each in node:
            _button_numbers(each)
