"""Twilio's own client against the sandbox: sending, losing answers, looking up, and what was missed."""

import datetime as dt
import logging
import subprocess
import sys
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from conversations import outbox
from conversations.channels.base import ChannelError, OutcomeUnknown, Outgoing
from conversations.channels.registry import adapter_for
from conversations.channels.twilio.adapter import Twilio
from conversations.connecting import connect
from conversations.delivery import deliver
from conversations.models import Channel, Conversation, Message
from conversations.reconcile import reconcile, reconcile_route
from tenants import clock
from tenants.models import ChannelRoute
from tests.conversations.conftest import NUMBER, PATIENT, forget_pace, lease_for
from tests.vendors import TWILIO_SID

AT_ONCE = dt.timedelta(0)
MESSAGES = "Messages.json"


@pytest.fixture
def vendor(sandbox, channel):
    """The patient's window is open; nothing is delivered by itself, so that no callback comes between."""
    sandbox.post("/twilio/window", {"from": PATIENT, "to": NUMBER})
    sandbox.post("/twilio/hold", {"hold": True})
    yield sandbox
    sandbox.post("/twilio/hold", {"hold": False})


@pytest.fixture
def queued(clinic, conversation):
    return outbox.queue(clinic, conversation, "You are booked for Tuesday, 15:30.")[0]


@pytest.fixture
def send(clinic):
    def run(message, certain_after=AT_ONCE):
        lease = lease_for(clinic, outbox.DELIVER, message.pk)
        deliver(clinic, message.pk, lease, certain_after=certain_after)
        message.refresh_from_db()
        return message

    return run


def at_twilio(sandbox):
    seen = sandbox.get("/patient/messages", phone=PATIENT)["messages"]
    return [each for each in seen if each["by"] == "business"]


def test_a_message_goes_out_with_its_own_callback_address(vendor, queued, send):
    message = send(queued)
    assert message.delivery == "sent"
    [there] = at_twilio(vendor)
    assert (there["sid"], there["body"]) == (message.provider_id, message.text)
    [entry] = [each for each in vendor.log("twilio") if each["method"] == "POST" and MESSAGES in each["path"]]
    assert f"status%2F%3Fm%3D{message.pk}" in entry["body"]


def test_fault_21_accepted_and_the_answer_lost_it_is_found_and_not_sent_twice(vendor, queued, send):
    vendor.fault(vendor="twilio", method="POST", path=MESSAGES, kind="drop_after_accept")
    assert send(queued).delivery == "unknown"
    message = send(queued)
    assert (message.delivery, message.attempts) == ("sent", 1)
    assert [each["sid"] for each in at_twilio(vendor)] == [message.provider_id]


@pytest.mark.parametrize("fault", [{"kind": "status", "status": 503}, {"kind": "drop"}])
def test_not_accepted_and_no_answer_it_is_sent_once(vendor, queued, send, fault):
    vendor.fault(vendor="twilio", method="POST", path=MESSAGES, **fault)
    assert send(queued).delivery == "unknown"
    assert send(queued, certain_after=dt.timedelta(minutes=1)).delivery == "unknown"
    assert send(queued).delivery == "sent"
    assert len(at_twilio(vendor)) == 1


def test_fault_21_a_server_error_after_accepting_is_not_sent_twice(vendor, queued, send):
    vendor.fault(vendor="twilio", method="POST", path=MESSAGES, kind="status", status=500, accept=True)
    assert send(queued).delivery == "unknown"
    assert send(queued).delivery == "sent"
    assert len(at_twilio(vendor)) == 1


def test_an_answer_that_is_none_is_looked_up(vendor, queued, send):
    vendor.fault(vendor="twilio", method="POST", path=MESSAGES, kind="wrong_body", body="<html>", accept=True)
    assert send(queued).delivery == "unknown"
    assert send(queued).delivery == "sent"
    assert len(at_twilio(vendor)) == 1


def test_the_same_words_sent_before_are_not_taken_for_these(vendor, clinic, conversation, send):
    first = outbox.queue(clinic, conversation, "Yes")[0]
    send(first)
    second = outbox.queue(clinic, conversation, "Yes")[0]
    vendor.fault(vendor="twilio", method="POST", path=MESSAGES, kind="drop")
    send(second)
    send(second)
    assert second.provider_id != first.provider_id
    assert len(at_twilio(vendor)) == 2


def test_too_many_requests_wait_and_nothing_is_looked_up(vendor, queued, send):
    vendor.fault(
        vendor="twilio", method="POST", kind="status", status=429, body={"code": 20429, "message": "-", "status": 429}
    )
    assert send(queued).delivery == "queued"
    forget_pace()
    assert send(queued).delivery == "sent"
    assert not [each for each in vendor.log("twilio") if each["method"] == "GET"]


def test_refused_for_good_it_fails_with_twilios_code(vendor, queued, send):
    vendor.post("/twilio/opt-out", {"from": PATIENT, "to": NUMBER})
    assert (send(queued).delivery, queued.error) == ("failed", "21610")


def test_an_unreachable_twilio_is_tried_again(channel, queued, send, settings):
    settings.TWILIO_BASE_URL = "http://127.0.0.1:1/twilio"
    assert (send(queued).delivery, queued.error) == ("queued", "unreachable")


def test_a_wrong_token_is_a_refusal(clinic, sandbox):
    channel = connect(clinic, address=NUMBER, account=TWILIO_SID, secret="wrong")
    with pytest.raises(ChannelError) as refused:
        Twilio().send(channel, Outgoing(to=PATIENT, text="Hello", message_id=None))
    assert (refused.value.permanent, refused.value.code) == (True, "20003")
    assert not isinstance(refused.value, OutcomeUnknown)


def test_nobodys_number_stands_in_the_logs(vendor, queued, send, caplog):
    caplog.set_level(logging.DEBUG)
    vendor.fault(vendor="twilio", method="POST", path=MESSAGES, kind="drop")
    send(queued)
    send(queued)
    ours = [each.getMessage() for each in caplog.records if not each.name.startswith("urllib3")]
    assert not [line for line in ours if "447911123456" in line]


def test_a_kind_that_has_no_adapter_fails_clearly():
    with pytest.raises(ChannelError, match="channel_kind_not_available"):
        adapter_for("pigeon")


# -- what was missed ---------------------------------------------------------------------------------------


@pytest.fixture
def missed(vendor):
    """Written while we were down: Twilio has them, no webhook reached us."""
    written = [
        vendor.post("/patient/send", {"from": PATIENT, "to": NUMBER, "body": text, "deliver": False})["sid"]
        for text in ("Are you there?", "Hello?")
    ]
    picture = {"from": PATIENT, "to": NUMBER, "media": [{"sample": "voice"}], "deliver": False}
    return [*written, vendor.post("/patient/send", picture)["sid"]]


def received() -> Any:
    """In order; a voice note that can't be heard is answered with a word about that."""
    return Message.objects.filter(direction="in").order_by("pk")


def test_what_was_missed_is_found_in_order_and_only_once(missed, clinic, channel):
    assert reconcile(clinic, channel) == 3
    assert list(received().values_list("provider_id", flat=True)) == missed
    assert list(received().values_list("kind", flat=True)) == ["text", "text", "voice"]
    assert received().last().media[0]["type"] == "audio/wav"
    assert Conversation.objects.get().unread == 3
    channel.refresh_from_db()
    assert channel.reconciled_at is not None
    assert reconcile(clinic, channel) == 0


def test_a_comparison_that_failed_starts_again_where_it_was(missed, clinic, channel, sandbox):
    sandbox.fault(vendor="twilio", method="GET", path=MESSAGES, kind="status", status=500)
    route = ChannelRoute.objects.get(address=NUMBER)
    reconcile_route(clinic, route.pk)
    channel.refresh_from_db()
    assert channel.reconciled_at is None
    reconcile_route(clinic, route.pk)
    assert received().count() == 3


def test_our_own_messages_are_not_received(vendor, clinic, channel, queued, send):
    send(queued)
    assert reconcile(clinic, channel) == 0


def test_a_route_of_another_business_is_not_compared(vendor, clinic, salon_channel):
    route = ChannelRoute.objects.exclude(business=clinic).get()
    reconcile_route(clinic, route.pk)
    assert not vendor.log("twilio")


def test_the_command_compares_every_channel(missed, clinic, channel, capsys):
    call_command("reconcile_messages", business=clinic.slug)
    assert "3 received" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no active business"):
        call_command("reconcile_messages", business="nobody")


def test_the_command_says_when_a_channel_could_not_be_asked(clinic, channel, settings, capsys):
    settings.TWILIO_BASE_URL = "http://127.0.0.1:1/twilio"
    with pytest.raises(CommandError, match="Not every channel"):
        call_command("reconcile_messages", business=clinic.slug, hours=1)


def test_an_hour_back_is_an_hour_back(missed, clinic, channel):
    assert reconcile(clinic, channel, clock.now() + dt.timedelta(hours=1)) == 0
    assert Channel.objects.get().reconciled_at is not None


# -- Redis is away -----------------------------------------------------------------------------------------

WITHOUT_REDIS = """
import django
django.setup()
from django.test import Client
from tests.conversations.conftest import ORIGIN, Webhook
webhook = Webhook(http=Client())
form = webhook.form(To="whatsapp:+441134960066", MessageSid="SM" + "6" * 32)
print(webhook.post(form, origin="http://testserver").status_code)
"""


def test_with_redis_down_the_message_is_stored_and_answered_with_2xx(fresh_business, settings):
    import os
    from pathlib import Path

    from django.db import connection

    connect(fresh_business, address="whatsapp:+441134960066", account=TWILIO_SID, secret="auth-token-of-the-tests")
    where = connection.settings_dict
    environment = os.environ | {
        "DATABASE_URL": f"postgres://{where['USER']}:{where['PASSWORD']}@{where['HOST']}:{where['PORT']}/{where['NAME']}",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "PUBLIC_ORIGIN": "http://testserver",
        "ALLOWED_HOSTS": "testserver",
        "DJANGO_SETTINGS_MODULE": "frontdesk.settings",
    }
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_REDIS], cwd=root, env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.stdout.split() == ["200"], done.stderr
    assert Message.objects.get().provider_id == "SM" + "6" * 32
