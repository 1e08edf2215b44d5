"""Everything on one machine: `python -m frontdesk.stack.demo --port 8000`.

Embedded PostgreSQL and Valkey, the sandbox that stands in for Twilio, Google and the mail server, web, Celery
worker and beat. The product is the real one; only its base URLs point at the sandbox.
"""

import argparse
import contextlib
import fcntl
import os
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

from frontdesk.stack.checkout import Checkout, StackError, free_port, lock, port_is_free, write_private
from frontdesk.stack.demo_programs import Ports, environment_for, programs
from frontdesk.stack.embedded import ROOT, Servers, ensure, fill_in_secrets
from frontdesk.stack.processes import follow_parent
from frontdesk.stack.seen import MIGRATIONS, STATIC
from frontdesk.stack.supervisor import GaveUp, Supervisor
from frontdesk.stack.welcome import welcome

READY_WITHIN = 60.0  # seconds; it takes a few, but machines differ


def main() -> None:
    options = _options()
    _end_on_signals(options.end_with_parent)
    began = time.monotonic()
    checkout = Checkout(ROOT)
    try:
        checkout.prepare()
        with _only_demo(checkout, options.port), _servers(os.environ) as servers:
            run(checkout, options, servers, began)
    except KeyboardInterrupt:
        _say("Stopped. The data stays in .local; `make demo` goes on where it was.")
    except (StackError, GaveUp) as error:
        sys.exit(f"frontdesk: {error}")


def run(checkout: Checkout, options: argparse.Namespace, servers: Servers | None, began: float) -> None:
    """Start all of it, say so, and watch over it until a signal comes."""
    ports = _ports(checkout, options.port)
    environment = environment_for(checkout, ports, os.environ)
    supervisor = Supervisor(folder=ROOT, logs=checkout.logs, environment=environment, verbose=options.verbose)
    manage = (sys.executable, "manage.py")
    try:
        sandbox, web, worker, beat, *listener = programs(checkout, ports, environment)
        others = (worker, *listener)
        upgrade = servers is None or MIGRATIONS.changed(checkout)
        # On an empty database they may start beside its migration: there is nothing yet to work on.
        early = not upgrade or MIGRATIONS.never(checkout)
        _say("Starting sandbox, web and worker …")
        for program in (sandbox, *others) if early else (sandbox,):
            supervisor.start(program)
        known = "" if upgrade else _seeded_before(checkout)
        with ThreadPoolExecutor(1) as beside:  # its end waits: nothing is started behind the back of `stop`
            prepare = _upgrade if upgrade else _seed
            prepared = None if known else beside.submit(prepare, checkout, supervisor, manage)
            _build_static(checkout, supervisor, manage)
            if early:
                supervisor.start(web)  # by this thread: it would end with the other one
        seeded = prepared.result() if prepared else known
        for program in () if early else (web, *others):
            supervisor.start(program)
        supervisor.wait_until_ready(READY_WITHIN, sandbox.name, web.name)
        supervisor.start(beat)  # only now: it sweeps, and would take the others' time while they start
        print(welcome(ports, seeded, environment, time.monotonic() - began), flush=True)
        if known:
            _seed(checkout, supervisor, manage)  # brings the week of appointments up to today
        _watch(supervisor, servers)
    finally:
        _ignore_signals()
        supervisor.stop()


def _seeded_before(checkout: Checkout) -> str:
    """What `seed_demo` said when it last succeeded here: the log-ins stay the same."""
    said = checkout.local / "demo.json"
    return said.read_text() if said.exists() else ""


def _build_static(checkout: Checkout, supervisor: Supervisor, manage: tuple[str, ...]) -> None:
    """What browsers get, anew where it was changed."""
    if STATIC.changed(checkout):
        supervisor.run("static", (*manage, "collectstatic", "--noinput", "--clear"))
        STATIC.remember(checkout)


def _upgrade(checkout: Checkout, supervisor: Supervisor, manage: tuple[str, ...]) -> str:
    """The schemas, and in the same process the demo businesses: it takes a second to start one."""
    _say("Preparing the database …")
    said = _seed(checkout, supervisor, (*manage, "upgrade", "--then"))
    if not said:
        supervisor.run("upgrade", (*manage, "upgrade"))  # fails again if it was this that failed
    MIGRATIONS.remember(checkout)
    return said


def _seed(checkout: Checkout, supervisor: Supervisor, manage: tuple[str, ...]) -> str:
    """The demo businesses. Without them the rest is still worth showing."""
    try:
        said = supervisor.run("seed_demo", (*manage, "seed_demo"))
    except GaveUp as error:
        _say(f"The demo businesses are missing: {error}")
        return ""
    write_private(checkout.local / "demo.json", said)
    return said


def _watch(supervisor: Supervisor, servers: Servers | None) -> None:
    while True:
        supervisor.check()
        if servers and not servers.alive():
            raise StackError(f"the database servers ended; see {ROOT / '.local' / 'logs'}.")
        time.sleep(0.2)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m frontdesk.stack.demo", description=__doc__)
    parser.add_argument("--port", type=_port, default=8000, help="of the web pages (default 8000)")
    parser.add_argument("--verbose", action="store_true", help="print the programs' log lines too")
    parser.add_argument("--end-with-parent", action="store_true", help="stop when the caller (make) is gone")
    return parser.parse_args()


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is no port number (1 to 65535)")
    return int(text)


@contextlib.contextmanager
def _only_demo(checkout: Checkout, port: int) -> Iterator[None]:
    """Refuse, before anything is started, a taken port and a second demo on the same data."""
    address = checkout.run / "demo.address"
    hold = lock(checkout.run / "demo.lock", fcntl.LOCK_EX | fcntl.LOCK_NB)
    if hold is None:
        raise StackError(f"the demo of this checkout runs already, at {address.read_text()}.")
    if not port_is_free(port):
        raise StackError(f"port {port} is taken by another program. Choose another: make demo PORT={port + 1000}")
    address.write_text(f"http://127.0.0.1:{port}")
    try:
        yield
    finally:
        os.close(hold)


@contextlib.contextmanager
def _servers(environment: Mapping[str, str]) -> Iterator[Servers | None]:
    """The embedded pair with its addresses in os.environ; None when the environment names servers."""
    fill_in_secrets(ROOT)
    if "DATABASE_URL" in environment and "REDIS_URL" in environment:
        yield None
        return
    servers = ensure(ROOT)
    os.environ.setdefault("DATABASE_URL", servers.database_url)
    os.environ.setdefault("REDIS_URL", servers.redis_url)
    try:
        yield servers
    finally:
        servers.stop()


def _ports(checkout: Checkout, web: int) -> Ports:
    known = checkout.settings()
    sandbox = free_port(known.get("sandbox_port"), avoid=(web,))
    smtp = free_port(known.get("smtp_port"), avoid=(web, sandbox))
    checkout.remember(sandbox_port=sandbox, smtp_port=smtp)
    return Ports(web=web, sandbox=sandbox, smtp=smtp)


def _end_on_signals(with_parent: bool) -> None:
    def end(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)
    if with_parent:
        follow_parent(signal.SIGTERM)


def _ignore_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
