"""A message's way from queued to read, with a signed status callback at each step."""

import asyncio

import aiohttp

from sandbox.core.state import Document
from sandbox.core.world import World
from sandbox.twilio import media
from sandbox.twilio.errors import MESSAGES
from sandbox.twilio.webhooks import Delivery, post, rerouted
from sandbox.twilio.wire import now

FINAL = ("delivered", "read", "failed", "undelivered")
HOLD = "twilio.hold"


async def deliver(world: World, sid: str) -> None:
    """Plays the statuses, starting from the one that the message has."""
    message = _message(world, sid)
    if message["status"] == "queued":
        await _callback(world, message, "queued")
        await asyncio.sleep(world.options.delivery_seconds)
        if message["failure"] is None and message["media_urls"] and not message["media"]:
            await _fetch_media(world, message)
            message = _message(world, sid)
        await set_status(world, sid, "failed" if message["failure"] else "sent")
    if _message(world, sid)["status"] == "sent":
        await asyncio.sleep(world.options.delivery_seconds)
        await set_status(world, sid, "delivered")


def start_delivery(world: World, sid: str) -> None:
    if not world.memory.get(HOLD):
        world.spawn(deliver(world, sid))


def resume_deliveries(world: World) -> None:
    """After a restart, or when holding ends: what is under way goes on."""
    for message in world.store.all("message"):
        if message["direction"] == "outbound-api" and message["status"] in ("queued", "sent"):
            start_delivery(world, message["sid"])


async def set_status(world: World, sid: str, status: str) -> Delivery | None:
    """Stores the status and tells the product."""
    message = {**_message(world, sid), "status": status, "updated": now()}
    if status == "sent":
        message["sent"] = now()
    if status in ("failed", "undelivered"):
        code = message["failure"] or 63024
        message |= {"failure": code, "error_code": code, "error_message": MESSAGES.get(code)}
    world.store.put("message", sid, message)
    return await _callback(world, message, status)


async def mark_read(world: World, sids: list[str]) -> None:
    """The patient has seen these messages; only delivered ones change."""
    for sid in sids:
        message = world.store.get("message", sid)
        if message is not None and message["status"] == "delivered":
            await set_status(world, sid, "read")


async def _callback(world: World, message: Document, status: str) -> Delivery | None:
    if not message["status_callback"]:
        return None
    return await send_callback(world, message, status)


async def send_callback(world: World, message: Document, status: str) -> Delivery:
    """One status callback, whatever the message's own status is."""
    form = {
        "SmsSid": message["sid"],
        "SmsStatus": status,
        "MessageStatus": status,
        "MessageSid": message["sid"],
        "AccountSid": message["account_sid"],
        "From": message["from"],
        "To": message["to"],
        "ChannelPrefix": "whatsapp",
        "ChannelToAddress": message["to"].removeprefix("whatsapp:"),
        "ApiVersion": "2010-04-01",
        "StructuredMessage": "true" if message["rendered"] else "false",
    }
    if status == "read":
        form["EventType"] = "READ"
    if status in ("failed", "undelivered"):
        code = message["error_code"] or 63024
        form |= {"ErrorCode": str(code), "ErrorMessage": MESSAGES.get(code, "")}
    return await post(world, message["account_sid"], message["status_callback"], form)


async def _fetch_media(world: World, message: Document) -> None:
    """Twilio fetches MediaUrl itself; what it can't get fails the message."""
    assert world.http is not None
    sids = []
    for url in message["media_urls"]:
        try:
            limit = aiohttp.ClientTimeout(total=10)
            async with world.http.get(rerouted(world, url), timeout=limit) as response:
                response.raise_for_status()
                content = await response.read()
                sids.append(media.store(world, message, content, response.content_type))
        except (aiohttp.ClientError, TimeoutError):
            world.store.put("message", message["sid"], {**message, "failure": 63019})
            return
    world.store.put("message", message["sid"], {**message, "media": sids})


def _message(world: World, sid: str) -> Document:
    message = world.store.get("message", sid)
    if message is None:
        raise asyncio.CancelledError  # deleted or reset meanwhile: nothing is left to deliver
    return message
