"""Buttons and lists, through Twilio's own client against the sandbox, and what comes back when one is tapped."""

import json

import pytest

from agents.types import Choice, Reply
from conversations import outbox
from conversations.choices import form_of, numbered
from conversations.delivery import deliver
from conversations.models import KnownContent, Message
from conversations.turns import TURN, run_turn
from tests.conversations.conftest import NUMBER, PATIENT, lease_for

TIMES = (Choice(id="slot:1", title="Tue 09:00"), Choice(id="slot:2", title="Tue 09:30"))
MANY = tuple(
    Choice(id=f"slot:{number}", title=f"Tue {8 + number:02}:00", description="with Dr Ada Silva")
    for number in range(1, 6)
)


@pytest.fixture
def vendor(sandbox, channel):
    sandbox.post("/twilio/window", {"from": PATIENT, "to": NUMBER})
    sandbox.post("/twilio/hold", {"hold": True})
    yield sandbox
    sandbox.post("/twilio/hold", {"hold": False})


@pytest.fixture
def offer(clinic, conversation):
    """Queue a text with choices and bring it to the vendor; the message as it is then."""

    def run(text, choices):
        [message] = outbox.queue(clinic, conversation, text, choices=choices)
        deliver(clinic, message.pk, lease_for(clinic, outbox.DELIVER, message.pk))
        message.refresh_from_db()
        return message

    return run


def at_twilio(sandbox):
    seen = sandbox.get("/patient/messages", phone=PATIENT)["messages"]
    return [each for each in seen if each["by"] == "business"]


def made(sandbox):
    return [json.loads(each["body"]) for each in sandbox.log("twilio") if each["path"].endswith("/v1/Content")]


def test_two_choices_are_buttons(vendor, offer):
    message = offer("Which one suits you?", TIMES)
    [there] = at_twilio(vendor)
    assert (message.delivery, there["sid"], there["body"]) == ("sent", message.provider_id, "Which one suits you?")
    assert there["content"]["kind"] == "twilio/quick-reply"
    actions = there["content"]["definition"]["actions"]
    assert [(each["id"], each["title"]) for each in actions] == [(each.id, each.title) for each in TIMES]


def test_five_choices_are_a_list(vendor, offer):
    offer("These are free.", MANY)
    [there] = at_twilio(vendor)
    assert there["content"]["kind"] == "twilio/list-picker"
    items = there["content"]["definition"]["items"]
    assert items[4] == {"id": "slot:5", "item": "Tue 13:00", "description": "with Dr Ada Silva"}


def test_a_shape_is_made_once_and_filled_in_each_time(vendor, offer, clinic):
    offer("Which one suits you?", TIMES)
    other = (Choice(id="a", title="Rosa"), Choice(id="b", title="Tom"))
    offer("Who is it for?", other)
    assert [each["content"]["definition"]["actions"][0]["title"] for each in at_twilio(vendor)] == ["Tue 09:00", "Rosa"]
    assert (KnownContent.objects.count(), len(made(vendor))) == (1, 1)
    assert "Rosa" not in json.dumps(made(vendor)), "what is made at the vendor holds nothing of a conversation"


@pytest.mark.parametrize(
    "fault",
    [
        {"path": "v1/Content", "kind": "status", "status": 400, "body": {"code": 20001, "message": "-", "status": 400}},
        {"path": "v1/Content", "kind": "status", "status": 500},
        {"path": "v1/Content", "kind": "wrong_body", "body": "<html>"},
        {
            "path": "Messages.json",
            "kind": "status",
            "status": 400,
            "body": {"code": 21656, "message": "-", "status": 400},
        },
    ],
)
def test_where_the_vendor_refuses_the_choices_are_written_out(vendor, offer, fault):
    vendor.fault(vendor="twilio", method="POST", **fault)
    message = offer("Which one suits you?", TIMES)
    [there] = at_twilio(vendor)
    assert there["body"] == message.text == "Which one suits you?\n\n1. Tue 09:00\n2. Tue 09:30"
    assert (message.delivery, message.choices, there["content"]) == ("sent", [], None)


def test_a_lost_answer_is_found_by_its_text_and_not_sent_twice(vendor, offer, clinic):
    vendor.fault(vendor="twilio", method="POST", path="Messages.json", kind="drop_after_accept")
    message = offer("Which one suits you?", TIMES)
    assert message.delivery == "unknown"
    deliver(clinic, message.pk, lease_for(clinic, outbox.DELIVER, message.pk))
    message.refresh_from_db()
    assert (message.delivery, len(at_twilio(vendor))) == ("sent", 1)


def test_refused_only_afterwards_it_is_said_again_in_words(twilio, clinic, conversation):
    [message] = outbox.queue(clinic, conversation, "Which one suits you?", choices=TIMES)
    Message.objects.filter(pk=message.pk).update(delivery="sent", provider_id="SM" + "c" * 32)
    message.refresh_from_db()
    for _ in range(2):
        twilio.status(message, "failed", ErrorCode="63021")
    texts = list(Message.objects.filter(direction="out").order_by("pk").values_list("text", "delivery", "error"))
    assert texts == [
        ("Which one suits you?", "failed", "63021"),
        ("Which one suits you?\n\n1. Tue 09:00\n2. Tue 09:30", "queued", ""),
    ]
    conversation.refresh_from_db()
    assert conversation.handling == "assistant"


@pytest.mark.parametrize(
    "choices",
    [
        tuple(Choice(id=str(number), title=f"Time {number}") for number in range(11)),
        (Choice(id="a", title="x" * 25),),
        (Choice(id="a", title="Yes"), Choice(id="a", title="No")),
        (Choice(id="a" * 201, title="Yes"),),
        (Choice(id="a", title="Yes", description="d" * 73),),
    ],
)
def test_what_whatsapp_can_not_show_is_text(choices, clinic, conversation):
    [message] = outbox.queue(clinic, conversation, "Choose.", choices=choices)
    assert message.choices == []
    assert message.text == numbered("Choose.", choices)


def test_a_long_text_carries_its_choices_under_the_last_part(clinic, conversation):
    parts = outbox.queue(clinic, conversation, "word " * 300, choices=TIMES)
    assert [len(each.choices) for each in parts] == [0, 2]
    assert form_of(parts[-1].text, TIMES) == "buttons"


def test_lines_that_stand_in_the_text_already_are_not_repeated():
    text = "Free are:\n1. Tue, 9 o'clock\n2. Tue, half past nine"
    assert numbered(text, TIMES) == text
    assert numbered("Shall I book it?", (Choice(id="yes", title="Yes"), Choice(id="no", title="No"))) == (
        "Shall I book it?"
    )


# -- what is tapped ----------------------------------------------------------------------------------------


@pytest.fixture
def offered(clinic, conversation):
    [message] = outbox.queue(clinic, conversation, "Which one suits you?", choices=TIMES)
    Message.objects.filter(pk=message.pk).update(delivery="delivered", provider_id="SM" + "a" * 32)
    return message


def newest():
    return Message.objects.filter(direction="in").order_by("-pk").first()


def test_a_tapped_button_is_known_by_its_id(twilio, offered):
    twilio.says("Tue 09:30", ButtonText="Tue 09:30", ButtonPayload="slot:2", OriginalRepliedMessageSid="SM" + "a" * 32)
    message = newest()
    assert (message.text, message.choice, message.reply_to) == ("Tue 09:30", "slot:2", offered)


def test_a_tapped_line_of_a_list_is_known_by_its_id(twilio, offered):
    twilio.says("Tue 09:00", MessageType="interactive", ListId="slot:1", ListTitle="Tue 09:00")
    assert (newest().choice, newest().reply_to) == ("slot:1", None)


def test_an_id_that_was_never_offered_here_is_a_text_like_any_other(twilio, offered):
    twilio.says("Tue 09:30", ButtonText="Tue 09:30", ButtonPayload="slot:99")
    assert (newest().text, newest().choice) == ("Tue 09:30", "")


def test_a_button_of_an_older_list_is_only_its_words(twilio, offered, clinic, conversation):
    outbox.queue(clinic, conversation, "Or one of these?", choices=MANY)
    twilio.says("Tue 09:30", ButtonPayload="slot:2", OriginalRepliedMessageSid="SM" + "a" * 32)
    assert (newest().text, newest().choice) == ("Tue 09:30", "")


def test_a_button_that_names_its_appointment_means_the_same_for_ever(twilio, clinic, conversation):
    named = (Choice(id="cancel:#1042", title="Cancel"), Choice(id="yes", title="Yes"))
    [first] = outbox.queue(clinic, conversation, "Your appointment is tomorrow.", choices=named)
    Message.objects.filter(pk=first.pk).update(provider_id="SM" + "b" * 32)
    outbox.queue(clinic, conversation, "Shall I?", choices=(Choice(id="no", title="No"),))
    twilio.says("Cancel", ButtonPayload="cancel:#1042", OriginalRepliedMessageSid="SM" + "b" * 32)
    assert newest().choice == "cancel:#1042"
    twilio.says("Yes", ButtonPayload="yes", OriginalRepliedMessageSid="SM" + "b" * 32)
    assert newest().choice == "old:yes"


def test_a_quoted_message_of_another_conversation_is_not_followed(twilio, offered):
    twilio.says("Yes", From="whatsapp:+447911123499", OriginalRepliedMessageSid="SM" + "a" * 32)
    assert newest().reply_to is None


def test_the_assistant_is_told_what_was_tapped(twilio, offered, clinic, conversation, listener):
    listener.outcomes = [Reply(text="Then this?", choices=TIMES)]
    twilio.says("Tue 09:30", ButtonPayload="slot:2")
    run_turn(clinic, conversation.pk, lease_for(clinic, TURN, conversation.pk), receptionist=listener)
    assert [(each.text, each.choice) for each in listener.inputs[0].arrivals][-1] == ("Tue 09:30", "slot:2")
    assert [each["id"] for each in Message.objects.order_by("-pk").first().choices] == ["slot:1", "slot:2"]
