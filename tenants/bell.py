"""Ringing Celery by a task's name, straight into the queue's list in Redis.

What is pushed is what Celery's own `send_task` would write (protocol 2, by kombu's Redis transport), for a quarter of
what it costs there; tests/tenants/test_bell.py holds the two against each other. The app is found through settings,
because it is composed above all apps. https://docs.celeryq.dev/en/stable/internals/protocol.html
"""

import base64
import datetime as dt
import json
import os
import socket
import time
import uuid
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import structlog
from django.conf import settings
from django.utils.module_loading import import_string

from tenants.tidings import tell

if TYPE_CHECKING:
    from celery import Celery

log = structlog.get_logger(__name__)
AFTERWARDS: dict[str, None] = {"callbacks": None, "errbacks": None, "chain": None, "chord": None}


def send(task: str, *ids: int, seconds: float = 0) -> None:
    """Ring once. A bell that can't be rung is only logged: whatever is due stands in the work list."""
    queue = _queue_of(task)
    tell("LPUSH", queue, _message(task, queue, ids, seconds), lost=lambda: log.warning("bell.not_rung", task=task))


def _message(task: str, queue: str, ids: tuple[int, ...], seconds: float) -> str:
    """As a task of ours is rung for: ids and nothing else, no result, no priority."""
    name = str(uuid.uuid4())
    headers: dict[str, Any] = {
        "lang": "py",
        "task": task,
        "id": name,
        "shadow": None,
        "eta": _in(seconds) if seconds else None,
        "expires": None,
        "group": None,
        "group_index": None,
        "retries": 0,
        "timelimit": [None, None],
        "root_id": name,
        "parent_id": None,
        "argsrepr": repr(ids),
        "kwargsrepr": "{}",
        "origin": _origin(os.getpid()),
        "ignore_result": True,
        "replaced_task_nesting": 0,
        "stamped_headers": None,
        "stamps": {},
    }
    properties = {
        "correlation_id": name,
        "reply_to": "",
        "delivery_mode": 2,
        "delivery_info": {"exchange": "", "routing_key": queue},
        "priority": 0,
        "body_encoding": "base64",
        "delivery_tag": str(uuid.uuid4()),
    }
    message = {
        "body": base64.b64encode(json.dumps((ids, {}, AFTERWARDS)).encode()).decode(),
        "content-encoding": "utf-8",
        "content-type": "application/json",
        "headers": headers,
        "properties": properties,
    }
    return json.dumps(message)


def _in(seconds: float) -> str:
    """By the machine's clock, as the worker that waits for it reads it; not by the product's, which can be set."""
    return dt.datetime.fromtimestamp(time.time() + seconds, dt.UTC).isoformat()


@lru_cache(maxsize=1)
def _origin(pid: int) -> str:
    return f"gen{pid}@{socket.gethostname()}"


@cache
def _queue_of(task: str) -> str:
    name: str = _app().amqp.router.route({}, task)["queue"].name
    return name


@lru_cache(maxsize=1)
def _app() -> "Celery":
    app: Celery = import_string(settings.CELERY_APP)
    return app
