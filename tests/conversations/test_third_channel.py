"""A third channel is one folder: put beside the others, it is heard, answered through and connected by its form."""

import json
import textwrap

import pytest

from conversations import channels, outbox
from conversations.channels import registry
from conversations.connecting import connect
from conversations.delivery import deliver
from conversations.models import Conversation, Message
from tests.conversations.conftest import OutsideClient, lease_for

ADAPTER = '''
    """Signed with the channel's secret in the clear; what is sent stands in `SENT`."""

    import json

    from conversations.channels.base import Acknowledgement, Parsed, SendResult, SignatureRefused
    from conversations.channels.simulator.adapter import Simulator
    from conversations.events_in import InboundMessage

    SENT = []


    class Telegraph(Simulator):
        title = "Telegraph"

        def address_in(self, request):
            return request.tail

        def verify(self, channel, request):
            if channel is None or request.headers.get("X-Secret") != channel.secret:
                raise SignatureRefused("wrong secret")

        def parse(self, request):
            given = json.loads(request.body)
            message = InboundMessage(
                channel_address=request.tail, from_address=given["from"], phone="", profile_name="",
                provider_id=given["id"], kind="text", text=given["text"],
            )
            return Parsed(events=[message])

        def acknowledge(self, request):
            return Acknowledgement(status=202, body="STOP")

        def send(self, channel, outgoing):
            SENT.append((outgoing.to, outgoing.text))
            return SendResult(provider_id="wire-1")


    ADAPTER = Telegraph()
'''
CONNECT = """
    from django import forms

    from conversations.channels.connecting_form import ConnectForm


    class Form(ConnectForm):
        tab = vendor = "Telegraph"
        intro = "You need a wire."
        connected = works = "It ticks."
        refusals = {}
        station = forms.CharField(label="Your station")

        @staticmethod
        def to_paste(channel):
            return ()

        @staticmethod
        def whose(channel):
            return "your own wire"
"""


def forget():
    for cached in (registry.kinds, registry.adapter_for, registry.connect_forms, registry.kinds_with_lists):
        cached.cache_clear()


@pytest.fixture
def telegraph(tmp_path, clinic):
    folder = tmp_path / "telegraph"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "adapter.py").write_text(textwrap.dedent(ADAPTER))
    (folder / "connect.py").write_text(textwrap.dedent(CONNECT))
    channels.__path__.append(str(tmp_path))
    forget()
    yield connect(clinic, kind="telegraph", address="leeds", secret="dash-dot")
    channels.__path__.remove(str(tmp_path))
    forget()


def test_what_is_written_there_is_stored_and_answered_there(telegraph, clinic):
    http = OutsideClient()
    written = json.dumps({"from": "york", "id": "1", "text": "ARE YOU OPEN"})

    def tick(secret):
        return http.post(
            "/webhooks/telegraph/leeds", written, content_type="application/json", headers={"X-Secret": secret}
        )

    assert tick("guessed").status_code == 403
    answer = tick("dash-dot")
    assert (answer.status_code, answer.content) == (202, b"STOP")
    conversation = Conversation.objects.get()
    assert (Message.objects.get().text, conversation.identity.kind) == ("ARE YOU OPEN", "telegraph")
    [message] = outbox.queue(clinic, conversation, "YES")
    deliver(clinic, message.pk, lease_for(clinic, outbox.DELIVER, message.pk))
    from conversations.channels.telegraph.adapter import SENT

    message.refresh_from_db()
    assert (SENT, message.provider_id) == ([("york", "YES")], "wire-1")


def test_it_is_connected_from_the_settings(telegraph, alice):
    http = OutsideClient()
    http.force_login(alice)
    page = http.get("/b/bright-smile/settings/channels/", {"kind": "telegraph"}).content.decode()
    assert "You need a wire." in page
    assert "Your station" in page
    assert "Telegraph · your own wire" in page
