"""Signed deliveries to the product. https://developers.facebook.com/docs/graph-api/webhooks/getting-started"""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from sandbox.core.journal import Entry, masked, text_of
from sandbox.core.state import Document
from sandbox.core.world import World

TIMEOUT_SECONDS = 20.0


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What the product answered. `status` is None when no answer came; `error` then says why."""

    status: int | None
    body: str = ""
    error: str | None = None


def value_of(number: Document, **items: Any) -> Document:
    """One change of a number: messages, statuses, contacts …"""
    metadata = {"display_phone_number": number["display"].removeprefix("+"), "phone_number_id": number["id"]}
    return {"messaging_product": "whatsapp", "metadata": metadata, **items}


def payload_of(changes: list[tuple[Document, str, Document]]) -> Document:
    """A delivery of several changes: (number, field, value) each; one entry per account."""
    entries: dict[str, list[Document]] = {}
    for number, field, value in changes:
        entries.setdefault(number["account"], []).append({"value": value, "field": field})
    rows = [{"id": account, "changes": found} for account, found in entries.items()]
    return {"object": "whatsapp_business_account", "entry": rows}


def signature(secret: str, body: bytes) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


async def post(
    world: World, payload: Document, *, url: str = "", secret: str = "", forged_signature: str | None = None
) -> Delivery:
    """One delivery, without Meta's redelivery: a test asks for that itself."""
    body = json.dumps(payload, ensure_ascii=True).encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "facebookexternalua",
        "Accept": "*/*",
        "X-Hub-Signature-256": forged_signature or signature(secret or world.options.meta_app[1], body),
    }
    return await _send(world, url or world.options.meta_webhook, headers, body)


async def _send(world: World, url: str, headers: dict[str, str], body: bytes) -> Delivery:
    parts = urlsplit(url)
    entry = Entry(
        vendor="meta",
        direction="out",
        method="POST",
        path=parts.path,
        query=parts.query,
        headers={"host": parts.netloc, **masked(list(headers.items()))},
        body=body.decode(),
    )
    world.journal.add(entry)
    started = time.monotonic()
    try:
        answer = await _exchange(world, url, headers, body)
    except TimeoutError:
        answer = Delivery(status=None, error="timeout")
    except aiohttp.ClientError as error:
        answer = Delivery(status=None, error=str(error) or type(error).__name__)
    entry.milliseconds = round((time.monotonic() - started) * 1000, 1)
    entry.status, entry.answer = answer.status, answer.body or answer.error or ""
    return answer


async def _exchange(world: World, url: str, headers: dict[str, str], body: bytes) -> Delivery:
    assert world.http is not None
    limit = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS, connect=5)
    target = url
    for origin, address in world.options.reroute.items():
        if url.startswith(origin):
            target = address + url.removeprefix(origin)
    sent = {**headers, "Host": urlsplit(url).netloc}
    async with world.http.post(URL(target, encoded=True), data=body, headers=sent, timeout=limit) as response:
        return Delivery(status=response.status, body=text_of(await response.read()))
