"""JSON-RPC as the Model Context Protocol uses it, without sessions: every request is answered from itself.

Two eras: up to 2025-11-25 a client begins with `initialize`; from 2026-07-28 on each request carries its version in
`_meta`, and `server/discover` tells what there is. https://modelcontextprotocol.io/specification
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from calendar_sync.errors import DiaryError
from escalations.api import diary_problems
from escalations.api.problems import Problem
from escalations.mcp import tools
from escalations.models import ApiKey
from tenants.models import Business

HANDSHAKE = ("2025-03-26", "2025-06-18", "2025-11-25")
MODERN = ("2026-07-28",)
VERSION_META = "io.modelcontextprotocol/protocolVersion"
PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS = -32700, -32600, -32601, -32602
HEADER_MISMATCH, UNSUPPORTED_VERSION = -32020, -32022
STATUS = {METHOD_NOT_FOUND: 404}  # in the modern era; every other refusal is 400
ABOUT = (
    "The diary and the conversations of one business. Times carry an offset. To book: find the contact (or add it), "
    "find_availability with that contact, agree on a time, then book_appointment with its `slot`. Say that it is "
    "booked only after the tool answered. What a rule refuses stays refused: offer another time."
)


@dataclass(frozen=True, kw_only=True)
class Caller:
    business: Business
    key: ApiKey
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Reply:
    """`body`: None answers a notification."""

    status: int
    body: dict[str, Any] | None = None


class RpcError(Exception):
    def __init__(self, code: int, message: str, **data: Any) -> None:
        super().__init__(message)
        self.code, self.data = code, data


def answer(caller: Caller, message: Any) -> Reply:
    """To one parsed message."""
    if not isinstance(message, dict) or message.get("jsonrpc") != "2.0" or not isinstance(message.get("method"), str):
        return refusal(None, RpcError(INVALID_REQUEST, "This is not a JSON-RPC request."), modern=True)
    number, params = message.get("id"), message.get("params", {})
    if "id" not in message:
        return Reply(status=202)
    if isinstance(number, bool) or not isinstance(number, str | int):
        return refusal(None, RpcError(INVALID_REQUEST, "An id is a text or a number."), modern=True)
    modern = False
    try:
        if not isinstance(params, dict):
            raise RpcError(INVALID_PARAMS, "params is an object.")
        modern = _is_modern(params)
        if modern:
            _check_headers(caller, message["method"], params)
        result = _methods(modern).get(message["method"], _unknown)(caller, params)
    except RpcError as error:
        return refusal(number, error, modern=modern)
    if modern:
        result = {"resultType": "complete"} | result
    return Reply(status=200, body={"jsonrpc": "2.0", "id": number, "result": result})


def refusal(number: Any, error: RpcError, *, modern: bool) -> Reply:
    told: dict[str, Any] = {"code": error.code, "message": str(error)} | ({"data": error.data} if error.data else {})
    status = STATUS.get(error.code, 400) if modern else 200
    return Reply(status=status, body={"jsonrpc": "2.0", "id": number, "error": told})


def _is_modern(params: dict[str, Any]) -> bool:
    meta = params.get("_meta")
    version = meta.get(VERSION_META) if isinstance(meta, dict) else None
    if version is None:
        return False
    if version not in MODERN:
        raise unsupported(str(version))
    return True


def unsupported(version: str) -> RpcError:
    return RpcError(
        UNSUPPORTED_VERSION, "Unsupported protocol version", supported=[*HANDSHAKE, *MODERN], requested=version
    )


def _check_headers(caller: Caller, method: str, params: dict[str, Any]) -> None:
    """What stands in a header for proxies to read is what stands in the body."""
    told = {"Mcp-Protocol-Version": params["_meta"][VERSION_META], "Mcp-Method": method}
    if method == "tools/call":
        told["Mcp-Name"] = params.get("name")
    for name, value in told.items():
        if caller.headers.get(name) != value:
            raise RpcError(HEADER_MISMATCH, f"The header {name} is not what the body says.")


Method = Callable[[Caller, dict[str, Any]], dict[str, Any]]


def _methods(modern: bool) -> dict[str, Method]:
    shared: dict[str, Method] = {"tools/call": _call}
    if modern:
        return shared | {"server/discover": _discover, "tools/list": _list_for_a_while}
    return shared | {"initialize": _initialize, "ping": _ping, "tools/list": _list}


def _unknown(caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    raise RpcError(METHOD_NOT_FOUND, "Method not found")


def _about(caller: Caller) -> dict[str, Any]:
    return {"capabilities": {"tools": {"listChanged": False}}, "instructions": ABOUT}


def _initialize(caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    asked = params.get("protocolVersion")
    version = asked if asked in HANDSHAKE else HANDSHAKE[-1]
    return _about(caller) | {"protocolVersion": version, "serverInfo": {"name": "frontdesk", "version": "1"}}


def _discover(caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    return _about(caller) | {"supportedVersions": [*HANDSHAKE, *MODERN], "ttlMs": 3_600_000, "cacheScope": "private"}


def _ping(caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    return {}


def _list(caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    return {"tools": tools.offered(caller.key)}


def _list_for_a_while(caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    return _list(caller, params) | {"ttlMs": 300_000, "cacheScope": "private"}


def _call(caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    """What the API refuses is told to the model as a failed tool: it may do better."""
    name, arguments = params.get("name"), params.get("arguments", {})
    tool = tools.tools().get(name) if isinstance(name, str) else None
    if tool is None:
        raise RpcError(INVALID_PARAMS, "There is no such tool.")
    if not isinstance(arguments, dict):
        raise RpcError(INVALID_PARAMS, "arguments is an object.")
    try:
        told, failed = tools.use(caller.business, caller.key, tool, arguments), False
    except DiaryError as error:
        told, failed = _problem(diary_problems.of(error)), True
    except Problem as problem:
        told, failed = _problem(problem), True
    result: dict[str, Any] = {"content": [{"type": "text", "text": json.dumps(told)}], "isError": failed}
    return result if failed else result | {"structuredContent": told}


def _problem(problem: Problem) -> dict[str, Any]:
    return {"code": problem.code, "detail": problem.detail} | problem.more
