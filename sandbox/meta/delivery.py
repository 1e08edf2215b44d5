"""A message's way from sent to read, with a signed status webhook at each step."""

import asyncio
import time

from sandbox.core.state import Document
from sandbox.core.world import World
from sandbox.meta.errors import body_of
from sandbox.meta.webhooks import Delivery, payload_of, post, value_of

HOLD = "meta.hold"


def start(world: World, identifier: str) -> None:
    if not world.memory.get(HOLD):
        world.spawn(_deliver(world, identifier))


def resume(world: World) -> None:
    """When holding ends: what was taken meanwhile goes on."""
    for each in world.store.all("meta_message"):
        if each["direction"] == "out" and each["status"] == "accepted":
            start(world, each["id"])


async def _deliver(world: World, identifier: str) -> None:
    for status in ("sent", "delivered"):
        await asyncio.sleep(world.options.delivery_seconds)
        if world.store.get("meta_message", identifier) is None:
            return
        await tell(world, identifier, status)


async def tell(
    world: World, identifier: str, status: str, *, code: int | None = None, store: bool = True, secret: str = ""
) -> Delivery:
    """One status webhook; `store` false leaves the message as it is (late or out-of-order news)."""
    message = world.store.get("meta_message", identifier)
    assert message is not None
    if store:
        message = world.store.put("meta_message", identifier, {**message, "status": status, "failure": code})
    number = world.store.get("meta_number", message["number"])
    assert number is not None
    value = value_of(number, statuses=[status_of(message, status, code)])
    return await post(world, payload_of([(number, "messages", value)]), url=number["webhook"], secret=secret)


def status_of(message: Document, status: str, code: int | None = None) -> Document:
    """One entry of `statuses`."""
    found: Document = {
        "id": message["id"],
        "status": status,
        "timestamp": str(int(time.time())),
        "recipient_id": message["patient"],
    }
    opaque = (message.get("given") or {}).get("biz_opaque_callback_data")
    if opaque:
        found["biz_opaque_callback_data"] = opaque
    if code is not None:
        error = body_of(code)
        found["errors"] = [{"code": code, "title": error["message"], "message": error["message"]}]
    return found


async def mark_read(world: World, identifiers: list[str]) -> None:
    """The patient has seen these; only delivered ones change."""
    for each in identifiers:
        message = world.store.get("meta_message", each)
        if message is not None and message["status"] == "delivered":
            await tell(world, each, "read")
