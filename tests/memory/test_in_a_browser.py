"""What is remembered, in a real Chromium: the contact's page and the panel beside the thread."""

import pytest

from agents.memory import facts
from agents.memory.facts import NewFact
from conversations.connecting import connect
from tests.conversations.test_automatic_in_a_browser import writes

pytestmark = pytest.mark.browser
KNOWN = (
    ("time_of_day", "Prefers evenings."),
    ("family:mia", "Has a daughter, her name is Mia."),
    ("time_of_day", "Prefers mornings."),
)


@pytest.fixture
def maria(fresh_business):
    channel = connect(fresh_business, address="whatsapp:+441134960655")
    return writes(fresh_business, channel, "Hello, I always prefer mornings. My daughter Mia comes along.").conversation


@pytest.fixture
def window(alice_at, fresh_business):
    opened = alice_at()
    opened.path = fresh_business.path
    return opened


def look(window, name):
    assert window.faults(f"memory-{name}", tall=1100) == []


def test_staff_look_through_what_is_remembered_correct_and_delete_and_undo(window, maria):
    message = maria.messages.get()
    for source, (subject, text) in enumerate(KNOWN):
        facts.note(
            NewFact(
                contact_id=maria.contact_id,
                subject=subject,
                text=text,
                source_message_id=message.pk + len(KNOWN) - 1 - source,
            )
        )
    page = window.open(f"{window.path}contacts/{maria.contact_id}/")
    section = page.locator("#remembered")
    section.get_by_text("Add something").click()
    section.get_by_label("What should be remembered?").fill("Rings the bell twice, please open")
    section.get_by_role("button", name="Add", exact=True).click()
    section.get_by_text("Rings the bell twice").first.wait_for()
    section.get_by_role("button", name="Pin: Prefers mornings.").click()
    section.get_by_role("button", name="Unpin: Prefers mornings.").wait_for()
    look(window, "contact")
    section.get_by_role("button", name="Delete: Rings the bell twice, please open").click()
    section.get_by_text("Deleted. You can bring it back for ten minutes.").wait_for()
    assert section.get_by_text("Rings the bell twice").count() == 0
    look(window, "deleted")
    section.get_by_role("button", name="Undo").click()
    section.get_by_text("Rings the bell twice").first.wait_for()
    section.get_by_text("Correct: Prefers mornings.").click()
    box = section.locator("li", has_text="Prefers mornings.").get_by_label("What is right?")
    box.fill("")
    section.locator("li", has_text="Prefers mornings.").get_by_role("button", name="Save").click()
    section.locator(".field__error").wait_for()
    look(window, "refused")


def test_the_panel_leads_to_the_message(window, maria):
    message = maria.messages.get()
    facts.note(
        NewFact(
            contact_id=maria.contact_id, subject="time_of_day", text="Prefers mornings.", source_message_id=message.pk
        )
    )
    page = window.open(f"{window.path}conversations/{maria.pk}/")
    panel = page.locator("#panel-live")
    panel.get_by_text("Prefers mornings.").wait_for()
    look(window, "panel")
    panel.get_by_role("link", name="Message that says: Prefers mornings.").click()
    page.wait_for_url(f"**#message-{message.pk}")
    page.locator(f"#message-{message.pk}").wait_for()
