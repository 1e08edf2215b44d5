"""A channel that leads nowhere: for the terminal and for evaluations. Whatever is sent counts as sent."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from conversations.channels.base import (
    NO_CONTENT,
    Approval,
    ChannelError,
    CheckResult,
    Content,
    ContentShape,
    Found,
    SendResult,
    SignatureRefused,
    WebhookRequest,
)
from conversations.events_in import InboundEvent, InboundMessage

if TYPE_CHECKING:
    from conversations.models import Channel


class Simulator:
    def verify(self, channel: "Channel", request: WebhookRequest) -> None:
        raise SignatureRefused("the simulator has no webhooks")

    def parse(self, request: WebhookRequest) -> list[InboundEvent]:
        raise ChannelError("no_webhooks", permanent=True)

    def send(self, channel: "Channel", to: str, text: str, message_id: int | None) -> SendResult:
        return SendResult(provider_id=f"sim-{uuid.uuid4().hex}")

    def send_content(self, channel: "Channel", to: str, content: Content, message_id: int | None) -> SendResult:
        raise ChannelError(NO_CONTENT, permanent=True)

    def create_content(self, channel: "Channel", shape: ContentShape) -> str:
        raise ChannelError(NO_CONTENT, permanent=True)

    def ask_approval(self, channel: "Channel", sid: str, name: str) -> None:
        raise ChannelError(NO_CONTENT, permanent=True)

    def approval(self, channel: "Channel", sid: str) -> Approval:
        raise ChannelError(NO_CONTENT, permanent=True)

    def lookup(self, channel: "Channel", to: str, text: str, since: dt.datetime, ours: frozenset[str]) -> Found | None:
        return None

    def inbound_since(self, channel: "Channel", since: dt.datetime) -> list[InboundMessage]:
        return []

    def check(self, channel: "Channel") -> CheckResult:
        return CheckResult()
