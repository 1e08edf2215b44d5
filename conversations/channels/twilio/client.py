"""Twilio's SDK: the one module that imports it, on first use. Its client, its errors as ours, its signature.

Signature: https://www.twilio.com/docs/usage/webhooks/webhooks-security.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.datastructures import MultiValueDict

from conversations.channels.base import ChannelError, OutcomeUnknown, WebhookRequest
from conversations.channels.twilio.fields import fields_of, is_form
from conversations.channels.twilio.wire import TRANSIENT_CODES

if TYPE_CHECKING:
    from conversations.models import Channel

CONNECT_SECONDS, ANSWER_SECONDS = 4.0, 10.0


def is_signed(request: WebhookRequest, token: str, signature: str) -> bool:
    from twilio.request_validator import RequestValidator, get_signature_algorithm

    # The body's hash is only checked by the SDK when the body is given as text.
    signed = MultiValueDict(fields_of(request)) if is_form(request) else request.body.decode("utf-8", "replace")
    algorithm = get_signature_algorithm(request.headers.get("X-Twilio-Webhooks-Signature-Settings"))
    return bool(RequestValidator(token).validate(request.url, signed, signature, algorithm))


def credentials(channel: "Channel") -> tuple[str, str]:
    """The channel's own account and token, or the platform's; never one of each."""
    if channel.secret:
        return channel.account, channel.secret
    return settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN


def client_of(channel: "Channel") -> Any:
    account, token = credentials(channel)
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
def errors_of_twilio(*, sending: bool = False) -> Iterator[None]:
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
