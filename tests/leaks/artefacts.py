"""Everything that a run leaves behind where no patient may be found: rows, the wire, logs, Redis."""

import base64
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import redis
from django.conf import settings
from django.db import connection

from agents import telemetry
from frontdesk import celery_settings
from tests.vendors import Sandbox

# What people wrote or were told, in real words: it stays in the business's schema and is hidden on its way to a model.
REAL_WORDS = {
    "agents_fact",
    "agents_knowledgeentry",
    "agents_knowledgechunk",
    "agents_correction",
    "agents_savedcase",
    "agents_pseudonym",  # encrypted; scanned below
}
PUBLIC = ("tenants_workitem", "tenants_auditentry")


class Logs(logging.Handler):
    """What the application would write, as its own formatter writes it."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[str] = []
        if logging.getLogger().handlers:
            self.setFormatter(logging.getLogger().handlers[0].formatter)

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{self.format(record)} {record.getMessage()}")


@contextmanager
def listening() -> Iterator[tuple[Logs, Any]]:
    """Logs from INFO up and all events over pub/sub; the queue is emptied before (its bindings stay)."""
    root, logs = logging.getLogger(), Logs()
    before = root.level
    client = redis.Redis.from_url(settings.REDIS_URL)
    client.delete(celery_settings.task_default_queue)
    events = client.pubsub()
    events.psubscribe("*")
    root.addHandler(logs)
    root.setLevel(logging.INFO)
    try:
        yield logs, events
    finally:
        root.setLevel(before)
        root.removeHandler(logs)
        events.close()
        client.close()


def rows_for_models() -> str:
    """Every row of the tables that models, traces and the operator see, as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
            " AND table_name LIKE 'agents\\_%' ORDER BY table_name"
        )
        tables = [name for (name,) in cursor.fetchall() if name not in REAL_WORDS]
        assert {"agents_turn", "agents_step", "agents_transcriptentry", "agents_review"} <= set(tables)
        pieces = []
        for table in (*tables, "agents_pseudonym", *(f"public.{name}" for name in PUBLIC)):
            name = ".".join(connection.ops.quote_name(part) for part in table.split("."))
            cursor.execute(f"SELECT row_to_json(t)::text FROM {name} t")
            pieces += [text for (text,) in cursor.fetchall()]
    # Postgres writes JSON within JSON unescaped, so that "Björklund" stands as such
    return "\n".join(pieces)


def wire(sandbox: Sandbox) -> str:
    """The vendor's log: each request to Anthropic as it came over the socket."""
    entries = sandbox.get("/log", vendor="anthropic", limit=5000)["entries"]
    return "\n".join(json.dumps([each, _decoded(str(each.get("body")))], ensure_ascii=False) for each in entries)


def spans(sandbox: Sandbox) -> str:
    """What the collector of OpenTelemetry got, as bytes and decoded."""
    telemetry.end()
    got = sandbox.get("/otlp/spans")
    bodies = (base64.b64decode(each).decode("utf-8", "replace") for each in got["bodies"])
    return "\n".join([json.dumps(got["spans"], ensure_ascii=False), *bodies])


def redis_dump(events: Any) -> tuple[str, int]:
    """All keys with their values, Celery's payloads decoded, and what was published; the number of payloads."""
    client = redis.Redis.from_url(settings.REDIS_URL)
    pieces, payloads = [], 0
    for key in client.scan_iter(count=1000):
        for value in _values(client, key):
            text = value.decode("utf-8", "replace")
            body = _body_of(text)
            payloads += bool(body)
            pieces.append(f"{key.decode('utf-8', 'replace')} {text} {body}")
    while (message := events.get_message(timeout=0.1)) is not None:
        pieces.append(str(message.get("data")))
    client.close()
    return "\n".join(pieces), payloads


def _values(client: redis.Redis, key: bytes) -> list[bytes]:
    match client.type(key):
        case b"string":
            return [client.get(key) or b""]
        case b"list":
            return client.lrange(key, 0, -1)
        case b"set":
            return list(client.smembers(key))
        case b"zset":
            return client.zrange(key, 0, -1)
        case b"hash":
            return [part for pair in client.hgetall(key).items() for part in pair]
    return []


def _body_of(text: str) -> str:
    """A task's arguments, which Celery's transport writes in base64."""
    try:
        return base64.b64decode(json.loads(text)["body"]).decode()
    except (ValueError, KeyError, TypeError):
        return ""


def _decoded(body: str) -> str:
    try:
        return json.dumps(json.loads(body), ensure_ascii=False)
    except ValueError:
        return body
