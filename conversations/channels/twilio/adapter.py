"""WhatsApp through Twilio: messages, webhooks, statuses. Buttons and templates are made in content.py.

Messages: https://www.twilio.com/docs/messaging/api/message-resource. Creating a message has no idempotency key, so the
outbox's id travels in the StatusCallback's query and a lost answer is looked up.
"""

import base64
import datetime as dt
import hmac
import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.utils.translation import gettext_noop as N_

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
    OutcomeUnknown,
    Outgoing,
    Parsed,
    SendResult,
    SignatureRefused,
    TemplateUse,
    WebhookRequest,
)
from conversations.channels.twilio import content, shapes
from conversations.channels.twilio.client import client_of, credentials, errors_of_twilio, is_signed
from conversations.channels.twilio.fields import Fields, fields_of, is_form, place_of
from conversations.channels.twilio.wire import (
    CAPTIONS,
    CONTENT_REFUSED,
    DELIVERY_BY_STATUS,
    FILES,
    kind_of,
    phone_of,
)
from conversations.events_in import InboundMessage, Media, StatusUpdate
from conversations.models import Message

if TYPE_CHECKING:
    from conversations.models import Channel

INBOUND_PATH, STATUS_PATH, STATUS = "/webhooks/twilio/", "/webhooks/twilio/status/", "status"
# Twilio drops an inbound webhook after one failed try unless the address itself orders more (its docs: "connection
# overrides"); the fragment is not part of what is signed.
RETRY_ORDERS = "#rc=5&rp=ct,rt,5xx"
EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'
LISTED_AT_MOST = 200
MEDIA_AT_MOST = 10
TYPING = "https://messaging.twilio.com/v2/Indicators/Typing.json"
# https://www.twilio.com/docs/messaging/api/media-resource: its API answers with a redirect to its CDN.
API_HOSTS = frozenset({"api.twilio.com"})
MEDIA_PATH = re.compile(
    r"/Accounts/(?P<account>AC\w{32})/Messages/(?P<message>[SM]M\w{32})/Media/(?P<media>ME\w{32})$", re.ASCII
)
CONTENT_HOSTS = frozenset({"api.twilio.com", "media.twiliocdn.com", "mms.twiliocdn.com"})


def webhook_address() -> str:
    """What to paste at Twilio as "a message comes in"."""
    return settings.PUBLIC_ORIGIN + INBOUND_PATH + RETRY_ORDERS


class Twilio:
    title = "WhatsApp through Twilio"
    has_window = True
    greets = False
    lists_messages = True
    quotes = reacts = marks_read_alone = False
    shows_typing = takes_places = True
    takes_files = FILES
    captions = CAPTIONS
    form_refusals = CONTENT_REFUSED

    def address_of(self, phone: str) -> str:
        return f"whatsapp:{phone}"

    def greet(self, channel: "Channel | None", request: WebhookRequest) -> str:
        raise SignatureRefused("Twilio asks nothing by GET")

    def address_in(self, request: WebhookRequest) -> str:
        fields = fields_of(request)
        if not request.headers.get("X-Twilio-Signature"):
            raise SignatureRefused("unsigned")
        return fields.one("From" if request.tail == STATUS else "To")

    def verify(self, channel: "Channel | None", request: WebhookRequest) -> None:
        if channel is None:
            raise SignatureRefused("no number of ours is addressed")
        account, token = credentials(channel)
        signature = request.headers.get("X-Twilio-Signature", "")
        named = fields_of(request).one("AccountSid")
        if not token or not signature or (account and named and not hmac.compare_digest(named, account)):
            raise SignatureRefused("no secret, no signature or another account")
        if not is_form(request) and "bodySHA256=" not in request.url:
            raise SignatureRefused("a body that is no form has to be hashed")
        if not is_signed(request, token, signature):
            raise SignatureRefused("wrong signature")

    def parse(self, request: WebhookRequest) -> Parsed:
        fields = fields_of(request)
        if fields.one("MessageStatus") not in ("", "received"):
            return Parsed(events=[_status(request, fields)])
        whole = fields.one("MessageSid") and fields.one("From")
        return Parsed(events=[_inbound(fields)] if whole else [])

    def acknowledge(self, request: WebhookRequest) -> Acknowledgement:
        if request.tail == STATUS:
            return Acknowledgement(status=204)
        return Acknowledgement(body=EMPTY_TWIML, content_type="text/xml")

    def send(self, channel: "Channel", outgoing: Outgoing) -> SendResult:
        if outgoing.form == "text":
            return self._create(channel, outgoing.message_id, to=outgoing.to, **_content_of(outgoing))
        sid = shapes.sid_for(channel, outgoing)
        variables = shapes.variables_of(outgoing.text, outgoing.choices)
        try:
            return self._create_content(channel, outgoing.message_id, outgoing.to, sid, variables)
        except OutcomeUnknown:
            raise
        except ChannelError as error:
            if error.code not in CONTENT_REFUSED:
                raise
            shapes.forget(channel, sid)
            raise FormRefused(error.code) from error

    def send_template(self, channel: "Channel", template: TemplateUse) -> SendResult:
        return self._create_content(channel, template.message_id, template.to, template.sid, dict(template.variables))

    def _create_content(
        self, channel: "Channel", message_id: int | None, to: str, sid: str, variables: dict[str, str]
    ) -> SendResult:
        filled = json.dumps(variables, ensure_ascii=False)
        return self._create(channel, message_id, to=to, content_sid=sid, content_variables=filled)

    def _create(self, channel: "Channel", message_id: int | None, **what: Any) -> SendResult:
        if message_id is not None:
            what["status_callback"] = f"{settings.PUBLIC_ORIGIN}{STATUS_PATH}?m={message_id}"
        with errors_of_twilio(sending=True):
            message = client_of(channel).messages.create(from_=channel.address, **what)
        if not message.sid:
            raise OutcomeUnknown("no_sid")
        return SendResult(provider_id=message.sid)

    def create_template(self, channel: "Channel", shape: ContentShape) -> str:
        return content.create(channel, shape)

    def ask_approval(self, channel: "Channel", sid: str, name: str) -> None:
        content.ask_approval(channel, sid, name)

    def approval(self, channel: "Channel", sid: str) -> Approval:
        return content.approval(channel, sid)

    def list_templates(self, channel: "Channel") -> list[ListedTemplate]:
        return content.listed(channel)

    def lookup(self, channel: "Channel", to: str, text: str, since: dt.datetime, ours: frozenset[str]) -> Found | None:
        """Not filtered by DateSent, which a message that is still queued does not have."""
        with errors_of_twilio():
            for each in client_of(channel).messages.list(to=to, from_=channel.address, limit=LISTED_AT_MOST):
                if each.date_created and each.date_created < since:
                    break
                with_file = each.num_media not in (None, "", "0")
                if each.sid not in ours and (each.body or "").strip() == text.strip() and (text or with_file):
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

    def open_media(self, channel: "Channel", reference: str) -> MediaPlace:
        account, token = credentials(channel)
        basic = base64.b64encode(f"{account}:{token}".encode()).decode()
        return MediaPlace(
            url=reference,
            headers={"Authorization": f"Basic {basic}"},
            origin=settings.TWILIO_BASE_URL,
            hosts=API_HOSTS,
            redirected_to=CONTENT_HOSTS,
        )

    def forget_media(self, channel: "Channel", reference: str) -> None:
        account, _ = credentials(channel)
        parts = MEDIA_PATH.search(reference)
        if parts is None or parts["account"] != account:
            raise ChannelError("strange_id", permanent=True)
        with errors_of_twilio():
            client_of(channel).messages(parts["message"]).media(parts["media"]).delete()

    def mark_read(self, channel: "Channel", provider_id: str, *, typing: bool) -> None:
        """Twilio's typing indicator marks as read with it; there is no mark alone."""
        if not typing:
            raise ChannelError(NOT_HERE, permanent=True)
        with errors_of_twilio():
            client = client_of(channel)
            answer = client.request("POST", TYPING, data={"messageId": provider_id, "channel": "whatsapp"})
        if answer.status_code >= 400:
            raise ChannelError(str(answer.status_code), permanent=answer.status_code < 500)

    def react(self, channel: "Channel", to: str, provider_id: str, emoji: str) -> SendResult:
        raise ChannelError(NOT_HERE, permanent=True)

    def check(self, channel: "Channel") -> CheckResult:
        account, token = credentials(channel)
        if not account or not token:
            return CheckResult(problem=N_("Give the account SID and the auth token: this server has none of its own."))
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
    "20003": N_("Twilio refused the account SID or the auth token. Copy both again from Twilio's console."),
    "unreachable": N_("Twilio can't be reached at the moment. Please try again in a minute."),
    "timeout": N_("Twilio did not answer in time. Please try again in a minute."),
}


def _checked_sender(sender: Any) -> CheckResult:
    if sender is None:
        return CheckResult(doubt=N_("The account works, but this number is not a WhatsApp sender of it."))
    webhook = sender.webhook or {}
    callback = webhook.get("callback_url") if isinstance(webhook, dict) else getattr(webhook, "callback_url", "")
    if (callback or "").partition("#")[0] != settings.PUBLIC_ORIGIN + INBOUND_PATH:
        return CheckResult(doubt=N_("The account works, but the number's webhook does not lead here yet."))
    return CheckResult()


def _content_of(outgoing: Outgoing) -> dict[str, Any]:
    """https://www.twilio.com/docs/whatsapp/message-features: one file by its address, or a place."""
    body = {"body": outgoing.text} if outgoing.text else {}
    if outgoing.file is not None:
        return {**body, "media_url": [outgoing.file.link]}
    if outgoing.place is not None:
        place = outgoing.place
        label = f"|{place.address.replace('|', ' ')}" if place.address else ""
        return {**body, "persistent_action": [f"geo:{place.latitude:.6f},{place.longitude:.6f}{label}"]}
    return {"body": outgoing.text}


def _inbound(fields: Fields) -> InboundMessage:
    count = fields.one("NumMedia")
    indexes = range(min(int(count), MEDIA_AT_MOST) if count.isdecimal() and len(count) < 4 else 0)
    media = tuple(
        Media(url=fields.one(f"MediaUrl{each}"), type=fields.one(f"MediaContentType{each}")) for each in indexes
    )
    message_type = fields.one("MessageType").lower()
    words = ["Body", "ButtonText", "ListTitle"] + (["Label", "Address"] if message_type == "location" else [])
    text = next((fields.one(name) for name in words if fields.one(name).strip("\x00 \n")), "")
    sender = fields.one("From")
    wa_id = fields.one("WaId")
    return InboundMessage(
        channel_address=fields.one("To"),
        from_address=sender,
        phone=phone_of(sender) or phone_of(f"+{wa_id}"),
        profile_name=fields.one("ProfileName"),
        provider_id=fields.one("MessageSid"),
        kind=kind_of(message_type, text, media),
        text=text,
        media=media,
        place=place_of(fields),
        choice=fields.one("ButtonPayload") or fields.one("ListId"),
        reply_to=fields.one("OriginalRepliedMessageSid"),
        payload=fields.as_payload(),
    )


def _status(request: WebhookRequest, fields: Fields) -> StatusUpdate:
    outbox = parse_qs(urlsplit(request.url).query).get("m", [""])[0]
    return StatusUpdate(
        channel_address=fields.one("From"),
        provider_id=fields.one("MessageSid"),
        outbox_message_id=int(outbox) if outbox.isdecimal() and len(outbox) < 19 else None,
        delivery=DELIVERY_BY_STATUS.get(fields.one("MessageStatus"), Message.Delivery.SENT),
        error=fields.one("ErrorCode")[:20],
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


ADAPTER = Twilio()
