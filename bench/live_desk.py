"""From a patient's message to the screens of the staff: a real server, 50 open event streams, two of them browsers.

The clock runs from just before the signed webhook is posted until the page shows the words.
"""

import os
import secrets
import selectors
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django_tenants.utils import tenant_context
from twilio.request_validator import RequestValidator

from bench.cast import new_business, phone
from bench.measure import Row, Sample, figures, row
from conversations.connecting import connect
from tenants import schema
from tenants.models import Membership, Role, User

NUMBER, ACCOUNT, TOKEN = "whatsapp:+441134960050", "AC" + "0" * 32, "bench-token"
STREAMS, BROWSERS, MESSAGES = 50, 2, 60
TARGET_P95_MS = 1000
PLACES = ("chromium", "chromium-browser", "google-chrome")
# The moment at which each word is first shown, by the page's own clock (this machine's).
WATCH = """() => {
    window.shown = {};
    const look = () => {
        for (const word of document.querySelector('main').innerText.match(/bench-[0-9a-f]{8}/g) ?? [])
            window.shown[word] ??= Date.now();
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""


def measure() -> list[Row]:
    schema.leave()
    staff = [User.objects.create_user(f"staff{number}@bench.test", name="Staff") for number in range(STREAMS)]
    business = new_business(owner=staff[0])
    Membership.objects.bulk_create(Membership(user=user, business=business, role=Role.STAFF) for user in staff[1:])
    with tenant_context(business):
        connect(business, address=NUMBER, account=ACCOUNT, secret=TOKEN)
    sessions = [_log_in(user) for user in staff]
    browser = next(filter(None, map(shutil.which, PLACES)), None)
    if browser is None:
        return [Row(what="message → another staff member's screen", note="not measured: no Chromium here")]
    with _web() as server, _streams(server, business.path, sessions[BROWSERS:]):
        found = _watched(browser, server, business.path, sessions[:BROWSERS])
    return [
        row(
            f"message → screens of {BROWSERS} browsers, {STREAMS} open streams",
            figures([found]),
            target=f"p95 ≤ {TARGET_P95_MS} ms",
            met=found.at(95) <= TARGET_P95_MS,
            note=f"{MESSAGES} messages",
        )
    ]


@dataclass
class _Server:
    port: int
    origin: str
    http: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=20))

    def say(self, number: int, text: str) -> None:
        """Post a patient's message as Twilio does."""
        form = {
            "MessageSid": f"SM{secrets.token_hex(16)}",
            "AccountSid": ACCOUNT,
            "From": f"whatsapp:{phone(number)}",
            "To": NUMBER,
            "Body": text,
            "NumMedia": "0",
            "ProfileName": f"Patient {number}",
        }
        url = f"{self.origin}/webhooks/twilio/"
        signed = RequestValidator(TOKEN).compute_signature(url, form)
        kind = "application/x-www-form-urlencoded"
        headers = {"X-Twilio-Signature": signed, "Content-Type": kind}
        self.http.post(url, content=urlencode(form), headers=headers).raise_for_status()


@contextmanager
def _web() -> Iterator[_Server]:
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # as uvicorn's own listener (it has no --fd)
    port = listener.getsockname()[1]
    origin = f"http://127.0.0.1:{port}"
    command = (sys.executable, "-m", "uvicorn", "frontdesk.asgi:application", "--fd", str(listener.fileno()))
    process = subprocess.Popen(
        command,
        env={**os.environ, "PUBLIC_ORIGIN": origin},
        pass_fds=[listener.fileno()],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    server = _Server(port, origin)
    try:
        server.http.get(origin, timeout=60)
        yield server
    finally:
        server.http.close()
        listener.close()
        process.terminate()
        process.wait(20)


@contextmanager
def _streams(server: _Server, path: str, sessions: list[str]) -> Iterator[None]:
    """Event streams that are read as they come, and thrown away."""
    selector = selectors.DefaultSelector()
    for session in sessions:
        connection = socket.create_connection(("127.0.0.1", server.port))
        cookie = f"{settings.SESSION_COOKIE_NAME}={session}"
        request = (
            f"GET {path}events/ HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\nCookie: {cookie}\r\n\r\n"
        )
        connection.sendall(request.encode())
        assert b" 200 " in connection.recv(64)
        selector.register(connection, selectors.EVENT_READ)
    ended = threading.Event()

    def read() -> None:
        while not ended.is_set():
            for key, _ in selector.select(0.2):
                key.fileobj.recv(65536)  # type: ignore[union-attr]

    reader = threading.Thread(target=read)
    reader.start()
    try:
        yield
    finally:
        ended.set()
        reader.join()
        for key in list(selector.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]


def _watched(browser: str, server: _Server, path: str, sessions: list[str]) -> Sample:
    from playwright.sync_api import sync_playwright

    found = Sample()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        pages = [_open(chromium, server, path, session) for session in sessions]
        for number in range(MESSAGES):
            word, began = f"bench-{secrets.token_hex(4)}", time.time()
            server.say(number, word)
            for page in pages:
                page.wait_for_function("word => window.shown[word]", arg=word, timeout=20_000)
                found.wall.append(page.evaluate("word => window.shown[word]", word) - began * 1000)
        chromium.close()
    return found


def _open(chromium: Any, server: _Server, path: str, session: str) -> Any:
    context = chromium.new_context()
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": server.origin}])
    page = context.new_page()
    page.goto(server.origin + path)
    page.locator("body[data-connection=open]").wait_for()
    page.evaluate(WATCH)
    return page


def _log_in(user: User) -> str:
    """The key of a session of that user."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    assert session.session_key
    return session.session_key
