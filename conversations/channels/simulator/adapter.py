"""A channel that leads nowhere: for the terminal and for evaluations. Whatever is sent counts as sent."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

from conversations.channels.base import (
    NOT_HERE,
    Acknowledgement,
    Approval,
    ChannelError,
    CheckResult,
    ContentShape,
    FormRefused,
    Found,
    ListedTemplate,
    MediaPlace,
    Outgoing,
    Parsed,
    SendResult,
    SignatureRefused,
    TemplateUse,
    WebhookRequest,
)
from conversations.events_in import InboundMessage

if TYPE_CHECKING:
    from conversations.models import Channel


class Simulator:
    title = "Simulator"
    has_window = False
    greets = False
    lists_messages = True
    quotes = reacts = marks_read_alone = shows_typing = takes_places = False
    takes_files: Mapping[str, int] = {}
    captions: frozenset[str] = frozenset()
    form_refusals: frozenset[str] = frozenset()

    def address_of(self, phone: str) -> str:
        return f"whatsapp:{phone}"

    def greet(self, channel: "Channel | None", request: WebhookRequest) -> str:
        raise SignatureRefused("the simulator has no webhooks")

    def address_in(self, request: WebhookRequest) -> str:
        raise SignatureRefused("the simulator has no webhooks")

    def verify(self, channel: "Channel | None", request: WebhookRequest) -> None:
        raise SignatureRefused("the simulator has no webhooks")

    def parse(self, request: WebhookRequest) -> Parsed:
        raise SignatureRefused("the simulator has no webhooks")

    def acknowledge(self, request: WebhookRequest) -> Acknowledgement:
        return Acknowledgement()

    def send(self, channel: "Channel", outgoing: Outgoing) -> SendResult:
        if outgoing.form != "text":
            raise FormRefused(NOT_HERE)
        return SendResult(provider_id=f"sim-{uuid.uuid4().hex}")

    def send_template(self, channel: "Channel", template: TemplateUse) -> SendResult:
        raise ChannelError(NOT_HERE, permanent=True)

    def create_template(self, channel: "Channel", shape: ContentShape) -> str:
        raise ChannelError(NOT_HERE, permanent=True)

    def ask_approval(self, channel: "Channel", sid: str, name: str) -> None:
        raise ChannelError(NOT_HERE, permanent=True)

    def approval(self, channel: "Channel", sid: str) -> Approval:
        raise ChannelError(NOT_HERE, permanent=True)

    def list_templates(self, channel: "Channel") -> list[ListedTemplate]:
        return []

    def lookup(self, channel: "Channel", to: str, text: str, since: dt.datetime, ours: frozenset[str]) -> Found | None:
        return None

    def inbound_since(self, channel: "Channel", since: dt.datetime) -> list[InboundMessage]:
        return []

    def open_media(self, channel: "Channel", reference: str) -> MediaPlace:
        raise ChannelError(NOT_HERE, permanent=True)

    def forget_media(self, channel: "Channel", reference: str) -> None:
        raise ChannelError(NOT_HERE, permanent=True)

    def mark_read(self, channel: "Channel", provider_id: str, *, typing: bool) -> None:
        raise ChannelError(NOT_HERE, permanent=True)

    def react(self, channel: "Channel", to: str, provider_id: str, emoji: str) -> SendResult:
        raise ChannelError(NOT_HERE, permanent=True)

    def check(self, channel: "Channel") -> CheckResult:
        return CheckResult()


ADAPTER = Simulator()
