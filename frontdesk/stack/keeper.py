"""The process that owns a checkout's PostgreSQL and Valkey: `python -m frontdesk.stack.keeper <checkout>`.

It starts both, starts again what dies, and stops both when nobody uses them any more: every user holds the
users' lock shared, so the keeper that gets it exclusively is alone. The kernel releases the lock of a user
who was killed; if the keeper itself is killed, the servers get their stop signal from the kernel.
"""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from frontdesk.stack.checkout import Checkout, StackError, free_port, lock, lock_within, write_private
from frontdesk.stack.postgres import Postgres
from frontdesk.stack.valkey import Valkey

READY_WITHIN = 180.0  # seconds; after a crash PostgreSQL reads its whole folder and replays its log first
STOPPED_WITHIN = 60.0  # each way of stopping; on a busy disk PostgreSQL's last checkpoint takes its time
RESTARTS = 5  # within a minute; then it is no accident
PAUSE = 0.05

Server = Postgres | Valkey
Running = dict[str, tuple[Server, subprocess.Popen[bytes], int]]


def main(root: Path) -> None:
    checkout = Checkout(root)
    if lock_within(checkout.keeper_lock, fcntl.LOCK_EX, STOPPED_WITHIN + 15) is None:
        raise StackError("Another keeper of this checkout runs already.")
    checkout.state.unlink(missing_ok=True)
    for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(name, _leave)
    running: Running = {}
    try:
        _start_both(checkout, running)
        _announce(checkout, running)
        _keep(checkout, running)
    except KeyboardInterrupt:
        pass
    finally:
        checkout.state.unlink(missing_ok=True)
        _stop(running)


def _leave(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def _start_both(checkout: Checkout, running: Running) -> None:
    settings = checkout.settings()
    valkey = Valkey(checkout, settings["valkey_password"])
    valkey_port = free_port(settings.get("valkey_port"))
    running["valkey"] = (valkey, valkey.start(valkey_port), valkey_port)
    postgres = Postgres(checkout, settings["postgres_password"])
    is_new = postgres.initialise()
    postgres_port = free_port(settings.get("postgres_port"), avoid=(valkey_port,))
    running["postgres"] = (postgres, postgres.start(postgres_port), postgres_port)
    for name in running:
        _wait_until_ready(checkout, running, name)
    checkout.remember(valkey_port=valkey_port, postgres_port=postgres_port)
    if is_new or not settings.get("database_created"):
        postgres.create_database(postgres_port)
        checkout.remember(database_created=True)


def _wait_until_ready(checkout: Checkout, running: Running, name: str) -> None:
    server, process, port = running[name]
    deadline = time.monotonic() + READY_WITHIN
    while not server.ready(process, port):
        if process.poll() is not None or time.monotonic() > deadline:
            log = (checkout.logs / f"{name}.log").read_text(errors="replace")
            raise StackError(f"{server.name} did not start:\n{log[-1500:]}")
        time.sleep(0.01)


def _announce(checkout: Checkout, running: Running) -> None:
    urls = {f"{name}_url": server.url(port) for name, (server, _, port) in running.items()}
    pids = {f"{name}_pid": process.pid for name, (_, process, _) in running.items()}
    write_private(checkout.state, json.dumps({"keeper_pid": os.getpid(), **urls, **pids}))


def _keep(checkout: Checkout, running: Running) -> None:
    """Return when nobody uses the servers. Raises StackError when one can't be kept alive."""
    restarts: list[float] = []
    # Once it is ours it stays so until this process ends: who comes meanwhile waits, and starts a new keeper.
    while lock(checkout.users_lock, fcntl.LOCK_EX | fcntl.LOCK_NB) is None:
        for name, (server, process, _) in list(running.items()):
            if process.poll() is None:
                continue
            restarts = [moment for moment in restarts if time.monotonic() - moment < 60]
            restarts.append(time.monotonic())
            if len(restarts) > RESTARTS:
                raise StackError(f"{server.name} ended {RESTARTS} times within a minute.")
            print(f"{server.name} ended with {process.returncode}; starting it again.", flush=True)
            _start_again(checkout, running, name)
        time.sleep(PAUSE)


def _start_again(checkout: Checkout, running: Running, name: str) -> None:
    """On the same port: its users know no other. PostgreSQL waits for its predecessor's sessions to end."""
    server, _, port = running[name]
    deadline = time.monotonic() + READY_WITHIN
    while True:
        running[name] = (server, server.start(port), port)
        try:
            _wait_until_ready(checkout, running, name)
        except StackError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            _announce(checkout, running)
            return


def _stop(running: Running) -> None:
    for server, process, _ in running.values():
        if process.poll() is None:
            process.send_signal(server.stop_signal)
    for _, process, _ in running.values():
        try:
            process.wait(STOPPED_WITHIN)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGQUIT)  # PostgreSQL's immediate shutdown: its log is replayed next time
            process.wait(STOPPED_WITHIN)


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]).resolve())
    except StackError as error:
        sys.exit(str(error))
