"""The adapter against the sandbox: sending, refusals, lost answers (20, 21), files (69), templates, the check."""

import datetime as dt
import json

import pytest

from agents.types import Choice
from conversations import outbox
from conversations.channels import media
from conversations.channels.base import ChannelError, OutcomeUnknown, Outgoing
from conversations.channels.meta.adapter import Meta as Adapter
from conversations.channels.registry import adapter_for
from conversations.delivery import WORD_WITHIN, deliver
from conversations.models import Conversation, Message, MessageTemplate
from conversations.template_approval import APPROVE, ask, go_on
from tenants import clock
from tenants.models import WorkItem
from tests.conversations.conftest import lease_for
from tests.meta.conftest import ACCOUNT, BSUID, NUMBER, NUMBER_ID, PATIENT

TIMES = (Choice(id="slot:1", title="Tue 09:00"), Choice(id="slot:2", title="Tue 09:30"))
MANY = tuple(Choice(id=f"slot:{n}", title=f"Tue {8 + n:02}:00", description="with Dr Silva") for n in range(1, 6))
MESSAGES = "/messages$"


@pytest.fixture
def vendor(sandbox, meta):
    """The patient's window is open; nothing is delivered by itself, so that no webhook comes between."""
    sandbox.post("/meta/numbers", {"number": NUMBER, "id": NUMBER_ID, "account": ACCOUNT})
    sandbox.post("/meta/window", {"from": PATIENT, "to": NUMBER})
    sandbox.post("/meta/hold", {"hold": True})
    return sandbox


@pytest.fixture
def conversation(meta):
    with clock.pinned(dt.datetime.fromisoformat("2025-11-26T23:34:00+00:00")):
        meta.says()
        yield Conversation.objects.get()


@pytest.fixture
def offer(clinic, conversation):
    def run(text="You are booked.", choices=()):
        [message] = outbox.queue(clinic, conversation, text, choices=choices)
        return again(message)

    def again(message):
        deliver(clinic, message.pk, lease_for(clinic, outbox.DELIVER, message.pk))
        message.refresh_from_db()
        return message

    run.again = again
    return run


def given(sandbox):
    return [each["given"] for each in sandbox.get("/meta/messages")["messages"]]


def refusal(code, status=400, **headers):
    error = {"error": {"code": code, "message": "-", "type": "OAuthException"}}
    return {"kind": "status", "status": status, "body": error, "headers": headers}


# -- sending -----------------------------------------------------------------------------------------------


def test_a_text_goes_out_with_our_own_id(vendor, offer):
    message = offer()
    assert given(vendor) == [
        {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": PATIENT,
            "biz_opaque_callback_data": f"m{message.pk}",
            "type": "text",
            "text": {"body": "You are booked.", "preview_url": False},
        }
    ]
    assert (message.delivery, message.provider_id[:6]) == ("sent", "wamid.")


def test_two_choices_are_buttons_and_five_a_list(vendor, offer):
    offer("Which one suits you?", TIMES)
    offer("These are free.", MANY)
    buttons, rows = (each["interactive"] for each in given(vendor))
    assert [each["reply"]["id"] for each in buttons["action"]["buttons"]] == ["slot:1", "slot:2"]
    assert rows["action"]["sections"][0]["rows"][4] == {
        "id": "slot:5",
        "title": "Tue 13:00",
        "description": "with Dr Silva",
    }
    assert rows["action"]["button"] == "Choose"


def test_where_meta_refuses_the_choices_they_are_written_out(vendor, offer):
    vendor.fault(vendor="meta", path=MESSAGES, **refusal(131009))
    message = offer("Which one suits you?", TIMES)
    assert message.text == given(vendor)[0]["text"]["body"] == "Which one suits you?\n\n1. Tue 09:00\n2. Tue 09:30"


def test_a_sender_without_a_phone_is_written_to_by_their_user_id(vendor, channel):
    vendor.post("/meta/window", {"from": BSUID, "to": NUMBER})
    Adapter().send(channel, Outgoing(to=BSUID, text="Hello", message_id=None))
    assert given(vendor)[0]["recipient"] == BSUID


def test_a_reply_quotes_reads_types_and_reacts(vendor, channel):
    sid = vendor.post("/patient/send", {"from": f"+{PATIENT}", "to": NUMBER, "body": "Hi", "deliver": False})["sid"]
    adapter = adapter_for("meta")
    adapter.send(channel, Outgoing(to=PATIENT, text="Hello", message_id=None, reply_to=sid))
    adapter.react(channel, PATIENT, sid, "👍")
    adapter.mark_read(channel, sid, typing=True)
    assert given(vendor)[0]["context"] == {"message_id": sid}
    assert given(vendor)[1]["reaction"] == {"message_id": sid, "emoji": "👍"}
    seen = vendor.get("/patient/messages", phone=f"+{PATIENT}", number=NUMBER)
    assert seen["typing"] is True


# -- refusals ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "code", "delivery"),
    [
        (refusal(131056), "131056", "queued"),
        (refusal(130429, 429), "130429", "queued"),
        (refusal(80007), "80007", "queued"),
        (refusal(131016, 500), "131016", "queued"),
        (refusal(131047), "131047", "failed"),
        (refusal(131026), "131026", "failed"),
        (refusal(190, 401), "190", "failed"),
        (refusal(131051), "131051", "failed"),
        (refusal(1, 500), "1", "unknown"),
        ({"kind": "status", "status": 503}, "503", "unknown"),
        ({"kind": "drop"}, "connection_cut", "unknown"),
        ({"kind": "wrong_body", "body": "<html>"}, "strange_answer", "unknown"),
        ({"kind": "wrong_body", "body": {"messages": []}}, "no_id", "unknown"),
    ],
)
def test_every_refusal_says_what_is_to_be_done(vendor, offer, fault, code, delivery):
    vendor.fault(vendor="meta", method="POST", path=MESSAGES, **fault)
    message = offer()
    assert (message.error, message.delivery) == (code, delivery)
    waits = WorkItem.objects.filter(kind=outbox.DELIVER, object_id=message.pk).exists()
    assert waits == (delivery != "failed")


def test_the_rate_to_one_person_is_waited_for_as_long_as_meta_says(vendor, channel):
    vendor.fault(vendor="meta", path=MESSAGES, **refusal(131056))
    vendor.fault(vendor="meta", path=MESSAGES, **refusal(130429, 429, **{"Retry-After": "17"}))
    waits = []
    for _ in range(2):
        with pytest.raises(ChannelError) as refused:
            Adapter().send(channel, Outgoing(to=PATIENT, text="Hello", message_id=None))
        waits.append(refused.value.retry_after)
    assert waits == [6.0, 17.0]


def test_meta_that_can_not_be_reached_is_tried_again(vendor, offer, settings):
    settings.META_BASE_URL = "http://127.0.0.1:1"
    message = offer()
    assert (message.delivery, message.error) == ("queued", "unreachable")


def test_nothing_is_tried_again_behind_our_back(vendor, channel):
    vendor.fault(vendor="meta", path=MESSAGES, kind="drop", times=0)
    with pytest.raises(OutcomeUnknown):
        Adapter().send(channel, Outgoing(to=PATIENT, text="Hello", message_id=None))
    assert len([each for each in vendor.log("meta") if each["path"].endswith("/messages")]) == 1


def test_without_any_token_nothing_is_asked(vendor, channel, settings):
    settings.META_ACCESS_TOKEN = ""
    with pytest.raises(ChannelError, match="no_credentials"):
        Adapter().send(channel, Outgoing(to=PATIENT, text="Hello", message_id=None))


# -- lost answers: Meta keeps no list (docs/decisions/0027) --------------------------------------------------


@pytest.fixture
def lost(vendor, offer):
    """Meta took it; the answer never came."""
    vendor.fault(vendor="meta", path=MESSAGES, kind="drop_after_accept")
    message = offer()
    assert message.delivery == "unknown"
    assert len(given(vendor)) == 1
    return message


def test_the_status_alone_proves_that_it_was_taken(lost, meta, offer, vendor):
    lost.provider_id = "wamid.of-the-lost-one"
    meta.tells(lost, "sent")
    lost.refresh_from_db()
    assert (lost.delivery, lost.provider_id) == ("sent", "wamid.of-the-lost-one")
    assert len(given(vendor)) == 1


def test_without_news_it_is_never_sent_again_and_people_are_told(lost, offer, clinic, vendor, conversation):
    assert offer.again(lost).delivery == "unknown", "the news may still come"
    with clock.pinned(clock.now() + WORD_WITHIN):
        failed = offer.again(lost)
    assert (failed.delivery, failed.error) == ("failed", "outcome_not_known")
    conversation.refresh_from_db()
    assert conversation.handling == "waiting_for_staff"
    assert len(given(vendor)) == 1


def test_late_news_still_counts(lost, offer, meta, clinic):
    with clock.pinned(clock.now() + WORD_WITHIN):
        offer.again(lost)
    lost.provider_id = "wamid.of-the-lost-one"
    meta.tells(lost, "delivered")
    lost.refresh_from_db()
    assert (lost.delivery, lost.error) == ("delivered", "")


def test_what_meta_really_refused_stays_refused(meta, offer, vendor):
    vendor.fault(vendor="meta", path=MESSAGES, **refusal(131026))
    message = offer()
    message.provider_id = "wamid.other"
    meta.tells(message, "delivered")
    message.refresh_from_db()
    assert message.delivery == "failed"


# -- templates ---------------------------------------------------------------------------------------------


@pytest.fixture
def template(vendor, clinic, channel):
    """The reminder, asked for and gone as far as it goes."""

    def run():
        ask(clinic, channel)
        found = MessageTemplate.objects.get(purpose="reminder")
        WorkItem.objects.filter(kind=APPROVE, object_id=found.pk).update(due_at=clock.now())
        go_on(clinic, found.pk, lease_for(clinic, APPROVE, found.pk))
        found.refresh_from_db()
        return found

    return run


def test_a_template_is_handed_in_approved_and_sent_with_its_variables(template, vendor, clinic, conversation):
    approved = template()
    assert approved.state == "approved"
    [made] = [json.loads(e["body"]) for e in vendor.log("meta") if e["path"].endswith("/message_templates")]
    assert (made["category"], made["language"], made["components"][0]["type"]) == ("UTILITY", "en", "BODY")
    values = {"1": "Rosa", "2": "Bright Smile", "3": "Check-up", "4": "Dr Silva", "5": "Thursday", "6": "#1042"}
    from conversations.placeholders import blanks

    numbers = blanks([approved.approved_body, *(each["id"] for each in approved.approved_buttons)])
    filled = {number: values[number] for number in numbers.values()}
    message = outbox.queue_template(clinic, conversation, approved, "As it reads", variables=filled)
    deliver(clinic, message.pk, lease_for(clinic, outbox.DELIVER, message.pk))
    [used] = [each for each in given(vendor) if each["type"] == "template"]
    assert used["template"]["language"] == {"policy": "deterministic", "code": "en"}
    buttons = [each for each in used["template"]["components"] if each["type"] == "button"]
    assert [each["index"] for each in buttons] == [str(n) for n in range(len(approved.approved_buttons))]
    message.refresh_from_db()
    assert message.delivery == "sent"


def test_a_lost_answer_to_a_template_makes_no_second_one(template, vendor):
    vendor.fault(vendor="meta", path="message_templates", method="POST", kind="drop_after_accept")
    waiting = template()
    assert (waiting.state, waiting.sid) == ("draft", "")
    assert template().state == "approved"


def test_a_refused_template_says_why(template, vendor):
    vendor.post("/meta/review", {"status": "PENDING"})
    waiting = template()
    assert waiting.state == "submitted"
    vendor.post("/meta/review", {"id": waiting.sid, "status": "REJECTED", "reason": "TAG_CONTENT_MISMATCH"})
    refused = template()
    assert (refused.state, refused.reason) == ("rejected", "tag content mismatch")


# -- files -------------------------------------------------------------------------------------------------


def sent_file(sandbox, sample):
    body = {"from": f"+{PATIENT}", "to": NUMBER, "media": [{"sample": sample}], "deliver": False}
    sandbox.post("/patient/send", body)
    seen = sandbox.get("/patient/messages", phone=f"+{PATIENT}", number=NUMBER)["messages"]
    return seen[-1]["media"][0]


def test_a_file_is_fetched_in_two_steps_with_the_token(vendor, channel):
    sound = media.fetch(channel, sent_file(vendor, "voice"), kinds=("audio/",), at_most=100_000)
    assert sound.startswith(b"RIFF")
    assert [each["status"] for each in vendor.log("meta")[:2]] == [200, 200]


def test_size_and_kind_are_held_to(vendor, channel):
    picture = sent_file(vendor, "image")
    with pytest.raises(media.MediaRefused, match="other_kind"):
        media.fetch(channel, picture, kinds=("audio/",), at_most=100_000)
    with pytest.raises(media.MediaRefused, match="too_large"):
        media.fetch(channel, picture, kinds=("image/",), at_most=100)


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data/",
        "https://lookaside.fbsbx.com.evil.test/a",
        "https://lookaside.fbsbx.com:8443/a",
        "http://lookaside.fbsbx.com/a",
        "https://user@lookaside.fbsbx.com/a",
        "https://graph.facebook.com/a",
    ],
)
def test_the_token_goes_to_metas_own_hosts_only(vendor, channel, url):
    vendor.fault(vendor="meta", path="/123$", kind="wrong_body", body={"url": url, "id": "123"})
    vendor.post("/meta/numbers", {"number": "+441134960055", "id": "123", "account": ACCOUNT})
    with pytest.raises(media.MediaRefused, match="other_host"):
        media.fetch(channel, "123", kinds=("audio/",), at_most=100)


@pytest.mark.parametrize("reference", ["../oauth/access_token", "1/subscribed_apps", "a?b=c"])
def test_an_id_is_no_path(vendor, channel, reference):
    with pytest.raises(ChannelError, match="strange_id"):
        media.fetch(channel, reference, kinds=("audio/",), at_most=100)
    assert vendor.log("meta") == []


# -- the check ---------------------------------------------------------------------------------------------


def test_the_check_says_what_is_wrong_until_it_works(vendor, channel, settings):
    adapter = Adapter()
    assert "no app hears" in adapter.check(channel).doubt
    vendor.http.post(
        f"/meta/v23.0/{ACCOUNT}/subscribed_apps", headers={"Authorization": f"Bearer {settings.META_ACCESS_TOKEN}"}
    )
    assert adapter.check(channel) == type(adapter.check(channel))()
    settings.META_ACCESS_TOKEN = "EAAwrong"
    assert "refused the access token" in adapter.check(channel).problem
    settings.META_ACCESS_TOKEN = ""
    assert "has none of its own" in adapter.check(channel).problem
    settings.META_BASE_URL = "http://127.0.0.1:1"
    settings.META_ACCESS_TOKEN = "EAA"
    assert "can't be reached" in adapter.check(channel).problem


def test_meta_has_no_list_to_compare_with(vendor, channel):
    adapter = Adapter()
    assert adapter.inbound_since(channel, clock.now()) == []
    with pytest.raises(ChannelError, match="no_list"):
        adapter.lookup(channel, PATIENT, "Hello", clock.now(), frozenset())
    assert Message.objects.count() == 0
