"""The log of every request: what vendors' clients sent here, and what the sandbox sent to the product."""

import itertools
from collections import deque
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

VENDORS = ("twilio", "google", "anthropic", "meta", "otlp")
SECRET_HEADERS = {"authorization", "x-api-key", "cookie", "set-cookie"}
KEPT = 20_000
BODY_LIMIT = 1_000_000


@dataclass(kw_only=True)
class Entry:
    """One request. `direction` is "in" (to the sandbox) or "out" (a webhook or notification that it sent)."""

    vendor: str
    method: str
    path: str
    query: str = ""
    direction: str = "in"
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    status: int | None = None
    answer: str = ""
    fault: str | None = None
    complaint: str = ""  # what the vendor's own description doesn't allow of this request
    milliseconds: float | None = None
    id: int = 0
    time: str = ""


class Journal:
    """The newest `KEPT` entries, in memory: a log ends with the sandbox."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self._ids = itertools.count(1)
        self.complaints: list[str] = []  # kept when the log is emptied

    def add(self, entry: Entry) -> Entry:
        entry.id = next(self._ids)
        entry.time = datetime.now(UTC).isoformat(timespec="milliseconds")
        self._entries.append(entry)
        return entry

    def newest_first(
        self, *, vendor: str = "", path: str = "", direction: str = "", after: int = 0, limit: int = 200
    ) -> list[dict[str, Any]]:
        """Entries with an id above `after`; `path` is any part of the path."""
        found = (
            asdict(entry)
            for entry in reversed(self._entries)
            if entry.id > after
            and (not vendor or entry.vendor == vendor)
            and (not direction or entry.direction == direction)
            and path in entry.path
        )
        return list(itertools.islice(found, limit))

    def clear(self, vendor: str = "") -> None:
        kept = [entry for entry in self._entries if vendor and entry.vendor != vendor]
        self._entries.clear()
        self._entries.extend(kept)


def masked(headers: list[tuple[str, str]]) -> dict[str, str]:
    """Header values as sent, secrets as their scheme only ("Bearer ***")."""
    return {name: _mask(value) if name in SECRET_HEADERS else value for name, value in headers}


def _mask(value: str) -> str:
    scheme, space, _ = value.partition(" ")
    return f"{scheme} ***" if space else "***"


def text_of(body: bytes) -> str:
    """A body for the log: text as it is, anything else by its size."""
    if len(body) > BODY_LIMIT:
        return f"<{len(body)} bytes, the log keeps up to {BODY_LIMIT}>"
    try:
        return body.decode()
    except UnicodeDecodeError:
        return f"<{len(body)} bytes that are not text>"
