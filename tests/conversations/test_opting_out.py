"""STOP and START (fault 17), and what WhatsApp's 24 hours allow (fault 65)."""

import datetime as dt

import pytest

from conversations import outbox, service_window
from conversations.channels.base import ChannelError
from conversations.delivery import deliver
from conversations.models import Contact, Conversation, Message
from conversations.service_window import conversation_with, window_of
from conversations.turns import TURN
from tenants import clock
from tenants.models import ChannelKind, WorkItem
from tests.conversations.conftest import lease_for, sent_texts


def waiting_turns():
    return WorkItem.objects.filter(kind=TURN).count()


@pytest.mark.parametrize("word", ["STOP", " stop ", "Stop.", "UNSUBSCRIBE", "Arrêt"])
def test_stop_is_confirmed_and_kept_and_starts_no_turn(twilio, channel, word):
    twilio.says(word)
    contact = Contact.objects.get()
    assert contact.opted_out_at is not None
    [text] = sent_texts(Conversation.objects.get())
    assert "START" in text
    assert Message.objects.get(direction="out").author == "system"
    assert (waiting_turns(), Message.objects.get(direction="in").answered_by) == (0, 0)


@pytest.mark.parametrize("text", ["Please stop sending me to voicemail", "cancel", "Start", "don't stop", "stop it"])
def test_only_a_message_that_is_nothing_but_the_word_counts(twilio, channel, text):
    twilio.says(text)
    assert Contact.objects.get().opted_out_at is None
    assert (sent_texts(Conversation.objects.get()), waiting_turns()) == ([], 1)


def test_start_takes_it_back(twilio, channel):
    twilio.says("STOP")
    twilio.says("start")
    assert Contact.objects.get().opted_out_at is None
    assert [each.act for each in Conversation.objects.get().events.all()] == ["opted_out", "opted_in"]


def test_who_opted_out_is_still_answered(twilio, channel):
    twilio.says("STOP")
    twilio.says("When do you open?")
    assert waiting_turns() == 1


def test_a_business_that_speaks_another_language_confirms_in_it(twilio, channel, clinic):
    type(clinic).objects.filter(pk=clinic.pk).update(language="de")
    twilio.says("STOPP")
    assert "keine Nachrichten mehr" in sent_texts(Conversation.objects.get())[0]


# -- the service window ------------------------------------------------------------------------------------


def window(**hours):
    Conversation.objects.update(last_inbound_at=clock.now() - dt.timedelta(**hours))
    return window_of(conversation_with(Contact.objects.get().pk))


def test_within_24_hours_free_text_goes(conversation):
    assert window(hours=23, minutes=58).way == "freeform"


def test_later_only_a_template_goes(conversation):
    shut = window(hours=24)
    assert (shut.way, shut.reason) == ("template", "window_shut")
    assert "24 hours" in shut.words


def test_nothing_goes_by_itself_to_who_opted_out(conversation):
    Contact.objects.update(opted_out_at=clock.now())
    assert (window(hours=1).way, window(hours=1).reason) == ("nothing", "opted_out")


def test_nothing_goes_where_there_is_no_number(conversation, channel):
    assert window_of(conversation_with(None)).reason == "no_channel"
    type(channel).objects.update(active=False)
    assert window_of(conversation_with(conversation.contact_id)).reason == "no_channel"


def test_the_simulator_has_no_window(conversation, channel):
    type(channel).objects.update(kind=ChannelKind.SIMULATOR)
    assert window(hours=99).way == "freeform"


@pytest.mark.parametrize("author", ["assistant", "staff"])
def test_fault_65_a_reply_after_24_hours_is_a_task_for_staff_and_never_a_rejected_send(
    clinic, conversation, phone, author
):
    [late] = outbox.queue(clinic, conversation, "You are booked.", author=author)
    Conversation.objects.update(last_inbound_at=clock.now() - dt.timedelta(hours=25))
    deliver(clinic, late.pk, lease_for(clinic, outbox.DELIVER, late.pk), find_adapter=lambda _: phone)
    late.refresh_from_db()
    conversation.refresh_from_db()
    assert (late.delivery, late.error, phone.taken) == ("failed", service_window.SHUT, [])
    assert not WorkItem.objects.filter(kind=outbox.DELIVER).exists(), "it is not tried again"
    if author == "assistant":
        assert conversation.handling == "waiting_for_staff"


def test_fault_65_the_vendors_63016_never_loops(clinic, conversation, phone):
    [late] = outbox.queue(clinic, conversation, "You are booked.")
    phone.faults = [ChannelError("63016", permanent=True)] * 5
    deliver(clinic, late.pk, lease_for(clinic, outbox.DELIVER, late.pk), find_adapter=lambda _: phone)
    assert not WorkItem.objects.filter(kind=outbox.DELIVER).exists()
    assert len(phone.faults) == 4
