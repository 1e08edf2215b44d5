"""Connecting a number from the settings, against the sandbox's Twilio."""

import pytest
from django_tenants.utils import tenant_context

from conversations.connecting import NumberRefused, connect, whatsapp_address
from conversations.models import Channel
from tenants.models import AuditEntry, ChannelRoute
from tests.conversations.conftest import NUMBER, OTHER_NUMBER, PATIENT, OutsideClient
from tests.vendors import TWILIO_SID

PAGE = "/b/bright-smile/settings/channels/"


@pytest.fixture
def desk(alice, clinic):
    client = OutsideClient()
    client.force_login(alice)
    return client


def test_without_a_number_the_page_says_what_to_do(desk):
    page = desk.get(PAGE).content.decode()
    assert "Connect your WhatsApp number" in page
    assert "webhook-address" not in page


def test_a_number_is_connected_as_it_was_written_and_leads_here(desk, clinic):
    answer = desk.post(PAGE, {"number": "0113 496 0001"}, follow=True)
    assert "The number is connected" in answer.content.decode()
    assert Channel.objects.get().address == NUMBER
    assert ChannelRoute.objects.get(address=NUMBER).business_id == clinic.pk
    assert "+44 113 496 0001" in answer.content.decode()
    assert "https://desk.example.org/webhooks/twilio/#rc=5" in answer.content.decode()
    assert AuditEntry.objects.filter(action="channel.connected").exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"number": ""}, "Write the number that patients write to."),
        ({"number": "call us"}, "Write the number with digits only"),
        ({"number": "12"}, "too short or too long"),
        ({"number": "+"}, "This is no phone number."),
        ({"number": "01134960001", "account": "AC12"}, "An account SID is AC followed by"),
        ({"number": "01134960001", "account": "AC" + "1" * 32}, "needs its auth token"),
        ({"number": "01134960001", "secret": "abc"}, "needs its account SID"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(desk, given, said):
    answer = desk.post(PAGE, given)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Channel.objects.exists()


def test_without_an_account_of_the_server_one_has_to_be_given(desk, settings):
    settings.TWILIO_ACCOUNT_SID = ""
    assert "give yours" in desk.post(PAGE, {"number": "01134960001"}).content.decode()
    own = {"number": "01134960001", "account": "AC" + "1" * 32, "secret": "s3cret-token"}
    assert desk.post(PAGE, own).status_code == 302
    channel = Channel.objects.get()
    assert (channel.account, channel.secret) == ("AC" + "1" * 32, "s3cret-token")
    assert "s3cret-token" not in desk.get(PAGE).content.decode()


def test_a_number_of_another_business_is_refused(desk, salon_channel):
    answer = desk.post(PAGE, {"number": OTHER_NUMBER.removeprefix("whatsapp:")})
    assert answer.status_code == 422
    assert "connected to another business already" in answer.content.decode()
    assert not Channel.objects.exists()


def test_connecting_again_renews_the_credentials(desk, channel):
    desk.post(PAGE, {"number": NUMBER, "account": "AC" + "2" * 32, "secret": "new"})
    assert Channel.objects.get().secret == "new"
    assert ChannelRoute.objects.filter(address=NUMBER).count() == 1


def test_a_disconnected_number_is_free_for_another_business(desk, channel, salon):
    desk.post(f"{PAGE}{channel.pk}/disconnect/")
    assert not ChannelRoute.objects.filter(address=NUMBER).exists()
    assert not Channel.objects.get().active
    with tenant_context(salon):
        connect(salon, address=NUMBER)
    answer = desk.post(PAGE, {"number": NUMBER})
    assert answer.status_code == 422


def test_only_managers_see_it(bob, clinic, channel):
    client = OutsideClient()
    client.force_login(bob)
    assert client.get(PAGE).status_code == 404
    assert client.post(f"{PAGE}{channel.pk}/disconnect/").status_code == 404


def test_the_check_says_what_is_wrong_until_it_works(desk, channel, sandbox):
    def check():
        return desk.post(f"{PAGE}{channel.pk}/check/", follow=True).content.decode()

    assert "is not a WhatsApp sender of it" in check()
    sandbox.post("/twilio/numbers", {"number": NUMBER, "webhook": "https://elsewhere.example/hook"})
    assert "does not lead here yet" in check()
    sandbox.post("/twilio/numbers", {"number": NUMBER, "webhook": "https://desk.example.org/webhooks/twilio/#rc=5"})
    assert "It works" in check()
    assert "Works" in desk.get(PAGE).content.decode()


def test_the_check_knows_a_wrong_token_and_an_unreachable_twilio(desk, clinic, sandbox, settings):
    channel = connect(clinic, address=NUMBER, account=TWILIO_SID, secret="wrong")
    answer = desk.post(f"{PAGE}{channel.pk}/check/", follow=True).content.decode()
    assert "Twilio refused the account SID or the auth token" in answer
    assert "Not working" in answer
    settings.TWILIO_BASE_URL = "http://127.0.0.1:1/twilio"
    answer = desk.post(f"{PAGE}{channel.pk}/check/", follow=True).content.decode()
    assert "can&#x27;t be reached" in answer


def test_a_shared_number_works_when_messages_arrive(desk, channel, sandbox):
    from tenants import clock

    Channel.objects.update(last_inbound_at=clock.now())
    assert "It works" in desk.post(f"{PAGE}{channel.pk}/check/", follow=True).content.decode()


def test_a_test_message_is_sent(desk, channel, sandbox):
    sandbox.post("/twilio/window", {"from": PATIENT, "to": NUMBER})
    answer = desk.post(f"{PAGE}{channel.pk}/test/", {"to": "07911 123456"}, follow=True)
    assert "Twilio took the message" in answer.content.decode()
    [seen] = sandbox.get("/patient/messages", phone=PATIENT)["messages"]
    assert seen["body"] == "This is a test message from Bright Smile. Sending works."


def test_a_test_message_that_is_refused_says_why(desk, channel, sandbox):
    answer = desk.post(f"{PAGE}{channel.pk}/test/", {"to": "nobody"})
    assert answer.status_code == 422
    assert "digits only" in answer.content.decode()
    sandbox.fault(vendor="twilio", kind="status", status=400, body={"code": 63024, "message": "no", "status": 400})
    answer = desk.post(f"{PAGE}{channel.pk}/test/", {"to": "07911 123456"})
    assert "get WhatsApp messages" in answer.content.decode()


@pytest.mark.parametrize(
    ("written", "country", "address"),
    [
        ("0113 496 0001", "GB", "whatsapp:+441134960001"),
        ("+44 (0)113 496 0001", "GB", "whatsapp:+441134960001"),
        ("whatsapp:+441134960001", "US", "whatsapp:+441134960001"),
        ("030 901820", "DE", "whatsapp:+4930901820"),
        ("(415) 523-8886", "US", "whatsapp:+14155238886"),
    ],
)
def test_numbers_are_understood_as_people_write_them(written, country, address):
    assert whatsapp_address(written, country) == address


def test_what_is_no_number_is_refused():
    for text in ("", "x", "+44 12", "1" * 30, "٣" * 40):
        with pytest.raises(NumberRefused):
            whatsapp_address(text, "GB")


def test_a_new_business_with_a_number_has_its_channel(clinic):
    from django.db import transaction

    from conversations.furnish import on_business_created
    from tenants.provisioning import Details

    with transaction.atomic():
        on_business_created(business=clinic, details=Details(number="whatsapp:+441134960099"))
        assert Channel.objects.get().address == "whatsapp:+441134960099"
        assert ChannelRoute.objects.get(address="whatsapp:+441134960099").business_id == clinic.pk
