"""Templates that were made at the vendor: read by schedule and by button, with state, blanks and language."""

import contextlib

import httpx
import pytest

from conversations import tasks, template_list
from conversations.channels.base import ChannelError
from conversations.delivery_content import template_use
from conversations.models import Channel, MessageTemplate
from conversations.template_approval import ask
from tenants.models import ChannelRoute
from tests.conversations.conftest import NUMBER, PATIENT
from tests.conversations.test_templates_at_whatsapp import work
from tests.vendors import TWILIO_SID, TWILIO_TOKEN

Purpose = MessageTemplate.Purpose


@pytest.fixture
def console(sandbox, channel):
    """What somebody does in Twilio's own console."""
    sandbox.post("/twilio/window", {"from": PATIENT, "to": NUMBER, "hours_ago": 30})
    with httpx.Client(base_url=f"{sandbox.url}/twilio/v1", auth=(TWILIO_SID, TWILIO_TOKEN)) as http:
        yield http


def made(console, name="opening_offer", *, approved=True, **types):
    given = types or {"twilio/text": {"body": "Hello {{1}}, we open again on {{2}}. See you."}}
    body = {"friendly_name": name, "language": "de", "variables": {"1": "Rosa", "2": "Monday"}, "types": given}
    sid = console.post("/Content", json=body).raise_for_status().json()["sid"]
    if approved:
        asked = {"name": name, "category": "MARKETING"}
        console.post(f"/Content/{sid}/ApprovalRequests/whatsapp", json=asked).raise_for_status()
    return sid


def theirs():
    return {each.sid: each for each in MessageTemplate.objects.filter(purpose=Purpose.OTHER)}


def test_one_made_in_the_console_can_be_used_with_its_blanks_and_language(clinic, channel, console):
    sid = made(console)
    assert template_list.read(clinic, channel) == 1
    row = theirs()[sid]
    assert (row.state, row.approved_sid, row.language, row.category) == ("approved", sid, "de", "marketing")
    assert row.approved_body == "Hello {v1}, we open again on {v2}. See you."
    assert row.samples == {"v1": "Rosa", "v2": "Monday"}
    assert row.title == "Opening offer"
    assert Channel.objects.get(pk=channel.pk).templates_listed_at is not None


def test_blanks_of_the_console_may_have_names(clinic, channel, console):
    sid = made(console, **{"twilio/text": {"body": "Hello {{first_name}}, see you on {{ day }}."}})
    template_list.read(clinic, channel)
    row = theirs()[sid]
    assert row.approved_body == "Hello {v:first_name}, see you on {v:day}."
    use = template_use(row, PATIENT, {"first_name": "Ana", "day": "Tuesday"}, 7)
    assert (use.body, dict(use.variables)) == (
        "Hello {{first_name}}, see you on {{day}}.",
        {"first_name": "Ana", "day": "Tuesday"},
    )


def test_one_that_needs_more_than_words_is_listed_and_not_used(clinic, channel, console):
    sid = made(console, **{"twilio/media": {"body": "Look", "media": ["https://x.test/{{1}}.jpg"]}})
    template_list.read(clinic, channel)
    row = theirs()[sid]
    assert row.unfit == "Its picture or file has a blank."
    assert row.approved_sid == ""


@pytest.mark.parametrize(
    ("types", "reads"),
    [
        ({"twilio/media": {"body": "Look, {{1}}", "media": ["https://x.test/a.jpg"]}}, "Look, {v1}"),
        ({"whatsapp/card": {"header_text": "For {{1}}", "body": "Until {{2}}."}}, "For {v1}\n\nUntil {v2}."),
    ],
)
def test_a_heading_and_a_picture_of_theirs_go_along(clinic, channel, console, types, reads):
    sid = made(console, **types)
    template_list.read(clinic, channel)
    row = theirs()[sid]
    assert (row.unfit, row.approved_body, row.approved_sid) == ("", reads, sid)


def test_one_that_is_paused_or_deleted_there_is_used_no_more(clinic, channel, console, sandbox):
    paused, deleted = made(console, "first"), made(console, "second")
    template_list.read(clinic, channel)
    sandbox.post("/twilio/approval", {"sid": paused, "status": "paused"})
    console.delete(f"/Content/{deleted}").raise_for_status()
    template_list.read(clinic, channel)
    assert [(theirs()[sid].state, theirs()[sid].approved_sid) for sid in (paused, deleted)] == [
        ("paused", ""),
        ("gone", ""),
    ]


def test_ours_that_whatsapp_pauses_goes_out_no_more_and_comes_back(clinic, channel, console, sandbox):
    ask(clinic, channel)
    work(clinic)
    reminder = MessageTemplate.objects.get(purpose=Purpose.REMINDER)
    sandbox.post("/twilio/approval", {"sid": reminder.sid, "status": "paused"})
    template_list.read(clinic, channel)
    reminder.refresh_from_db()
    assert (reminder.state, reminder.approved_sid) == ("paused", "")
    assert not theirs(), "ours are not listed as made there"
    sandbox.post("/twilio/approval", {"sid": reminder.sid, "status": "approved"})
    template_list.read(clinic, channel)
    reminder.refresh_from_db()
    assert (reminder.state, reminder.approved_sid) == ("approved", reminder.sid)


def test_all_pages_of_the_list_are_read(clinic, channel, console):
    for number in range(105):
        made(console, f"template_{number}", approved=False)
    assert template_list.read(clinic, channel) == 105


def test_read_twice_is_one_row_each(clinic, channel, console):
    made(console)
    template_list.read(clinic, channel)
    template_list.read(clinic, channel)
    assert len(theirs()) == 1


def test_while_twilio_is_away_nothing_is_forgotten_and_the_page_says_so(clinic, channel, console, settings):
    sid = made(console)
    template_list.read(clinic, channel)
    settings.TWILIO_BASE_URL = "http://127.0.0.1:1/twilio"
    with pytest.raises(ChannelError):
        template_list.read(clinic, channel)
    assert theirs()[sid].state == "approved"
    assert Channel.objects.get(pk=channel.pk).templates_error == "unreachable"
    tasks.list_templates.body(clinic, ChannelRoute.objects.get(business=clinic).pk)  # the schedule goes on quietly


@pytest.mark.parametrize("body", ["[]", "{}", '{"contents": [1, null, {}]}', '{"contents": "x", "meta": null}'])
def test_a_strange_answer_is_no_template(clinic, channel, sandbox, body):
    sandbox.fault(vendor="twilio", method="GET", path="ContentAndApprovals", kind="wrong_body", body=body)
    with contextlib.suppress(ChannelError):
        assert template_list.read(clinic, channel) == 0
    assert not theirs()
