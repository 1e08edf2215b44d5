"""One sandbox per test session, on free ports, driven by the vendors' own client libraries."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httplib2
import httpx
import pytest
from google.oauth2.credentials import Credentials
from google_auth_httplib2 import AuthorizedHttp
from googleapiclient.discovery import build

ROOT = Path(__file__).resolve().parents[2]
ACCOUNT, TOKEN = "AC" + "a" * 32, "token-of-the-first-account"
OTHER_ACCOUNT, OTHER_TOKEN = "AC" + "b" * 32, "token-of-the-other-account"
META_APP, META_SECRET, META_TOKEN = "1234567890", "app-secret", "EAAtokenofthetests"
GOOGLE_CLIENT, GOOGLE_SECRET = "client.apps.googleusercontent.com", "google-secret"
OWNER = "owner@clinic.example"
CALENDAR = "dr-lee@group.calendar.google.com"
PUBLIC_ORIGIN = "https://desk.example.org"


@dataclass
class Webhook:
    path: str
    headers: dict[str, str]
    form: dict[str, str]
    raw: bytes


class Product:
    """Takes webhooks as the product would, remembers them, and answers what it is told to."""

    def __init__(self) -> None:
        self.received: list[Webhook] = []
        self.arrived = threading.Condition()
        self.answers: list[int] = []
        self.files: dict[str, tuple[str, bytes]] = {}
        product = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                kind, content = product.files.get(self.path, ("", b""))
                self.send_response(200 if kind else 404)
                self.send_header("Content-Type", kind or "text/plain")
                self.end_headers()
                self.wfile.write(content)

            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                form = dict(parse_qsl(raw.decode(), keep_blank_values=True))
                headers = {name.lower(): value for name, value in self.headers.items()}
                with product.arrived:
                    product.received.append(Webhook(self.path, headers, form, raw))
                    status = product.answers.pop(0) if product.answers else 204
                    product.arrived.notify_all()
                self.send_response(status)
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def wait_for(self, count: int) -> list[Webhook]:
        """The webhooks so far, once there are `count`."""
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.received) >= count, timeout=15), self.received
            return list(self.received)


@dataclass
class Sandbox:
    url: str
    smtp_port: int
    control: httpx.Client

    def post(self, path: str, /, **body: Any) -> Any:
        answer = self.control.post(path, json=body)
        assert answer.is_success, answer.text
        return answer.json()

    def log(self, **query: Any) -> list[dict[str, Any]]:
        return self.control.get("/log", params=query).json()["entries"]


def start(state: Path, *arguments: str) -> tuple[subprocess.Popen[str], dict[str, Any]]:
    """The program and its ready line."""
    command = [
        sys.executable,
        "-m",
        "sandbox",
        "--port",
        "0",
        "--smtp-port",
        "0",
        "--state",
        str(state),
        *arguments,
    ]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        process.communicate(timeout=20)
        raise ChildProcessError(f"the sandbox ended with {process.returncode}")
    return process, json.loads(line)


def stop(process: subprocess.Popen[str]) -> int:
    process.terminate()
    process.communicate(timeout=20)
    return process.returncode


@pytest.fixture(scope="session")
def product_server() -> Iterator[Product]:
    product = Product()
    yield product
    product.server.shutdown()
    product.server.server_close()


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory, product_server: Product) -> Iterator[Sandbox]:
    process, ready = start(
        tmp_path_factory.mktemp("sandbox"),
        *("--webhook", f"{product_server.url}/webhooks/twilio/"),
        *("--twilio-account", f"{ACCOUNT}:{TOKEN}"),
        *("--twilio-account", f"{OTHER_ACCOUNT}:{OTHER_TOKEN}"),
        *("--meta-app", f"{META_APP}:{META_SECRET}"),
        *("--meta-token", META_TOKEN, "--meta-webhook", f"{product_server.url}/webhooks/meta/"),
        *("--google-client", f"{GOOGLE_CLIENT}:{GOOGLE_SECRET}"),
        *("--reroute", f"{PUBLIC_ORIGIN}={product_server.url}"),
        *("--delivery-seconds", "0.01"),
    )
    with httpx.Client(base_url=ready["url"] + "/control", timeout=30) as control:
        yield Sandbox(ready["url"], ready["smtp_port"], control)
    assert stop(process) == 0


@pytest.fixture
def product(product_server: Product) -> Product:
    product_server.received.clear()
    product_server.answers.clear()
    product_server.files.clear()
    return product_server


@pytest.fixture
def sandbox(running: Sandbox, product: Product) -> Sandbox:
    running.post("/reset")
    product.received.clear()
    return running


@pytest.fixture
def account(sandbox: Sandbox) -> Sandbox:
    sandbox.post("/google/accounts", email=OWNER, calendars=[{"summary": "Dr Lee", "id": CALENDAR}])
    return sandbox


def credentials_of(sandbox: Sandbox, scope: str | None = None) -> Credentials:
    fields = {"email": OWNER} | ({"scope": scope} if scope else {})
    granted = sandbox.post("/google/grant", **fields)
    return Credentials(
        granted["access_token"],
        refresh_token=granted["refresh_token"],
        token_uri=f"{sandbox.url}/google/token",
        client_id=GOOGLE_CLIENT,
        client_secret=GOOGLE_SECRET,
    )


@pytest.fixture
def connect(account: Sandbox) -> Iterator[Callable[..., Any]]:
    made = []

    def make(scope: str | None = None) -> Any:
        http = httplib2.Http(timeout=10)
        service = build(
            "calendar",
            "v3",
            http=AuthorizedHttp(credentials_of(account, scope), http=http),
            static_discovery=True,
            client_options={"api_endpoint": f"{account.url}/google/calendar/v3/"},
        )
        made.append(service)
        return service

    yield make
    for service in made:
        service.close()


@pytest.fixture
def calendar(connect: Callable[..., Any]) -> Any:
    return connect()
