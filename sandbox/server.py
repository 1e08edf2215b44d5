"""Starts everything, says where it listens, ends cleanly."""

import asyncio
import contextlib
import json
import signal
import socket
import sys
from collections.abc import Iterator
from types import SimpleNamespace

import aiohttp
import uvicorn

from sandbox.app import build
from sandbox.core.connection import CuttableProtocol
from sandbox.core.options import Options
from sandbox.core.state import Store
from sandbox.core.world import World
from sandbox.mail.smtp import start_smtp
from sandbox.twilio.delivery import resume_deliveries


def run(options: Options) -> int:
    """Serves until SIGTERM or SIGINT. 2 when a port is taken."""
    try:
        listening = _listen(options.host, options.port)
        listening_smtp = _listen(options.host, options.smtp_port)
    except OSError as error:
        sys.stderr.write(f"The sandbox can't listen: {error}\n")
        return 2
    asyncio.run(_serve(options, listening, listening_smtp))
    return 0


def _listen(host: str, port: int) -> socket.socket:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Inherited by what is accepted. asyncio sets it only where a socket's protocol number is given, and an answer in
    # two pieces would wait 40 ms for the other side's delayed acknowledgement.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise OSError(f"{host}:{port}: {error.strerror}") from error
    listening.listen(256)
    return listening


async def _serve(options: Options, listening: socket.socket, listening_smtp: socket.socket) -> None:
    port, smtp_port = listening.getsockname()[1], listening_smtp.getsockname()[1]
    world = World(options=options, store=Store(options.state), base=f"http://{options.host}:{port}")
    config = uvicorn.Config(
        build(world),
        http=CuttableProtocol,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=2,
        server_header=False,
    )
    server = _AnnouncingServer(config, world, SimpleNamespace(port=port, smtp_port=smtp_port))
    async with aiohttp.ClientSession(auto_decompress=True, cookie_jar=aiohttp.DummyCookieJar()) as world.http:
        smtp = await start_smtp(world, listening_smtp)
        try:
            await server.serve(sockets=[listening])
        finally:
            smtp.close()
            await world.stop_tasks()
            world.store.close()


class _AnnouncingServer(uvicorn.Server):
    """Prints one JSON line once requests are taken."""

    def __init__(self, config: uvicorn.Config, world: World, ports: SimpleNamespace) -> None:
        super().__init__(config)
        self._world = world
        self._ports = ports

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Unlike uvicorn's, doesn't raise the signal again at the end: an ordered end is a success."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        resume_deliveries(self._world)
        ready = {"ready": True, "url": self._world.base, **vars(self._ports)}
        sys.stdout.write(json.dumps(ready) + "\n")
        sys.stdout.flush()
