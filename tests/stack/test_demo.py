"""The demo's launcher, with small programs in the place of the product's: a checkout of its own in a folder.

The real launcher, servers, uvicorn and Celery run; only manage.py, the sandbox and the application are small.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from frontdesk.stack.checkout import free_port

from .conftest import PATIENCE, REPOSITORY, eventually, processes_of

STAND_INS = {
    "manage.py": """
import json, os, sys, pathlib
import psycopg
if sys.argv[1] == "collectstatic":
    sys.exit()
with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    if sys.argv[1] == "upgrade":
        connection.execute("CREATE TABLE IF NOT EXISTS upgrades (at timestamptz)")
        connection.execute("INSERT INTO upgrades VALUES (now())")
    (count,) = connection.execute("SELECT count(*) FROM upgrades").fetchone()
user = {"email": "alice@demo.test", "password": f"upgrades-{count}", "role": "owner"}
business = {"name": "Bright Smile", "number": "+441632960001"}
print(json.dumps({"users": [user | {"business": "Bright Smile"}], "businesses": [business]}))
""",
    "frontdesk/asgi.py": """
import os
async def application(scope, receive, send):
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        body = "\\n".join(f"{k}={v}" for k, v in os.environ.items() if "URL" in k or "ORIGIN" in k)
        await send({"type": "http.response.body", "body": body.encode()})
""",
    "frontdesk/celery.py": """
import os
from celery import Celery
os.environ.pop("DJANGO_SETTINGS_MODULE")  # there is no Django here to set up
app = Celery("frontdesk", broker=os.environ["REDIS_URL"])
app.conf.broker_connection_retry_on_startup = True
""",
    "sandbox/__main__.py": """
import socket, sys, threading
ports = [int(sys.argv[sys.argv.index(name) + 1]) for name in ("--port", "--smtp-port")]
servers = [socket.create_server(("127.0.0.1", port)) for port in ports]
threading.Event().wait()
""",
}


def own_environment() -> dict[str, str]:
    """Without the servers and the secrets that the test run itself has."""
    ours = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "FIELD_KEYS", "ANTHROPIC_API_KEY")
    return {name: value for name, value in os.environ.items() if name not in ours}


class Demo:
    """One run of `python -m frontdesk.stack.demo` in the checkout."""

    def __init__(self, checkout: Path, port: int) -> None:
        self.checkout = checkout
        self.port = port
        self.output = checkout / "output.txt"
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "frontdesk.stack.demo", "--port", str(port), "--end-with-parent"],
                cwd=checkout,
                env=own_environment(),
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    @property
    def said(self) -> str:
        return self.output.read_text()

    def is_up(self) -> bool:
        assert self.process.poll() is None, self.said
        return "Frontdesk is up" in self.said

    def page(self) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=5) as response:
            return response.read().decode()

    def children(self) -> dict[str, psutil.Process]:
        """Its programs by name."""
        names = {"uvicorn": "web", "worker": "worker", "beat": "beat", "sandbox": "sandbox"}
        names["frontdesk.stack.keeper"] = "database servers"
        found = {}
        for child in psutil.Process(self.process.pid).children():
            with contextlib.suppress(psutil.NoSuchProcess):  # a zombie is one too
                name = next((names[word] for word in child.cmdline() if word in names), child.name())
                found[name] = child
        return found


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    place = tmp_path / "checkout"
    shutil.copytree(
        REPOSITORY / "frontdesk" / "stack",
        place / "frontdesk" / "stack",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    for name, text in STAND_INS.items():
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_text(text)
    (place / "frontdesk" / "__init__.py").touch()
    return place


@pytest.fixture
def start(checkout: Path) -> Iterator[Callable[[], Demo]]:
    demos: list[Demo] = []

    def begin(port: int | None = None) -> Demo:
        demos.append(Demo(checkout, port or free_port()))
        return demos[-1]

    yield begin
    for demo in demos:
        if demo.process.poll() is None:
            demo.process.kill()
            demo.process.wait()
    eventually(lambda: not processes_of(checkout))


def test_it_says_where_everything_is_and_points_the_product_at_the_sandbox(start):
    demo = start()
    eventually(demo.is_up)
    assert f"http://127.0.0.1:{demo.port}/" in demo.said
    assert "alice@demo.test   upgrades-1   owner · Bright Smile" in demo.said
    assert "write to  +441632960001   Bright Smile" in demo.said
    environment = dict(line.split("=", 1) for line in demo.page().splitlines())
    assert environment["PUBLIC_ORIGIN"] == f"http://127.0.0.1:{demo.port}"
    sandbox = environment["TWILIO_BASE_URL"].removesuffix("/twilio")
    assert environment["GOOGLE_BASE_URL"] == f"{sandbox}/google"
    assert f"{sandbox}/phone/" in demo.said
    assert demo.children().keys() == {"web", "worker", "beat", "sandbox", "database servers"}
    assert "starting it again" not in demo.said


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_polite_end_ends_every_child(checkout, start, sent):
    demo = start()
    eventually(demo.is_up)
    demo.process.send_signal(sent)
    assert demo.process.wait(PATIENCE) == 0
    assert "Stopped." in demo.said
    assert not processes_of(checkout)


def test_a_kill_leaves_no_orphan(checkout, start):
    demo = start()
    eventually(demo.is_up)
    demo.process.kill()
    demo.process.wait()
    eventually(lambda: not processes_of(checkout))


def test_a_kill_of_whoever_called_it_ends_it_too(checkout, start):
    command = [
        sys.executable,
        "-m",
        "frontdesk.stack.demo",
        "--port",
        str(free_port()),
        "--end-with-parent",
    ]
    caller = subprocess.Popen(
        [sys.executable, "-c", "import subprocess, sys; subprocess.run(sys.argv[1:])", *command],
        cwd=checkout,
        env=own_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        eventually(lambda: any("uvicorn" in (process.info["cmdline"] or ()) for process in processes_of(checkout)))
    finally:
        caller.kill()
        caller.wait()
    eventually(lambda: not processes_of(checkout))


def test_a_kill_while_it_starts_leaves_nothing_either(checkout, start):
    demo = start()
    eventually(lambda: any("postgres" in process.info["name"] for process in processes_of(checkout)))
    demo.process.kill()
    demo.process.wait()
    eventually(lambda: not processes_of(checkout))


def test_the_next_start_keeps_the_data_and_upgrades_only_for_new_migrations(checkout, start):
    assert "upgrades-1" in what_a_whole_run_says(start)
    assert "upgrades-1" in what_a_whole_run_says(start)
    (checkout / "tenants" / "migrations").mkdir(parents=True)
    (checkout / "tenants" / "migrations" / "0002_more.py").touch()
    assert "upgrades-2" in what_a_whole_run_says(start)


def what_a_whole_run_says(start: Callable[[], Demo]) -> str:
    demo = start()
    eventually(demo.is_up)
    demo.process.terminate()
    demo.process.wait(PATIENCE)
    return demo.said


def test_a_program_that_dies_is_started_again_and_its_last_lines_are_shown(start):
    demo = start()
    eventually(demo.is_up)
    web = demo.children()["web"]
    web.kill()
    eventually(lambda: "web ended (exit status -9); starting it again" in demo.said)
    eventually(lambda: demo.children().get("web", web).pid != web.pid)
    eventually(lambda: answers(demo))


def answers(demo: Demo) -> bool:
    try:
        return bool(demo.page())
    except OSError:
        return False


def test_a_program_that_always_dies_ends_the_demo_with_its_reason(checkout, start):
    (checkout / "frontdesk" / "asgi.py").write_text("raise SystemExit('the roof is missing')\n")
    demo = start()
    assert demo.process.wait(PATIENCE) == 1
    assert "the roof is missing" in demo.said
    assert "web ended 6 times within a minute" in demo.said
    assert not processes_of(checkout)


def test_a_taken_port_is_told_before_anything_starts(checkout, start):
    with socket.create_server(("127.0.0.1", 0)) as other:
        demo = start(other.getsockname()[1])
        assert demo.process.wait(PATIENCE) == 1
    assert f"port {demo.port} is taken by another program" in demo.said
    assert not (checkout / ".local" / "pg").exists()


def test_a_second_demo_of_the_same_checkout_is_refused(start):
    first = start()
    eventually(first.is_up)
    second = start()
    assert second.process.wait(PATIENCE) == 1
    assert f"runs already, at http://127.0.0.1:{first.port}" in second.said
    assert first.page()


def test_a_port_that_is_no_number_is_told(checkout):
    told = subprocess.run(
        [sys.executable, "-m", "frontdesk.stack.demo", "--port", "web"],
        cwd=checkout,
        capture_output=True,
        text=True,
    )
    assert told.returncode == 2
    assert "'web' is no port number" in told.stderr
