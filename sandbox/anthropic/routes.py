"""Anthropic's addresses, and the script's in the control API."""

import asyncio
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from sandbox.anthropic import rules, shapes, stream
from sandbox.anthropic.caching import PromptCache
from sandbox.anthropic.errors import AnthropicError, invalid, new_request_id
from sandbox.anthropic.script import Script, ScriptBody, message_of, tokens_in
from sandbox.core.connection import ConnectionCut
from sandbox.core.control import parsed
from sandbox.core.world import World, world_of

# What curl examples send, and what the installed client (2.x) sends.
VERSIONS = ("2023-06-01", "2026-10-21")
LARGEST = 32_000_000


async def create_message(request: Request) -> Response:
    body = await _checked(request, shapes.check_create)
    answer = _script(world_of(request)).next(body)
    await asyncio.sleep(answer.delay)
    if answer.error is not None and (answer.error_after_events is None or not body.get("stream")):
        retry = answer.error.retry_after
        headers = {} if retry is None else {"retry-after": f"{retry:g}"}
        raise AnthropicError(answer.error.type, answer.error.message, headers=headers)
    message = message_of(answer, body, _cache(world_of(request)).usage(body))
    headers = {"request-id": new_request_id(), "anthropic-organization-id": "sandbox"}
    if body.get("stream"):
        return StreamingResponse(stream.events(answer, message), media_type="text/event-stream", headers=headers)
    if answer.cut_after_events is not None:
        return StreamingResponse(_cut(message), media_type="application/json", headers=headers)
    return JSONResponse(message, headers=headers)


async def _cut(message: dict[str, Any]) -> Any:
    """Half of an answer, then the end of the connection."""
    text = json.dumps(message).encode()
    yield text[: len(text) // 2]
    raise ConnectionCut


async def count_tokens(request: Request) -> Response:
    body = await _checked(request, shapes.check_count)
    return JSONResponse({"input_tokens": tokens_in(body)})


async def list_models(request: Request) -> Response:
    """What a "check this key" button asks."""
    _authenticate(request)
    models = await asyncio.to_thread(rules.known_models)
    data = [
        {"type": "model", "id": name, "display_name": name, "created_at": "2026-01-01T00:00:00Z"} for name in models
    ]
    return JSONResponse({"data": data, "has_more": False, "first_id": models[0], "last_id": models[-1]})


async def unknown(request: Request) -> Response:
    raise AnthropicError("not_found_error", f"Not Found: {request.url.path.removeprefix('/anthropic')}")


async def _checked(request: Request, check: Any) -> dict[str, Any]:
    _authenticate(request)
    raw = await request.body()
    if len(raw) > LARGEST:
        raise AnthropicError("request_too_large", "Request exceeds the maximum size")
    try:
        given = json.loads(raw)
    except ValueError:
        raise invalid("The request body is not valid JSON") from None
    # In a thread: the first request imports the vendor's package, which takes seconds.
    return await asyncio.to_thread(_hold_to_rules, check, given)


def _hold_to_rules(check: Any, given: Any) -> dict[str, Any]:
    body: dict[str, Any] = check(given)
    rules.check(body)
    return body


def _authenticate(request: Request) -> None:
    # The installed client sends the key as a bearer token, older ones (and curl examples) as x-api-key.
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    key = request.headers.get("x-api-key") or (token if scheme.lower() == "bearer" else "")
    accepted = world_of(request).options.anthropic_keys
    if not key or (accepted and key not in accepted):
        raise AnthropicError("authentication_error", "invalid x-api-key" if key else "x-api-key header is required")
    version = request.headers.get("anthropic-version")
    if version not in VERSIONS:
        raise invalid(f"anthropic-version: one of {', '.join(VERSIONS)} is required, got {version!r}")


def _script(world: World) -> Script:
    script: Script = world.memory.setdefault("anthropic.script", Script())
    return script


def _cache(world: World) -> PromptCache:
    cache: PromptCache = world.memory.setdefault("anthropic.cache", PromptCache())
    return cache


async def load_script(request: Request) -> Response:
    body = await parsed(request, ScriptBody)
    _script(world_of(request)).load(body)
    return await read_script(request)


async def read_script(request: Request) -> Response:
    script = _script(world_of(request))
    shown = [line.as_json() for line in script.lines]
    return JSONResponse({"answers": shown, "unanswered": script.unanswered})


async def clear_script(request: Request) -> Response:
    _script(world_of(request)).load(ScriptBody(answers=[]))
    return JSONResponse({"ok": True})


routes = [
    Route("/v1/messages", create_message, methods=["POST"]),
    Route("/v1/messages/count_tokens", count_tokens, methods=["POST"]),
    Route("/v1/models", list_models, methods=["GET"]),
    Route("/{path:path}", unknown, methods=["GET", "POST"]),
]
control_routes = [
    Route("/anthropic/script", load_script, methods=["POST"]),
    Route("/anthropic/script", read_script, methods=["GET"]),
    Route("/anthropic/script", clear_script, methods=["DELETE"]),
]
