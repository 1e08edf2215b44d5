"""The WhatsApp settings in a real Chromium: axe, no sideways scrolling, copy and connect."""

import pytest

from conversations.connecting import connect
from conversations.models import Channel
from tenants import clock
from tenants.models import User
from tests.tenants.serving import log_in, running

pytestmark = pytest.mark.browser


@pytest.fixture
def window(fresh_business, browser_page, sandbox, django_db_blocker):
    with running(TWILIO_ACCOUNT_SID="", TWILIO_AUTH_TOKEN="") as server:
        session = log_in(User.objects.get(email="alice@clinic.test"))
        opened = browser_page(f"http://127.0.0.1:{server.port}", session)
        opened.path = f"{fresh_business.path}settings/channels/"
        yield opened


def test_the_pages_are_readable_for_everybody(window, fresh_business):
    page = window.open(window.path)
    assert window.faults("whatsapp-empty") == []
    channel = connect(fresh_business, address="whatsapp:+441134960321")
    Channel.objects.filter(pk=channel.pk).update(
        checked_at=clock.now(), check_error="The account works, but the number's webhook does not lead here yet."
    )
    page.get_by_role("textbox", name="WhatsApp number").fill("not a number")
    page.get_by_role("button", name="Connect", exact=True).click()
    page.get_by_role("alert").first.wait_for()
    assert window.faults("whatsapp-connected") == []


def test_a_number_is_connected_in_the_browser(window, fresh_business):
    page = window.open(window.path)
    page.get_by_role("textbox", name="WhatsApp number").fill("0113 496 0322")
    page.get_by_role("button", name="Connect", exact=True).click()
    page.get_by_text("This server has no Twilio account of its own: give yours.").wait_for()
    page.get_by_label("Account SID").fill("AC" + "1" * 32)
    page.get_by_label("Auth token").fill("a-token")
    page.get_by_role("button", name="Connect", exact=True).click()
    page.get_by_role("heading", name="+44 113 496 0322").wait_for()
    assert page.locator("#webhook-address").inner_text().endswith("/webhooks/twilio/#rc=5&rp=ct,rt,5xx")
    page.get_by_role("button", name="Disconnect +44 113 496 0322").click()
    page.get_by_role("dialog").get_by_role("button", name="Disconnect").click()
    page.get_by_text("The number is disconnected.").wait_for()
    assert not Channel.objects.get().active
