"""Clocks, notices, promises and their settings in a real browser: how they look, and that they move by themselves."""

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from conversations.models import Message
from escalations import notes, promising
from escalations.models import Escalation, Rating, ServiceLevel, StaffState
from escalations.telling import notices
from tenants import clock
from tests.desk.scene import busy_day
from tests.desk.test_browser import desk_of, people, practice  # noqa: F401 (fixtures)

pytestmark = pytest.mark.browser


@pytest.fixture
def day(practice, people):  # noqa: F811
    """A busy day with clocks that run, promises, and notices for Alice."""
    ServiceLevel.objects.create(first_reply_minutes=20, resolve_minutes=120, asks_rating=True)
    who = busy_day(practice, people["bob"])
    practice.hands_over(practice.writes("Rosa Blum", "Is Dr Silva there? It hurts"), "red_flag", "Toothache, urgent.")
    with clock.pinned(clock.now() - dt.timedelta(minutes=28)):
        practice.hands_over(practice.writes("Iris Late", "Hello?"), "missing_knowledge", "Asks about a crown.")
    practice.says(who["daniel"], "We'll call you back.", author="staff", staff_id=people["bob"].pk)
    said = who["daniel"].messages.filter(author=Message.Author.STAFF).latest("pk")
    promising.make(practice.business, said, said.text, clock.now() + dt.timedelta(hours=2), people["bob"].pk)
    notes.write(practice.business, who["maria"], people["bob"], "@Alice could you look at this?")
    notices.tell(practice.business, "red_flag", [people["alice"].pk], conversation_id=who["tom"].pk, object_id=1)
    Rating.objects.create(conversation=who["sophie"], score=4)
    StaffState.objects.create(staff_id=people["bob"].pk, away=True, away_until=clock.now() + dt.timedelta(days=2))
    return who


def test_what_waits_is_seen_at_every_width(practice, day, desk_of, people):  # noqa: F811
    window = desk_of("alice")
    page = window.page
    expect(page.locator("#bell-count")).to_contain_text("2")
    faults = window.faults("clocks/inbox")
    window.open(f"{practice.business.path}conversations/{day['tom'].pk}/")
    expect(page.locator("#thread-live [data-due]")).to_contain_text("due in")
    faults += window.faults("clocks/thread")
    page.get_by_role("button", name="Give to a colleague").click()
    expect(page.get_by_role("button", name="Bob Colleague")).to_be_visible()
    faults += window.faults("clocks/give")
    page.get_by_role("button", name="Bob Colleague").click()
    expect(page.locator("#thread-live")).to_contain_text("waits for Bob Colleague")
    expect(page.locator("#give-menu")).to_be_hidden()
    faults += window.faults("clocks/given")
    for name, path in (
        ("escalations", "escalations/"),
        ("promises", "promises/"),
        ("notices", "notices/"),
        ("answering", "settings/answering/"),
        ("notifications", "settings/notifications/"),
    ):
        window.open(practice.business.path + path)
        faults += window.faults(f"clocks/{name}", tall=1800)
    assert faults == []


def test_the_bell_rings_live_and_a_promise_becomes_a_task(practice, day, desk_of, people):  # noqa: F811
    window = desk_of("alice", f"conversations/{day['maria'].pk}/")
    page = window.page
    expect(page.locator("#bell-count")).to_contain_text("1")
    notices.tell(practice.business, "assigned", [people["alice"].pk], conversation_id=day["aisha"].pk)
    expect(page.locator("#bell-count")).to_contain_text("2")
    page.locator("#reply").fill("Of course, I'll get back to you tomorrow.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#thread-live")).to_contain_text("Make it a task?")
    faults = window.faults("clocks/promise")
    page.get_by_role("button", name="By the end of").first.click()
    expect(page.locator("#thread-live")).to_contain_text("Promised: “Of course, I'll get back to you tomorrow.”")
    page.get_by_role("button", name="Done: Of course").click()
    expect(page.locator("#thread-live")).not_to_contain_text("Promised:")
    assert faults + window.problems == []


def test_a_badge_counts_down_by_itself_and_turns_late(practice, desk_of):  # noqa: F811
    tom = practice.writes("Tom Becker", "Hello")
    escalation = practice.hands_over(tom)
    soon = clock.now() + dt.timedelta(minutes=2, seconds=55)
    Escalation.objects.filter(pk=escalation.pk).update(first_reply_due_at=soon)
    window = desk_of("alice", "escalations/")
    badge = window.page.locator("[data-due-mark]")
    expect(badge).to_contain_text(re.compile(r"Reply due in \d min"))
    window.page.clock.install()
    window.page.reload()
    window.live()
    window.page.clock.fast_forward("05:00")
    expect(badge).to_contain_text(re.compile(r"Reply \d min late"))
    expect(badge).to_have_class(re.compile("mark--bad"))
