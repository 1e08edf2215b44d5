"""The knowledge pages in a real Chromium: written, uploaded, tested, asked in vain, answered in the thread."""

import pytest

from agents.knowledge import entries
from agents.knowledge.entries import Writing
from agents.models import KnowledgeEntry, KnowledgeGap
from escalations import acts
from tenants.models import User
from tests.desk.scene import Scene

pytestmark = pytest.mark.browser


@pytest.fixture
def window(alice_at, fresh_business):
    opened = alice_at()
    opened.path = fresh_business.path
    return opened


def look(window, name):
    assert window.faults(f"knowledge-{name}") == []


def test_knowledge_from_the_first_entry_to_the_answer_in_the_thread(window, fresh_business, tmp_path):
    page = window.open(f"{window.path}assistant/knowledge/")
    look(window, "empty")
    with page.expect_navigation():
        page.get_by_role("link", name="After an extraction").click()
    look(window, "add")
    page.get_by_label("Text").fill("Bite on the gauze for 30 minutes.\n\nDon't rinse or smoke for 24 hours.")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("The assistant answers from it at once").wait_for()

    page.get_by_role("link", name="Add", exact=True).click()
    page.get_by_role("link", name="Upload files").click()
    good, bad = tmp_path / "Anfahrt.md", tmp_path / "prices.xlsx"
    good.write_text("# Mit der Bahn\n\nDie Linie 4 hält am Rathaus. Der Bus hält vor der Tür.", encoding="utf-8")
    bad.write_bytes(b"PK\x03\x04")
    page.locator("#id_uploads").set_input_files([good, bad])
    page.get_by_role("button", name="Read it").click()
    page.get_by_text("prices.xlsx").wait_for()
    assert page.get_by_label("Language").input_value() == "de"
    look(window, "preview")
    page.get_by_role("button", name="Save what is marked").click()
    page.get_by_text("1 entry is saved").wait_for()

    entries.add(Writing(title="Parking", body="Behind the house, entrance Mill Lane.", language="en"), user_id=None)
    page.reload()
    page.get_by_label("A question").fill("where can I park my car?")
    page.keyboard.press("Enter")
    page.locator(".found__row", has_text="Mill Lane").wait_for()
    look(window, "list")
    with page.expect_navigation():
        page.get_by_role("link", name="Parking", exact=True).first.click()
    look(window, "entry")
    page.get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("is back").wait_for()
    assert KnowledgeEntry.objects.get(title="Parking").removed_at is None

    _asked_in_the_thread(window, page, fresh_business)


def _asked_in_the_thread(window, page, business):
    scene = Scene(business)
    conversation = scene.writes("Rosa Blum", "Is there parking?")
    scene.answers(conversation)
    scene.writes("Rosa Blum", "Can I bring my iguana?")
    scene.answers(conversation)
    assert KnowledgeGap.objects.get().question == "Can I bring my iguana?"
    acts.reply(business, conversation, User.objects.get(email="alice@clinic.test"), "Please leave it at home.")
    window.open(f"{window.path}conversations/{conversation.pk}/")
    page.get_by_text("From: Parking").wait_for()
    look(window, "thread")
    with page.expect_navigation():
        page.get_by_role("link", name="Make yours an entry").click()
    assert page.get_by_label("Text").input_value() == "Please leave it at home."
    look(window, "answer")
    window.open(f"{window.path}assistant/gaps/")
    look(window, "gaps")
    page.get_by_role("link", name="Answer Can I bring my iguana?").click()
    page.get_by_label("Text").fill("Iguanas stay at home.")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Whoever asks next gets this answer").wait_for()
    look(window, "gaps-closed")
    turn = conversation.messages.filter(turn_id__isnull=False).first().turn_id
    window.open(f"{window.path}traces/{turn}/")
    page.get_by_text("From: Parking").wait_for()
    window.shoot("knowledge-trace-1440-light")
