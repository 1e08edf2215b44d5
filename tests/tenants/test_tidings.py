"""What the hooks of one commit tell Redis leaves in one message, in order, and only what was committed."""

import contextlib
import json
import socket
import socketserver
import threading

import pytest
import structlog.testing
from django.db import transaction

from frontdesk.celery import app
from tenants import bell, events, tidings

TASK = "conversations.turn"


class _Slow(socketserver.StreamRequestHandler):
    """Answers a bell only when the event that was told after it is there, too."""

    def handle(self):
        said = b""
        with contextlib.suppress(OSError):
            while more := self.request.recv(65536):
                said += more
                while b"SETINFO" in said or b"HELLO" in said:
                    said = said.replace(b"HELLO" if b"HELLO" in said else b"SETINFO", b"", 1)
                    self.request.sendall(b"+OK\r\n")
                if b"LPUSH" in said and b"PUBLISH" in said:
                    self.server.heard.append((said.index(b"LPUSH"), said.index(b"PUBLISH")))
                    self.request.sendall(b":1\r\n:1\r\n")
                    said = b""


@pytest.fixture
def celery_is_set():
    """Celery has read the settings before a test changes them."""
    assert app.conf.broker_url


@pytest.fixture
def slow_redis(celery_is_set, settings):
    """The (place of the bell, place of the event) of each message that it has heard."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Slow) as server:
        server.daemon_threads, server.heard = True, []
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        settings.REDIS_URL = f"redis://127.0.0.1:{server.server_address[1]}/0?protocol=2"
        yield server.heard
        tidings.client().close()
        server.shutdown()
        thread.join()


@pytest.fixture
def heard(fresh_business):
    """`heard()` → names of the events that have arrived since, and how many bells."""
    client, queue = tidings.client(), "frontdesk"
    client.delete(queue)
    with client.pubsub() as listening:
        listening.subscribe(events.channel_name(fresh_business))
        listening.get_message(timeout=2)

        def so_far():
            names = []
            while found := listening.get_message(timeout=0.05):
                names.append(json.loads(found["data"])["name"])
            return names, client.llen(queue)

        yield so_far
    client.delete(queue)


def ring_and_publish(business):
    transaction.on_commit(lambda: bell.send(TASK, business.pk, 1))
    events.publish(business, "conversation", 1)


def test_a_bell_and_an_event_of_one_commit_are_waited_for_once(fresh_business, slow_redis):
    with structlog.testing.capture_logs() as logs, transaction.atomic():
        ring_and_publish(fresh_business)
    assert not logs
    ((bells, published),) = slow_redis
    assert bells < published


def test_what_was_rolled_back_is_not_told(fresh_business, heard):
    with transaction.atomic():
        with contextlib.suppress(ZeroDivisionError), transaction.atomic():
            ring_and_publish(fresh_business)
            raise ZeroDivisionError
        events.publish(fresh_business, "diary", 1)
        assert heard() == ([], 0)
    assert heard() == (["diary"], 0)


def test_what_was_told_before_a_hook_failed_has_left(fresh_business, heard):
    def fails():
        raise ZeroDivisionError

    def commits():
        with transaction.atomic():
            ring_and_publish(fresh_business)
            transaction.on_commit(fails)
            events.publish(fresh_business, "diary", 1)

    with pytest.raises(ZeroDivisionError):
        commits()
    assert heard() == (["conversation"], 1)


def test_a_hook_with_a_transaction_of_its_own_tells_both(fresh_business, heard):
    def again():
        with transaction.atomic():
            events.publish(fresh_business, "inner", 1)

    with transaction.atomic():
        events.publish(fresh_business, "outer", 1)
        transaction.on_commit(again)
    assert sorted(heard()[0]) == ["inner", "outer"]


def test_one_that_redis_refuses_takes_no_other_with_it(fresh_business, heard):
    refused = []
    with tidings.told_together():
        tidings.tell("LPUSH", "frontdesk", lost=lambda: refused.append("one without a value"))
        tidings.tell("LPUSH", "frontdesk", "{}", lost=lambda: refused.append("a bell"))
    assert heard() == ([], 1)
    assert refused == ["one without a value"]


def test_without_redis_each_is_noted(fresh_business, celery_is_set, settings):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.REDIS_URL = f"redis://127.0.0.1:{nobody.getsockname()[1]}/0"
        with structlog.testing.capture_logs() as logs, transaction.atomic():
            ring_and_publish(fresh_business)
    assert [each["event"] for each in logs] == ["bell.not_rung", "event.not_sent"]
