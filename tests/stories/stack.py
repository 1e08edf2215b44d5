"""The whole product as processes: Valkey, sandbox, web, Celery worker and beat, over the test's own database.

What they print lies in artifacts/stories/<name>.log.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx
from django.conf import settings
from django.db import connection

from frontdesk.stack.checkout import Checkout, free_port
from frontdesk.stack.valkey import Valkey
from tests.tenants.serving import free_listener
from tests.vendors import GOOGLE_ID, GOOGLE_SECRET, TWILIO_SID, TWILIO_TOKEN, Sandbox

ROOT = Path(__file__).resolve().parents[2]
LOGS = ROOT / "artifacts" / "stories" / os.environ.get("PYTEST_XDIST_WORKER", "")  # one stack each
NAME = f"stories-{os.getpid()}"  # of our sessions in the database
SHORT_LEASE = 5  # seconds instead of 90, for a worker that will be killed: its test waits until the lease ends
PYTHON = (sys.executable, "-m")
CELERY = (*PYTHON, "celery", "-A", "frontdesk")
WORKER = ("worker", "--pool", "threads", "--concurrency", "8", "--without-gossip", "--without-mingle")


class Stack:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: dict[str, subprocess.Popen] = {}
        self._workers_own: dict[str, str] = {}
        self._listener = free_listener()
        self.origin = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        LOGS.mkdir(parents=True, exist_ok=True)
        for old in LOGS.glob("*.log"):
            old.unlink()

    def start(self) -> None:
        self.redis_url = self._start_valkey()
        self.sandbox = self._start_sandbox()
        self._start("web", *PYTHON, "uvicorn", "frontdesk.asgi:application", "--fd", str(self._listener.fileno()))
        self._start("beat", *CELERY, "beat", "--schedule", str(self._folder / "schedule"), "--pidfile", "")
        self.employ()
        assert httpx.get(self.origin, timeout=60).status_code == 200  # waits in the listener's backlog

    def stop(self) -> None:
        for name in ("beat", "worker", "web"):  # all at once: each takes a few seconds for it
            if name in self._running:
                self._running[name].terminate()
        for name in ("beat", "worker", "web", "sandbox", "valkey"):
            self._end(name)
        self._listener.close()
        self.sandbox.http.close()
        eventually(lambda: not _sessions(), "the database's sessions end")
        connection.close()

    def employ(self, **environment: str) -> None:
        """One Celery worker with this in its environment (the guided flow answers); another one goes home first."""
        if "worker" in self._running and self._workers_own == environment:
            return
        self._end("worker")
        self._start("worker", *CELERY, *WORKER, **environment)
        self._workers_own = environment

    def employ_with_claude(self, *, stream: bool = True, **environment: str) -> None:
        key = {"ANTHROPIC_API_KEY": "sk-ant-tests", "ANTHROPIC_BASE_URL": f"{self.sandbox.url}/anthropic"}
        self.employ(**key, ANTHROPIC_STREAM=str(stream).lower(), **environment)

    def dismiss(self) -> None:
        """Nobody works: messages are taken in and wait."""
        self._end("worker")

    def kill_the_worker(self) -> None:
        worker = self._running.pop("worker")
        worker.send_signal(signal.SIGKILL)
        worker.wait()

    def flush_redis(self) -> None:
        """Everything that Redis knows is gone: bells, sessions of listeners, Celery's own tables."""
        import redis

        with redis.Redis.from_url(self.redis_url) as client:
            client.flushall()

    def printed(self, name: str) -> str:
        """All that its processes wrote since the stack started."""
        return (LOGS / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def _start_valkey(self) -> str:
        checkout = Checkout(self._folder)
        checkout.prepare()
        valkey, port = Valkey(checkout, "of-the-stories"), free_port()
        process = self._running["valkey"] = valkey.start(port)
        eventually(lambda: valkey.ready(process, port), "Valkey answers")
        return valkey.url(port)

    def _start_sandbox(self) -> Sandbox:
        accounts = (
            "--twilio-account",
            f"{TWILIO_SID}:{TWILIO_TOKEN}",
            "--google-client",
            f"{GOOGLE_ID}:{GOOGLE_SECRET}",
        )
        where = ("--state", str(self._folder / "sandbox"), "--port", "0", "--smtp-port", "0")
        webhook = ("--webhook", f"{self.origin}/webhooks/twilio/", "--delivery-seconds", "0.01")
        process = self._start("sandbox", *PYTHON, "sandbox", *where, *accounts, *webhook)
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        return Sandbox(ready["url"], ready["smtp_port"], httpx.Client(base_url=ready["url"], timeout=30))

    def _start(self, name: str, *command: str, **environment: str) -> subprocess.Popen:
        with (LOGS / f"{name}.log").open("a") as log:
            self._running[name] = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self._environment() | environment,
                pass_fds=[self._listener.fileno()] if name == "web" else [],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE if name == "sandbox" else log,
                stderr=log,
                text=True,
            )
        return self._running[name]

    def _environment(self) -> dict[str, str]:
        given = {
            name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "ANTHROPIC", "DJANGO_"))
        }
        url = urlsplit(os.environ["DATABASE_URL"])
        given |= {
            "DJANGO_SETTINGS_MODULE": "frontdesk.settings",
            "DATABASE_URL": urlunsplit(url._replace(path="/" + connection.settings_dict["NAME"])),
            "SECRET_KEY": settings.SECRET_KEY,
            "PGAPPNAME": NAME,
            "PUBLIC_ORIGIN": self.origin,
            "MEDIA_ROOT": str(self._folder / "media"),
        }
        if not hasattr(self, "redis_url"):
            return given
        given["REDIS_URL"] = self.redis_url
        if not hasattr(self, "sandbox"):
            return given
        return given | {
            "TWILIO_ACCOUNT_SID": TWILIO_SID,
            "TWILIO_AUTH_TOKEN": TWILIO_TOKEN,
            "TWILIO_BASE_URL": f"{self.sandbox.url}/twilio",
            "GOOGLE_CLIENT_ID": GOOGLE_ID,
            "GOOGLE_CLIENT_SECRET": GOOGLE_SECRET,
            "GOOGLE_BASE_URL": f"{self.sandbox.url}/google",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.sandbox.smtp_port}",
        }

    def _end(self, name: str) -> None:
        process = self._running.pop(name, None)
        if process is None:
            return
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def eventually(look: Callable[[], Any], what: str, within: float = 60) -> Any:
    """Wait until `look` finds something; what it finds."""
    deadline = time.monotonic() + within
    while not (found := look()):
        assert time.monotonic() < deadline, f"it did not happen within {within:g} s: {what}"
        time.sleep(0.05)
    return found


def _sessions() -> int:
    """Of our processes in the database, which can't be dropped before they have ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE application_name = %s", [NAME])
        number: int = cursor.fetchone()[0]
    return number
