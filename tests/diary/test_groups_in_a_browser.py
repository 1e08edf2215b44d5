"""A group as a whole in a real Chromium: read first, moved by keyboard, taken back."""

import pytest

from calendar_sync.models import Appointment, Service
from conversations.models import Channel
from tenants.models import ChannelKind, User
from tests.campaigns.test_in_a_browser import at
from tests.tenants.serving import log_in
from tests.waitlist.scene import Scene

pytestmark = pytest.mark.browser


def test_a_group_is_moved_after_its_text_was_read_and_taken_back(fresh_business, web, browser_page):
    channel = Channel.objects.create(kind=ChannelKind.SIMULATOR, address="simulator:group")
    Service.objects.filter(name="Check-up").update(seats=4)
    scene = Scene(fresh_business, channel)
    people = [scene.somebody("Rosa Blum"), scene.somebody("Tom Reed"), scene.somebody("Ida Moss", reachable=False)]
    before, after = at(3, 10), at(3, 11)
    made = [scene.book(each, before) for each in people]
    session = log_in(User.objects.get(email="alice@clinic.test"))
    window = browser_page(f"http://127.0.0.1:{web.port}", session, width=390)
    window.open(f"{scene.business.path}diary/appointments/{made[0].pk}/")
    page = window.page
    page.get_by_text("Cancel the whole group").click()
    page.get_by_text("was cancelled. Free instead").wait_for()
    page.get_by_text("Move the whole group").click()
    time = page.locator("#id_whole_time")
    time.fill("11:00")
    time.press("Tab")
    page.get_by_text("at 11:00. If that").wait_for()
    page.get_by_text("Nothing is written to Ida Moss").first.wait_for()
    assert window.faults("diary/group", widths=(390, 1440), tall=2200) == []
    time.press("Enter")
    page.get_by_text("The group is moved to").first.wait_for()
    assert {each.starts_at for each in Appointment.objects.all()} == {after}
    page.get_by_role("button", name="Undo it for all 3 appointments").click()
    page.get_by_text("Taken back").first.wait_for()
    assert {each.starts_at for each in Appointment.objects.all()} == {before}
