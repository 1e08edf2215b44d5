"""Meta as the sandbox plays it: signed webhooks in its real format, statuses, files, echoes."""

import hashlib
import hmac
import json

import httpx
import pytest

from tests.sandbox.conftest import META_SECRET, META_TOKEN

NUMBER, NUMBER_ID, ACCOUNT = "+441134960001", "106540352242922", "419561257915477"
PATIENT = "+447911123456"


@pytest.fixture
def meta(sandbox):
    sandbox.post("/meta/numbers", number=NUMBER, id=NUMBER_ID, account=ACCOUNT)
    return sandbox


def graph(sandbox, method, path, **options):
    own = {"Authorization": f"Bearer {META_TOKEN}"}
    return httpx.request(method, f"{sandbox.url}/meta/v23.0/{path}", headers=own, **options)


def write(sandbox, body, **more):
    return graph(
        sandbox,
        "POST",
        f"{NUMBER_ID}/messages",
        json={
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": PATIENT.removeprefix("+"),
            "type": "text",
            "text": {"body": body},
            **more,
        },
    )


def changes(webhook):
    assert hmac.compare_digest(
        webhook.headers["x-hub-signature-256"],
        "sha256=" + hmac.new(META_SECRET.encode(), webhook.raw, hashlib.sha256).hexdigest(),
    )
    given = json.loads(webhook.raw)
    assert given["object"] == "whatsapp_business_account"
    return [(each["field"], each["value"]) for entry in given["entry"] for each in entry["changes"]]


def test_a_patients_message_is_delivered_signed(meta, product):
    answer = meta.post("/patient/send", **{"from": PATIENT, "to": NUMBER, "body": "Hi", "profile_name": "Sam"})
    assert answer["status"] == 204
    [(field, value)] = changes(product.wait_for(1)[0])
    assert (field, value["metadata"]["phone_number_id"]) == ("messages", NUMBER_ID)
    assert value["contacts"] == [{"profile": {"name": "Sam"}, "wa_id": "447911123456"}]
    assert value["messages"][0]["text"] == {"body": "Hi"}


def test_a_sender_without_a_phone_has_a_user_id(meta, product):
    meta.post("/patient/send", **{"from": "US.13491208655302741918", "to": NUMBER, "body": "Hi"})
    [(_, value)] = changes(product.wait_for(1)[0])
    assert "from" not in value["messages"][0]
    assert value["contacts"][0]["user_id"] == "US.13491208655302741918"


def test_free_text_needs_the_open_window_and_goes_through_its_statuses(meta, product):
    assert write(meta, "Hello").json()["error"]["code"] == 131047
    meta.post("/meta/window", **{"from": PATIENT, "to": NUMBER})
    sent = write(meta, "Hello", biz_opaque_callback_data="m7").json()["messages"][0]["id"]
    told = [changes(each)[0][1]["statuses"][0] for each in product.wait_for(2)]
    assert [each["status"] for each in told] == ["sent", "delivered"]
    assert {(each["id"], each["biz_opaque_callback_data"]) for each in told} == {(sent, "m7")}
    meta.post("/patient/read", sids=[sent])
    assert changes(product.wait_for(3)[2])[0][1]["statuses"][0]["status"] == "read"


def test_news_can_come_late_and_wrong(meta, product):
    meta.post("/meta/hold", hold=True)
    meta.post("/meta/window", **{"from": PATIENT, "to": NUMBER})
    sent = write(meta, "Hello").json()["messages"][0]["id"]
    meta.post("/meta/status", id=sent, status="failed", code=131026, store=False)
    [(_, value)] = changes(product.wait_for(1)[0])
    assert value["statuses"][0]["errors"][0]["code"] == 131026


def test_the_owners_phone_echoes_and_a_patient_moves(meta, product):
    meta.post("/meta/echo", number=NUMBER, to=PATIENT, text="Yes")
    meta.post("/meta/move", **{"number": NUMBER, "from": PATIENT, "new": "+447911999999"})
    echo, moved = (changes(each)[0] for each in product.wait_for(2))
    assert (echo[0], echo[1]["message_echoes"][0]["text"]["body"]) == ("smb_message_echoes", "Yes")
    assert moved[1]["messages"][0]["system"]["wa_id"] == "447911999999"


def test_a_file_is_uploaded_sent_and_fetched_with_the_token_only(meta):
    file = {"file": ("a.png", b"\x89PNG", "image/png")}
    own = graph(meta, "POST", f"{NUMBER_ID}/media", data={"messaging_product": "whatsapp"}, files=file).json()["id"]
    place = graph(meta, "GET", own).json()
    assert place["file_size"] == "4"
    assert httpx.get(place["url"]).status_code == 401
    assert httpx.get(place["url"], headers={"Authorization": f"Bearer {META_TOKEN}"}).content == b"\x89PNG"


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": {"body": ""}},
        {"text": {"body": "x" * 4097}},
        {"surprise": 1},
        {"to": "call me"},
        {"type": "interactive", "interactive": {"type": "button", "body": {"text": "x"}, "action": {"buttons": []}}},
        {"type": "image", "image": {"id": "none"}},
        {"type": "template", "template": {"name": "none", "language": {"code": "en"}}},
    ],
)
def test_what_meta_would_refuse_is_refused(meta, wrong):
    meta.post("/meta/window", **{"from": PATIENT, "to": NUMBER})
    assert write(meta, "Hello", **wrong).status_code >= 400


def test_no_token_opens_nothing(meta):
    for headers in ({}, {"Authorization": "Bearer wrong"}):
        answer = httpx.get(f"{meta.url}/meta/v23.0/{NUMBER_ID}", headers=headers)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, 190)
