"""Views, labels, snoozing and the command bar by keyboard in a real browser, and how they look."""

import pytest
from playwright.sync_api import expect

from escalations import labelling
from tests.desk.scene import busy_day
from tests.desk.test_browser import desk_of, people, practice  # noqa: F401 (fixtures)

pytestmark = pytest.mark.browser


def test_views_labels_and_snoozing_by_keyboard(practice, desk_of, people):  # noqa: F811
    who = busy_day(practice, people["bob"])
    labelling.make("Insurance", "info")
    window = desk_of("alice", f"conversations/{who['maria'].pk}/")
    page = window.page
    page.keyboard.press("Alt+v")
    menu = page.locator("#views-menu")
    expect(menu.get_by_role("link", name="Unassigned 1")).to_be_visible()
    faults = window.faults("desk/views-menu")
    menu.get_by_role("link", name="Unassigned 1").click()
    expect(page.locator(".conversation-row__name")).to_have_text(["Tom Becker"])

    page.goto(f"{page.url.split('?')[0]}conversations/{who['maria'].pk}/")
    page.get_by_role("button", name="Change labels").click()
    with page.expect_response(lambda answer: "/labels/" in answer.url and answer.request.method == "POST"):
        page.get_by_label("Insurance").check()
    window.settle()
    expect(page.locator(f"#conversation-row-{who['maria'].pk}")).to_contain_text("Insurance")
    page.locator("#conversation-labels summary").click()
    page.get_by_label("Name of the new label").fill("insurance")
    page.keyboard.press("Enter")
    expect(page.get_by_text("There is a label “insurance” already.")).to_be_visible()
    faults += window.faults("desk/labels-of-a-conversation")

    page.keyboard.press("Alt+s")
    expect(page.get_by_role("button", name="Tomorrow, 9:00")).to_be_visible()
    faults += window.faults("desk/snooze-menu")
    page.get_by_role("button", name="Tomorrow, 9:00").click()
    expect(page.locator("#thread-live")).to_contain_text("Alice Owner snoozed the conversation until")
    expect(page.locator(f"#conversation-row-{who['maria'].pk}")).to_contain_text("Snoozed")
    page.keyboard.press("Alt+s")
    expect(page.locator("#thread-live")).to_contain_text("Back in the inbox")
    window.open(f"{practice.business.path}settings/labels/")
    faults += window.faults("desk/settings-labels")
    assert faults == []


def test_the_command_bar_is_walked_by_keys(practice, desk_of, people):  # noqa: F811
    who = busy_day(practice, people["bob"])
    window = desk_of("alice")
    page = window.page
    page.keyboard.press("Control+k")
    expect(page.locator("#command-found")).to_contain_text("Diary")
    page.keyboard.type("maria")
    expect(page.locator("#command-found")).to_contain_text("Maria Lopes")
    expect(page.locator("#command-found")).to_contain_text("Appointments")
    faults = window.faults("desk/command-bar")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".hits__link").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/conversations/{who['maria'].pk}/")
    expect(page.locator("body")).to_have_attribute("data-connection", "open")
    page.keyboard.press("Alt+j")
    page.wait_for_url(f"**/conversations/{who['tom'].pk}/**")
    page.keyboard.press("Control+/")
    expect(page.get_by_role("heading", name="Keys")).to_be_visible()
    faults += window.faults("desk/keys")
    assert faults == []


def test_a_note_a_saved_reply_and_a_colleague_beside_one(practice, desk_of, people):  # noqa: F811
    from escalations.models import SavedReply

    SavedReply.objects.create(shortcut="parking", text="Hello {contact}, you can park behind the house.")
    SavedReply.objects.create(shortcut="pay", text="Cash and cards are both fine.")
    who = busy_day(practice, people["bob"])
    path = f"conversations/{who['tom'].pk}/"
    bob = desk_of("bob", path)
    window = desk_of("alice", path)
    page = window.page
    expect(page.locator("#company")).to_contain_text("Bob Colleague is here")
    bob.page.locator("#reply").press_sequentially("Dear Tom")
    expect(page.locator("#company")).to_contain_text("Bob Colleague is writing")

    page.locator("#reply").press_sequentially("@Bob he paid on Monday")
    page.get_by_role("button", name="Keep as a note").click()
    expect(page.locator(".bubble--note")).to_contain_text("@Bob he paid on Monday")
    expect(page.locator("#reply")).to_have_value("")
    expect(bob.page.locator(".bubble--note")).to_contain_text("@Bob he paid on Monday")
    expect(bob.page.locator("#reply")).to_have_value("Dear Tom")

    page.locator("#reply").press_sequentially("/")
    expect(page.locator(".reply-list__item")).to_have_count(2)
    faults = window.faults("desk/saved-replies-and-note")
    page.locator("#reply").press_sequentially("park")
    expect(page.locator(".reply-list__item")).to_have_count(1)
    with page.expect_response(lambda it: "/draft/" in it.url and "Hello" in (it.request.post_data or "")):
        page.keyboard.press("Enter")
    expect(page.locator("#reply")).to_have_value("Hello Tom Becker, you can park behind the house.")
    page.reload()
    expect(page.locator("#reply")).to_have_value("Hello Tom Becker, you can park behind the house.")
    bob.page.keyboard.press("Control+Enter")
    expect(page.locator("#thread-live")).to_contain_text("Dear Tom")
    window.open(f"{practice.business.path}settings/saved-replies/")
    faults += window.faults("desk/settings-saved-replies")
    assert faults == []
