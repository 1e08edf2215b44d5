"""Choosing a language as people do it."""

import pytest
from playwright.sync_api import expect

from tests.tenants.serving import log_in, running

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker, chromium):
    with django_db_blocker.unblock(), running() as server:
        yield server


def test_a_stranger_chooses_by_keyboard_and_comes_back_to_the_page(server, browser_page):
    window = browser_page(f"http://127.0.0.1:{server.port}")
    page = window.page
    window.open("/accounts/login/")
    expect(page.locator("html")).to_have_attribute("lang", "en-gb")
    page.locator(".language-menu > summary").focus()
    page.keyboard.press("Enter")
    assert window.faults("language-menu") == []
    page.get_by_role("button", name="Português").focus()
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "pt")
    page.wait_for_url("**/accounts/login/")
    assert page.evaluate("window.django.gettext('not marked anywhere')") == "not marked anywhere"


def test_staff_choose_under_their_name(server, browser_page, fresh_business):
    owner = fresh_business.memberships.get(role="owner").user
    window = browser_page(f"http://127.0.0.1:{server.port}", log_in(owner))
    page = window.page
    window.open(f"{fresh_business.path}settings/")
    page.locator(".sidebar__foot summary").click()
    with page.expect_navigation():
        page.get_by_role("link", name="Language").click()
    assert window.faults("language") == []
    page.locator("main").get_by_role("button", name="Français").click()
    page.wait_for_url(f"**{fresh_business.path}settings/")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    owner.refresh_from_db()
    assert owner.language == "fr"
    owner.language = ""
    owner.save(update_fields=["language"])
