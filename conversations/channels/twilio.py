"""WhatsApp through Twilio: the one module that imports its SDK, on first use.

Signature: https://www.twilio.com/docs/usage/webhooks/webhooks-security. Messages:
https://www.twilio.com/docs/messaging/api/message-resource. Creating a message has no idempotency key, so the outbox's
id travels in the StatusCallback's query and a lost answer is looked up.
"""

import datetime as dt
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.utils.datastructures import MultiValueDict

from conversations.channels.base import (
    ChannelError,
    CheckResult,
    Found,
    OutcomeUnknown,
    SendResult,
    SignatureRefused,
    WebhookRequest,
)
from conversations.channels.twilio_wire import DELIVERY_BY_STATUS, TRANSIENT_CODES, kind_of, phone_of
from conversations.events_in import InboundEvent, InboundMessage, Media, StatusUpdate
from conversations.models import Message

if TYPE_CHECKING:
    from conversations.models import Channel

INBOUND_PATH, STATUS_PATH = "/webhooks/twilio/", "/webhooks/twilio/status/"
# Twilio drops an inbound webhook after one failed try unless the address itself orders more (its docs: "connection
# overrides"); the fragment is not part of what is signed.
RETRY_ORDERS = "#rc=5&rp=ct,rt,5xx"
CONNECT_SECONDS, ANSWER_SECONDS = 4.0, 10.0
LISTED_AT_MOST = 200
MEDIA_AT_MOST = 10


def webhook_address() -> str:
    """What to paste at Twilio as "a message comes in"."""
    return settings.PUBLIC_ORIGIN + INBOUND_PATH + RETRY_ORDERS


class Twilio:
    def verify(self, channel: "Channel", request: WebhookRequest) -> None:
        from twilio.request_validator import RequestValidator, get_signature_algorithm

        account, token = _credentials(channel)
        signature = request.headers.get("X-Twilio-Signature", "")
        named = request.field("AccountSid")
        if not token or not signature or (account and named and not hmac.compare_digest(named, account)):
            raise SignatureRefused("no secret, no signature or another account")
        # The body's hash is only checked by the SDK when the body is given as text.
        signed = MultiValueDict(request.fields) if request.is_form else request.body
        if not request.is_form and "bodySHA256=" not in request.url:
            raise SignatureRefused("a body that is no form has to be hashed")
        algorithm = get_signature_algorithm(request.headers.get("X-Twilio-Webhooks-Signature-Settings"))
        if not RequestValidator(token).validate(request.url, signed, signature, algorithm):
            raise SignatureRefused("wrong signature")

    def parse(self, request: WebhookRequest) -> list[InboundEvent]:
        if request.field("MessageStatus") not in ("", "received"):
            return [_status(request)]
        return [_inbound(request)] if request.field("MessageSid") and request.field("From") else []

    def send(self, channel: "Channel", to: str, text: str, message_id: int | None) -> SendResult:
        more = {}
        if message_id is not None:
            more["status_callback"] = f"{settings.PUBLIC_ORIGIN}{STATUS_PATH}?m={message_id}"
        with _errors_of_twilio(sending=True):
            message = _client_of(channel).messages.create(to=to, from_=channel.address, body=text, **more)
        if not message.sid:
            raise OutcomeUnknown("no_sid")
        return SendResult(provider_id=message.sid)

    def lookup(self, channel: "Channel", to: str, text: str, since: dt.datetime, ours: frozenset[str]) -> Found | None:
        """Not filtered by DateSent, which a message that is still queued does not have."""
        with _errors_of_twilio():
            for each in _client_of(channel).messages.list(to=to, from_=channel.address, limit=LISTED_AT_MOST):
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
        with _errors_of_twilio():
            for each in _client_of(channel).messages.stream(to=channel.address, date_sent_after=since):
                if each.direction == "inbound":
                    found.append(_listed(each))
        return found[::-1]

    def check(self, channel: "Channel") -> CheckResult:
        account, token = _credentials(channel)
        if not account or not token:
            return CheckResult(problem="Give the account SID and the auth token: this server has none of its own.")
        try:
            with _errors_of_twilio():
                client = _client_of(channel)
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


def _credentials(channel: "Channel") -> tuple[str, str]:
    """The channel's own account and token, or the platform's; never one of each."""
    if channel.secret:
        return channel.account, channel.secret
    return settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN


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


def _client_of(channel: "Channel") -> Any:
    account, token = _credentials(channel)
    if not account or not token:
        raise ChannelError("no_credentials", permanent=True)
    return _client(account, token, settings.TWILIO_BASE_URL)


@lru_cache(maxsize=256)
def _client(account: str, token: str, base_url: str) -> Any:
    """One per account: its session keeps connections open."""
    from twilio.rest import Client

    return Client(account, token, http_client=_http_client(base_url))


def close_clients() -> None:
    """Forget the clients; their connections close."""
    _client.cache_clear()


def _http_client(base_url: str) -> Any:
    """Twilio's own client, told where the hosts are, with a timeout, and without its log of phone numbers."""
    from requests.adapters import HTTPAdapter
    from twilio.http.http_client import TwilioHttpClient
    from urllib3.util.retry import Retry

    class HttpClient(TwilioHttpClient):
        def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
            if base_url:
                _, _, path = url.removeprefix("https://").partition("/")
                url = f"{base_url.rstrip('/')}/{path}"
            return super().request(method, url, *args, **kwargs)

        def log_request(self, kwargs: dict[str, Any]) -> None:
            pass

        def log_response(self, status_code: int, response: Any) -> None:
            pass

    client = HttpClient()
    client.timeout = (CONNECT_SECONDS, ANSWER_SECONDS)  # its constructor takes one number only
    # Only connecting is tried again here: whatever reached Twilio may have been taken.
    adapter = HTTPAdapter(
        pool_maxsize=32,
        max_retries=Retry(total=2, connect=2, read=0, status=0, redirect=0, other=0, backoff_factor=0.2),
    )
    client.session.mount("https://", adapter)
    client.session.mount("http://", adapter)
    return client


@contextmanager
def _errors_of_twilio(*, sending: bool = False) -> Iterator[None]:
    """The SDK's and its HTTP library's errors as ours. A 5xx on sending may come after it was taken."""
    import requests
    from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
    from urllib3.exceptions import MaxRetryError, NewConnectionError

    try:
        yield
    except (TwilioRestException, TwilioServiceException) as error:
        code = str(error.code or error.status)
        if error.status >= 500 and sending:
            raise OutcomeUnknown(code) from None
        transient = error.status >= 500 or error.status in (408, 429) or code in TRANSIENT_CODES
        raise ChannelError(code, permanent=not transient) from None
    except requests.exceptions.ConnectTimeout:
        raise ChannelError("unreachable", permanent=False) from None
    except requests.exceptions.Timeout:
        raise OutcomeUnknown("timeout") from None
    except requests.exceptions.ConnectionError as error:
        inner = error.args[0] if error.args else None
        if isinstance(inner, MaxRetryError) and isinstance(inner.reason, NewConnectionError):
            raise ChannelError("unreachable", permanent=False) from None
        raise OutcomeUnknown("connection_cut") from None
    except (requests.exceptions.RequestException, TwilioException, ValueError, KeyError, TypeError):
        # An answer that is no JSON, or one without what Twilio always sends.
        raise OutcomeUnknown("strange_answer") from None
