"""One Redis subscription for all event streams of a process.

What is lost while Redis is away, or while a reader is too slow, is made good by the event "refresh", upon
which a page fetches what it shows.
"""

import asyncio
import contextlib
import json
from collections.abc import Iterator
from typing import Any

import redis.asyncio
import structlog
from django.conf import settings
from redis.exceptions import RedisError

from tenants.events import CHANNEL_PREFIX

log = structlog.get_logger(__name__)
BACKLOG = 100  # events that a reader may lag behind
REFRESH = json.dumps({"name": "refresh", "id": None})
FIRST_WAIT, LONGEST_WAIT = 0.2, 5.0  # seconds between attempts to reach Redis


class Hub:
    """Listens to every business's events and hands each to the bounded queues of its own channel."""

    def __init__(self) -> None:
        self._queues: dict[str, set[asyncio.Queue[str]]] = {}
        self._listening: asyncio.Task[None] | None = None
        self.stopping = asyncio.Event()

    @contextlib.contextmanager
    def listen(self, channel: str) -> Iterator[asyncio.Queue[str]]:
        """A queue of the channel's messages (JSON texts), fed for as long as the block lasts."""
        if self._listening is None or self._listening.done():
            self._listening = asyncio.create_task(self._keep_listening())
        queue: asyncio.Queue[str] = asyncio.Queue(BACKLOG)
        self._queues.setdefault(channel, set()).add(queue)
        try:
            yield queue
        finally:
            self._queues[channel].discard(queue)
            if not self._queues[channel]:
                del self._queues[channel]

    async def stop(self) -> None:
        self.stopping.set()
        if self._listening is not None:
            self._listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._listening

    async def _keep_listening(self) -> None:
        wait = FIRST_WAIT
        while True:
            client = redis.asyncio.Redis.from_url(
                settings.REDIS_URL, socket_connect_timeout=5, health_check_interval=15
            )
            try:
                async with client, client.pubsub() as subscription:
                    await subscription.psubscribe(CHANNEL_PREFIX + "*")
                    async for message in subscription.listen():
                        wait = FIRST_WAIT
                        self._receive(message)
            except (RedisError, OSError):
                log.warning("events.redis_away", wait=wait)
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)

    def _receive(self, message: dict[str, Any]) -> None:
        if message["type"] == "psubscribe":  # the first time, and whenever Redis is back
            for channel in self._queues:
                self._fan_out(channel, REFRESH)
        elif message["type"] == "pmessage":
            self._fan_out(message["channel"].decode(), message["data"].decode())

    def _fan_out(self, channel: str, text: str) -> None:
        for queue in self._queues.get(channel, ()):
            if queue.full():
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait(REFRESH)
            else:
                queue.put_nowait(text)
