"""Watch channels: notifications without a payload. https://developers.google.com/workspace/calendar/api/guides/push."""

import hashlib
import time
from email.utils import formatdate
from typing import Any
from urllib.parse import quote, urlsplit

import aiohttp
from yarl import URL

from sandbox.core.journal import Entry
from sandbox.core.state import Document
from sandbox.core.world import World
from sandbox.google.errors import GoogleError, bad_request, not_found, required
from sandbox.twilio.webhooks import rerouted

WEEK_SECONDS = 604_800
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def watch(world: World, calendar: Document, given: dict[str, Any]) -> Document:
    """Opens a channel; its first message says "sync"."""
    for name in ("id", "type", "address"):
        if not given.get(name):
            raise required(f"Required parameter: {name}")
    if given["type"] != "web_hook":
        raise bad_request(f"Unknown channel type: {given['type']}")
    address = urlsplit(given["address"])
    if address.scheme != "https" and address.hostname not in LOOPBACK:
        message = f"WebHook callback must be HTTPS: {given['address']}"
        raise GoogleError(400, "push.webhookUrlNotHttps", message)
    if world.store.get("channel", given["id"]) is not None:
        raise GoogleError(400, "channelIdNotUnique", f"Channel id {given['id']} not unique")
    ttl = int((given.get("params") or {}).get("ttl", WEEK_SECONDS))
    expiration = int(given.get("expiration") or (time.time() + min(ttl, WEEK_SECONDS)) * 1000)
    channel = {
        "id": given["id"],
        "calendar": calendar["id"],
        "address": given["address"],
        "token": given.get("token"),
        "expiration": expiration,
        "resource": hashlib.sha256(calendar["id"].encode()).hexdigest()[:27],
        "messages": 0,
    }
    world.store.put("channel", channel["id"], channel)
    world.spawn(_send(world, channel["id"], "sync"))
    return {
        "kind": "api#channel",
        "id": channel["id"],
        "resourceId": channel["resource"],
        "resourceUri": _resource_uri(world, channel),
        "expiration": str(expiration),
        **({"token": channel["token"]} if channel["token"] else {}),
    }


def stop(world: World, given: dict[str, Any]) -> None:
    channel = world.store.get("channel", given.get("id", ""))
    if channel is None or channel["resource"] != given.get("resourceId"):
        raise not_found()
    world.store.delete("channel", channel["id"])


def notify(world: World, calendar: str) -> None:
    """Something changed in the calendar."""
    for channel in world.store.all("channel"):
        if channel["calendar"] == calendar and channel["expiration"] > time.time() * 1000:
            world.spawn(_send(world, channel["id"], "exists"))


async def _send(world: World, identifier: str, state: str) -> None:
    channel = world.store.get("channel", identifier)
    if channel is None:
        return
    number = channel["messages"] + 1
    world.store.put("channel", identifier, {**channel, "messages": number})
    headers = {
        "X-Goog-Channel-ID": identifier,
        "X-Goog-Channel-Expiration": formatdate(channel["expiration"] / 1000, usegmt=True),
        "X-Goog-Resource-State": state,
        "X-Goog-Message-Number": str(number),
        "X-Goog-Resource-ID": channel["resource"],
        "X-Goog-Resource-URI": _resource_uri(world, channel),
        "User-Agent": "APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)",
    }
    if channel["token"]:
        headers["X-Goog-Channel-Token"] = channel["token"]
    parts = urlsplit(channel["address"])
    entry = Entry(vendor="google", direction="out", method="POST", path=parts.path, query=parts.query, headers=headers)
    world.journal.add(entry)
    assert world.http is not None
    target = URL(rerouted(world, channel["address"]), encoded=True)
    try:
        limit = aiohttp.ClientTimeout(total=10)
        async with world.http.post(target, headers={**headers, "Host": parts.netloc}, timeout=limit) as response:
            entry.status = response.status
    except (aiohttp.ClientError, TimeoutError) as error:
        entry.answer = str(error) or type(error).__name__


def _resource_uri(world: World, channel: Document) -> str:
    return f"{world.base}/google/calendar/v3/calendars/{quote(channel['calendar'], safe='')}/events?alt=json"
