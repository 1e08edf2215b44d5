"""A bell is what Celery itself would have sent, and nothing waits for one that can't be rung."""

import base64
import datetime as dt
import json
import re

import pytest
import structlog.testing

from frontdesk.celery import app
from tenants import bell, tidings

NAMES_OF_THE_MESSAGE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture
def queue():
    """`queue(name)` → the newest message of a list, as it stands in Redis."""
    client = tidings.client()

    def newest(name):
        return json.loads(client.lpop(name))

    client.delete("frontdesk", "listening")
    yield newest
    client.delete("frontdesk", "listening")


def without_names(message):
    """Fields that differ from one message to the next become their own kind; an id that was given twice stays one."""
    text, seen = json.dumps(message, sort_keys=True), {}
    return NAMES_OF_THE_MESSAGE.sub(lambda found: seen.setdefault(found[0], f"name {len(seen)}"), text)


@pytest.mark.parametrize(
    ("task", "name"),
    [("conversations.turn", "frontdesk"), ("conversations.listen", "listening"), ("tests.nobody_has_it", "frontdesk")],
)
def test_it_is_the_message_that_celery_would_write(queue, task, name):
    app.send_task(task, args=(7, 4711), retry=False, ignore_result=True)
    celerys = queue(name)
    celerys["properties"]["reply_to"] = ""  # nobody waits for an answer
    bell.send(task, 7, 4711)
    ours = queue(name)
    for each in (celerys, ours):
        each["headers"]["ignore_result"] = True  # which Celery adds only where it knows the task
        assert base64.b64decode(each["body"]) == base64.b64decode(celerys["body"])
    assert without_names(ours) == without_names(celerys)


def test_one_for_later_says_when_by_the_machines_clock(queue):
    before = dt.datetime.now(dt.UTC)
    bell.send("conversations.turn", 7, 4711, seconds=30)
    after = dt.datetime.now(dt.UTC)
    due = dt.datetime.fromisoformat(queue("frontdesk")["headers"]["eta"]) - dt.timedelta(seconds=30)
    assert before <= due <= after


def test_without_redis_it_is_only_noted(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    with structlog.testing.capture_logs() as logs:
        bell.send("conversations.turn", 7, 4711)
    assert [each["event"] for each in logs] == ["bell.not_rung"]
