"""The calendar feed on a practitioner's page, in a real Chromium, in three widths, light and dark."""

from urllib.parse import urlsplit

import pytest

from calendar_sync.ics.feeds import address_for
from calendar_sync.models import CalendarFeed, Practitioner

pytestmark = pytest.mark.browser


@pytest.fixture
def visit(alice_at):
    """visit() → the window with the practitioner's page, in which copying is allowed."""

    def open_page():
        window = alice_at(f"settings/practitioners/{Practitioner.objects.get().pk}/")
        window.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=window.origin)
        return window

    return open_page


def test_the_feed_is_readable_by_everybody(visit):
    assert visit().faults("feed/none") == []
    CalendarFeed.objects.create(practitioner=Practitioner.objects.get())
    window = visit()
    window.page.locator("#feed-address").wait_for()
    assert window.faults("feed/made") == []


def test_an_address_is_made_copied_renewed_and_turned_off(visit, fresh_business):
    page = visit().page
    page.get_by_role("button", name="Make an address").click()
    first = page.locator("#feed-address").inner_text()
    assert first.endswith(urlsplit(address_for(fresh_business, CalendarFeed.objects.get())).path)
    page.locator("#feed").get_by_role("button", name="Copy").click()
    page.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == first
    page.get_by_role("button", name="Make a new address").click()
    page.get_by_text("The old one shows nothing any more.").wait_for()
    assert page.locator("#feed-address").inner_text() != first
    page.get_by_label("Full names").check()
    page.get_by_role("button", name="Save what is shown").click()
    page.get_by_text("Calendar feeds show full names of patients.").wait_for()
    page.get_by_role("button", name="Turn the feed off").click()
    page.get_by_role("button", name="Make an address").wait_for()
    assert not CalendarFeed.objects.exists()
