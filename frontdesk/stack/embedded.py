"""The checkout's own PostgreSQL and Valkey, shared by all its processes.

    with provide_environment(needs_servers(sys.argv)):
        ...                      # DATABASE_URL, REDIS_URL, SECRET_KEY and FIELD_KEYS are set

Whoever comes first starts the pair (a keeper process owns it, see keeper.py), whoever leaves last ends it.
A user that crashes doesn't count. With DATABASE_URL and REDIS_URL in the environment nothing is started.
"""

import contextlib
import fcntl
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from frontdesk.stack.checkout import (
    Checkout,
    StackError,
    fernet_key,
    is_locked,
    lock,
    lock_within,
    locked,
    read_json,
)

ROOT = Path(__file__).resolve().parent.parent.parent
_outliving: list[subprocess.Popen[bytes]] = []  # keepers that serve others after we left: not ours to wait for
START_WITHIN = 240.0  # seconds; a first start takes one or two, after a crash on a slow disk minutes
STOP_WITHIN = 75.0

# Commands that neither read nor write the database, and are often piped: they shouldn't wait for a server.
WITHOUT_SERVERS = frozenset(
    ["when", "redact", "help", "version", "check", "collectstatic", "findstatic", "diffsettings"]
    + ["makemessages", "compilemessages", "startapp", "startproject"]
)


class Servers:
    """A hold on the pair. While one is held anywhere, the pair runs; `stop()` lets go of it."""

    def __init__(
        self, checkout: Checkout, hold: int, state: dict[str, Any], keeper: subprocess.Popen[bytes] | None
    ) -> None:
        self.database_url: str = state["postgres_url"]
        self.redis_url: str = state["valkey_url"]
        self.started = keeper is not None  # whether this call brought them up
        self._keeper = keeper
        self._checkout = checkout
        self._hold: int | None = hold

    def alive(self) -> bool:
        """Whether their keeper lives and both answered when it last looked."""
        return _running(self._checkout) is not None

    def stop(self) -> None:
        """Let go; when nobody else uses the pair, return only after it has ended. May be called twice."""
        if self._hold is None:
            return
        os.close(self._hold)
        self._hold = None
        self._wait_until_ended()
        if self._keeper and self._keeper.poll() is None:
            _outliving.append(self._keeper)

    def _wait_until_ended(self) -> None:
        deadline = time.monotonic() + STOP_WITHIN
        while is_locked(self._checkout.keeper_lock) and time.monotonic() < deadline:
            if _running(self._checkout) and _is_used(self._checkout):
                return
            time.sleep(0.02)
        with contextlib.suppress(subprocess.TimeoutExpired):
            if self._keeper:
                self._keeper.wait(1)


def ensure(checkout: Path) -> Servers:
    """Use the pair of this checkout (the folder with manage.py), starting it when it isn't running.

    Raises StackError with a sentence for people when that fails.
    """
    place = Checkout(checkout.resolve())
    place.prepare()
    hold = lock_within(place.users_lock, fcntl.LOCK_SH, STOP_WITHIN)  # waits while a keeper is going down
    if hold is None:
        raise StackError(f"The servers of {place.root} don't stop; look into {place.logs}.")
    try:
        with locked(place.start_lock):
            if state := _running(place):
                return Servers(place, hold, state, keeper=None)
            keeper = _start_keeper(place)
            return Servers(place, hold, _wait_for_state(place, keeper), keeper)
    except BaseException:
        os.close(hold)
        raise


@contextlib.contextmanager
def provide_environment(servers: bool = True) -> Iterator[None]:
    """Fill in what the environment lacks of DATABASE_URL, REDIS_URL, SECRET_KEY, FIELD_KEYS and VAPID_PRIVATE_KEY.

    With both URLs set nothing is started, and the secrets are the environment's business too (production).
    """
    if "DATABASE_URL" in os.environ and "REDIS_URL" in os.environ:
        yield
        return
    try:
        fill_in_secrets(ROOT)
        pair = ensure(ROOT) if servers else None
    except StackError as error:
        sys.exit(str(error))
    if pair is None:
        yield
        return
    os.environ.setdefault("DATABASE_URL", pair.database_url)
    os.environ.setdefault("REDIS_URL", pair.redis_url)
    try:
        yield
    finally:
        pair.stop()


def fill_in_secrets(root: Path) -> None:
    """Development secrets, made at the first start and kept in `.local/dev.env`."""
    checkout = Checkout(root)
    checkout.prepare()
    with locked(checkout.start_lock):
        makers = {"SECRET_KEY": lambda: secrets.token_urlsafe(48), "FIELD_KEYS": fernet_key}
        kept = checkout.secrets({**makers, "VAPID_PRIVATE_KEY": fernet_key})
    for name in ("SECRET_KEY", "FIELD_KEYS", "VAPID_PRIVATE_KEY"):
        os.environ.setdefault(name, kept[name])


def needs_servers(argv: Sequence[str]) -> bool:
    """Whether this command line of manage.py can touch the database or Redis."""
    if any(word in ("-h", "--help", "--version") for word in argv[1:]):
        return False
    command = next((word for word in argv[1:] if not word.startswith("-")), None)
    return command is not None and command not in WITHOUT_SERVERS


def _running(checkout: Checkout) -> dict[str, Any] | None:
    """The keeper's state, when it lives: the lock is the proof, pids may be anybody's by now."""
    state: dict[str, Any] | None = read_json(checkout.state)
    return state if state and is_locked(checkout.keeper_lock) else None


def _is_used(checkout: Checkout) -> bool:
    """Whether others hold the servers. The keeper's own exclusive hold, when it ends them, is no use."""
    for how in (fcntl.LOCK_EX, fcntl.LOCK_SH):
        if (hold := lock(checkout.users_lock, how | fcntl.LOCK_NB)) is not None:
            os.close(hold)
            return how == fcntl.LOCK_SH  # not to be had alone, but together with others
    return False


def _start_keeper(checkout: Checkout) -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    with (checkout.logs / "keeper.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "frontdesk.stack.keeper", str(checkout.root)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C at the terminal is for its users
        )


def _wait_for_state(checkout: Checkout, keeper: subprocess.Popen[bytes]) -> dict[str, Any]:
    deadline = time.monotonic() + START_WITHIN
    while keeper.poll() is None and time.monotonic() < deadline:
        if state := _running(checkout):
            return state
        time.sleep(0.01)
    keeper.terminate()
    keeper.wait()
    said = (checkout.logs / "keeper.log").read_text(errors="replace")
    raise StackError(f"The embedded servers did not start.\n{said[-2000:]}")
