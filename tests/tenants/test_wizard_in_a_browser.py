"""The wizard in a real Chromium, on a slow line."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_name_that_was_typed_before_the_script_came_gives_the_address(alice_at):
    window = alice_at()
    page, scripts = window.page, []
    page.route("**/js/wizard.js", lambda route: scripts.append(route.continue_))
    page.goto(window.origin + "/start/", wait_until="commit")
    page.get_by_text("Dentist", exact=True).click()
    page.get_by_role("button", name="Continue").click(no_wait_after=True)
    page.get_by_label("Name of the business").fill("Quay House Dental")
    assert page.get_by_label("Address of your desk").input_value() == ""
    scripts.pop()()
    expect(page.locator("#slug-answer")).to_contain_text("/b/quay-house-dental/ is free")
