"""Twilio's own client sends, reads and lists messages."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.request_validator import RequestValidator
from twilio.rest import Client
from twilio.rest.content.v1.content import ContentList

from tests.sandbox.conftest import ACCOUNT, OTHER_ACCOUNT, OTHER_TOKEN, PUBLIC_ORIGIN, TOKEN, Product, Sandbox

PATIENT, NUMBER = "whatsapp:+447911123456", "whatsapp:+441632960001"


class SandboxHttpClient(TwilioHttpClient):
    """The base URL of every Twilio host, rewritten."""

    def __init__(self, base: str) -> None:
        super().__init__(timeout=10)
        self.base = base

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        _, _, path = url.removeprefix("https://").partition("/")
        return super().request(method, f"{self.base}/twilio/{path}", *args, **kwargs)


@pytest.fixture
def connect(sandbox: Sandbox) -> Callable[..., Client]:
    def make(account: str = ACCOUNT, token: str = TOKEN) -> Client:
        clients.append(Client(account, token, http_client=SandboxHttpClient(sandbox.url)))
        return clients[-1]

    clients: list[Client] = []
    yield make
    for client in clients:
        client.http_client.session.close()


@pytest.fixture
def client(connect: Callable[..., Client]) -> Client:
    return connect()


def patient_writes(sandbox: Sandbox, body: str = "Hello", **fields: Any) -> dict[str, Any]:
    return sandbox.post("/patient/send", **{"from": PATIENT, "to": NUMBER, "body": body, **fields})


def statuses(product: Product, count: int) -> list[str]:
    return [hook.form["MessageStatus"] for hook in product.wait_for(count)]


def test_a_reply_is_queued_sent_and_delivered_with_signed_callbacks(sandbox, product, client):
    patient_writes(sandbox)
    product.received.clear()
    callback = f"{PUBLIC_ORIGIN}/webhooks/twilio/status?outbox=17"

    message = client.messages.create(to=PATIENT, from_=NUMBER, body="Good morning ☀", status_callback=callback)

    assert (message.status, message.direction, message.body) == ("queued", "outbound-api", "Good morning ☀")
    assert message.sid.startswith("SM")
    assert message.date_created.tzinfo is not None
    assert statuses(product, 3) == ["queued", "sent", "delivered"]
    for hook in product.received:
        assert hook.path == "/webhooks/twilio/status?outbox=17"
        assert hook.headers["host"] == "desk.example.org"
        assert RequestValidator(TOKEN).validate(callback, hook.form, hook.headers["x-twilio-signature"])
        assert not RequestValidator(TOKEN).validate(f"{callback}8", hook.form, hook.headers["x-twilio-signature"])
    assert client.messages(message.sid).fetch().status == "delivered"


def test_a_patients_message_arrives_signed_over_every_field(sandbox, product):
    answer = patient_writes(sandbox, "é & =", profile_name="Zoë", extra={"Forwarded": "true", "NewField": "x"})

    [hook] = product.wait_for(1)
    assert answer["status"] == 204
    assert hook.form["MessageSid"] == answer["sid"]
    assert (hook.form["Body"], hook.form["ProfileName"], hook.form["NewField"]) == ("é & =", "Zoë", "x")
    assert hook.form["WaId"] == "447911123456"
    assert hook.headers["i-twilio-idempotency-token"]
    url = f"{product.url}/webhooks/twilio/"
    assert RequestValidator(TOKEN).validate(url, hook.form, hook.headers["x-twilio-signature"])
    assert not RequestValidator(OTHER_TOKEN).validate(url, hook.form, hook.headers["x-twilio-signature"])


def test_a_sender_may_have_no_phone_number(sandbox, product, client):
    sender = "whatsapp:US.13491208655302741918"
    patient_writes(sandbox, **{"from": sender})

    [hook] = product.wait_for(1)
    assert hook.form["From"] == sender
    assert "WaId" not in hook.form
    assert client.messages.create(to=sender, from_=NUMBER, body="Hello").status == "queued"


def test_a_message_is_delivered_several_times_and_replayed(sandbox, product):
    answer = patient_writes(sandbox, duplicates=4)
    assert [delivery["status"] for delivery in answer["deliveries"]] == [204] * 5
    assert len({hook.headers["i-twilio-idempotency-token"] for hook in product.received}) == 5

    product.received.clear()
    assert sandbox.post("/patient/replay", sid=answer["sid"], times=2, same_token=True)["status"] == 204
    assert {hook.form["MessageSid"] for hook in product.received} == {answer["sid"]}
    assert len({hook.headers["i-twilio-idempotency-token"] for hook in product.received}) == 1


def test_each_number_has_its_webhook_and_its_account(sandbox, product, client, connect):
    webhook = f"{PUBLIC_ORIGIN}/webhooks/twilio/?x=1#rc=2&rp=5xx"
    sandbox.post("/twilio/numbers", number=NUMBER, webhook=webhook, account_sid=OTHER_ACCOUNT)
    product.answers = [503, 500]

    answer = patient_writes(sandbox)

    assert answer["deliveries"][0] == {"status": 204, "body": "", "error": None, "attempts": 3}
    hook = product.received[0]
    assert hook.path == "/webhooks/twilio/?x=1"
    assert hook.form["AccountSid"] == OTHER_ACCOUNT
    signed = RequestValidator(OTHER_TOKEN).validate(
        f"{PUBLIC_ORIGIN}/webhooks/twilio/?x=1", hook.form, hook.headers["x-twilio-signature"]
    )
    assert signed
    with pytest.raises(TwilioRestException) as refused:
        client.messages.create(to=PATIENT, from_=NUMBER, body="Not my number")
    assert refused.value.code == 63007
    assert connect(OTHER_ACCOUNT, OTHER_TOKEN).messages.create(to=PATIENT, from_=NUMBER, body="Mine").sid


def test_a_lost_webhook_is_found_by_listing(sandbox, product, client):
    sid = patient_writes(sandbox, deliver=False)["sid"]
    assert product.received == []
    [found] = client.messages.list(to=NUMBER, date_sent_after=datetime.now(UTC) - timedelta(minutes=5))
    assert (found.sid, found.direction, found.status) == (sid, "inbound", "received")
    assert client.messages.list(to=NUMBER, date_sent_before=datetime.now(UTC) - timedelta(minutes=5)) == []


def test_lists_are_newest_first_filtered_and_paged(sandbox, client):
    sent = [patient_writes(sandbox, f"{n}")["sid"] for n in range(7)]
    client.messages.create(to=PATIENT, from_=NUMBER, body="outbound")

    assert [m.sid for m in client.messages.list(from_=PATIENT, page_size=3)] == sent[::-1]
    assert [m.body for m in client.messages.list(from_=PATIENT, limit=2)] == ["6", "5"]
    assert [m.body for m in client.messages.list(to=PATIENT)] == ["outbound"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"to": ""}, 21604),
        ({"from_": None}, 21603),
        ({"to": "whatsapp:hello"}, 21211),
        ({"to": "+447911123456"}, 21910),
        ({"body": ""}, 21602),
        ({"body": "x" * 1601}, 21617),
        ({"content_sid": "HX" + "0" * 32, "body": None}, 21655),
        ({"status_callback": "ftp://x/"}, 21609),
        ({"messaging_service_sid": "MG" + "0" * 32}, 20001),
    ],
)
def test_it_refuses_what_twilio_refuses(client, sandbox, fields, code):
    patient_writes(sandbox)
    with pytest.raises(TwilioRestException) as refused:
        client.messages.create(**{"to": PATIENT, "from_": NUMBER, "body": "Hello", **fields})
    assert (refused.value.status, refused.value.code) == (400, code)


def test_a_body_of_1600_characters_is_taken(client, sandbox):
    patient_writes(sandbox)
    assert client.messages.create(to=PATIENT, from_=NUMBER, body="x" * 1600).sid


def test_wrong_credentials_are_refused(connect):
    for account, token in ((ACCOUNT, "wrong"), ("AC" + "0" * 32, TOKEN), (ACCOUNT, OTHER_TOKEN)):
        with pytest.raises(TwilioRestException) as refused:
            connect(account, token).api.accounts(account).fetch()
        assert (refused.value.status, refused.value.code, refused.value.msg) == (
            401,
            20003,
            "Unable to fetch record: Authenticate",
        )
    assert connect().api.accounts(ACCOUNT).fetch().status == "active"


def test_another_accounts_message_is_not_found(sandbox, client, connect):
    sid = patient_writes(sandbox)["sid"]
    with pytest.raises(TwilioRestException) as refused:
        connect(OTHER_ACCOUNT, OTHER_TOKEN).messages(sid).fetch()
    assert (refused.value.status, refused.value.code) == (404, 20404)


def test_outside_the_service_window_it_fails_later(sandbox, product, client):
    patient_writes(sandbox)
    sandbox.post("/twilio/window", **{"from": PATIENT, "to": NUMBER, "hours_ago": 25})
    product.received.clear()

    message = client.messages.create(to=PATIENT, from_=NUMBER, body="Hello", status_callback=f"{product.url}/status")

    assert message.status == "queued"
    assert statuses(product, 2) == ["queued", "failed"]
    assert product.received[1].form["ErrorCode"] == "63016"
    assert client.messages(message.sid).fetch().error_code == 63016


def test_an_opted_out_patient_is_not_written_to(sandbox, client):
    patient_writes(sandbox)
    sandbox.post("/twilio/opt-out", **{"from": PATIENT, "to": NUMBER})
    with pytest.raises(TwilioRestException) as refused:
        client.messages.create(to=PATIENT, from_=NUMBER, body="Hello")
    assert refused.value.code == 21610


def test_unknown_parameters_are_refused_aloud(sandbox):
    answer = sandbox.control.post(
        f"{sandbox.url}/twilio/2010-04-01/Accounts/{ACCOUNT}/Messages.json",
        data={"To": PATIENT, "From": NUMBER, "Body": "x", "StatusCalback": "http://x/"},
        auth=(ACCOUNT, TOKEN),
    )
    assert answer.status_code == 400
    assert "'StatusCalback'" in answer.json()["message"]


def test_media_needs_credentials_redirects_and_can_be_deleted(sandbox, product, client):
    sid = patient_writes(sandbox, "", media=[{"sample": "image"}, {"sample": "voice"}])["sid"]
    form = product.wait_for(1)[0].form
    assert (form["NumMedia"], form["MediaContentType0"], form["MediaContentType1"]) == (
        "2",
        "image/png",
        "audio/wav",
    )

    url = form["MediaUrl0"]
    assert sandbox.control.get(url).status_code == 401
    redirect = sandbox.control.get(url, auth=(ACCOUNT, TOKEN))
    assert redirect.status_code == 307
    picture = sandbox.control.get(redirect.headers["location"])
    assert picture.content.startswith(b"\x89PNG")

    listed = client.messages(sid).media.list()
    assert [media.content_type for media in listed] == ["image/png", "audio/wav"]
    for media in listed:
        assert client.messages(sid).media(media.sid).delete()
    assert client.messages(sid).media.list() == []
    assert sandbox.control.get(url, auth=(ACCOUNT, TOKEN)).status_code == 404


def test_an_outgoing_picture_is_fetched_or_fails(sandbox, product, client):
    patient_writes(sandbox)
    product.received.clear()
    product.files["/map.png"] = ("image/png", b"picture")
    callback = f"{product.url}/status"
    good = client.messages.create(
        to=PATIENT, from_=NUMBER, media_url=[f"{product.url}/map.png"], status_callback=callback
    )
    assert statuses(product, 3) == ["queued", "sent", "delivered"]
    assert [m.content_type for m in client.messages(good.sid).media.list()] == ["image/png"]

    product.received.clear()
    client.messages.create(to=PATIENT, from_=NUMBER, media_url=[f"{product.url}/none"], status_callback=callback)
    assert statuses(product, 2) == ["queued", "failed"]
    assert product.received[1].form["ErrorCode"] == "63019"


def content(client: Client, kind: str, definition: dict[str, Any], **variables: str) -> Any:
    request = ContentList.ContentCreateRequest(
        {"friendly_name": "x", "language": "en", "variables": variables, "types": {kind: definition}}
    )
    # The client's typed request classes drop what they don't model; the wire is what is tested.
    request.to_dict = lambda: {
        "friendly_name": "x",
        "language": "en",
        "variables": variables,
        "types": {kind: definition},
    }
    return client.content.v1.contents.create(request)


def test_an_approved_template_is_delivered_outside_the_window(sandbox, product, client):
    template = content(client, "twilio/text", {"body": "See you {{1}}, {{name}}"}, **{"1": "soon"})
    callback = f"{product.url}/status"

    def send() -> Any:
        return client.messages.create(
            to=PATIENT,
            from_=NUMBER,
            content_sid=template.sid,
            content_variables=json.dumps({"name": 'Zoë "Z"'}),
            status_callback=callback,
        )

    assert send().body == 'See you soon, Zoë "Z"'
    assert statuses(product, 2)[-1] == "failed"
    assert client.content.v1.contents(template.sid).fetch().sid == template.sid
    assert [c.sid for c in client.content.v1.contents.list()] == [template.sid]

    sandbox.post("/twilio/approval", sid=template.sid, status="approved")
    product.received.clear()
    send()
    assert statuses(product, 3)[-1] == "delivered"


@pytest.mark.parametrize(("count", "outcome"), [(3, "delivered"), (4, "failed")])
def test_quick_replies_keep_whatsapps_limits(sandbox, product, client, count, outcome):
    patient_writes(sandbox)
    product.received.clear()
    actions = [{"title": f"Option {n}", "id": f"o{n}"} for n in range(count)]
    template = content(client, "twilio/quick-reply", {"body": "Which?", "actions": actions})
    sid = client.messages.create(
        to=PATIENT, from_=NUMBER, content_sid=template.sid, status_callback=f"{product.url}/status"
    ).sid
    product.wait_for(3 if outcome == "delivered" else 2)
    message = client.messages(sid).fetch()
    assert (message.status, message.error_code) == (outcome, None if outcome == "delivered" else 63021)


def test_a_patients_screen_shows_what_reached_them_and_reading_is_told(sandbox, product, client):
    patient_writes(sandbox, "Hello")
    product.received.clear()
    sid = client.messages.create(
        to=PATIENT, from_=NUMBER, body="Good morning", status_callback=f"{product.url}/status"
    ).sid
    statuses(product, 3)

    shown = sandbox.control.get("/patient/messages", params={"phone": PATIENT, "number": NUMBER}).json()["messages"]
    assert [(m["by"], m["body"], m["reached"]) for m in shown] == [
        ("patient", "Hello", True),
        ("business", "Good morning", True),
    ]
    sandbox.post("/patient/read", sids=[sid])
    assert statuses(product, 4)[-1] == "read"
    assert product.received[-1].form["EventType"] == "READ"


def test_statuses_come_out_of_order_on_request(sandbox, product, client):
    patient_writes(sandbox)
    product.received.clear()
    sandbox.post("/twilio/hold", hold=True)
    sid = client.messages.create(to=PATIENT, from_=NUMBER, body="x", status_callback=f"{product.url}/status").sid
    sandbox.post("/twilio/callback", sid=sid, status="read")
    sandbox.post("/twilio/callback", sid=sid, status="sent", store=False)
    assert statuses(product, 2) == ["read", "sent"]
    assert client.messages(sid).fetch().status == "read"


def test_typing_and_number_checks_answer(sandbox, client):
    sid = patient_writes(sandbox)["sid"]
    assert client.messaging.v2.typing_indicator.create(channel="whatsapp", message_id=sid).success
    shown = sandbox.control.get("/patient/messages", params={"phone": PATIENT, "number": NUMBER}).json()
    assert shown["typing"] is True
    [sender] = client.messaging.v2.channels_senders.list(channel="whatsapp")
    assert (sender.sender_id, sender.status) == (NUMBER, "ONLINE")
    [number] = client.incoming_phone_numbers.list(phone_number="+441632960001")
    assert number.phone_number == "+441632960001"
    assert client.incoming_phone_numbers.list(phone_number="+441632960009") == []
