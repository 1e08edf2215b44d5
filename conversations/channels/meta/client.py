"""The Graph API: one place that calls it, its errors as ours. https://developers.facebook.com/docs/graph-api

There is no SDK of Meta's for it in Python that is kept up; these are a handful of JSON calls.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings

from conversations.channels.base import ChannelError, OutcomeUnknown, OutgoingFile
from conversations.channels.meta.wire import PAIR_RATE, PAIR_SECONDS, TRANSIENT_CODES

if TYPE_CHECKING:
    import requests

    from conversations.models import Channel

GRAPH = "https://graph.facebook.com"
CONNECT_SECONDS, ANSWER_SECONDS, UPLOAD_SECONDS = 4.0, 10.0, 20.0


def base_url() -> str:
    return f"{settings.META_BASE_URL.rstrip('/') or GRAPH}/{settings.META_API_VERSION}"


def token_of(channel: "Channel") -> str:
    """The channel's own access token or the platform's. Raises ChannelError."""
    token = channel.secret or settings.META_ACCESS_TOKEN
    if not token:
        raise ChannelError("no_credentials", permanent=True)
    return str(token)


def call(
    method: str,
    path: str,
    *,
    token: str = "",
    json: dict[str, Any] | None = None,
    params: dict[str, str] | None = None,
    file: OutgoingFile | None = None,
    sending: bool = False,
) -> dict[str, Any]:
    """What Graph answers; `file` is uploaded.

    Raises ChannelError; OutcomeUnknown only when `sending`, where it may have been taken.
    """
    import requests
    from urllib3.exceptions import MaxRetryError, NewConnectionError

    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        answer = _session().request(
            method,
            f"{base_url()}/{path}",
            json=json,
            params=params,
            data={"messaging_product": "whatsapp", "type": file.type} if file else None,
            files={"file": (file.name, file.content, file.type)} if file else None,
            headers=headers,
            timeout=(CONNECT_SECONDS, UPLOAD_SECONDS if file else ANSWER_SECONDS),
            allow_redirects=False,
        )
    except requests.exceptions.ConnectTimeout:
        raise ChannelError("unreachable", permanent=False) from None
    except requests.exceptions.Timeout:
        raise _unclear("timeout", sending) from None
    except requests.exceptions.ConnectionError as error:
        inner = error.args[0] if error.args else None
        if isinstance(inner, MaxRetryError) and isinstance(inner.reason, NewConnectionError):
            raise ChannelError("unreachable", permanent=False) from None
        raise _unclear("connection_cut", sending) from None
    except requests.exceptions.RequestException:
        raise _unclear("strange_answer", sending) from None
    return _said(answer, sending)


def close_sessions() -> None:
    """Forget the connections; they close."""
    _session().close()
    _session.cache_clear()


def _said(answer: "requests.Response", sending: bool) -> dict[str, Any]:
    try:
        said = answer.json()
    except ValueError:
        said = None
    error = said.get("error") if isinstance(said, dict) else None
    if isinstance(error, dict):
        raise _refusal(error, answer, sending)
    if answer.status_code >= 500:
        raise _unclear(str(answer.status_code), sending)
    if answer.status_code >= 400:
        raise ChannelError(str(answer.status_code), permanent=answer.status_code not in (408, 429))
    if not isinstance(said, dict):
        raise _unclear("strange_answer", sending)
    return said


def _refusal(error: dict[str, Any], answer: "requests.Response", sending: bool) -> ChannelError:
    """A code that Meta documents for "not taken" is believed at any status; another 5xx may come after it was taken."""
    code = str(error.get("code") or answer.status_code)[:20]
    if code in TRANSIENT_CODES or answer.status_code == 429:
        wait = answer.headers.get("Retry-After", "")
        seconds = float(wait) if wait.isdecimal() else PAIR_SECONDS if code == PAIR_RATE else None
        return ChannelError(code, permanent=False, retry_after=seconds)
    if answer.status_code >= 500:
        return _unclear(code, sending)
    return ChannelError(code, permanent=True)


def _unclear(code: str, sending: bool) -> ChannelError:
    return OutcomeUnknown(code) if sending else ChannelError(code, permanent=False)


@lru_cache(maxsize=1)
def _session() -> "requests.Session":
    """Keeps connections open. Only connecting is tried again here: whatever reached Meta may have been taken."""
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3.util.retry import Retry

    session = requests.Session()
    session.trust_env = False  # no proxy and no .netrc of the machine
    retries = Retry(total=2, connect=2, read=0, status=0, redirect=0, other=0, backoff_factor=0.2)
    adapter = HTTPAdapter(pool_maxsize=32, max_retries=retries)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session
