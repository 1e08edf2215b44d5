"""A message that was sent is settled in one message to the database, which does nothing without the lease."""

from dataclasses import dataclass

import pytest
from django.db import connection

from bench.measure import round_trips
from conversations import outbox
from conversations.connecting import connect
from conversations.delivery import deliver
from conversations.models import Message
from tenants import tidings, worklist
from tenants.models import WorkItem
from tenants.worklist import LeaseLost
from tests.conversations.conftest import Phone, Webhook, lease_for

NUMBER = "whatsapp:+441134960081"
QUEUE = "frontdesk"


@dataclass
class Meanwhile(Phone):
    """Something happens while the vendor takes a message."""

    act: object = None

    def send(self, channel, outgoing):
        if self.act is not None:
            self.act()
        return super().send(channel, outgoing)


@pytest.fixture
def business(fresh_business):
    """With real commits, and somebody's first message."""
    connect(fresh_business, address=NUMBER)
    Webhook().says("Hello", To=NUMBER)
    connection.set_tenant(fresh_business)
    return fresh_business


@pytest.fixture
def queue(business):
    """Two messages that wait to be sent, in one conversation."""
    conversation = Message.objects.get(direction="in").conversation
    made = [outbox.queue(business, conversation, text)[0] for text in ("One", "Two")]
    tidings.client().delete(QUEUE)
    yield made
    tidings.client().delete(QUEUE)


def send(business, message, phone):
    deliver(business, message.pk, lease_for(business, outbox.DELIVER, message.pk), find_adapter=lambda _: phone)


def state_of(message):
    message.refresh_from_db()
    work = WorkItem.objects.filter(kind=outbox.DELIVER, object_id=message.pk).values_list("version", "leased_until")
    return message.delivery, bool(message.provider_id), *work


def test_sending_is_three_round_trips_and_calls_for_the_next(business, queue):
    first, second = queue
    lease = lease_for(business, outbox.DELIVER, first.pk)
    counted = round_trips(lambda: deliver(business, first.pk, lease, find_adapter=lambda _: Phone()))
    assert counted == 3, "reading it, taking it, settling it"
    assert state_of(first) == ("sent", True)
    assert state_of(second) == ("queued", False, (2, None))
    assert tidings.client().llen(QUEUE) == 1


def test_who_lost_the_lease_while_the_vendor_took_it_changes_nothing(business, queue):
    first, second = queue

    def somebody_else_claims():
        WorkItem.objects.filter(object_id=first.pk).update(leased_until=None)
        worklist.claim(business.pk, outbox.DELIVER, first.pk)

    with pytest.raises(LeaseLost):
        send(business, first, Meanwhile(act=somebody_else_claims))
    delivery, known, (version, leased_until) = state_of(first)
    assert (delivery, known, version) == ("sending", False, 1)
    assert leased_until is not None, "it is still the other one's"
    assert state_of(second) == ("queued", False, (1, None))
    assert tidings.client().llen(QUEUE) == 0


def test_what_was_called_for_again_meanwhile_stays_and_is_rung(business, queue):
    first, _ = queue
    phone = Meanwhile(act=lambda: worklist.call_for(business.pk, outbox.DELIVER, first.pk))
    send(business, first, phone)
    assert state_of(first) == ("sent", True, (2, None))
    assert tidings.client().llen(QUEUE) == 3, "whoever called, the next one, and this one again"


def test_news_of_the_vendors_that_was_quicker_is_kept(business, queue):
    first, _ = queue
    news = Message.objects.filter(pk=first.pk)
    send(business, first, Meanwhile(act=lambda: news.update(delivery="read", provider_id="SM1")))
    assert state_of(first) == ("read", True)
    first.refresh_from_db()
    assert first.provider_id == "SM1"
