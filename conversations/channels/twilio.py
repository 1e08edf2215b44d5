"""WhatsApp through Twilio: messages, webhooks, statuses. Buttons and templates are made in twilio_content.py.

Messages: https://www.twilio.com/docs/messaging/api/message-resource. Creating a message has no idempotency key, so the
outbox's id travels in the StatusCallback's query and a lost answer is looked up.
"""

import datetime as dt
import hmac
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings

from conversations.channels import twilio_content
from conversations.channels.base import (
    Approval,
    ChannelError,
    CheckResult,
    Content,
    ContentShape,
    Found,
    OutcomeUnknown,
    SendResult,
    SignatureRefused,
    WebhookRequest,
)
from conversations.channels.twilio_client import client_of, close_clients, credentials, errors_of_twilio, is_signed
from conversations.channels.twilio_wire import DELIVERY_BY_STATUS, kind_of, phone_of
from conversations.events_in import InboundEvent, InboundMessage, Media, StatusUpdate
from conversations.models import Message

if TYPE_CHECKING:
    from conversations.models import Channel

__all__ = ["Twilio", "close_clients", "webhook_address"]
INBOUND_PATH, STATUS_PATH = "/webhooks/twilio/", "/webhooks/twilio/status/"
# Twilio drops an inbound webhook after one failed try unless the address itself orders more (its docs: "connection
# overrides"); the fragment is not part of what is signed.
RETRY_ORDERS = "#rc=5&rp=ct,rt,5xx"
LISTED_AT_MOST = 200
MEDIA_AT_MOST = 10


def webhook_address() -> str:
    """What to paste at Twilio as "a message comes in"."""
    return settings.PUBLIC_ORIGIN + INBOUND_PATH + RETRY_ORDERS


class Twilio:
    def verify(self, channel: "Channel", request: WebhookRequest) -> None:
        account, token = credentials(channel)
        signature = request.headers.get("X-Twilio-Signature", "")
        named = request.field("AccountSid")
        if not token or not signature or (account and named and not hmac.compare_digest(named, account)):
            raise SignatureRefused("no secret, no signature or another account")
        if not request.is_form and "bodySHA256=" not in request.url:
            raise SignatureRefused("a body that is no form has to be hashed")
        if not is_signed(request, token, signature):
            raise SignatureRefused("wrong signature")

    def parse(self, request: WebhookRequest) -> list[InboundEvent]:
        if request.field("MessageStatus") not in ("", "received"):
            return [_status(request)]
        return [_inbound(request)] if request.field("MessageSid") and request.field("From") else []

    def send(self, channel: "Channel", to: str, text: str, message_id: int | None) -> SendResult:
        return self._create(channel, message_id, to=to, body=text)

    def send_content(self, channel: "Channel", to: str, content: Content, message_id: int | None) -> SendResult:
        variables = json.dumps(content.variables, ensure_ascii=False)
        return self._create(channel, message_id, to=to, content_sid=content.sid, content_variables=variables)

    def _create(self, channel: "Channel", message_id: int | None, **what: str) -> SendResult:
        if message_id is not None:
            what["status_callback"] = f"{settings.PUBLIC_ORIGIN}{STATUS_PATH}?m={message_id}"
        with errors_of_twilio(sending=True):
            message = client_of(channel).messages.create(from_=channel.address, **what)
        if not message.sid:
            raise OutcomeUnknown("no_sid")
        return SendResult(provider_id=message.sid)

    def create_content(self, channel: "Channel", shape: ContentShape) -> str:
        return twilio_content.create(channel, shape)

    def ask_approval(self, channel: "Channel", sid: str, name: str) -> None:
        twilio_content.ask_approval(channel, sid, name)

    def approval(self, channel: "Channel", sid: str) -> Approval:
        return twilio_content.approval(channel, sid)

    def lookup(self, channel: "Channel", to: str, text: str, since: dt.datetime, ours: frozenset[str]) -> Found | None:
        """Not filtered by DateSent, which a message that is still queued does not have."""
        with errors_of_twilio():
            for each in client_of(channel).messages.list(to=to, from_=channel.address, limit=LISTED_AT_MOST):
                if each.date_created and each.date_created < since:
                    break
                if each.sid not in ours and (each.body or "").strip() == text.strip():
                    return Found(
                        provider_id=each.sid,
                        delivery=DELIVERY_BY_STATUS.get(each.status, Message.Delivery.SENT),
                        error=str(each.error_code or ""),
                    )
        return None

    def inbound_since(self, channel: "Channel", since: dt.datetime) -> list[InboundMessage]:
        found = []
        with errors_of_twilio():
            for each in client_of(channel).messages.stream(to=channel.address, date_sent_after=since):
                if each.direction == "inbound":
                    found.append(_listed(each))
        return found[::-1]

    def check(self, channel: "Channel") -> CheckResult:
        account, token = credentials(channel)
        if not account or not token:
            return CheckResult(problem="Give the account SID and the auth token: this server has none of its own.")
        try:
            with errors_of_twilio():
                client = client_of(channel)
                status = client.api.accounts(account).fetch().status
                senders = client.messaging.v2.channels_senders.list(channel="whatsapp", limit=LISTED_AT_MOST)
        except ChannelError as error:
            return CheckResult(problem=_CHECK_PROBLEMS.get(error.code, f"Twilio could not be asked ({error.code})."))
        if status != "active":
            return CheckResult(problem=f"Twilio says that this account is {status}.")
        return _checked_sender(next((each for each in senders if each.sender_id == channel.address), None))


_CHECK_PROBLEMS = {
    "20003": "Twilio refused the account SID or the auth token. Copy both again from Twilio's console.",
    "unreachable": "Twilio can't be reached at the moment. Please try again in a minute.",
    "timeout": "Twilio did not answer in time. Please try again in a minute.",
}


def _checked_sender(sender: Any) -> CheckResult:
    if sender is None:
        return CheckResult(doubt="The account works, but this number is not a WhatsApp sender of it.")
    webhook = sender.webhook or {}
    callback = webhook.get("callback_url") if isinstance(webhook, dict) else getattr(webhook, "callback_url", "")
    if (callback or "").partition("#")[0] != settings.PUBLIC_ORIGIN + INBOUND_PATH:
        return CheckResult(doubt="The account works, but the number's webhook does not lead here yet.")
    return CheckResult()


def _inbound(request: WebhookRequest) -> InboundMessage:
    count = request.field("NumMedia")
    indexes = range(min(int(count), MEDIA_AT_MOST) if count.isdecimal() and len(count) < 4 else 0)
    media = tuple(
        Media(url=request.field(f"MediaUrl{each}"), type=request.field(f"MediaContentType{each}")) for each in indexes
    )
    message_type = request.field("MessageType").lower()
    words = ["Body", "ButtonText", "ListTitle"] + (["Label", "Address"] if message_type == "location" else [])
    text = next((request.field(name) for name in words if request.field(name).strip("\x00 \n")), "")
    sender = request.field("From")
    wa_id = request.field("WaId")
    return InboundMessage(
        channel_address=request.field("To"),
        from_address=sender,
        phone=phone_of(sender) or phone_of(f"+{wa_id}"),
        profile_name=request.field("ProfileName"),
        provider_id=request.field("MessageSid"),
        kind=kind_of(message_type, text, media),
        text=text,
        media=media,
        choice=request.field("ButtonPayload") or request.field("ListId"),
        reply_to=request.field("OriginalRepliedMessageSid"),
        payload={name: values[0] if len(values) == 1 else list(values) for name, values in request.fields.items()},
    )


def _status(request: WebhookRequest) -> StatusUpdate:
    outbox = parse_qs(urlsplit(request.url).query).get("m", [""])[0]
    return StatusUpdate(
        channel_address=request.field("From"),
        provider_id=request.field("MessageSid"),
        outbox_message_id=int(outbox) if outbox.isdecimal() and len(outbox) < 19 else None,
        delivery=DELIVERY_BY_STATUS.get(request.field("MessageStatus"), Message.Delivery.SENT),
        error=request.field("ErrorCode")[:20],
    )


def _listed(each: Any) -> InboundMessage:
    """From Twilio's list: no profile name there, and media are a list of their own."""
    media: tuple[Media, ...] = ()
    if each.num_media not in (None, "", "0"):
        host = settings.TWILIO_BASE_URL or "https://api.twilio.com"
        media = tuple(
            Media(url=f"{host}{item.uri.removesuffix('.json')}", type=item.content_type)
            for item in each.media.list(limit=MEDIA_AT_MOST)
        )
    return InboundMessage(
        channel_address=each.to,
        from_address=each.from_,
        phone=phone_of(each.from_),
        profile_name="",
        provider_id=each.sid,
        kind=kind_of("", each.body or "", media),
        text=each.body or "",
        media=media,
        sent_at=each.date_sent or each.date_created,
        payload={"MessageSid": each.sid, "From": each.from_, "To": each.to, "reconciled": True},
    )
