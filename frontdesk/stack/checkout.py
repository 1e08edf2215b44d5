"""Where a checkout keeps its own servers: folders, locks, remembered ports, passwords and secrets.

Everything lies in `<checkout>/.local/`, mode 0700, ignored by git:

    servers.json    ports and passwords, kept for good (0600)
    dev.env         development secrets as NAME=value lines (0600)
    pg/  valkey/    the data
    logs/           one file per process
    run/            the keeper's state and the lock files
"""

import base64
import contextlib
import fcntl
import json
import os
import secrets
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Below those that systems give to outgoing connections, which could take one before its server listens.
PORTS = range(15_000, 30_000)


class StackError(Exception):
    """The servers can't be had; the text says what a person can do about it."""


@dataclass(frozen=True)
class Checkout:
    """A checkout's private folder. `root` is the folder that holds manage.py."""

    root: Path

    @property
    def local(self) -> Path:
        return self.root / ".local"

    @property
    def logs(self) -> Path:
        return self.local / "logs"

    @property
    def run(self) -> Path:
        return self.local / "run"

    @property
    def users_lock(self) -> Path:
        """Held shared by everybody who uses the servers; the kernel lets go of it for the dead."""
        return self.run / "users.lock"

    @property
    def start_lock(self) -> Path:
        """Held exclusively while someone looks whether the servers run, and starts them."""
        return self.run / "start.lock"

    @property
    def keeper_lock(self) -> Path:
        """Held exclusively by the keeper as long as it lives."""
        return self.run / "keeper.lock"

    @property
    def state(self) -> Path:
        """Written by the keeper when both servers answer, removed when it begins to stop them."""
        return self.run / "servers.json"

    def prepare(self) -> None:
        """Make the folders. Raises StackError when they belong to someone else."""
        for folder in (self.local, self.run, self.logs):
            folder.mkdir(mode=0o700, exist_ok=True)
        if (owner := self.local.stat().st_uid) != os.geteuid():
            raise StackError(
                f"{self.local} belongs to user id {owner}: work as that user, or remove the folder (it holds "
                "the demo's data)."
            )

    def settings(self) -> dict[str, Any]:
        """Remembered ports and passwords; those not yet known are made and kept."""
        path = self.local / "servers.json"
        known: dict[str, Any] = read_json(path) or {}
        wanted = dict(known)
        wanted.setdefault("postgres_password", secrets.token_urlsafe(24))
        wanted.setdefault("valkey_password", secrets.token_urlsafe(24))
        if wanted != known:
            write_private(path, json.dumps(wanted, indent=1))
        return wanted

    def remember(self, **values: Any) -> None:
        path = self.local / "servers.json"
        write_private(path, json.dumps({**self.settings(), **values}, indent=1))

    def secrets(self, makers: dict[str, Callable[[], str]]) -> dict[str, str]:
        """The values of `dev.env`; names in `makers` that it lacks are generated once."""
        path = self.local / "dev.env"
        known: dict[str, str] = {}
        if path.exists():
            lines = (line.partition("=") for line in path.read_text().splitlines() if "=" in line)
            known = {name.strip(): value.strip() for name, _, value in lines}
        missing = {name: make() for name, make in makers.items() if not known.get(name)}
        if missing:
            known |= missing
            write_private(path, "".join(f"{name}={value}\n" for name, value in known.items()))
        return known


def write_private(path: Path, text: str) -> None:
    """Replace a file at once, readable by its owner only."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    fresh.replace(path)


def read_json(path: Path) -> Any:
    """The file's content; None when it is absent or was cut off."""
    try:
        return json.loads(path.read_text())
    except (FileNotFoundError, ValueError):
        return None


def lock(path: Path, how: int) -> int | None:
    """Take a flock and return its descriptor (not inherited by an exec); None when LOCK_NB finds it taken."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, how)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def lock_within(path: Path, how: int, seconds: float) -> int | None:
    """As `lock`, but waits at most so long."""
    deadline = time.monotonic() + seconds
    while (descriptor := lock(path, how | fcntl.LOCK_NB)) is None and time.monotonic() < deadline:
        time.sleep(0.02)
    return descriptor


@contextlib.contextmanager
def locked(path: Path, how: int = fcntl.LOCK_EX) -> Iterator[None]:
    descriptor = lock(path, how)
    try:
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def is_locked(path: Path) -> bool:
    """Whether a living process holds the lock exclusively."""
    if (descriptor := lock(path, fcntl.LOCK_SH | fcntl.LOCK_NB)) is None:
        return True
    os.close(descriptor)
    return False


def port_is_free(port: int) -> bool:
    """Whether a server may listen on 127.0.0.1:port now. Ports waiting out TIME_WAIT count as free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port(remembered: int | None = None, avoid: tuple[int, ...] = ()) -> int:
    """The remembered port when it is still free, otherwise another."""
    if remembered and remembered not in avoid and port_is_free(remembered):
        return remembered
    while (port := secrets.choice(PORTS)) in avoid or not port_is_free(port):
        pass
    return port


def fernet_key() -> str:
    """What cryptography's Fernet.generate_key makes, without importing it at every start."""
    return base64.urlsafe_b64encode(os.urandom(32)).decode()
