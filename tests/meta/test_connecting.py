"""Connecting a number of the Cloud API from the settings, by its ids and by signing up with Facebook."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django_tenants.utils import tenant_context

from conversations.models import Channel
from tenants.models import AuditEntry, ChannelRoute
from tests.conversations.conftest import OutsideClient
from tests.meta.conftest import ACCOUNT, NUMBER, NUMBER_ID
from tests.vendors import META_APP

PAGE = "/b/bright-smile/settings/channels/"
IDS = {"kind": "meta", "phone_id": NUMBER_ID, "account": ACCOUNT}


@pytest.fixture
def desk(alice, clinic):
    client = OutsideClient()
    client.force_login(alice)
    return client


@pytest.fixture
def vendor(sandbox):
    sandbox.post("/meta/numbers", {"number": NUMBER, "id": NUMBER_ID, "account": ACCOUNT})
    return sandbox


@pytest.fixture
def app(vendor, settings):
    """This server has an app of its own to sign up with."""
    settings.META_CONFIG_ID = "55555"
    return vendor


def test_both_vendors_can_be_chosen_and_it_says_what_is_missing_for_sign_up(desk):
    assert "Account SID" in desk.get(PAGE).content.decode()
    page = desk.get(PAGE, {"kind": "meta"}).content.decode()
    assert "Phone number ID" in page
    assert "Account SID" not in page
    assert "Signing up without copying anything isn't set up on this server" in page


def test_a_number_is_connected_by_its_ids_and_hears_its_messages(desk, vendor, clinic):
    answer = desk.post(PAGE, IDS, follow=True).content.decode()
    assert "The number is connected." in answer
    assert "+44 113 496 0001" in answer
    assert "this server&#x27;s app at Meta" in answer or "this server's app at Meta" in answer
    channel = Channel.objects.get()
    assert (channel.kind, channel.address, channel.number, channel.vendor_business) == (
        "meta",
        NUMBER_ID,
        NUMBER,
        ACCOUNT,
    )
    assert ChannelRoute.objects.get(kind="meta", address=NUMBER_ID).business_id == clinic.pk
    assert AuditEntry.objects.filter(action="channel.connected").exists()
    answer = desk.post(f"{PAGE}{channel.pk}/check/", follow=True).content.decode()
    assert "It works: Meta knows the number" in answer


def test_an_app_of_ones_own_is_told_its_address_and_token(desk, vendor, settings):
    given = {**IDS, "token": settings.META_ACCESS_TOKEN, "app_secret": "secret-of-ours"}
    answer = desk.post(PAGE, given, follow=True).content.decode()
    assert f"https://desk.example.org/webhooks/meta/{NUMBER_ID}/" in answer
    assert "Verify token" in answer
    assert "secret-of-ours" not in answer
    assert settings.META_ACCESS_TOKEN not in answer
    assert Channel.objects.get().signing_secret == "secret-of-ours"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"phone_id": ""}, "Copy the phone number ID"),
        ({"phone_id": "+441134960001"}, "digits only"),
        ({"account": ""}, "Copy the WhatsApp business account ID"),
        ({"phone_id": "99999"}, "does not know this phone number id"),
        ({"token": "EAAwrong"}, "Meta refused the access token"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(desk, vendor, given, said):
    answer = desk.post(PAGE, {**IDS, **given})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Channel.objects.exists()


def test_without_anything_of_the_server_all_has_to_be_given(desk, vendor, settings):
    settings.META_ACCESS_TOKEN = settings.META_APP_SECRET = ""
    page = desk.post(PAGE, IDS).content.decode()
    assert "no access token of its own" in page
    assert "no app of its own" in page


def test_a_number_of_another_business_is_refused(desk, vendor, salon):
    ChannelRoute.objects.create(kind="meta", address=NUMBER_ID, business=salon)
    answer = desk.post(PAGE, IDS)
    assert answer.status_code == 422
    assert "connected to another business already" in answer.content.decode()


def test_a_test_message_goes_out_and_a_refusal_is_in_words(desk, vendor):
    desk.post(PAGE, IDS)
    channel = Channel.objects.get()
    shut = desk.post(f"{PAGE}{channel.pk}/test/", {"to": "07911 123456"})
    assert "has not written to your number within the last 24 hours" in shut.content.decode()
    vendor.post("/meta/window", {"from": "+447911123456", "to": NUMBER})
    sent = desk.post(f"{PAGE}{channel.pk}/test/", {"to": "07911 123456"}, follow=True)
    assert "Meta took the message" in sent.content.decode()


# -- signing up --------------------------------------------------------------------------------------------


def sign_up(desk):
    """To Meta's dialog and back, as a browser would; the answer that the person sees in the end."""
    left = desk.post(f"{PAGE}meta/leave/")
    assert left.status_code == 302
    return left["Location"]


def dialog(vendor, address):
    """Where Meta's dialog sends back to."""
    parts = urlsplit(address)
    answer = vendor.http.get(f"{parts.path}?{parts.query}", follow_redirects=False)
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def test_signing_up_connects_the_number_with_a_token_of_its_own(desk, app, clinic):
    address = sign_up(desk)
    asked = parse_qs(urlsplit(address).query)
    assert (asked["client_id"], asked["redirect_uri"]) == ([META_APP], ["https://desk.example.org/connect/meta/"])
    answer = desk.get(dialog(app, address), follow=True).content.decode()
    assert "The number is connected" in answer
    channel = Channel.objects.get()
    assert (channel.address, channel.vendor_business, channel.number) == (NUMBER_ID, ACCOUNT, NUMBER)
    assert channel.secret.startswith("EAA")
    assert [e["status"] for e in app.log("meta") if e["path"].endswith("/subscribed_apps")] == [200]


def test_a_number_that_is_new_is_put_into_service(desk, app):
    app.post("/meta/numbers", {"number": NUMBER, "id": NUMBER_ID, "account": ACCOUNT, "status": "PENDING"})
    desk.get(dialog(app, sign_up(desk)))
    assert [e["status"] for e in app.log("meta") if e["path"].endswith("/register")] == [200]


def test_of_several_numbers_one_is_chosen(desk, app):
    app.post("/meta/numbers", {"number": "+441134960009", "id": "7777777", "account": ACCOUNT})
    page = desk.get(dialog(app, sign_up(desk)), follow=True)
    assert "Which number shall the assistant answer?" in page.content.decode()
    assert not Channel.objects.exists()
    assert not re.search("EAA[0-9a-f]{48}", str(dict(desk.session))), "the token lies encrypted"
    assert desk.post(f"{PAGE}meta/", {"number": "123"}).status_code == 422
    assert desk.post(f"{PAGE}meta/", {"number": "7777777"}).status_code == 302
    assert Channel.objects.get().address == "7777777"
    assert desk.post(f"{PAGE}meta/", {"number": "7777777"}).status_code == 302, "once"


def test_who_declines_is_told_so_and_nothing_is_connected(desk, app):
    state = parse_qs(urlsplit(sign_up(desk)).query)["state"][0]
    answer = desk.get("/connect/meta/", {"state": state, "error": "access_denied"}, follow=True)
    assert "access was not allowed" in answer.content.decode()
    assert not Channel.objects.exists()


def test_a_strange_or_second_answer_connects_nothing(desk, app, bob, charlie):
    address = sign_up(desk)
    back = dialog(app, address)
    assert desk.get("/connect/meta/", {"state": "forged", "code": "x"})["Location"] == "/home/"
    assert desk.get(back)["Location"] == "/home/", "the errand is over after one answer"
    for user in (bob, charlie):
        other = OutsideClient()
        other.force_login(user)
        state = parse_qs(urlsplit(address).query)["state"][0]
        session = other.session
        session["meta_left"] = state
        session.save()
        assert other.get(back).status_code == 404
    assert not Channel.objects.exists()


def test_a_code_that_meta_refuses_is_said(desk, app):
    state = parse_qs(urlsplit(sign_up(desk)).query)["state"][0]
    answer = desk.get("/connect/meta/", {"state": state, "code": "made-up"}, follow=True).content.decode()
    assert "No number was connected." in answer


def test_only_managers_sign_up(bob, clinic, app):
    client = OutsideClient()
    client.force_login(bob)
    assert client.post(f"{PAGE}meta/leave/").status_code == 404
    assert client.get(f"{PAGE}meta/").status_code == 404


def test_another_businesss_choice_is_not_ones_own(desk, app, alice, salon):
    from tenants.models import Membership, Role

    app.post("/meta/numbers", {"number": "+441134960009", "id": "7777777", "account": ACCOUNT})
    desk.get(dialog(app, sign_up(desk)))
    Membership.objects.create(user=alice, business=salon, role=Role.OWNER)
    assert desk.get("/b/cut-and-co/settings/channels/meta/").status_code == 404
    with tenant_context(salon):
        assert not Channel.objects.exists()
