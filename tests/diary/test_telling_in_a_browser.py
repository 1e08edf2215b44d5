"""Moving and cancelling in a real Chromium: what the patient will read stands there before anything is done."""

import pytest

from conversations.models import Channel
from tenants.models import ChannelKind, User
from tests.campaigns.test_in_a_browser import at
from tests.diary.test_in_a_browser import place_of
from tests.tenants.serving import log_in
from tests.waitlist.scene import Scene

pytestmark = pytest.mark.browser


def test_the_text_is_read_before_the_appointment_is_moved_or_cancelled(fresh_business, web, browser_page):
    channel = Channel.objects.create(kind=ChannelKind.SIMULATOR, address="simulator:told")
    scene = Scene(fresh_business, channel)
    made = scene.book(scene.somebody("Rosa Blum"), at(3, 10))
    session = log_in(User.objects.get(email="alice@clinic.test"))
    window = browser_page(f"http://127.0.0.1:{web.port}", session, width=390)
    window.open(f"{scene.business.path}diary/appointments/{made.pk}/")
    page = window.page
    page.get_by_text("Cancel it").click()
    page.get_by_text("was cancelled. Free instead").wait_for()
    page.get_by_text("Move to another time").click()
    page.get_by_label("Time", exact=True).fill("11:00")
    page.get_by_label("Time", exact=True).press("Tab")
    page.get_by_text("at 11:00. If that").wait_for()
    assert window.faults("diary/told") == []
    page.get_by_role("button", name="Cancel appointment").click()
    page.get_by_text("Rosa Blum is told in a moment.").first.wait_for()
    made.refresh_from_db()
    assert made.status == "cancelled"
    assert window.problems == []


def test_what_is_dragged_moves_only_after_the_text_was_seen(fresh_business, web, browser_page):
    channel = Channel.objects.create(kind=ChannelKind.SIMULATOR, address="simulator:dragged")
    scene = Scene(fresh_business, channel)
    before, after = at(3, 10), at(3, 11)
    made = scene.book(scene.somebody("Rosa Blum"), before)
    session = log_in(User.objects.get(email="alice@clinic.test"))
    window = browser_page(f"http://127.0.0.1:{web.port}", session, width=1280)
    page = window.open(f"{scene.business.path}diary/?date={before.date()}")
    box = place_of(page, "Rosa Blum")
    x, y = box["x"] + 30, box["y"] + 8
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + box["height"], steps=8)
    page.mouse.move(x, y + box["height"] * 2, steps=8)
    page.mouse.up()
    dialog = page.get_by_role("dialog", name="Rosa Blum")
    dialog.get_by_text("at 11:00. If that").wait_for()
    made.refresh_from_db()
    assert made.starts_at == before, "nothing is done by dragging"
    assert window.violations() == []
    assert page.evaluate("document.activeElement.textContent") == "Move"
    page.keyboard.press("Enter")
    page.get_by_text("Rosa Blum is told in a moment.").first.wait_for()
    made.refresh_from_db()
    assert made.starts_at == after
    assert window.problems == []
