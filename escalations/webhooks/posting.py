"""One POST to a webhook's address: no redirects, little read, all of it within fifteen seconds."""

import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from http.client import HTTPConnection, HTTPException

from escalations.webhooks.guard import AddressRefused, Target, target_of

STEP_TIMEOUT = 5.0  # seconds without a byte
DEADLINE = 15.0  # seconds for everything after DNS
MOST_READ = 4096  # bytes; the answer's words don't matter
LONGEST_WAIT = 3600  # seconds that a Retry-After is heeded for


@dataclass(frozen=True, kw_only=True)
class Posted:
    """`status`: None when nobody answered; `error` says why in a few words. `wait`: seconds that they ask for."""

    status: int | None = None
    error: str = ""
    wait: int = 0

    @property
    def accepted(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class _Pinned(HTTPConnection):
    """Connects to the address that was looked at, whatever DNS says by now."""

    def __init__(self, target: Target) -> None:
        super().__init__(target.host, target.port, timeout=STEP_TIMEOUT)
        self.target = target
        self.default_port = 443 if target.secure else 80

    def connect(self) -> None:
        self.sock = socket.create_connection((self.target.ip, self.target.port), STEP_TIMEOUT)
        if self.target.secure:
            self.sock = _tls().wrap_socket(self.sock, server_hostname=self.target.host)


def post(url: str, headers: Mapping[str, str], body: bytes) -> Posted:
    try:
        target = target_of(url)
    except AddressRefused as error:
        return Posted(error=str(error))
    connection = _Pinned(target)
    watchdog = threading.Timer(DEADLINE, _cut_off, [connection])
    watchdog.start()
    try:
        connection.request("POST", target.path, body, dict(headers))
        answer = connection.getresponse()
        answer.read(MOST_READ)
        return Posted(status=answer.status, error=_said(answer.status), wait=_wait(answer.headers.get("Retry-After")))
    except ssl.SSLError:
        return Posted(error="Its certificate is not in order.")
    except TimeoutError:
        return Posted(error="It did not answer in time.")
    except (OSError, HTTPException):
        return Posted(error="It could not be reached, or hung up.")
    finally:
        watchdog.cancel()
        connection.close()


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _cut_off(connection: HTTPConnection) -> None:
    """Somebody who sends a byte now and then would otherwise hold a worker for hours."""
    sock = connection.sock
    if sock is not None:
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it is over already


def _said(status: int) -> str:
    if 200 <= status < 300:
        return ""
    return "It answered with a redirect; write the final address." if 300 <= status < 400 else f"It answered {status}."


def _wait(header: str | None) -> int:
    return min(int(header), LONGEST_WAIT) if header and header.isascii() and header.isdigit() and len(header) < 9 else 0
