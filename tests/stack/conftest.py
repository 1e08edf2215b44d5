"""Real processes on checkouts of their own: nothing here touches the repository's .local."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PATIENCE = 240  # seconds; the product itself waits as long for its servers on a slow machine

USER = """
import sys
from pathlib import Path
from frontdesk.stack.embedded import ensure
servers = ensure(Path(sys.argv[1]))
print(servers.started, servers.database_url, servers.redis_url, flush=True)
sys.stdin.read()
servers.stop()
"""


class User:
    """Another process that uses the servers of a checkout until it is told to leave, or killed."""

    def __init__(self, checkout: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", USER, str(checkout)],
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def arrive(self) -> tuple[bool, str, str]:
        started, database_url, redis_url = self.process.stdout.readline().split()
        return started == "True", database_url, redis_url

    def leave(self) -> None:
        self.process.communicate(timeout=PATIENCE)
        assert self.process.returncode == 0

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()


@pytest.fixture
def user(tmp_path: Path) -> Iterator[Callable[[], User]]:
    """Starts users of the test's checkout; those still there at the end are killed."""
    users: list[User] = []

    def start() -> User:
        users.append(User(tmp_path))
        return users[-1]

    yield start
    for each in users:
        if each.process.poll() is None:
            each.kill()
    eventually(lambda: not processes_of(tmp_path))


def processes_of(checkout: Path) -> list[psutil.Process]:
    """Living processes whose working folder or command line lies in the checkout; `info` has name and cmdline."""
    found = []
    for process in psutil.process_iter(["name", "cmdline", "cwd"]):
        words = [process.info["cwd"] or "", *(process.info["cmdline"] or [])]
        if process.pid != os.getpid() and any(str(checkout) in word for word in words):
            found.append(process)
    return found


def eventually(condition: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Wait for what other processes do in their own time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
