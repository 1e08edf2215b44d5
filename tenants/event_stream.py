"""`GET /b/<slug>/events/`: live news for open pages, as server-sent events, in ASGI.

    data: {"name": "conversation", "id": 7}

An open stream holds no thread and no database connection: the session and the membership are checked in a
short thread when it opens and every `RECHECK` seconds after, so that a member who was removed, or who logged
out, loses it.
"""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.db import DatabaseError, connections
from django.http import HttpRequest

from tenants import schema
from tenants.event_hub import Hub
from tenants.events import channel_name
from tenants.routing import PREFIX, business_at, membership_in

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

# Seconds between checks of session and membership.
RECHECK = float(os.environ.get("EVENT_RECHECK_SECONDS", "60"))
PING = 15.0  # seconds of silence before a comment keeps proxies from closing the stream
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"connection", b"close"),
]
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="event-access")


class Refused(Exception):
    """No stream for this connection, or no longer; carries the HTTP status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def is_event_stream(scope: Scope) -> bool:
    path: str = scope["path"]
    return path.startswith(PREFIX) and path.endswith("/events/") and path.count("/") == 4


async def serve(hub: Hub, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one connection until the reader leaves, loses access, or the server stops."""
    try:
        if scope["method"] != "GET":
            raise Refused(405)
        channel = await _check_access(scope)
    except Refused as refused:
        return await _answer(send, refused.status)
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    gone = asyncio.create_task(_until_gone(hub, receive))
    try:
        await _write(send, "retry: 2000\n\n")
        with hub.listen(channel) as queue:
            async for text in _news(queue, gone, scope):
                await _write(send, text)
    finally:
        gone.cancel()
    with contextlib.suppress(OSError):  # nobody may be listening any more
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    return None


async def _news(queue: asyncio.Queue[str], gone: asyncio.Task[None], scope: Scope) -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()
    check_at = loop.time() + RECHECK
    while not gone.done():
        coming = asyncio.create_task(queue.get())
        wait = min(PING, max(0.0, check_at - loop.time()))
        await asyncio.wait({coming, gone}, timeout=wait, return_when=asyncio.FIRST_COMPLETED)
        if coming.done():
            yield f"data: {coming.result()}\n\n"
        else:
            coming.cancel()
        if gone.done():
            return
        if loop.time() >= check_at:
            try:
                await _check_access(scope)
            except Refused:
                return
            check_at = loop.time() + RECHECK
        if not coming.done():
            yield ": ping\n\n"


async def _until_gone(hub: Hub, receive: Receive) -> None:
    """Until the reader disconnects or the server stops."""
    stopping = asyncio.create_task(hub.stopping.wait())
    leaving = asyncio.create_task(_until_disconnect(receive))
    try:
        await asyncio.wait({stopping, leaving}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
        leaving.cancel()


async def _until_disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _check_access(scope: Scope) -> str:
    """The Redis channel that this connection may hear; raises Refused."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _channel_for, scope)


def _channel_for(scope: Scope) -> str:
    try:
        schema.leave()
        user = get_user(_request_of(scope))
        if not user.is_authenticated:
            raise Refused(401)
        business = business_at(scope["path"].split("/")[2])
        if business is None or membership_in(business, user) is None:
            raise Refused(404)
        return channel_name(business)
    except DatabaseError:
        raise Refused(503) from None  # the page asks again
    finally:
        connections.close_all()


def _request_of(scope: Scope) -> HttpRequest:
    """As much of a request as Django needs to know who is logged in."""
    cookies = SimpleCookie()
    for name, value in scope["headers"]:
        if name == b"cookie":
            with contextlib.suppress(CookieError):
                cookies.load(value.decode("latin-1"))
    sent = cookies.get(settings.SESSION_COOKIE_NAME)
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(sent.value if sent else None)
    return request


async def _write(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _answer(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
