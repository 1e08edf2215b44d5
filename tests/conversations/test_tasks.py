"""The tasks behind the bell, and everybody at once."""

import datetime as dt
import itertools
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import connection
from django_tenants.utils import tenant_context

from agents.types import Reply
from conversations import handoffs, inbox, outbox, tasks
from conversations.delivery import deliver
from conversations.events_in import InboundMessage
from conversations.forgotten import call_for_forgotten
from conversations.models import Channel, Conversation, Message
from conversations.turns import TURN, run_turn
from tenants import clock, worklist
from tenants.models import AuditEntry, Business, User, WorkItem
from tests.conversations.conftest import Listener, new_sid, sent_texts


def test_a_turn_waits_until_it_is_quiet(clinic, conversation):
    WorkItem.objects.filter(kind=TURN).update(due_at=clock.now() + dt.timedelta(hours=1))
    tasks.turn.body(clinic, conversation.pk)
    assert sent_texts(conversation) == []
    WorkItem.objects.filter(kind=TURN).update(due_at=clock.now() - dt.timedelta(seconds=1))
    tasks.turn.body(clinic, conversation.pk)
    assert len(sent_texts(conversation)) == 1


def test_a_burst_moves_the_time_on_but_not_for_ever(clinic, write):
    first = write()
    created = WorkItem.objects.get(kind=TURN).created_at
    for _ in range(30):
        write("and")
    item = WorkItem.objects.get(kind=TURN, object_id=first.conversation_id)
    assert item.due_at - created <= dt.timedelta(seconds=clinic.burst_at_most)
    assert item.version == 31


def test_a_fault_of_ours_gives_the_work_back_and_is_parked_in_the_end(clinic, conversation):
    from agents.models import AssistantVersion

    AssistantVersion.objects.update(status="archived")
    for _ in range(3):
        WorkItem.objects.filter(kind=TURN).update(due_at=clock.now() - dt.timedelta(seconds=1))
        with pytest.raises(AssistantVersion.DoesNotExist):
            tasks.turn.body(clinic, conversation.pk)
    WorkItem.objects.filter(kind=TURN).update(due_at=clock.now() - dt.timedelta(seconds=1))
    tasks.turn.body(clinic, conversation.pk)
    assert WorkItem.objects.get(kind=TURN).parked_at is not None
    assert Conversation.objects.get().handling == "waiting_for_staff"


def test_what_stands_on_no_list_is_found(clinic, conversation):
    [queued] = outbox.queue(clinic, conversation, "Hello")
    WorkItem.objects.all().delete()
    assert call_for_forgotten(clinic) == 0, "nothing is overdue yet"
    Message.objects.update(created_at=clock.now() - dt.timedelta(minutes=10))
    assert call_for_forgotten(clinic) == 2
    assert set(WorkItem.objects.values_list("kind", "object_id")) == {
        (TURN, conversation.pk),
        (outbox.DELIVER, queued.pk),
    }
    assert call_for_forgotten(clinic) == 0


def test_what_people_have_or_nobody_could_receive_is_not_called_for(clinic, conversation, alice):
    WorkItem.objects.all().delete()
    Message.objects.update(created_at=clock.now() - dt.timedelta(minutes=10))
    Conversation.objects.update(last_inbound_at=clock.now() - dt.timedelta(hours=25))
    assert call_for_forgotten(clinic) == 0
    Conversation.objects.update(last_inbound_at=clock.now(), handling="staff")
    assert call_for_forgotten(clinic) == 0


def test_ids_of_people_and_not_their_numbers_stand_in_the_work_list(clinic, conversation):
    row = WorkItem.objects.filter(kind=TURN).values().get()
    assert "447911" not in str(row)
    assert not AuditEntry.objects.filter(detail__icontains="447911").exists()


# -- everybody at once -------------------------------------------------------------------------------------

ROUNDS = 15


@pytest.fixture
def busy(fresh_business):
    """A simulated channel; `run(act)` does it in a thread of its own, inside the schema."""
    channel = Channel.objects.create(kind="simulator", address="simulator:busy")
    pool = ThreadPoolExecutor(8)

    def run(act):
        def inside():
            try:
                with tenant_context(fresh_business):
                    return act()
            finally:
                connection.close()

        return pool.submit(inside)

    yield fresh_business, channel, run
    pool.shutdown()


def _write(business, channel, text):
    event = InboundMessage(
        channel_address=channel.address,
        from_address="simulator:+447911123456",
        phone="+447911123456",
        profile_name="",
        provider_id=new_sid(),
        kind="text",
        text=text,
    )
    return inbox.receive(business, channel, event)


def _answer(business, conversation_id):
    lease = worklist.claim(business.pk, TURN, conversation_id, early=True)
    if lease is not None:
        with suppress(worklist.LeaseLost):
            run_turn(business, conversation_id, lease, receptionist=Listener(outcomes=[Reply(text="Yes")] * 9))


def _send_all(business):
    for pk in list(Message.objects.filter(delivery__in=outbox.OPEN).values_list("pk", flat=True)):
        lease = worklist.claim(business.pk, outbox.DELIVER, pk, early=True)
        if lease is not None:
            deliver(business, pk, lease)


def test_patient_staff_and_workers_at_once_lose_nothing_and_block_nobody(busy):
    business, channel, run = busy
    conversation = Conversation.objects.get(pk=_write(business, channel, "First").conversation_id)
    alice = User.objects.get(email="alice@clinic.test")

    def staff():
        for _ in range(ROUNDS):
            handoffs.take_over(business, conversation, alice)
            outbox.queue(business, conversation, "Alice here", author="staff", staff_id=alice.pk)
            handoffs.return_to_assistant(business, conversation, alice)

    everybody = [run(staff)]
    everybody += [run(lambda: [_write(business, channel, str(each)) for each in range(ROUNDS)]) for _ in range(2)]
    everybody += [run(lambda: [_answer(business, conversation.pk) for _ in range(ROUNDS)]) for _ in range(2)]
    everybody += [run(lambda: [_send_all(business) for _ in range(ROUNDS)]) for _ in range(2)]
    for each in everybody:
        each.result(timeout=300)

    _answer(business, conversation.pk)
    for _ in itertools.repeat(None, 100):
        _send_all(business)
    assert Message.objects.filter(direction="in").count() == 2 * ROUNDS + 1
    assert not outbox.unanswered(conversation.pk).exists()
    sent = Message.objects.filter(direction="out").order_by("pk")
    assert set(sent.values_list("delivery", flat=True)) <= {"sent", "withheld"}
    assert (
        len(set(sent.filter(author="assistant").values_list("turn_id", flat=True)))
        == sent.filter(author="assistant").count()
    ), "one reply a turn"
    order = list(sent.filter(delivery="sent").values_list("sent_at", flat=True))
    assert order == sorted(order)


def test_a_suspended_business_is_not_swept(clinic):
    clinic.status = Business.Status.SUSPENDED
    assert call_for_forgotten(clinic) == 0
