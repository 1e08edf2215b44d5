"""Templates as they stand at Meta, those made in its own manager too."""

import json

import httpx
import pytest

from conversations import automatic, outbox, template_list
from conversations.delivery import deliver
from conversations.models import Message, MessageTemplate
from tests.conversations.conftest import lease_for
from tests.meta.conftest import ACCOUNT, NUMBER, NUMBER_ID, PATIENT
from tests.vendors import META_TOKEN

BODY = {
    "type": "BODY",
    "text": "Hello {{1}}, we open again on {{2}}. See you.",
    "example": {"body_text": [["Rosa", "Monday"]]},
}


@pytest.fixture
def manager(sandbox, channel, settings):
    """What somebody does in Meta's own manager."""
    sandbox.post("/meta/numbers", {"number": NUMBER, "id": NUMBER_ID, "account": ACCOUNT})
    sandbox.post("/meta/window", {"from": PATIENT, "to": NUMBER})
    sandbox.post("/meta/hold", {"hold": True})
    headers = {"Authorization": f"Bearer {META_TOKEN}"}
    with httpx.Client(base_url=f"{sandbox.url}/meta/{settings.META_API_VERSION}", headers=headers) as http:
        yield http


def made(manager, name="opening", *parts, **fields):
    given = {"name": name, "language": "pt_BR", "category": "MARKETING", "components": [BODY, *parts], **fields}
    answer = manager.post(f"/{ACCOUNT}/message_templates", json=given)
    assert answer.is_success, answer.text
    return answer.json()["id"]


def theirs():
    return {each.sid: each for each in MessageTemplate.objects.filter(purpose="other")}


def test_one_made_there_is_read_and_leaves_in_its_own_name_and_language(clinic, channel, manager, meta, sandbox):
    sid = made(manager)
    assert template_list.read(clinic, channel) == 1
    row = theirs()[sid]
    assert (row.state, row.name, row.language, row.category) == ("approved", "opening", "pt_BR", "marketing")
    assert row.samples == {"v1": "Rosa", "v2": "Monday"}
    meta.says("Hello")
    conversation = Message.objects.get().conversation
    queued = automatic.queue_filled(clinic, conversation, row, {"v1": "Ana", "v2": "Tuesday"}, staff_id=1)
    deliver(clinic, queued.pk, lease_for(clinic, outbox.DELIVER, queued.pk))
    queued.refresh_from_db()
    assert (queued.delivery, queued.text, queued.author) == (
        "sent",
        "Hello Ana, we open again on Tuesday. See you.",
        "staff",
    )
    [sent] = [each for each in sandbox.log("meta") if each["path"].endswith("/messages") and PATIENT in each["body"]]
    assert '"name": "opening"' in sent["body"].replace('":"', '": "')


def test_a_heading_with_a_blank_is_filled_in_apart_from_the_text(clinic, channel, manager, meta, sandbox):
    heading = {"type": "HEADER", "format": "TEXT", "text": "News of {{1}}", "example": {"header_text": ["March"]}}
    sid = made(manager, "with_heading", heading)
    template_list.read(clinic, channel)
    row = theirs()[sid]
    assert (row.unfit, row.approved_body) == ("", "News of {h1}\n\nHello {v1}, we open again on {v2}. See you.")
    assert row.samples == {"h1": "March", "v1": "Rosa", "v2": "Monday"}
    meta.says("Hello")
    conversation = Message.objects.get().conversation
    values = {"h1": "April", "v1": "Ana", "v2": "Tuesday"}
    queued = automatic.queue_filled(clinic, conversation, row, values, staff_id=1)
    deliver(clinic, queued.pk, lease_for(clinic, outbox.DELIVER, queued.pk))
    queued.refresh_from_db()
    assert (queued.delivery, queued.error) == ("sent", "")
    assert queued.text == "News of April\n\nHello Ana, we open again on Tuesday. See you."
    [sent] = [each for each in sandbox.log("meta") if each["path"].endswith("/messages") and PATIENT in each["body"]]
    components = json.loads(sent["body"])["template"]["components"]
    assert [(each["type"], [word["text"] for word in each["parameters"]]) for each in components] == [
        ("header", ["April"]),
        ("body", ["Ana", "Tuesday"]),
    ]


@pytest.mark.parametrize("kind", ["image", "document"])
def test_a_picture_or_document_over_the_text_goes_along_by_its_address(clinic, channel, manager, meta, sandbox, kind):
    sid = made(manager, f"with_{kind}", {"type": "HEADER", "format": kind.upper()})
    template_list.read(clinic, channel)
    row = theirs()[sid]
    assert row.unfit == ""
    meta.says("Hello")
    conversation = Message.objects.get().conversation
    link = "https://clinic.example.com/plan.pdf"
    values = {f"h:{kind}_link": link, "v1": "Ana", "v2": "Tuesday"}
    queued = automatic.queue_filled(clinic, conversation, row, values, staff_id=1)
    deliver(clinic, queued.pk, lease_for(clinic, outbox.DELIVER, queued.pk))
    queued.refresh_from_db()
    assert (queued.delivery, queued.error) == ("sent", "")
    [sent] = [each for each in sandbox.log("meta") if each["path"].endswith("/messages") and PATIENT in each["body"]]
    assert json.loads(sent["body"])["template"]["components"][0] == {
        "type": "header",
        "parameters": [{"type": kind, kind: {"link": link}}],
    }


def test_a_heading_whose_blank_has_a_name_is_filled_in_by_it(clinic, channel, manager, meta, sandbox):
    example = {"header_text_named_params": [{"param_name": "month", "example": "March"}]}
    heading = {"type": "HEADER", "format": "TEXT", "text": "News of {{month}}", "example": example}
    body = {"type": "BODY", "text": "Hello, we open again. See you."}
    sid = made(manager, "named_heading", components=[heading, body], parameter_format="NAMED")
    template_list.read(clinic, channel)
    row = theirs()[sid]
    meta.says("Hello")
    conversation = Message.objects.get().conversation
    queued = automatic.queue_filled(clinic, conversation, row, {"h:month": "April"}, staff_id=1)
    deliver(clinic, queued.pk, lease_for(clinic, outbox.DELIVER, queued.pk))
    queued.refresh_from_db()
    assert (queued.delivery, queued.text) == ("sent", "News of April\n\nHello, we open again. See you.")


def test_blanks_with_names_are_filled_in_by_name(clinic, channel, manager, meta, sandbox):
    named = [{"param_name": "first_name", "example": "Rosa"}, {"param_name": "day_2", "example": "Monday"}]
    text = "Hello {{first_name}}, we open again on {{day_2}}. Yes, {{day_2}}."
    body = {"type": "BODY", "text": text, "example": {"body_text_named_params": named}}
    sid = made(manager, components=[body], parameter_format="NAMED")
    template_list.read(clinic, channel)
    row = theirs()[sid]
    assert (row.unfit, row.approved_body) == ("", "Hello {v:first_name}, we open again on {v:day_2}. Yes, {v:day_2}.")
    assert row.samples == {"v:first_name": "Rosa", "v:day_2": "Monday"}
    meta.says("Hello")
    conversation = Message.objects.get().conversation
    values = {"v:first_name": "Ana", "v:day_2": "Tuesday"}
    queued = automatic.queue_filled(clinic, conversation, row, values, staff_id=1)
    deliver(clinic, queued.pk, lease_for(clinic, outbox.DELIVER, queued.pk))
    queued.refresh_from_db()
    assert (queued.delivery, queued.text) == ("sent", "Hello Ana, we open again on Tuesday. Yes, Tuesday.")
    [sent] = [each for each in sandbox.log("meta") if each["path"].endswith("/messages") and PATIENT in each["body"]]
    [component] = json.loads(sent["body"])["template"]["components"]
    assert component["parameters"] == [
        {"type": "text", "parameter_name": "first_name", "text": "Ana"},
        {"type": "text", "parameter_name": "day_2", "text": "Tuesday"},
    ]


@pytest.mark.parametrize(
    "part",
    [
        {"type": "HEADER", "format": "VIDEO"},
        {"type": "HEADER", "format": "LOCATION"},
        {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Open", "url": "https://x.test/{{1}}"}]},
        {"type": "CAROUSEL", "cards": []},
    ],
)
def test_what_needs_more_than_the_blanks_of_its_text_is_not_used(clinic, channel, manager, part):
    sid = made(manager, "rich", part)
    template_list.read(clinic, channel)
    assert theirs()[sid].unfit
    assert theirs()[sid].approved_sid == ""


def test_refused_paused_and_forgotten_ones_say_so(clinic, channel, manager, sandbox):
    refused, paused = made(manager, "one"), made(manager, "two")
    sandbox.post("/meta/review", {"id": refused, "status": "REJECTED", "reason": "ABUSIVE_CONTENT"})
    sandbox.post("/meta/review", {"id": paused, "status": "PAUSED"})
    template_list.read(clinic, channel)
    assert (theirs()[refused].state, theirs()[refused].reason) == ("rejected", "abusive content")
    assert theirs()[paused].state == "paused"
