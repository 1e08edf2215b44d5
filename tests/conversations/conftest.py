"""The clinic with a connected number, and patients who write to it by signed webhooks."""

import hashlib
import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django_tenants.utils import tenant_context
from twilio.request_validator import RequestValidator

from agents import receptionist as real_receptionist
from agents.arriving import ROLES
from agents.runtime.checkpoints import Checkpoints, NewEntry, open_turn
from agents.types import Decision, Reply, Silence, TurnInput
from conversations import inbox, pacing
from conversations.channels.base import ChannelError, CheckResult, Found, Outgoing, SendResult
from conversations.channels.twilio.client import close_clients
from conversations.connecting import connect
from conversations.events_in import InboundMessage
from conversations.models import Channel, Conversation, Message
from tenants import tidings, worklist
from tests.vendors import TWILIO_SID, TWILIO_TOKEN

NUMBER = "whatsapp:+441134960001"
OTHER_NUMBER = "whatsapp:+441134960002"
PATIENT = "whatsapp:+447911123456"
ORIGIN = "https://desk.example.org"
_sids = itertools.count(1)


def forget_pace() -> None:
    """Nobody has sent anything lately, and no vendor has said "too fast"."""
    pacing.forget()
    for key in tidings.client().scan_iter("pace:*"):
        tidings.client().delete(key)


@pytest.fixture(autouse=True)
def _pace() -> None:
    forget_pace()


def new_sid() -> str:
    return f"SM{next(_sids):032x}"


@pytest.fixture(autouse=True)
def _twilio(settings: Any) -> Iterator[None]:
    settings.PUBLIC_ORIGIN = ORIGIN
    settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN = TWILIO_SID, TWILIO_TOKEN
    yield
    close_clients()


@pytest.fixture
def channel(clinic: Any) -> Channel:
    return connect(clinic, address=NUMBER)


@pytest.fixture
def salon_channel(salon: Any, clinic: Any) -> Channel:
    """The other business's number, with an account of its own."""
    with tenant_context(salon):
        return connect(salon, address=OTHER_NUMBER, account="AC" + "9" * 32, secret="token-of-the-salon")


class OutsideClient(Client):
    """A request leaves this thread in `public`; the test goes on in the schema where it was."""

    def request(self, **request: Any) -> Any:
        before = connection.tenant
        try:
            return super().request(**request)
        finally:
            connection.set_tenant(before)


@dataclass
class Webhook:
    """Twilio as the sender of webhooks."""

    http: Client = field(default_factory=OutsideClient)

    def form(self, **fields: str) -> dict[str, str]:
        sid = fields.get("MessageSid") or new_sid()
        return {
            "MessageSid": sid,
            "SmsMessageSid": sid,
            "AccountSid": TWILIO_SID,
            "From": PATIENT,
            "To": NUMBER,
            "Body": "Hello",
            "NumMedia": "0",
            "MessageType": "text",
            "ProfileName": "Maria",
            "WaId": "447911123456",
            "SmsStatus": "received",
            **fields,
        }

    def post(
        self,
        form: dict[str, str],
        *,
        path: str = "/webhooks/twilio/",
        token: str = TWILIO_TOKEN,
        signature: str | None = None,
        origin: str = ORIGIN,
        **headers: str,
    ) -> Any:
        signed = signature if signature is not None else sign(origin + path, form, token)
        return self.http.post(
            path,
            urlencode(form),
            content_type="application/x-www-form-urlencoded",
            headers={"X-Twilio-Signature": signed, **headers},
        )

    def says(self, body: str = "Hello", **fields: str) -> Any:
        return self.post(self.form(Body=body, **fields))

    def status(self, message: Message, status: str, *, sid: str = "", **fields: str) -> Any:
        form = {
            "MessageSid": sid or message.provider_id or new_sid(),
            "MessageStatus": status,
            "AccountSid": TWILIO_SID,
            "From": NUMBER,
            "To": PATIENT,
            **fields,
        }
        return self.post(form, path=f"/webhooks/twilio/status/?m={message.pk}")

    def json(self, fields: dict[str, Any], *, altered: bool = False) -> Any:
        body = json.dumps(fields)
        path = f"/webhooks/twilio/?bodySHA256={hashlib.sha256(body.encode()).hexdigest()}"
        signature = sign(ORIGIN + path, {}, TWILIO_TOKEN)
        sent = body.replace("Hello", "Goodbye") if altered else body
        return self.http.post(path, sent, content_type="application/json", headers={"X-Twilio-Signature": signature})


def sign(url: str, form: dict[str, str], token: str) -> str:
    return RequestValidator(token).compute_signature(url, form)


@pytest.fixture
def twilio(channel: Channel) -> Webhook:
    return Webhook()


@pytest.fixture
def write(clinic: Any, channel: Channel) -> Callable[..., Message]:
    """`write("text")`: a message of the patient stands in the inbox."""

    def arrive(text: str = "Hello", **fields: Any) -> Message:
        values: dict[str, Any] = {
            "channel_address": channel.address,
            "from_address": PATIENT,
            "phone": "+447911123456",
            "profile_name": "Maria",
            "provider_id": new_sid(),
            "kind": "text",
            "text": text,
        }
        stored = inbox.receive(clinic, channel, InboundMessage(**(values | fields)))
        assert stored is not None
        return stored

    return arrive


@pytest.fixture
def conversation(write: Callable[..., Message]) -> Conversation:
    """A patient has written "Hello"."""
    return Conversation.objects.get(pk=write().conversation_id)


def lease_for(business: Any, kind: str, object_id: int) -> worklist.Lease:
    lease = worklist.claim(business.pk, kind, object_id, early=True)
    assert lease is not None, f"nothing to claim: {kind} {object_id}"
    return lease


def sent_texts(conversation: Conversation) -> list[str]:
    return list(
        Message.objects.filter(conversation=conversation, direction="out").order_by("pk").values_list("text", flat=True)
    )


@dataclass
class Listener:
    """A receptionist that says what it is told, with the turn's real rows; `meanwhile` happens while it thinks."""

    outcomes: list[Any] = field(default_factory=list)
    meanwhile: list[Callable[[], Any]] = field(default_factory=list)
    heard: list[tuple[str, ...]] = field(default_factory=list)
    inputs: list[TurnInput] = field(default_factory=list)

    def take_turn(self, turn_input: TurnInput) -> Decision:
        turn = open_turn(
            conversation_id=turn_input.conversation_id,
            contact_id=turn_input.contact_id,
            hold=turn_input.hold,
            version_id=None,
            provider="guided",
            model="",
        )
        entries = [
            NewEntry(
                message_id=each.message_id,
                role=ROLES[each.author],
                text=each.text,
                at=each.at,
            )
            for each in turn_input.arrivals
        ]
        Checkpoints(turn, turn_input.hold).append_arrivals(entries, flag=None, save_names=lambda: None)
        self.inputs.append(turn_input)
        self.heard.append(tuple(each.text for each in turn_input.arrivals))
        if self.meanwhile:
            self.meanwhile.pop(0)()
        turn_input.renew()
        outcome = self.outcomes.pop(0) if self.outcomes else Reply(text="Good morning!")
        said = "" if isinstance(outcome, Silence) else outcome.text
        turn.refresh_from_db()
        return Decision(turn_id=turn.pk, outcome=outcome, read_up_to=turn.last_message_id, said=said)

    def finish(self, decision: Decision) -> None:
        real_receptionist.finish(decision)


@dataclass
class Phone:
    """A vendor that does what the test says; what it took is in `taken`."""

    faults: list[Exception | None] = field(default_factory=list)
    taken: list[tuple[str, str]] = field(default_factory=list)
    found: Found | None = None
    unreachable: bool = False
    lists_messages: bool = True
    take_before_fault: bool = False
    looked_up: int = 0

    def send(self, channel: Channel, outgoing: Outgoing) -> SendResult:
        to, text = outgoing.to, outgoing.text
        fault = self.faults.pop(0) if self.faults else None
        if fault is not None and not self.take_before_fault:
            raise fault
        self.taken.append((to, text))
        if fault is not None:
            self.found = Found(provider_id=new_sid(), delivery="sent")
            raise fault
        return SendResult(provider_id=new_sid())

    def lookup(self, channel: Channel, to: str, text: str, since: Any, ours: frozenset[str]) -> Found | None:
        self.looked_up += 1
        if self.unreachable:
            raise ChannelError("unreachable", permanent=False)
        return self.found

    def check(self, channel: Channel) -> CheckResult:
        return CheckResult()


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def phone() -> Phone:
    return Phone()
