"""The pages of keys, webhooks and the reference, as people see them."""

import re

import pytest
from playwright.sync_api import expect

from escalations.models import WebhookDelivery, WebhookEndpoint, WebhookEvent
from tenants import clock
from tenants.models import User
from tests.stories.looking import Looker
from tests.tenants.serving import log_in, running

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker, chromium):
    with django_db_blocker.unblock(), running(WEBHOOKS_TO_PRIVATE_ADDRESSES="true") as server:
        yield server


@pytest.fixture
def window(server, fresh_business, browser_page):
    alice = User.objects.get(email="alice@clinic.test")
    return browser_page(f"http://127.0.0.1:{server.port}", log_in(alice))


def test_a_key_is_made_copied_revoked_and_let_in_again(window, fresh_business):
    here = f"{fresh_business.path}settings/api/"
    looker = Looker(window)
    looker.visit("api-keys-none", here)
    page = window.page
    page.get_by_label("What is it for?").fill("Website booking form")
    page.get_by_label("See services, free times and appointments").check()
    page.get_by_label("Book, move and cancel appointments").check()
    page.get_by_role("button", name="Make the key").click()
    expect(page.locator("#made-key")).to_have_text(re.compile(r"fd_[a-z2-7]{8}_[\w-]{43}"))
    looker.look("api-key-made")
    page.get_by_role("button", name="Revoke Website booking form").click()
    page.get_by_role("button", name="Undo: let Website booking form in again").click()
    expect(page.get_by_role("button", name="Revoke Website booking form")).to_be_visible()
    looker.look("api-keys")
    assert looker.faults == []


def test_a_webhook_is_added_and_its_log_read(window, fresh_business):
    looker = Looker(window)
    looker.visit("webhooks-none", f"{fresh_business.path}settings/webhooks/")
    page = window.page
    page.get_by_label("Address").fill("http://127.0.0.1:9/hook")
    page.get_by_label("Message received").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Add the webhook").click()
    looker.look("webhook-new")
    endpoint = WebhookEndpoint.objects.get()
    for number, state in enumerate(WebhookDelivery.State):
        event = WebhookEvent.objects.create(kind="message.received", source=f"sample:{number}")
        WebhookDelivery.objects.create(
            endpoint=endpoint,
            event=event,
            state=state,
            attempts=10,
            status=None if state == "waiting" else 500,
            error="" if state == "done" else "It could not be reached, or hung up.",
            next_at=clock.now() if state == "waiting" else None,
        )
    WebhookEndpoint.objects.update(active=False, failing_since=clock.now())
    looker.visit("webhook-log", f"{fresh_business.path}settings/webhooks/{endpoint.pk}/")
    looker.visit("webhooks", f"{fresh_business.path}settings/webhooks/")
    assert looker.faults == []


def test_the_reference_opens_and_shuts(window, fresh_business):
    looker = Looker(window)
    looker.visit("api-reference", f"{fresh_business.path}settings/api/reference/")
    window.page.locator("#book_appointment summary").click()
    expect(window.page.locator("#book_appointment")).to_contain_text("Idempotency-Key")
    looker.look("api-reference-open")
    assert looker.faults == []
