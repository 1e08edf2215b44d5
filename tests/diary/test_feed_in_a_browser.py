"""The calendar feed on a practitioner's page, in a real Chromium, in three widths, light and dark."""

import os
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from calendar_sync.ics.feeds import address_for
from calendar_sync.models import CalendarFeed, Practitioner
from tenants.models import User
from tests.diary.test_in_a_browser import chromium, server, violations  # noqa: F401  the fixtures
from tests.tenants.serving import log_in

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("FRONTDESK_SHOTS")


@pytest.fixture
def visit(fresh_business, server, chromium):  # noqa: F811
    """visit(width, scheme) → the practitioner's page, open in the owner's browser."""
    session = log_in(User.objects.get(email="alice@clinic.test"))
    contexts = []

    def open_page(width=1440, scheme="light"):
        origin = f"http://127.0.0.1:{server.port}"
        context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=origin)
        contexts.append(context)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": origin}])
        page = context.new_page()
        page.set_default_timeout(15000)
        page.goto(f"{origin}{fresh_business.path}settings/practitioners/{Practitioner.objects.get().pk}/")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 820, 1440])
def test_the_feed_is_readable_by_everybody(visit, width, scheme):
    for name in ("none", "made"):
        if name == "made":
            CalendarFeed.objects.create(practitioner=Practitioner.objects.get())
        page = visit(width, scheme)
        page.locator("#feed").scroll_into_view_if_needed()
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/feed-{name}-{width}-{scheme}.png", full_page=True)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_address_is_made_copied_renewed_and_turned_off(visit, fresh_business):
    page = visit()
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
