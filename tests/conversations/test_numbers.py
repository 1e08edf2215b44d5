"""What a webhook costs the database, and that a number remembered wrongly is looked up again."""

import secrets

import pytest
from django.db import connection
from django_tenants.utils import tenant_context

from bench.measure import round_trips
from conversations.connecting import connect, disconnect
from conversations.models import Message
from tenants.provisioning import create_business, discard
from tests.conversations.conftest import NUMBER, TWILIO_TOKEN, Webhook


@pytest.fixture
def number(fresh_business):
    connect(fresh_business, address="whatsapp:+441134960079")
    return "whatsapp:+441134960079"


def test_a_message_of_somebody_known_is_three_round_trips_and_so_is_its_copy(fresh_business, number):
    sender = Webhook()
    sender.says(To=number)
    form = sender.form(To=number, Body="Once more")
    assert round_trips(lambda: sender.post(form)) == 3
    assert round_trips(lambda: sender.post(form)) == 3
    assert [each.text for each in Message.objects.order_by("pk")] == ["Hello", "Once more"]
    connection.set_tenant(fresh_business)


def test_messages_stand_in_the_order_in_which_they_came(twilio):
    for text in ("one", "two", "three"):
        twilio.says(text)
    assert [each.text for each in Message.objects.order_by("pk")] == ["one", "two", "three"]


def test_a_number_that_another_business_has_now_leads_there_at_once(twilio, channel, clinic, salon):
    twilio.says("To the dentist")
    disconnect(clinic, channel)
    with tenant_context(salon):
        connect(salon, address=NUMBER)

    assert twilio.says("To the salon").status_code == 200

    assert [each.text for each in Message.objects.all()] == ["To the dentist"]
    with tenant_context(salon):
        assert [each.text for each in Message.objects.all()] == ["To the salon"]


def test_a_number_whose_secret_was_replaced_takes_the_new_one_only(twilio, clinic, channel):
    twilio.says()
    connect(clinic, address=NUMBER, account="AC" + "7" * 32, secret="another-token")
    form = twilio.form(AccountSid="AC" + "7" * 32)
    assert twilio.post(form, token=TWILIO_TOKEN).status_code == 403
    assert twilio.post(form, token="another-token").status_code == 200


def test_a_number_of_a_business_that_is_gone_leads_to_whoever_has_it_now(fresh_business):
    number = "whatsapp:+441134960080"
    connection.set_schema_to_public()
    gone = create_business(
        name="Gone", slug=f"gone-{secrets.token_hex(4)}", kind="dentist", timezone="Europe/London", owner=None
    )
    with tenant_context(gone):
        connect(gone, address=number)
    assert Webhook().says(To=number).status_code == 200
    discard(gone)
    connection.set_tenant(fresh_business)
    connect(fresh_business, address=number)

    assert Webhook().says("Who is there?", To=number).status_code == 200

    assert [each.text for each in Message.objects.all()] == ["Who is there?"]
