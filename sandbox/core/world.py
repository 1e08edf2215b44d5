"""What a running sandbox has, handed to every part of it."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from starlette.requests import Request

from sandbox.core.faults import Faults
from sandbox.core.journal import Journal
from sandbox.core.options import Options
from sandbox.core.state import Store


@dataclass(kw_only=True)
class World:
    """`base` is the sandbox's own address, without a slash at its end."""

    options: Options
    store: Store
    base: str
    journal: Journal = field(default_factory=Journal)
    faults: Faults = field(default_factory=Faults)
    http: aiohttp.ClientSession | None = None
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    # Vendor → what is wrong with a request (method, raw path, query, body) by its own description; "" when nothing is.
    checks: dict[str, Callable[[str, str, str, bytes], str]] = field(default_factory=dict)
    # Per vendor, in memory only: scripts, delivery switches, signing keys.
    memory: dict[str, Any] = field(default_factory=dict)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Runs beside the requests; ended when the sandbox ends or is reset."""
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def stop_tasks(self) -> None:
        tasks = list(self.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def world_of(request: Request) -> World:
    world: World = request.app.state.world
    return world
