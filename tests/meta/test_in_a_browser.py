"""The Cloud API in a real Chromium: connecting by ids and by signing up; the sandbox's phone writes to the number."""

import itertools

import pytest
from django.db import connection

from conversations.models import Channel, Message
from tenants.models import User
from tests.meta.conftest import ACCOUNT
from tests.tenants.serving import log_in, running
from tests.vendors import META_APP, META_SECRET, META_TOKEN

pytestmark = pytest.mark.browser
NUMBER, NUMBER_ID = "+441134960444", "106540352244444"
OTHER, OTHER_ID = "+441134960445", "106540352244445"


@pytest.fixture
def window(fresh_business, browser_page, sandbox):
    given = {
        "META_BASE_URL": f"{sandbox.url}/meta",
        "META_APP_ID": META_APP,
        "META_APP_SECRET": META_SECRET,
        "META_ACCESS_TOKEN": META_TOKEN,
        "META_VERIFY_TOKEN": "a-long-word",
        "META_CONFIG_ID": "55555",
    }
    with running(**given) as server:
        origin = f"http://127.0.0.1:{server.port}"
        opened = browser_page(origin, log_in(User.objects.get(email="alice@clinic.test")))
        opened.path = f"{fresh_business.path}settings/channels/"
        for number, identifier in ((NUMBER, NUMBER_ID), (OTHER, OTHER_ID)):
            setting = {"number": number, "id": identifier, "account": ACCOUNT, "webhook": f"{origin}/webhooks/meta/"}
            sandbox.post("/meta/numbers", setting)
        yield opened


def look(window, state):
    for width, scheme in itertools.product((390, 820, 1440), ("light", "dark")):
        window.resize(width, scheme)
        window.settle()
        assert (window.violations(), window.overflows()) == ([], False), (state, width, scheme)
        window.shoot(f"meta-{state}-{width}-{scheme}")
    window.resize(1440, "light")


def test_by_its_ids_a_number_is_connected_and_a_patients_phone_reaches_it(window, sandbox):
    page = window.open(f"{window.path}?kind=meta")
    look(window, "empty")
    page.get_by_label("Phone number ID").fill("12")
    page.get_by_label("WhatsApp business account ID").fill(ACCOUNT)
    page.get_by_role("button", name="Connect", exact=True).click()
    page.get_by_text("This is a long number, digits only").first.wait_for()
    look(window, "refused")
    page.get_by_label("Phone number ID").fill(NUMBER_ID)
    page.get_by_label("WhatsApp business account ID").fill(ACCOUNT)
    page.get_by_label("App secret").fill(META_SECRET)
    page.get_by_role("button", name="Connect", exact=True).click()
    page.get_by_role("heading", name="+44 113 496 0444").wait_for()
    page.get_by_role("button", name="Check +44 113 496 0444").click()
    page.get_by_text("It works: Meta knows the number").wait_for()
    look(window, "connected")

    page.goto(f"{sandbox.url}/phone/?phone=%2B447911123456&number=%2B441134960444&profile=Sam")
    page.get_by_label("Message", exact=True).fill("Do you open on Saturday?")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("✓✓").first.wait_for()
    connection.close()
    message = Message.objects.get(direction="in")
    assert (message.text, message.conversation.identity.address) == ("Do you open on Saturday?", "447911123456")
    window.problems.clear()


def test_by_signing_up_a_number_is_chosen_among_several(window, sandbox):
    page = window.open(f"{window.path}?kind=meta")
    page.get_by_role("button", name="Continue with Facebook").click()
    page.get_by_role("heading", name="Which number shall the assistant answer?").wait_for()
    look(window, "choose")
    page.get_by_label("+441134960445").check()
    page.get_by_role("button", name="Connect", exact=True).click()
    page.get_by_role("heading", name="+44 113 496 0445").wait_for()
    assert Channel.objects.get().address == OTHER_ID
    assert window.problems == []
