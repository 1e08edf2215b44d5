"""Writes every vendor request into the journal and lets the ordered fault strike."""

import asyncio
import base64
import json
import time
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.core.connection import ConnectionCut, cut
from sandbox.core.faults import FaultOrder
from sandbox.core.journal import BODY_LIMIT, VENDORS, Entry, masked, text_of
from sandbox.core.world import World


class Recorder:
    """The outermost layer. Pages and the control API pass through untouched."""

    def __init__(self, app: ASGIApp, world: World) -> None:
        self.app = app
        self.world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        vendor = scope["path"].split("/")[1] if scope["type"] == "http" else ""
        if vendor not in VENDORS or _is_page(scope["path"]):
            await self.app(scope, receive, send)
            return
        request = await _whole_body(receive)
        fault = self.world.faults.strike(vendor, scope["method"], scope["path"])
        entry = self.world.journal.add(_entry(vendor, scope, request, fault))
        self._check(entry, scope, request)
        self._keep(entry, scope, request)
        answer = Answer(send)
        started = time.monotonic()
        try:
            await self._answer(scope, receive, request, answer, fault)
        except ConnectionCut:
            entry.fault = entry.fault or "cut"
            cut(scope)
        entry.milliseconds = round((time.monotonic() - started) * 1000, 1)
        entry.status, entry.answer = answer.status, text_of(bytes(answer.body))

    def _check(self, entry: Entry, scope: Scope, request: bytes) -> None:
        """By the vendor's description, where there is one; also a request that a fault keeps from being answered."""
        check = self.world.checks.get(entry.vendor)
        if check is not None:
            raw_path = scope["raw_path"].partition(b"?")[0].decode("latin-1")
            entry.complaint = check(entry.method, raw_path, entry.query, request)
        if entry.complaint:
            self.world.journal.complaints.append(entry.complaint)

    def _keep(self, entry: Entry, scope: Scope, request: bytes) -> None:
        """For whoever wants to hold them to something else later: as they came, but for the secrets' values."""
        if self.world.options.keep_requests is None:
            return
        kept = {
            "vendor": entry.vendor,
            "method": entry.method,
            "path": scope["raw_path"].partition(b"?")[0].decode("latin-1"),
            "query": entry.query,
            "headers": entry.headers,
            "body": base64.b64encode(request).decode(),
        }
        with self.world.options.keep_requests.open("a") as file:
            file.write(json.dumps(kept) + "\n")

    async def _answer(
        self, scope: Scope, receive: Receive, request: bytes, answer: "Answer", fault: FaultOrder | None
    ) -> None:
        again = _read_again(request, receive)
        if fault is None:
            await self.app(scope, again, answer.send)
            return
        if fault.kind == "delay" and not fault.accept:
            await asyncio.sleep(fault.seconds)
            await self.app(scope, again, answer.send)
            return
        if fault.accept or fault.kind in ("drop_after_accept", "wrong_body"):
            answer.held = True
            await self.app(scope, again, answer.send)
        if fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
            await answer.release()
        elif fault.kind in ("drop", "drop_after_accept"):
            raise ConnectionCut
        else:
            await asyncio.sleep(fault.seconds)
            await answer.replace(fault)


@dataclass
class Answer:
    """Passes the answer on, remembering it; `held`, it keeps the answer back."""

    downstream: Send
    held: bool = False
    status: int | None = None
    body: bytearray = field(default_factory=bytearray)
    messages: list[Message] = field(default_factory=list)

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        elif len(self.body) <= BODY_LIMIT:
            self.body += message.get("body", b"")
        if self.held:
            self.messages.append(message)
        else:
            await self.downstream(message)

    async def release(self) -> None:
        self.held = False
        for message in self.messages:
            await self.downstream(message)

    async def replace(self, fault: FaultOrder) -> None:
        """The fault's status, headers and body instead of what was held."""
        self.held = False
        self.body.clear()
        status = fault.status or (500 if fault.kind == "status" else self.status or 200)
        text = "" if fault.body is None else fault.body if isinstance(fault.body, str) else json.dumps(fault.body)
        kind = "text/plain" if isinstance(fault.body, str) else "application/json"
        headers = {"content-type": kind, "content-length": str(len(text.encode())), **fault.headers}
        raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        await self.send({"type": "http.response.start", "status": status, "headers": raw})
        await self.send({"type": "http.response.body", "body": text.encode()})


def _read_again(body: bytes, receive: Receive) -> Receive:
    """The body that was read already, then whatever comes: a stream waits there for the client to leave."""
    given = False

    async def read() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return read


def _is_page(path: str) -> bool:
    """The week page of a calendar, which is for people."""
    return path.startswith("/google/calendar/") and not path.startswith("/google/calendar/v3/")


async def _whole_body(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            return bytes(body)


def _entry(vendor: str, scope: Scope, body: bytes, fault: FaultOrder | None) -> Entry:
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]
    return Entry(
        vendor=vendor,
        method=scope["method"],
        path=scope["path"],
        query=scope["query_string"].decode("latin-1"),
        headers=masked(headers),
        body=text_of(body),
        fault=fault.kind if fault else None,
    )
