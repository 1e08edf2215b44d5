"""Contacts on a real screen: the list, one of them, joining, erasing, booking out of the thread."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from agents.models import AssistantVersion
from calendar_sync.models import Appointment
from conversations.models import Contact, Conversation, MessageTemplate
from escalations import labelling
from tenants import clock, events
from tenants.models import User
from tests.desk.scene import Scene
from tests.tenants.serving import log_in, running

pytestmark = pytest.mark.browser


@pytest.fixture
def maria(alice_at, fresh_business):
    scene = Scene(fresh_business)
    for said in ("Hi, I would like to come in for a check-up", "any time tomorrow or the day after", "1", "yes"):
        maria = scene.writes("Maria Lopes", said, phone="+351912000111")
        scene.answers(maria)
    scene.writes("Maria L.", "This is my new number", phone="+351912000222")
    for name, colour in (("VIP", "brand"), ("Insurance", "info"), ("Complaint", "bad")):
        labelling.make(name, colour)
    labelling.put_on_contact(fresh_business, maria.contact, [labelling.make("Regular", "good").pk])
    return maria


def test_pages_of_contacts_have_no_faults(alice_at, maria):
    window = alice_at("contacts/")
    found = window.faults("contacts")
    for name, path in (
        ("contact", f"contacts/{maria.contact_id}/"),
        ("join", f"contacts/{maria.contact_id}/join/?q=maria"),
        ("erase", f"contacts/{maria.contact_id}/erase/"),
    ):
        window.open(window.page.url.split("contacts/")[0].removeprefix(window.origin) + path)
        found += window.faults(name, tall=2600 if name == "contact" else 0)
    assert found == []


def test_ticking_a_label_saves_it_and_joining_can_be_undone(alice_at, maria):
    window = alice_at(f"contacts/{maria.contact_id}/")
    with window.page.expect_response(lambda answer: "/labels/" in answer.url):
        window.page.get_by_label("VIP").check()
    window.page.get_by_role("link", name="Join", exact=True).click()
    window.page.wait_for_url("**/join/**")
    window.live()
    window.page.get_by_role("searchbox").last.fill("000222")
    window.page.get_by_role("button", name="It is the same person as Maria L.").click()
    window.page.get_by_text("They are one contact now.").wait_for()
    assert Contact.objects.filter(merged_into=maria.contact_id).count() == 1
    window.faults("joined", tall=1200)
    window.page.get_by_role("button", name="Undo").click()
    window.page.get_by_text("They are two contacts again.").wait_for()
    assert not Contact.objects.filter(merged_into=maria.contact_id).exists()
    assert window.page.get_by_label("VIP").is_checked()


def test_the_thread_books_in_a_dialog(alice_at, maria):
    window = alice_at(f"conversations/{maria.pk}/")
    window.page.get_by_role("link", name="New booking").click()
    dialog = window.page.get_by_role("dialog")
    dialog.wait_for()
    assert dialog.get_by_label("Name").input_value() == "Maria Lopes"
    found = window.faults("booking")
    assert found == []
    dialog.get_by_label("Date").fill((clock.now() + dt.timedelta(days=9)).date().isoformat())
    dialog.get_by_label("Time").fill("10:00")
    dialog.get_by_role("button", name="Book").click()
    dialog.wait_for(state="hidden")
    assert Appointment.objects.count() == 2
    assert window.page.url.endswith(f"/conversations/{maria.pk}/"), "the thread stays open"


def test_under_a_shut_window_a_template_is_filled_in_and_under_an_open_one_a_message_is_kept(
    alice_at, maria, fresh_business
):
    MessageTemplate.objects.create(
        channel=maria.channel,
        purpose="other",
        name="opening_offer",
        language="en",
        category="marketing",
        sid="HX1",
        approved_sid="HX1",
        state="approved",
        body="Hello {v1}, we open again on {v2}. See you.",
        approved_body="Hello {v1}, we open again on {v2}. See you.",
        samples={"v2": "Monday"},
    )
    window = alice_at(f"conversations/{maria.pk}/")
    window.page.get_by_label("Your reply").fill("Your crown has arrived.")
    window.page.get_by_role("button", name="Send later").click()
    found = window.faults("later-menu", widths=(390, 1440))
    window.page.get_by_role("button", name="Tomorrow at 9:00").click()
    window.page.locator(".later-list__words").get_by_text("Your crown has arrived.").wait_for()
    expect(window.page.get_by_label("Your reply")).to_have_value("")
    found += window.faults("later-list", widths=(390, 1440))
    Conversation.objects.filter(pk=maria.pk).update(last_inbound_at=clock.now() - dt.timedelta(hours=30))
    window.open(window.page.url.removeprefix(window.origin))
    window.live()
    window.page.get_by_label("Blank 1").fill("Maria")
    window.page.get_by_label("Blank 2").fill("Tuesday")
    with window.page.expect_response(lambda answer: "/composer/" in answer.url):
        events.publish(fresh_business, "conversation", maria.pk)  # news of a colleague, say
    window.page.get_by_text("Hello Maria, we open again on Tuesday. See you.").wait_for()
    found += window.faults("template-form")
    window.page.locator("#template-form").get_by_role("button", name="Send").click()
    window.page.locator("#thread-scroll").get_by_text("Hello Maria, we open again on Tuesday.").wait_for()
    window.open(f"{fresh_business.path}settings/templates/")
    found += window.faults("templates")
    assert found == []


@pytest.fixture
def with_claude(sandbox):
    with running(ANTHROPIC_API_KEY="sk-ant-tests", ANTHROPIC_BASE_URL=f"{sandbox.url}/anthropic") as server:
        yield f"http://127.0.0.1:{server.port}"


def test_better_words_stand_in_the_box_and_are_taken_back(sandbox, with_claude, browser_page, maria, fresh_business):
    AssistantVersion.objects.filter(status="published").update(provider="anthropic")
    sandbox.script({"text": "Your crown has arrived. When would you like to come?"})
    window = browser_page(with_claude, log_in(User.objects.get(email="alice@clinic.test")))
    window.open(f"{fresh_business.path}conversations/{maria.pk}/")
    box = window.page.get_by_label("Your reply")
    box.fill("crown here, come")
    window.page.get_by_role("button", name="Improve or translate").click()
    window.page.get_by_role("button", name="Improve my text").click()
    window.page.get_by_text("It stands in the box now.").wait_for()
    expect(box).to_have_value("Your crown has arrived. When would you like to come?")
    found = window.faults("writing", widths=(390, 1440))
    window.page.get_by_role("button", name="Undo").click()
    expect(box).to_have_value("crown here, come")
    assert found == []
