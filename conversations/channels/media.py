"""Fetching what a contact sent, from the vendor's own hosts only, small and of the kinds that were asked for.

Twilio answers with a redirect to its CDN (https://www.twilio.com/docs/messaging/api/media-resource): credentials go to
the API's host alone and are left behind on the way. https://www.twilio.com/docs/usage/security
"""

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from django.conf import settings

from conversations.channels.base import ChannelError
from conversations.channels.twilio_client import credentials
from tenants.models import ChannelKind

if TYPE_CHECKING:
    import requests

    from conversations.models import Channel

API_HOSTS = frozenset({"api.twilio.com"})
CONTENT_HOSTS = frozenset({"api.twilio.com", "media.twiliocdn.com", "mms.twiliocdn.com"})
REDIRECTS_AT_MOST = 2
CONNECT_SECONDS, READ_SECONDS = 4.0, 10.0
PIECE = 64 * 1024


class MediaRefused(ChannelError):
    """It is not fetched: another host, too large, or of another kind than it said."""

    def __init__(self, code: str) -> None:
        super().__init__(code, permanent=True)


def fetch(channel: "Channel", url: str, *, kinds: tuple[str, ...], at_most: int) -> bytes:
    """The content at `url`, whose type begins with one of `kinds`, of `at_most` bytes. Raises ChannelError."""
    import requests

    if channel.kind != ChannelKind.TWILIO:
        raise MediaRefused("no_media_here")
    auth: tuple[str, str] | None = credentials(channel)
    hosts = API_HOSTS
    try:
        for _ in range(REDIRECTS_AT_MOST + 1):
            _check(url, hosts)
            with requests.Session() as session:
                session.trust_env = False  # no proxy and no .netrc of the machine
                with session.get(
                    url, auth=auth, timeout=(CONNECT_SECONDS, READ_SECONDS), stream=True, allow_redirects=False
                ) as answer:
                    if not answer.is_redirect:
                        return _content(answer, kinds, at_most)
                    url, auth, hosts = urljoin(url, answer.headers["Location"]), None, CONTENT_HOSTS
    except requests.RequestException as error:
        raise ChannelError("unreachable", permanent=False) from error
    raise MediaRefused("too_many_redirects")


def _check(url: str, hosts: frozenset[str]) -> None:
    parts = urlsplit(url)
    own = urlsplit(settings.TWILIO_BASE_URL)
    if own.netloc and (parts.scheme, parts.netloc) == (own.scheme, own.netloc):
        return
    if parts.scheme != "https" or parts.hostname not in hosts or parts.port not in (None, 443) or parts.username:
        raise MediaRefused("other_host")


def _content(answer: "requests.Response", kinds: tuple[str, ...], at_most: int) -> bytes:
    if answer.status_code >= 500 or answer.status_code == 429:
        raise ChannelError(str(answer.status_code), permanent=False)
    if answer.status_code != 200:
        raise ChannelError(str(answer.status_code), permanent=True)
    if not answer.headers.get("Content-Type", "").lower().startswith(kinds):
        raise MediaRefused("other_kind")
    pieces, size = [], 0
    for piece in answer.iter_content(PIECE):
        size += len(piece)
        if size > at_most:
            raise MediaRefused("too_large")
        pieces.append(piece)
    return b"".join(pieces)
