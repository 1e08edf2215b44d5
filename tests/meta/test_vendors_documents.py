"""Meta's own document and Twilio's own signatures: what the vendors show as right is taken, anything else refused."""

import copy
import json
from typing import Any

import pytest

from conversations.channels.base import SignatureRefused, WebhookRequest
from conversations.channels.twilio.adapter import Twilio
from conversations.models import ContactIdentity, Conversation, Message, Reaction, UnreadEvent
from sandbox.core.specification import Specification
from sandbox.meta import specification
from tests.meta.conftest import NUMBER_ID, change, status
from tests.vendors import META_TOKEN, SPECIFICATIONS

MESSAGES = "/{Version}/{Phone-Number-ID}/messages"
SEND = "/v23.0/106540352242922/messages"
needs_documents = pytest.mark.skipif(
    not SPECIFICATIONS.is_dir(), reason="Meta's document (../shared/specs) is not here"
)
# What of the examples of sending the product uses.
USED = (
    "Send Text Message",
    "Send Reply to Text Message",
    "Send Reply Button",
    "Send List Message",
    "Send Reply with Reaction Message",
    "Send typing indicator and read receipt",
)
# The kind that each example of a webhook is stored as; None: it says nothing that anybody wrote.
KINDS = {
    "Text Message": "text",
    "Text Message with Context (Product Inquiry)": "text",
    "Text Message from Click to WhatsApp Ad": "text",
    "Reaction Message": None,
    "Image Message": "image",
    "Location Message": "location",
    "Contact Sharing Message": "contacts",
    "Unsupported Message": "unsupported",
    "Button Message": "text",
    "Interactive List Reply Message": "text",
    "Interactive Button Reply Message": "text",
    "Order Message": "unsupported",
    "System Message": None,
    "Group Create Message": None,
    "Group Settings Update": None,
    "Group Remove Participants": None,
}


@pytest.fixture(scope="module")
def document() -> Specification:
    return specification.read(SPECIFICATIONS)


@pytest.fixture(scope="module")
def examples(document: Specification) -> dict[str, Any]:
    webhook = document.document["paths"]["/whatsapp/webhooks"]["post"]["requestBody"]["content"]["application/json"]
    return {name: each["value"] for name, each in webhook["examples"].items()}


@pytest.mark.shared_data
@needs_documents
def test_every_example_of_a_webhook_is_known_here(examples):
    assert set(examples) == set(KINDS)


@pytest.mark.shared_data
@needs_documents
@pytest.mark.parametrize("name", KINDS)
def test_every_example_of_a_webhook_is_taken_signed_and_refused_unsigned(meta, examples, name):
    given = copy.deepcopy(examples[name])
    for entry in given["entry"]:
        for each in entry["changes"]:
            each["value"]["metadata"]["phone_number_id"] = NUMBER_ID
    assert meta.post(given, signature="").status_code == 403
    assert meta.post(given, secret="another").status_code == 403
    assert not Message.objects.exists()
    for _ in range(2):
        assert meta.post(given).status_code == 200
    kinds = list(Message.objects.filter(direction="in").values_list("kind", flat=True))
    assert kinds == ([KINDS[name]] if KINDS[name] else [])
    assert not UnreadEvent.objects.exists()


@pytest.mark.shared_data
@needs_documents
def test_the_example_of_a_changed_number_links_the_two(meta, examples):
    meta.says("Before", **{"from": "16505551234"})
    given = copy.deepcopy(examples["System Message"])
    given["entry"][0]["changes"][0]["value"]["metadata"]["phone_number_id"] = NUMBER_ID
    meta.post(given)
    assert ContactIdentity.objects.get(address="16505551234").replaced_by.address == "12195555358"
    assert [each.act for each in Conversation.objects.get().events.all()] == ["number_changed"]


@pytest.mark.shared_data
@needs_documents
def test_the_example_of_a_reaction_stands_on_its_message(meta, examples):
    given = copy.deepcopy(examples["Reaction Message"])
    value = given["entry"][0]["changes"][0]["value"]
    value["metadata"]["phone_number_id"] = NUMBER_ID
    meta.says("Before", **{"from": "16505551234"})
    Message.objects.update(provider_id=value["messages"][0]["reaction"]["message_id"])
    meta.post(given)
    assert Reaction.objects.get().emoji == "👍"


@pytest.mark.shared_data
@needs_documents
def test_the_statuses_that_these_tests_send_are_as_meta_describes_them(document):
    """Its schema of messages refuses all of its own examples, so those are held to the examples above instead."""
    given = change(statuses=[status("wamid.x", each) for each in ("sent", "delivered", "read", "failed")])["value"]
    assert document.schema_complaint("#/components/schemas/StatusMessageValue", given) == ""


@pytest.mark.shared_data
@needs_documents
def test_the_examples_of_sending_that_are_used_fit_the_document_as_it_is_read(document):
    content = document.document["paths"][MESSAGES]["post"]["requestBody"]["content"]["application/json"]
    said = {
        name: document.complaint("POST", SEND, "", json.dumps(content["examples"][name]["value"]).encode())
        for name in USED
    }
    assert set(said.values()) == {""}, said
    taken = [each for each in content["examples"].values() if not _complaint(document, each["value"])]
    assert len(content["examples"]) == 50
    assert len(taken) >= 32, "the rest are examples that the document itself describes otherwise"


@pytest.mark.shared_data
@needs_documents
@pytest.mark.parametrize(
    "wrong",
    [
        {"text": {"body": 5}},
        {"text": {"words": "x"}},
        {"type": "letter"},
        {"recipient_type": "crowd"},
        {"surprise": True},
        {"to": None},
        {"messaging_product": None},
    ],
)
def test_the_document_as_it_is_read_still_refuses_what_is_wrong(document, wrong):
    right = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "16505551234",
        "type": "text",
        "text": {"body": "Hello"},
    }
    assert _complaint(document, right) == ""
    changed = {name: value for name, value in {**right, **wrong}.items() if value is not None}
    assert _complaint(document, changed)


def _complaint(document: Specification, body: Any) -> str:
    return document.complaint("POST", SEND, "", json.dumps(body).encode())


@pytest.mark.shared_data
@needs_documents
def test_a_request_that_a_vendor_does_not_describe_is_noticed(sandbox):
    """So that a test which makes the product send one fails (the fixture looks); these two are forgotten again."""
    own = {"Authorization": f"Bearer {META_TOKEN}"}
    sandbox.http.post(f"/meta{SEND}", json={"messaging_product": "whatsapp", "to": "1", "typ": "x"}, headers=own)
    sandbox.http.post("/twilio/2010-04-01/Accounts/AC1/Messages.json", data={"To": "x", "Bdy": "y"})
    sandbox.http.get("/meta/v23.0/1/no_such_thing", headers=own)
    complaints = sandbox.get("/complaints")["complaints"]
    assert len(complaints) == 3, complaints
    sandbox.post("/reset", {})


# -- Twilio's signatures: the worked examples of its documentation and client libraries -----------------------

TOKEN = "12345"
URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
FORM = "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212"
DOUBLE = "Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234&Digits=1234"
RIGHT = [
    (URL, FORM, "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
    (URL.replace("m/m", "m:443/m"), FORM, "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
    (URL, DOUBLE, "IK+Dwps556ElfBT0I3Rgjkr1wJU="),
    (URL.replace("mycompany", "MyCompany"), FORM, "g9IN/x4Cft2g517EjYvEvM/W7LU="),
    (URL.replace("mycompany.com", "MyCompany.com:1234"), FORM, "PCqOZm8cnu/L6+u5i5fuEd+Iac4="),
]


@pytest.fixture
def caller(channel):
    channel.kind, channel.account, channel.secret = "twilio", "AC" + "1" * 32, TOKEN
    return channel


def verify(caller: Any, url: str, form: str, signature: str) -> None:
    request = WebhookRequest(
        url=url,
        tail="",
        query={},
        body=form.encode(),
        content_type="application/x-www-form-urlencoded",
        headers={"X-Twilio-Signature": signature},
    )
    Twilio().verify(caller, request)


@pytest.mark.parametrize(("url", "form", "signature"), RIGHT)
def test_twilios_own_signatures_are_taken(caller, url, form, signature):
    verify(caller, url, form, signature)


@pytest.mark.parametrize(("url", "form", "signature"), RIGHT)
def test_and_refused_as_soon_as_anything_differs(caller, url, form, signature):
    wrong = [
        (url + "&x=1", form, signature),
        (url, form + "&Added=1", signature),
        (url, form.replace("1234", "9999"), signature),
        (url, form, signature[:-2] + "A="),
        (url, form, ""),
    ]
    for each in wrong:
        with pytest.raises(SignatureRefused):
            verify(caller, *each)
