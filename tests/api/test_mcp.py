"""A business's own assistants use the diary by the Model Context Protocol."""

import json

import pytest
from django.test import Client

from calendar_sync.models import Appointment, PatientNews
from conversations.models import Message
from escalations.api import keys
from escalations.api.scopes import Scope
from escalations.mcp.messages import HANDSHAKE, MODERN, VERSION_META
from tenants.models import User
from tests.api.conftest import Program, refused
from tests.tenants.serving import running


class Assistant:
    def __init__(self, program):
        self.program, self.path = program, f"{program.business.path}api/mcp"

    def asks(self, method, headers=None, **params):
        message = {"jsonrpc": "2.0", "id": 7, "method": method, "params": params}
        return self.program.sends(self.path, message, headers=headers)

    def uses(self, tool, /, **arguments):
        """A tool's result."""
        answer = self.asks("tools/call", name=tool, arguments=arguments)
        assert answer.status_code == 200, answer.content
        assert answer.json()["id"] == 7
        return answer.json()["result"]


@pytest.fixture
def assistant(program):
    return Assistant(program)


def test_it_books_moves_and_cancels_by_the_diarys_rules(assistant, check_up, monday):
    rosa = assistant.uses("add_contact", name="Rosa Diaz")["structuredContent"]
    asked = {"service": check_up.pk, "contact": rosa["id"]}
    asked |= {"starts_from": "2026-11-24T00:00:00Z", "starts_before": "2026-11-25T00:00:00Z"}
    free = assistant.uses("find_availability", **asked)["structuredContent"]["data"]
    made = assistant.uses("book_appointment", contact=rosa["id"], slot=free[0]["slot"])
    assert made["isError"] is False
    assert json.loads(made["content"][0]["text"]) == made["structuredContent"]
    number = made["structuredContent"]["id"]
    later = assistant.uses("find_availability", **asked, moving=number)["structuredContent"]["data"][12]
    moved = assistant.uses("move_appointment", appointment=number, slot=later["slot"])["structuredContent"]
    assert (moved["id"], moved["starts_at"]) == (number, later["starts_at"])
    listed = assistant.uses("list_appointments", contact=rosa["id"])["structuredContent"]["data"]
    assert [each["id"] for each in listed] == [number]
    gone = assistant.uses("cancel_appointment", appointment=number, tell_patient=False)["structuredContent"]
    assert gone["status"] == "cancelled"
    assert [each.act for each in PatientNews.objects.all()] == ["moved"]
    refusal = assistant.uses("book_appointment", contact=rosa["id"], slot=later["slot"])
    assert refusal["isError"] is True
    assert Appointment.objects.count() == 1


def test_it_reads_and_answers_conversations(assistant, scene):
    rosa = scene.writes("Rosa", "Are you open on Monday?")
    assert assistant.uses("list_conversations", status="open")["structuredContent"]["data"][0]["id"] == rosa.pk
    read = assistant.uses("read_conversation", conversation=rosa.pk, limit=5)["structuredContent"]["data"]
    assert [each["text"] for each in read] == ["Are you open on Monday?"]
    assistant.uses("reply", conversation=rosa.pk, text="We are.")
    assert Message.objects.get(direction="out").text == "We are."


def test_it_uses_what_its_key_may_and_nothing_else(clinic, alice, tom):
    reader = Assistant(Program(clinic, keys.make(clinic, alice, "Reader", [Scope.DIARY_READ]).secret))
    names = {each["name"] for each in reader.asks("tools/list").json()["result"]["tools"]}
    assert names == {"list_services", "list_practitioners", "find_availability", "list_appointments"}
    refusal = reader.uses("book_appointment", contact=tom.pk, slot="s.x")
    assert refusal["isError"] is True
    assert "scope_missing" in refusal["content"][0]["text"]


def test_without_a_key_of_this_business_nothing_is_answered(clinic, salon, made):
    refused(Client().post(f"{clinic.path}api/mcp"), 401, "no_key")
    refused(Program(salon, made.secret).sends(f"{salon.path}api/mcp"), 401, "wrong_key")


@pytest.mark.parametrize(
    ("asked", "given"), [(each, each) for each in HANDSHAKE] + [("2024-11-05", HANDSHAKE[-1]), (None, HANDSHAKE[-1])]
)
def test_versions_are_agreed_on(assistant, asked, given):
    result = assistant.asks("initialize", protocolVersion=asked, capabilities={}, clientInfo={}).json()["result"]
    assert result["protocolVersion"] == given
    assert result["capabilities"]["tools"] == {"listChanged": False}
    assert assistant.asks("ping").json()["result"] == {}


def test_the_newest_era_needs_no_handshake(assistant):
    meta = {"_meta": {VERSION_META: MODERN[0]}}

    def headers(method, **more):
        return {"Mcp-Protocol-Version": MODERN[0], "Mcp-Method": method} | more

    told = assistant.asks("server/discover", headers("server/discover"), **meta).json()["result"]
    assert (told["resultType"], MODERN[0] in told["supportedVersions"]) == ("complete", True)
    call = {"name": "list_services", "arguments": {}} | meta
    answer = assistant.asks("tools/call", headers("tools/call", **{"Mcp-Name": "list_services"}), **call)
    assert answer.json()["result"]["structuredContent"]["data"]
    for wrong in ({"Mcp-Name": "add_contact"}, {}):
        answer = assistant.asks("tools/call", headers("tools/call", **wrong), **call)
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, -32020)
    gone = assistant.asks("ping", headers("ping"), **meta)
    assert (gone.status_code, gone.json()["error"]["code"]) == (404, -32601)
    future = assistant.asks(
        "server/discover", {"Mcp-Protocol-Version": "2099-01-01"}, _meta={VERSION_META: "2099-01-01"}
    )
    assert (future.status_code, future.json()["error"]["code"]) == (400, -32022)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", -32700),
        (b"", -32700),
        (b"[" * 100_000, -32700),
        (b"[]", -32600),
        (b'"hello"', -32600),
        (b'{"jsonrpc": "1.0", "id": 1, "method": "ping"}', -32600),
        (b'{"jsonrpc": "2.0", "id": null, "method": "ping"}', -32600),
        (b'{"jsonrpc": "2.0", "id": {}, "method": "ping"}', -32600),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "ping", "params": []}', -32602),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {}}', -32602),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": {}}}', -32602),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "reply", "arguments": []}}', -32602),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "resources/list"}', -32601),
    ],
)
def test_what_is_no_message_is_refused(program, body, code):
    answer = program.generic("POST", f"{program.business.path}api/mcp", body)
    assert answer.json()["error"]["code"] == code


@pytest.mark.parametrize(
    "arguments",
    [{}, {"conversation": 0}, {"conversation": True}, {"conversation": 2**80}, {"conversation": "1"}]
    + [{"conversation": 1, "text": "a\u0000b"}, {"conversation": 1, "text": "Hi", "colour": "red"}],
)
def test_arguments_that_are_wrong_are_told_to_the_model(assistant, arguments):
    assert assistant.uses("reply", **arguments)["isError"] is True


def test_half_a_character_is_no_text(program):
    body = (
        b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params":'
        b' {"name": "reply", "arguments": {"conversation": 1, "text": "\\ud800"}}}'
    )
    assert program.generic("POST", f"{program.business.path}api/mcp", body).status_code in (200, 400)


def test_a_notification_is_taken_and_a_stream_is_not_offered(assistant, program):
    note = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    answer = program.sends(assistant.path, note)
    assert (answer.status_code, answer.content) == (202, b"")
    for method in ("GET", "DELETE"):
        refused(program.generic(method, assistant.path), 405, "method_not_allowed")
    elsewhere = program.sends(assistant.path, note, headers={"Origin": "https://elsewhere.example"})
    refused(elsewhere, 403, "origin_refused")


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_the_protocols_own_client_uses_it(fresh_business, mode):
    import anyio
    import httpx2
    from mcp.client.client import Client as McpClient
    from mcp.client.streamable_http import streamable_http_client

    secret = keys.make(fresh_business, User.objects.get(email="alice@clinic.test"), "Assistant", list(Scope)).secret

    async def talk(url):
        async with (
            httpx2.AsyncClient(headers={"Authorization": f"Bearer {secret}"}) as http,
            McpClient(streamable_http_client(url, http_client=http), mode=mode) as client,
        ):
            listed = await client.list_tools()
            made = await client.call_tool("add_contact", {"name": "Rosa Diaz"})
            failed = await client.call_tool("add_contact", {"name": ""})
            return client.protocol_version, {each.name for each in listed.tools}, made, failed

    with running() as server:
        version, names, made, failed = anyio.run(talk, f"http://127.0.0.1:{server.port}{fresh_business.path}api/mcp")
    assert version == (MODERN[0] if mode == "auto" else HANDSHAKE[-1])
    assert {"find_availability", "book_appointment", "reply"} <= names
    assert made.structured_content["name"] == "Rosa Diaz"
    assert (made.is_error, failed.is_error) == (False, True)
