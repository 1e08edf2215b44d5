"""POST /{phone number id}/messages: a message of the business, or "read" and "typing" for one of a patient."""

import secrets
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from sandbox.core.state import Document
from sandbox.core.world import World, world_of
from sandbox.meta import acceptance, accounts, delivery
from sandbox.meta.errors import MetaError


def new_id() -> str:
    return f"wamid.{secrets.token_urlsafe(30)}="


async def create(request: Request) -> JSONResponse:
    number, world = accounts.own_number(request), world_of(request)
    try:
        given = await request.json()
    except ValueError:
        raise MetaError(100, "The body is no JSON.") from None
    if not isinstance(given, dict):
        raise MetaError(100, "The body is no JSON object.")
    if given.get("status") == "read":
        return _read(world, given)
    to = acceptance.recipient_of(given)
    seen = acceptance.accept(world, number, given)
    document = new_document(number["id"], to, "out", seen["body"]) | {
        "content": seen["content"],
        "media": seen.get("media", []),
        "given": given,
        "type": given.get("type", "text"),
        "status": "accepted",
    }
    world.store.put("meta_message", document["id"], document)
    delivery.start(world, document["id"])
    return JSONResponse(
        {
            "messaging_product": "whatsapp",
            "contacts": [{"input": given.get("to") or given.get("recipient"), "wa_id": to}],
            "messages": [{"id": document["id"]}],
        }
    )


def new_document(number: str, patient: str, direction: str, body: str) -> Document:
    return {
        "id": new_id(),
        "number": number,
        "patient": patient,
        "direction": direction,
        "body": body,
        "created": datetime.now(UTC).isoformat(),
        "content": None,
        "media": [],
        "status": "received",
        "failure": None,
        "webhook_status": None,
        "type": "text",
    }


def _read(world: World, given: dict[str, Any]) -> JSONResponse:
    message = world.store.get("meta_message", str(given.get("message_id")))
    if message is None or message["direction"] != "in":
        raise MetaError(131009, "message_id: not a message of a patient")
    typing = (given.get("typing_indicator") or {}).get("type") == "text"
    world.store.put("meta_message", message["id"], {**message, "read": True})
    if typing:
        world.memory[f"meta.typing.{message['number']}.{message['patient']}"] = datetime.now(UTC)
    return JSONResponse({"success": True})
