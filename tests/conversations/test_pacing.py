"""How fast messages leave: buckets in Redis, shared by whoever sends; the vendor's "too fast" slows them."""

import datetime as dt
import secrets
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from conversations import outbox, pacing
from conversations.channels.base import ChannelError
from conversations.delivery import deliver
from conversations.models import Message
from conversations.pacing import Pace
from tenants import tidings
from tenants.models import WorkItem
from tests.conversations.conftest import PATIENT, forget_pace, lease_for

PLENTY = Pace(per_second=1000, burst=1000)
FEW = Pace(per_second=0.001, burst=5)


@pytest.fixture
def ask(clinic):
    """`ask("whatsapp:+44…")` → None or a time to wait; of a channel that nobody else paces."""
    channel = secrets.randbelow(10**12)
    return lambda address="a", **paces: pacing.take(clinic, channel, address, **paces)


def no_redis(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"


def test_a_burst_leaves_at_once_and_the_rest_waits(ask):
    assert [ask(pair=FEW, number=PLENTY) for _ in range(5)] == [None] * 5
    assert ask(pair=FEW, number=PLENTY) > dt.timedelta(seconds=100)


def test_one_recipient_does_not_hold_up_another(ask):
    while ask("a", pair=FEW, number=PLENTY) is None:
        pass
    assert ask("b", pair=FEW, number=PLENTY) is None


def test_a_number_has_a_pace_of_its_own_over_all_recipients(ask):
    assert [ask(str(each), number=FEW) for each in range(5)] == [None] * 5
    assert ask("another", number=FEW) is not None


def test_what_has_to_wait_takes_nothing(ask):
    """Else whoever asks often would never be let through."""
    tight = Pace(per_second=20, burst=1)
    assert ask(number=tight, pair=PLENTY) is None
    waits = [ask(number=tight, pair=PLENTY) for _ in range(20)]
    assert max(each or dt.timedelta(0) for each in waits) <= dt.timedelta(seconds=1)


def test_many_at_once_get_no_more_than_there_is(ask):
    with ThreadPoolExecutor(16) as pool:
        told = list(pool.map(lambda number: ask(str(number), number=FEW), range(200)))
    assert told.count(None) == 5


def test_too_fast_empties_the_bucket_and_halves_its_rate(clinic):
    channel = secrets.randbelow(10**12)
    for _ in range(3):
        pacing.note_refusal(clinic, channel, "a", "63018")
    key = f"pace:{clinic.schema_name}:{channel}"
    assert tidings.client().get(f"{key}:slow") == b"3"
    assert 0 < tidings.client().pttl(f"{key}:slow") <= 60_000
    wait = pacing.take(clinic, channel, "b", number=Pace(per_second=1, burst=10))
    assert wait >= dt.timedelta(seconds=4), "at the whole rate two at most"


def test_too_fast_to_one_person_slows_only_that_one(clinic):
    channel = secrets.randbelow(10**12)
    pacing.note_refusal(clinic, channel, "a", "131056")
    assert pacing.take(clinic, channel, "a") is not None
    assert pacing.take(clinic, channel, "b") is None


@pytest.mark.parametrize("code", ["63016", "21610", "timeout", "", "131047"])
def test_any_other_refusal_slows_nothing(clinic, code):
    channel = secrets.randbelow(10**12)
    pacing.note_refusal(clinic, channel, "a", code)
    assert pacing.take(clinic, channel, "a") is None


def test_no_number_of_anybody_stands_in_redis(clinic):
    channel = secrets.randbelow(10**12)
    pacing.take(clinic, channel, PATIENT)
    assert not [key for key in tidings.client().scan_iter("pace:*") if b"447911123456" in key]


def test_flushed_the_buckets_are_full_again(ask, clinic):
    while ask(number=FEW) is None:
        pass
    forget_pace()
    assert ask(number=FEW) is None


def test_without_redis_messages_leave_at_a_slow_pace_of_the_process(ask, settings):
    no_redis(settings)
    pacing.forget()
    began = time.monotonic()
    told = [ask(str(each)) for each in range(20)]
    alone = pacing.ALONE_NUMBER
    most = alone.burst + alone.per_second * (time.monotonic() - began) + 1
    assert alone.burst <= told.count(None) <= most
    assert all(each is None or each < dt.timedelta(seconds=2) for each in told)


def test_a_message_that_has_to_wait_keeps_its_place(clinic, conversation, phone):
    first, second = (outbox.queue(clinic, conversation, text)[0] for text in ("One", "Two"))
    pacing.note_refusal(clinic, conversation.channel_id, conversation.identity.address, "131056")
    for each in (second, first):
        deliver(clinic, each.pk, lease_for(clinic, outbox.DELIVER, each.pk), find_adapter=lambda _: phone)
    assert not phone.taken
    assert set(Message.objects.filter(direction="out").values_list("delivery", "attempts")) == {("queued", 0)}
    assert WorkItem.objects.filter(kind=outbox.DELIVER).count() == 2
    forget_pace()
    for each in (second, first, second):
        deliver(clinic, each.pk, lease_for(clinic, outbox.DELIVER, each.pk), find_adapter=lambda _: phone)
    assert [text for _, text in phone.taken] == ["One", "Two"]


def test_a_refusal_for_its_speed_slows_the_number_and_is_tried_again(clinic, conversation, phone):
    message = outbox.queue(clinic, conversation, "One")[0]
    phone.faults = [ChannelError("429", permanent=False)]
    deliver(clinic, message.pk, lease_for(clinic, outbox.DELIVER, message.pk), find_adapter=lambda _: phone)
    message.refresh_from_db()
    assert (message.delivery, message.error) == ("queued", "429")
    assert tidings.client().get(f"pace:{clinic.schema_name}:{conversation.channel_id}:slow") == b"1"
