"""What goes wrong at a desk: logged out while writing, no network, an impatient finger, another keyboard."""

from functools import partial

import pytest
from django.contrib.sessions.models import Session
from django_tenants.utils import tenant_context
from playwright.sync_api import expect

from tenants.models import User
from tests.desk.scene import Scene
from tests.tenants.serving import log_in

pytestmark = pytest.mark.browser


@pytest.fixture
def thread(web, fresh_business, browser_page):
    """Alice has Tom's conversation open, listening."""
    alice = User.objects.get(email="alice@clinic.test")
    with tenant_context(fresh_business):
        tom = Scene(fresh_business).writes("Tom Becker", "Is the practice open on Saturday?")
        window = browser_page(f"http://127.0.0.1:{web.port}", log_in(alice))
        window.open(f"{fresh_business.path}conversations/{tom.pk}/")
        expect(window.page.locator("body")).to_have_attribute("data-connection", "open")
        yield window.page


def test_what_was_typed_outlives_being_logged_out(thread):
    thread.get_by_label("Your reply").fill("Yes, until noon.")
    Session.objects.all().delete()
    thread.keyboard.press("Control+Enter")
    expect(thread.locator("#toasts")).to_contain_text("You have been logged out")
    expect(thread.locator("#thread-live")).to_contain_text("open on Saturday")
    expect(thread.get_by_label("Your reply")).to_have_value("Yes, until noon.")
    page = thread.url
    thread.context.add_cookies(
        [{"name": "sessionid", "value": log_in(User.objects.get(email="alice@clinic.test")), "url": page}]
    )
    thread.reload()
    expect(thread.get_by_label("Your reply")).to_have_value("Yes, until noon.")


def test_without_a_network_one_message_says_so_and_nothing_is_lost(thread):
    thread.context.set_offline(True)
    thread.get_by_label("Your reply").fill("Yes, until noon.")
    for _ in range(3):
        thread.keyboard.press("Control+Enter")
        expect(thread.locator("#toasts")).to_contain_text("No connection")
    thread.evaluate("document.body.dispatchEvent(new CustomEvent('fd:refresh'))")
    thread.wait_for_timeout(500)
    assert thread.locator("#toasts .toast-note").count() == 1
    expect(thread.get_by_label("Your reply")).to_have_value("Yes, until noon.")
    thread.context.set_offline(False)


def test_sending_twice_in_a_row_sends_once(thread):
    thread.get_by_label("Your reply").fill("Yes, until noon.")
    thread.keyboard.press("Control+Enter")
    thread.keyboard.press("Control+Enter")
    expect(thread.locator("#thread-live .bubble--staff")).to_have_count(1)
    thread.wait_for_timeout(700)
    expect(thread.locator("#thread-live .bubble--staff")).to_have_count(1)
    expect(thread.locator("#reply-error")).to_have_count(0)


@pytest.fixture
def held(thread):
    """held(path) → the answers to requests for it, which wait until they are let go."""

    def hold(path):
        answers = []
        thread.route(path, lambda route: answers.append(partial(route.fulfill, response=route.fetch())))
        return answers

    return hold


def test_an_answer_that_comes_after_its_own_news_is_put_where_it_belongs(thread, held):
    answers = held("**/take-over/")
    thread.get_by_role("button", name="Take over").click()
    expect(thread.locator("#thread-live")).to_contain_text("You have this conversation")  # the news said so
    expect(thread.locator("#act-take-over")).to_have_count(0)
    assert not thread.evaluate("document.activeElement.matches('#reply')")
    thread.evaluate(
        """document.addEventListener('htmx:afterSettle', ({ detail }) => {
            if (detail.requestConfig?.verb === 'post') window.settled = true;
        })"""
    )
    answers.pop()()
    thread.wait_for_function("window.settled")
    expect(thread.get_by_label("Your reply")).to_be_focused()
    expect(thread.locator("#thread-live")).to_have_count(1)


def test_what_is_being_sent_is_no_draft_any_more(thread, held):
    drafts = []
    thread.on("request", lambda request: drafts.append(request.url) if "/draft/" in request.url else None)
    answers = held("**/reply/")
    thread.get_by_label("Your reply").fill("Yes, until noon.")
    thread.keyboard.press("Control+Enter")
    expect(thread.locator("#thread-live .bubble--staff")).to_contain_text("Yes, until noon.")  # the news said so
    thread.wait_for_timeout(1000)  # longer than the box waits before it keeps a draft
    answers.pop()()
    expect(thread.get_by_label("Your reply")).to_have_value("")
    assert drafts == []


def test_what_was_wrong_with_a_time_is_gone_once_the_time_is_right(thread):
    thread.get_by_label("Your reply").fill("We look forward to seeing you.")
    thread.get_by_role("button", name="Send later").click()
    thread.locator("#later-at").fill("2020-01-01T10:00")
    thread.get_by_role("button", name="Keep", exact=True).click()
    expect(thread.locator("#reply-error")).to_contain_text("That is over")
    expect(thread.get_by_label("Your reply")).to_have_value("We look forward to seeing you.")
    thread.keyboard.press("Escape")
    thread.get_by_role("button", name="Send later").click()
    thread.get_by_role("button", name="In an hour").click()
    expect(thread.locator(".later-list")).to_contain_text("We look forward")
    expect(thread.locator("#reply-error")).to_have_count(0)
    expect(thread.get_by_label("Your reply")).to_have_value("")


@pytest.mark.parametrize(
    ("typed", "opens"),
    [
        ({"key": "ß", "code": "KeyS", "altKey": True}, "#snooze-menu"),  # ⌥S of a Mac
        ({"key": "/", "code": "Digit7", "ctrlKey": True, "shiftKey": True}, "#keys-sheet"),  # a German keyboard
    ],
)
def test_shortcuts_work_on_other_keyboards(thread, typed, opens):
    thread.evaluate(
        "typed => document.body.dispatchEvent(new KeyboardEvent('keydown', { ...typed, bubbles: true }))", typed
    )
    expect(thread.locator(opens)).to_be_visible()


def test_behind_a_dialog_the_keys_rest(thread):
    thread.keyboard.press("Control+k")
    expect(thread.locator("#command-bar")).to_be_visible()
    thread.keyboard.press("Alt+e")
    thread.keyboard.type("settings")
    expect(thread.locator("#command-found")).to_contain_text("Settings")
    thread.keyboard.press("Escape")
    expect(thread.locator("#command-bar")).to_be_hidden()
    expect(thread.get_by_role("button", name="Resolve")).to_be_visible()


def test_a_page_asks_for_its_numbers_once(thread):
    asked = []
    thread.on("request", lambda request: asked.append(request.url) if "nav-counts" in request.url else None)
    thread.reload()
    expect(thread.locator("body")).to_have_attribute("data-connection", "open")
    thread.wait_for_timeout(700)
    assert len(asked) == 1
