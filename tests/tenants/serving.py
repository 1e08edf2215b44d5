"""A real uvicorn on a free port over the test database, and readers of its event streams."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection


@dataclass(frozen=True)
class Server:
    port: int
    process: subprocess.Popen

    def get(self, path: str, session: str = "", method: str = "GET", *, gzip: bool = False, patience: float = 20):
        """Status, headers and body; redirects are not followed."""
        http = HTTPConnection("127.0.0.1", self.port, timeout=patience)
        try:
            http.request(method, path, headers=cookie(session) | ({"Accept-Encoding": "gzip"} if gzip else {}))
            response = http.getresponse()
            return response.status, dict(response.getheaders()), response.read()
        finally:
            http.close()


def free_listener() -> socket.socket:
    """On a port of its own, for a server that is given its number (uvicorn --fd).

    What is accepted inherits TCP_NODELAY; asyncio doesn't set it for such a listener, and then each answer in two
    pieces waits 40 ms for the other side's delayed acknowledgement.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


@contextlib.contextmanager
def running(**environment: str) -> Iterator[Server]:
    listener = free_listener()
    origin = f"http://127.0.0.1:{listener.getsockname()[1]}"
    command = [sys.executable, "-m", "uvicorn", "frontdesk.asgi:application", "--fd", str(listener.fileno())]
    url = urlsplit(os.environ["DATABASE_URL"])
    database = urlunsplit(url._replace(path="/" + connection.settings_dict["NAME"]))
    process = subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": database, "PUBLIC_ORIGIN": origin, **environment},
        pass_fds=[listener.fileno()],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    server = Server(listener.getsockname()[1], process)
    try:
        assert server.get("/", patience=90)[0] == 200  # waits in the listener's backlog until the server is up
        yield server
    finally:
        listener.close()
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise


def cookie(session: str) -> dict[str, str]:
    return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"} if session else {}


def log_in(user) -> str:
    """A committed session of the user; returns its key."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


class Reader:
    """One open event stream."""

    def __init__(self, server: Server, path: str, session: str) -> None:
        self._socket = socket.create_connection(("127.0.0.1", server.port), timeout=20)
        self._pending = b""
        request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n"
        request += "".join(f"{name}: {value}\r\n" for name, value in cookie(session).items())
        self._socket.sendall((request + "\r\n").encode())
        self.status = int(self._line(20).split()[1])

    def next_event(self, within: float = 10) -> dict | None:
        """The next event that isn't "refresh"; None when the stream ends. TimeoutError when none came."""
        deadline = time.monotonic() + within
        while (line := self._line(max(0.001, deadline - time.monotonic()))) is not None:
            if line.startswith("data: ") and '"refresh"' not in line:
                return json.loads(line.removeprefix("data: "))
        return None

    def wait_until_open(self) -> None:
        while not self._line(10).startswith("retry:"):
            pass

    def close(self) -> None:
        self._socket.close()

    def _line(self, within: float) -> str | None:
        self._socket.settimeout(within)
        while b"\n" not in self._pending:
            received = self._socket.recv(4096)
            if not received:
                return None
            self._pending += received
        line, _, self._pending = self._pending.partition(b"\n")
        return line.decode().rstrip("\r")


def silent(readers: list[Reader], seconds: float) -> bool:
    """Whether none of them gets an event within the time."""
    deadline = time.monotonic() + seconds
    for reader in readers:
        with contextlib.suppress(TimeoutError):
            if reader.next_event(within=max(0.01, deadline - time.monotonic())) is not None:
                return False
    return True
