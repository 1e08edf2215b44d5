"""The desk in a real browser: live, by keyboard, without JavaScript, on a phone; and how it looks."""

import pytest
from django_tenants.utils import tenant_context
from playwright.sync_api import expect

from agents.models import Turn
from conversations import handoffs
from tenants import events
from tenants.models import Membership, Role, User
from tests.desk.scene import Scene, busy_day
from tests.tenants.serving import log_in

pytestmark = pytest.mark.browser


@pytest.fixture
def people():
    return {name: User.objects.get(email=f"{name}@clinic.test") for name in ("alice", "bob")}


@pytest.fixture
def practice(fresh_business, people):
    Membership.objects.create(user=people["bob"], business=fresh_business, role=Role.STAFF)
    fresh_business.name = "Bright Smile Dental"
    fresh_business.save()
    with tenant_context(fresh_business):
        yield Scene(fresh_business)


@pytest.fixture
def desk_of(web, practice, people, browser_page):
    """`desk_of("bob", width=390)` → that person's browser at the practice's desk, listening."""

    def sit_down(name, path="", **how):
        window = browser_page(f"http://127.0.0.1:{web.port}", log_in(people[name]), **how)
        window.open(practice.business.path + path)
        if how.get("javascript", True):
            window.live()
        return window

    return sit_down


def is_the_list(answer):
    return answer.request.headers.get("hx-target") == "inbox-list"


def test_a_handoff_is_seen_without_reload_everywhere(practice, desk_of):
    tom = practice.writes("Tom Becker", "I want to speak to a person")
    inbox, thread, work = desk_of("alice"), desk_of("bob", f"conversations/{tom.pk}/"), desk_of("alice", "escalations/")
    for window in (inbox, thread, work):
        window.page.evaluate("() => { window.notReloaded = true }")
    row = inbox.page.locator(f"#conversation-row-{tom.pk}")
    expect(row).to_contain_text("Assistant")
    practice.hands_over(tom, summary="Wants a person.")
    expect(inbox.page.locator("#toasts")).to_contain_text("A conversation needs a person")  # it goes by itself
    expect(row).to_contain_text("Needs you")
    expect(inbox.page.locator("#nav-count-escalations")).to_contain_text("1")
    expect(thread.page.locator("#thread-live")).to_contain_text("waits for a person")
    expect(thread.page.locator("#panel-live")).to_contain_text("Nobody has it yet")
    expect(work.page.locator("#escalations-live")).to_contain_text("Wants a person.")
    for window in (inbox, thread, work):
        assert window.page.evaluate("() => window.notReloaded")
        assert window.problems == []


def test_the_whole_of_a_handoff_by_hand(practice, desk_of):
    """The patient asks for a person; Alice takes it, answers, returns it; Bob's page follows."""
    tom = practice.writes("Tom Becker", "I want to speak to a person")
    practice.hands_over(tom)
    alice, bob = desk_of("alice", "escalations/"), desk_of("bob", f"conversations/{tom.pk}/")
    alice.page.get_by_role("button", name="Take Tom Becker").click()
    expect(alice.page.locator("#thread-live")).to_contain_text("You have this conversation")
    expect(bob.page.locator("#thread-live")).to_contain_text("Alice Owner has this conversation")
    alice.live()  # "Take" led to a new page
    alice.page.get_by_label("Your reply").fill("Hello Tom, how can I help?")
    alice.page.keyboard.press("Control+Enter")
    expect(alice.page.locator("#thread-live .bubble--staff")).to_contain_text("Hello Tom, how can I help?")
    expect(alice.page.get_by_label("Your reply")).to_have_value("")
    expect(alice.page.get_by_label("Your reply")).to_be_focused()
    expect(bob.page.locator("#thread-live .bubble--staff")).to_contain_text("Hello Tom")
    alice.page.get_by_role("button", name="Return to the assistant").click()
    expect(bob.page.locator("#thread-live")).to_contain_text("returned the conversation")
    expect(alice.page.locator("#thread-scroll")).to_be_focused()
    assert alice.problems == bob.problems == []


def test_what_is_typed_survives_the_news_and_an_error(practice, desk_of):
    tom = practice.writes("Tom Becker", "Hello")
    alice = desk_of("alice", f"conversations/{tom.pk}/")
    box = alice.page.get_by_label("Your reply")
    box.fill("I am just about to")
    practice.writes("Tom Becker", "One more thing")
    expect(alice.page.locator("#thread-live")).to_contain_text("One more thing")
    expect(box).to_have_value("I am just about to")
    expect(box).to_be_focused()
    box.fill("   ")
    alice.page.get_by_role("button", name="Send", exact=True).click()
    expect(alice.page.locator("#reply-error")).to_contain_text("Write something first.")
    box.fill("Now really")
    alice.page.get_by_role("button", name="Send", exact=True).click()
    expect(alice.page.locator("#thread-live .bubble--staff")).to_contain_text("Now really")
    expect(box).to_have_value("")
    expect(alice.page.locator("#reply-error")).to_have_count(0)


def test_taking_over_brings_the_focus_to_the_reply_box(practice, desk_of):
    tom = practice.writes("Tom Becker", "Hello")
    alice = desk_of("alice", f"conversations/{tom.pk}/")
    alice.page.get_by_role("button", name="Take over").press("Enter")
    expect(alice.page.get_by_label("Your reply")).to_be_focused()
    expect(alice.page.locator("#thread-live")).to_contain_text("You have this conversation")


def test_the_reply_box_comes_back_when_the_patient_writes_again(practice, desk_of):
    tom = practice.writes("Tom Becker", "Hello")
    tom.last_inbound_at = None
    tom.save(update_fields=["last_inbound_at"])
    alice = desk_of("alice", f"conversations/{tom.pk}/")
    expect(alice.page.locator("#composer")).to_contain_text("24 hours")
    practice.writes("Tom Becker", "Hello again")
    expect(alice.page.get_by_label("Your reply")).to_be_visible()


def test_the_list_is_walked_by_arrow_keys_and_searched_as_one_types(practice, desk_of):
    for name in ("Ann", "Ben", "Cat"):
        practice.writes(name, f"Hello from {name}")
    alice = desk_of("alice")
    links = alice.page.locator(".conversation-row__link")
    links.first.focus()
    alice.page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    with alice.page.expect_response(is_the_list):
        events.publish(practice.business, "conversation", 0)
    alice.settle()
    expect(links.nth(1)).to_be_focused()  # also after the list was fetched anew
    alice.page.keyboard.press("End")
    alice.page.keyboard.press("Enter")
    expect(alice.page.locator(".thread__name")).to_have_text("Ann")
    alice.live()
    alice.page.get_by_label("Search name, number, text").press_sequentially("from Ben")
    expect(links).to_have_count(1)
    expect(alice.page.locator(".thread__name")).to_have_text("Ann")
    with alice.page.expect_response(is_the_list):
        practice.writes("Cat", "Not what was searched")
    alice.settle()
    expect(links).to_have_count(1)


def test_without_javascript_one_can_take_over_answer_and_return(practice, desk_of):
    tom = practice.writes("Tom Becker", "Hello")
    page = desk_of("alice", javascript=False).page
    page.get_by_text("Tom Becker").click()
    page.get_by_role("button", name="Take over").click()
    expect(page.locator("#thread-live")).to_contain_text("You have this conversation")
    page.get_by_label("Your reply").fill("Plain and simple")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".bubble--staff")).to_contain_text("Plain and simple")
    page.get_by_role("button", name="Return to the assistant").click()
    expect(page.locator("#thread-live")).to_contain_text("returned the conversation")
    assert page.url.endswith(f"/conversations/{tom.pk}/")


def test_on_a_phone_one_goes_from_list_to_thread_and_back(practice, desk_of):
    tom = practice.writes("Tom Becker", "Hello")
    phone = desk_of("alice", width=390)
    phone.page.get_by_text("Tom Becker").click()
    expect(phone.page.locator(f"#conversation-row-{tom.pk}")).to_be_hidden()
    phone.page.get_by_role("button", name="About Tom Becker").click()
    expect(phone.page.locator("#panel-live")).to_contain_text("Next appointments")
    phone.page.get_by_role("button", name="Close", exact=True).click()
    expect(phone.page.locator("#contact-panel")).to_be_hidden()
    phone.page.get_by_role("link", name="Back to the inbox").click()
    expect(phone.page.locator(f"#conversation-row-{tom.pk}")).to_be_visible()


def test_who_asked_for_it_is_notified_by_the_browser_without_a_name(practice, desk_of):
    window = desk_of("alice", "escalations/")
    window.page.add_init_script(
        """window.told = []; document.hasFocus = () => false;
        window.Notification = class {
          static permission = "default";
          static requestPermission() { this.permission = "granted"; return Promise.resolve("granted"); }
          constructor(title, options) { window.told.push(title + ": " + options.body); }
        };"""
    )
    window.page.reload()
    expect(window.page.locator("body")).to_have_attribute("data-connection", "open")
    ask = window.page.locator("main [data-notify-ask]")
    expect(ask).to_have_text("Notify me here")
    ask.click()
    expect(ask).to_have_text("Notifications are on")
    practice.hands_over(practice.writes("Tom Becker", "A person please"))
    window.page.wait_for_function("() => window.told.length > 0")
    assert window.page.evaluate("() => window.told") == ["Bright Smile Dental: A conversation needs you."]


def test_every_page_fits_every_screen_in_light_and_dark_and_axe_finds_nothing(practice, desk_of, people):
    who = busy_day(practice, people["bob"])
    booking = Turn.objects.filter(steps__name="book_appointment").get()
    pages = {
        "inbox": "",
        "inbox-needs-you": "?view=needs_you",
        "thread": f"conversations/{who['maria'].pk}/",
        "thread-waiting": f"conversations/{who['tom'].pk}/",
        "thread-colleague": f"conversations/{who['daniel'].pk}/",
        "thread-failed": f"conversations/{who['aisha'].pk}/",
        "thread-odd": f"conversations/{who['odd'].pk}/",
        "thread-script": f"conversations/{who['script'].pk}/",
        "thread-closed": f"conversations/{who['old'].pk}/",
        "book": f"conversations/{who['maria'].pk}/book/",
        "escalations": "escalations/",
        "contacts": "contacts/",
        "contact": f"contacts/{who['maria'].contact_id}/",
        "traces": "traces/",
        "trace": f"traces/{booking.pk}/",
    }
    window = desk_of("alice")
    faults = []
    for name, path in pages.items():
        window.open(practice.business.path + path)
        expect(window.page.locator("body")).to_have_attribute("data-connection", "open")
        if name.startswith("thread"):
            expect(window.page.locator("#panel-live")).to_contain_text("Next appointments")
        faults += window.faults(f"desk/{name}")
    assert window.page.evaluate("() => window.broken") is None
    assert faults == []


def test_a_thread_opens_at_its_newest_message_and_stays_where_one_reads(practice, desk_of):
    for number in range(120):
        tom = practice.writes("Tom Becker", f"line {number}.")
    alice = desk_of("alice", f"conversations/{tom.pk}/")
    thread = alice.page.locator("#thread-scroll")
    expect(thread.get_by_text("line 119.", exact=True)).to_be_in_viewport()
    thread.evaluate("box => { box.scrollTop = 0 }")
    alice.page.get_by_role("link", name="Show earlier messages").click()
    expect(thread.get_by_text("line 5.", exact=True)).to_be_attached()
    practice.writes("Tom Becker", "the newest of all")
    expect(thread.get_by_text("the newest of all")).to_be_attached()
    expect(thread.get_by_text("line 5.", exact=True)).to_be_attached()
    expect(thread.get_by_text("the newest of all")).not_to_be_in_viewport()


def test_a_colleagues_conversation_is_taken_only_after_a_question(practice, desk_of, people):
    tom = practice.writes("Tom Becker", "Hello")
    handoffs.take_over(practice.business, tom, people["bob"])
    alice = desk_of("alice", f"conversations/{tom.pk}/")
    alice.page.get_by_role("button", name="Take over").click()
    expect(alice.page.get_by_text("Bob Colleague has this conversation. Take it over?")).to_be_visible()
    alice.page.locator("#confirm-dialog").get_by_role("button", name="Take over").click()
    expect(alice.page.locator("#thread-live")).to_contain_text("You have this conversation")
