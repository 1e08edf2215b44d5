"""Answers and parameters held to Twilio's own OpenAPI documents, where those are at hand."""

import json
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest

from agents.types import Choice
from conversations.channels.base import ContentShape
from conversations.channels.twilio.content import body_of
from sandbox.twilio import parameters
from tests.sandbox.conftest import ACCOUNT, ROOT, TOKEN, Sandbox

SPECS = ROOT.parent / "shared" / "specs"
LIST = "/2010-04-01/Accounts/{AccountSid}/Messages.json"
NUMBER, PATIENT = "whatsapp:+441632960001", "whatsapp:+447911123456"

pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.skipif(not SPECS.is_dir(), reason="Twilio's documents (../shared/specs) are not here"),
]


def document(name: str) -> dict[str, Any]:
    return json.loads((SPECS / f"{name}.json").read_text())


def as_json_schema(value: Any) -> Any:
    """OpenAPI's `nullable` in the words of JSON Schema."""
    if isinstance(value, list):
        return [as_json_schema(item) for item in value]
    if not isinstance(value, dict):
        return value
    inner = {key: as_json_schema(item) for key, item in value.items() if key != "nullable"}
    if value.get("nullable") is True:
        return {"anyOf": [inner, {"type": "null"}]}
    return inner


def check(api: str, schema: dict[str, Any], value: Any) -> None:
    """Fits the schema, and has no field that the schema doesn't name."""
    spec = document(api)
    jsonschema.validate(value, {**as_json_schema(schema), "components": as_json_schema(spec["components"])})
    named = schema if "properties" in schema else spec["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    assert set(value) <= set(named["properties"])


def answer_schema(api: str, path: str, method: str, status: str) -> dict[str, Any]:
    return document(api)["paths"][path][method]["responses"][status]["content"]["application/json"]["schema"]


def call(sandbox: Sandbox, method: str, path: str, **options: Any) -> Any:
    answer = httpx.request(method, f"{sandbox.url}/twilio{path}", auth=(ACCOUNT, TOKEN), **options)
    assert answer.is_success, answer.text
    return answer.json()


def test_messages_and_media_fit_the_document(sandbox):
    api = "twilio_api_v2010"
    real = LIST.replace("{AccountSid}", ACCOUNT)
    sid = sandbox.post("/patient/send", **{"from": PATIENT, "to": NUMBER, "media": [{"sample": "image"}]})["sid"]
    sent = call(sandbox, "POST", real, data={"To": PATIENT, "From": NUMBER, "Body": "x"})
    check(api, answer_schema(api, LIST, "post", "201"), sent)
    inbound = call(sandbox, "GET", real.replace(".json", f"/{sid}.json"))
    check(api, answer_schema(api, LIST, "post", "201"), inbound)
    check(api, answer_schema(api, LIST, "get", "200"), call(sandbox, "GET", real))
    media_path = "/2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media.json"
    media = call(sandbox, "GET", real.replace(".json", f"/{sid}/Media.json"))
    assert len(media["media_list"]) == 1
    check(api, answer_schema(api, media_path, "get", "200"), media)


def test_accounts_numbers_and_senders_fit_the_document(sandbox):
    api = "twilio_api_v2010"
    sandbox.post("/twilio/numbers", number=NUMBER)
    account = call(sandbox, "GET", f"/2010-04-01/Accounts/{ACCOUNT}.json")
    check(api, answer_schema(api, "/2010-04-01/Accounts/{Sid}.json", "get", "200"), account)
    numbers = "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers.json"
    listed = call(sandbox, "GET", numbers.replace("{AccountSid}", ACCOUNT))
    assert len(listed["incoming_phone_numbers"]) == 1
    check(api, answer_schema(api, numbers, "get", "200"), listed)
    senders = call(sandbox, "GET", "/v2/Channels/Senders?Channel=whatsapp")
    assert len(senders["senders"]) == 1
    check("twilio_messaging_v2", answer_schema("twilio_messaging_v2", "/v2/Channels/Senders", "get", "200"), senders)


def test_content_fits_the_document(sandbox):
    api = "twilio_content_v1"
    actions = [{"type": "QUICK_REPLY", "title": "Yes", "id": "y"}]
    body = {"language": "en", "types": {"twilio/quick-reply": {"body": "Keep it?", "actions": actions}}}
    made = call(sandbox, "POST", "/v1/Content", json=body)
    check(api, answer_schema(api, "/v1/Content", "post", "201"), made)
    check(api, answer_schema(api, "/v1/Content", "get", "200"), call(sandbox, "GET", "/v1/Content"))


def test_the_known_parameters_are_twilios():
    spec = document("twilio_api_v2010")["paths"][LIST]
    form = spec["post"]["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]["properties"]
    assert set(form) == parameters.MESSAGE_CREATE
    query = {p["name"] for p in spec["get"]["parameters"] if p["in"] == "query"}
    assert query == parameters.MESSAGE_LIST


def test_the_documents_are_where_they_are_looked_for():
    assert isinstance(SPECS, Path)
    assert {p.name for p in SPECS.glob("twilio_*.json")} >= {"twilio_api_v2010.json", "twilio_content_v1.json"}


@pytest.mark.parametrize("form", ["buttons", "list", "text"])
def test_contents_that_the_product_makes_fit_the_document(form):
    choices = (Choice(id="{{i1}}", title="{{t1}}", description="{{d1}}" if form == "list" else ""),)
    shape = ContentShape(
        name="a shape",
        language="en",
        form=form,
        body="{{1}} is free",
        choices=choices if form != "text" else (),
        button="Choose" if form == "list" else "",
        samples={"1": "Tuesday"},
    )
    made = body_of(shape)
    schemas = document("twilio_content_v1")["components"]["schemas"]
    check("twilio_content_v1", {"$ref": "#/components/schemas/ContentCreateRequest"}, made)
    assert set(made["types"]) <= set(schemas["types"]["properties"])
