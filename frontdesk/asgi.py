"""One ASGI app on one port: pages as WSGI in a fixed pool of threads, event streams as coroutines.

Django's own ASGI handler costs two to three times more per page (docs/architecture.md, "Live pages").
"""

import asyncio
import gc
import os
import signal
import threading
from types import FrameType
from urllib.parse import quote_from_bytes

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdesk.settings")
pages = WSGIMiddleware(get_wsgi_application(), workers=int(os.environ.get("WEB_THREADS", "8")))

from django.conf import settings  # noqa: E402 (the rest needs the apps, which the line above loads)
from django.core.exceptions import ImproperlyConfigured  # noqa: E402

from tenants import event_stream  # noqa: E402
from tenants.event_hub import Hub  # noqa: E402

if settings.SECRET_KEY == settings.PLACEHOLDER_KEY:
    raise ImproperlyConfigured("SECRET_KEY is not set: sessions could be forged (docs/settings.md).")

hub = Hub()
gc.collect()
gc.freeze()  # what start-up left behind lives for ever: full collections need not look at it


async def application(scope: event_stream.Scope, receive: event_stream.Receive, send: event_stream.Send) -> None:
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "http" and event_stream.is_event_stream(scope):
        await event_stream.serve(hub, scope, receive, send)
    else:
        if not scope.get("query_string", b"").isascii():  # a2wsgi takes plain ASCII only
            scope["query_string"] = quote_from_bytes(scope["query_string"], safe="%&=+;:,/?@!$'()*[]~").encode()
        await pages(scope, receive, send)


async def _live(receive: event_stream.Receive, send: event_stream.Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            _end_streams_on_signals()
        else:
            await hub.stop()
        await send({"type": message["type"] + ".complete"})
        if message["type"] == "lifespan.shutdown":
            return


def _end_streams_on_signals() -> None:
    """uvicorn waits for open responses before it tells of the shutdown; a stream never ends by itself."""
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        servers_own = signal.getsignal(number)

        def handle(received: int, frame: FrameType | None, servers_own: object = servers_own) -> None:
            loop.call_soon_threadsafe(hub.stopping.set)
            if callable(servers_own):
                servers_own(received, frame)

        signal.signal(number, handle)
