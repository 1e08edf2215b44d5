"""The way out: sent once, in order, and never blindly again."""

import datetime as dt

import pytest

from conversations import handoffs, outbox
from conversations.channels.base import ChannelError, Found, OutcomeUnknown
from conversations.delivery import deliver
from conversations.models import Message
from conversations.splitting import parts_of
from tenants import clock
from tenants.models import WorkItem
from tests.conversations.conftest import PATIENT, forget_pace, lease_for, new_sid

AT_ONCE = dt.timedelta(0)


@pytest.fixture
def queued(clinic, conversation):
    return outbox.queue(clinic, conversation, "You are booked.")[0]


@pytest.fixture
def send(clinic, phone):
    def run(message, certain_after=AT_ONCE):
        forget_pace()  # the work item comes back when its time has come
        lease = lease_for(clinic, outbox.DELIVER, message.pk)
        deliver(clinic, message.pk, lease, find_adapter=lambda _: phone, certain_after=certain_after)
        message.refresh_from_db()
        return message

    return run


def waiting(message):
    return WorkItem.objects.filter(kind=outbox.DELIVER, object_id=message.pk).exists()


def acts(conversation):
    return [event.act for event in conversation.events.all()]


def test_a_message_is_sent_once(queued, send, phone):
    message = send(queued)
    assert phone.taken == [(PATIENT, "You are booked.")]
    assert (message.delivery, message.attempts) == ("sent", 1)
    assert message.provider_id.startswith("SM")
    assert not waiting(message)


def test_a_refusal_for_good_is_shown_and_goes_to_the_team(queued, send, phone, conversation):
    phone.faults = [ChannelError("63016", permanent=True)]
    message = send(queued)
    assert (message.delivery, message.error) == ("failed", "63016")
    assert acts(conversation) == ["not_delivered", "handed_over"]
    conversation.refresh_from_db()
    assert conversation.handling == "waiting_for_staff"
    assert not waiting(message)
    assert Message.objects.filter(direction="out").count() == 1, "nothing else is written to them"


def test_who_opted_out_is_left_alone(queued, send, phone, conversation):
    phone.faults = [ChannelError("21610", permanent=True)]
    send(queued)
    conversation.refresh_from_db()
    assert (conversation.handling, acts(conversation)) == ("assistant", ["not_delivered", "opted_out"])
    assert conversation.contact.opted_out_at is not None, "nothing else goes out by itself"


def test_too_many_requests_are_tried_again_later(queued, send, phone):
    phone.faults = [ChannelError("20429", permanent=False)] * 2
    assert send(queued).delivery == "queued"
    assert send(queued).delivery == "queued"
    assert send(queued).delivery == "sent"
    assert len(phone.taken) == 1


def test_a_passing_refusal_that_does_not_pass_is_a_failure_in_the_end(queued, send, phone):
    phone.faults = [ChannelError("20429", permanent=False)] * 20
    tries = 0
    while send(queued).delivery == "queued":
        tries += 1
    assert (queued.delivery, tries) == ("failed", 7)


def test_a_lost_answer_is_looked_up_and_not_sent_again(queued, send, phone):
    phone.faults, phone.take_before_fault = [OutcomeUnknown("timeout")], True
    assert send(queued).delivery == "unknown"
    message = send(queued)
    assert (message.delivery, message.provider_id) == ("sent", phone.found.provider_id)
    assert len(phone.taken) == 1


def test_only_what_is_certainly_absent_is_sent_again(queued, send, phone):
    phone.faults = [OutcomeUnknown("connection_cut")]
    send(queued)
    assert send(queued, certain_after=dt.timedelta(minutes=1)).delivery == "unknown"
    assert phone.taken == []
    assert send(queued, certain_after=AT_ONCE).delivery == "sent"
    assert (len(phone.taken), phone.looked_up) == (1, 2)


def test_while_the_vendor_cannot_be_asked_nothing_is_sent(queued, send, phone):
    phone.faults, phone.unreachable = [OutcomeUnknown("timeout")], True
    for _ in range(5):
        assert send(queued).delivery == "unknown"
    assert phone.taken == []
    Message.objects.filter(pk=queued.pk).update(tried_at=clock.now() - dt.timedelta(hours=25))
    assert send(queued).delivery == "failed"


def test_fault_20_a_killed_senders_message_is_looked_up(queued, send, phone):
    Message.objects.filter(pk=queued.pk).update(delivery="sending", attempts=1, tried_at=clock.now())
    phone.found = Found(provider_id=new_sid(), delivery="delivered")
    message = send(queued)
    assert (message.delivery, message.provider_id, phone.taken) == ("delivered", phone.found.provider_id, [])


def test_what_the_vendor_has_as_failed_is_failed(queued, send, phone):
    Message.objects.filter(pk=queued.pk).update(delivery="sending", attempts=1, tried_at=clock.now())
    phone.found = Found(provider_id=new_sid(), delivery="failed", error="63024")
    assert (send(queued).delivery, queued.error) == ("failed", "63024")


def test_a_message_that_kills_senders_is_given_up(clinic, queued, send, phone):
    for _ in range(3):
        lease_for(clinic, outbox.DELIVER, queued.pk)
        WorkItem.objects.filter(kind=outbox.DELIVER).update(leased_until=None)
    assert (send(queued).delivery, queued.error, phone.taken) == ("failed", "sender_crashed", [])


def test_the_order_of_a_conversation_is_kept(clinic, conversation, send, phone):
    first, second = (outbox.queue(clinic, conversation, text)[0] for text in ("One", "Two"))
    assert send(second).delivery == "queued"
    phone.faults = [OutcomeUnknown("timeout")]
    send(first)
    assert send(second).delivery == "queued"
    send(first)
    due = WorkItem.objects.get(kind=outbox.DELIVER, object_id=second.pk).due_at
    assert due <= clock.now() + dt.timedelta(seconds=1), "it is called for at once"
    send(second)
    assert [text for _, text in phone.taken] == ["One", "Two"]


def test_what_people_withheld_is_not_sent(clinic, conversation, queued, send, phone, alice):
    handoffs.take_over(clinic, conversation, alice)
    assert (send(queued).delivery, phone.taken) == ("withheld", [])
    assert not waiting(queued)


def test_a_second_bell_sends_nothing_again(clinic, queued, send, phone):
    send(queued)
    from tenants import worklist

    worklist.call_for(clinic.pk, outbox.DELIVER, queued.pk)
    send(queued)
    assert len(phone.taken) == 1


@pytest.mark.parametrize(
    ("before", "news", "after"),
    [
        ("sent", "delivered", "delivered"),
        ("sent", "read", "read"),
        ("delivered", "sent", "delivered"),
        ("delivered", "queued", "delivered"),
        ("read", "delivered", "read"),
        ("sent", "failed", "failed"),
        ("sent", "undelivered", "failed"),
        ("delivered", "failed", "delivered"),
        ("read", "failed", "read"),
        ("failed", "delivered", "failed"),
        ("failed", "sent", "failed"),
        ("withheld", "sent", "withheld"),
    ],
)
def test_fault_67_a_status_only_goes_forward(twilio, queued, before, news, after):
    Message.objects.filter(pk=queued.pk).update(delivery=before, provider_id=new_sid())
    queued.refresh_from_db()
    assert twilio.status(queued, news).status_code == 204
    queued.refresh_from_db()
    assert queued.delivery == after


def test_fault_20_the_callback_alone_proves_that_it_was_taken(twilio, queued, send, phone):
    phone.faults, phone.unreachable = [OutcomeUnknown("timeout")], True
    send(queued)
    sid = new_sid()
    assert twilio.status(queued, "sent", sid=sid).status_code == 204
    message = send(queued)
    assert (message.delivery, message.provider_id, phone.taken) == ("sent", sid, [])
    assert not waiting(message)


def test_a_callback_before_our_own_note_is_kept(twilio, queued, send, phone):
    sid = new_sid()
    Message.objects.filter(pk=queued.pk).update(delivery="sending", attempts=1, tried_at=clock.now())
    twilio.status(queued, "delivered", sid=sid)
    message = send(queued)
    assert (message.delivery, message.provider_id, phone.looked_up) == ("delivered", sid, 0)


def test_a_callback_with_a_foreign_id_does_not_replace_the_one_we_have(twilio, queued, send):
    own = send(queued).provider_id
    twilio.status(queued, "read", sid=new_sid())
    queued.refresh_from_db()
    assert (queued.delivery, queued.provider_id) == ("sent", own)


def test_a_late_failure_puts_the_conversation_before_the_team(twilio, queued, send, conversation):
    send(queued)
    twilio.status(queued, "failed", ErrorCode="63016")
    conversation.refresh_from_db()
    assert conversation.handling == "waiting_for_staff"
    queued.refresh_from_db()
    assert (queued.delivery, queued.error) == ("failed", "63016")


def test_an_unsigned_status_is_refused(twilio, queued):
    Message.objects.filter(pk=queued.pk).update(delivery="sent", provider_id="SM1")
    form = {"MessageSid": "SM1", "MessageStatus": "read", "From": "whatsapp:+441134960001", "To": PATIENT}
    assert twilio.post(form, path="/webhooks/twilio/status/", signature="x").status_code == 403
    queued.refresh_from_db()
    assert queued.delivery == "sent"


def test_long_texts_leave_in_parts_that_whatsapp_takes(clinic, conversation):
    paragraphs = [f"Paragraph {each}. " + "word " * 100 for each in range(10)]
    parts = outbox.queue(clinic, conversation, "\n\n".join(paragraphs))
    assert len(parts) > 1
    assert max(len(part.text) for part in parts) <= 1600
    assert " ".join(part.text for part in parts).split() == "\n\n".join(paragraphs).split()


@pytest.mark.parametrize("text", ["", " \n ", "x" * 4000, "a b " * 1000, "é" * 1601, "One. Two! Three? " * 300])
def test_splitting_loses_nothing_but_white_space(text):
    parts = parts_of(text)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(0 < len(part) <= 1600 for part in parts)
