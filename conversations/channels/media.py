"""Fetching what a contact sent, from the vendor's own hosts only, small and of the kinds that were asked for.

Where a file is, and who may ask for it, is the adapter's to say (`open_media`). Credentials go to the vendor's API
alone and are left behind when it redirects.
"""

import time
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from conversations.channels.base import NOT_HERE, ChannelError, MediaPlace
from conversations.channels.registry import adapter_for

if TYPE_CHECKING:
    import requests

    from conversations.models import Channel

REDIRECTS_AT_MOST = 2
CONNECT_SECONDS, READ_SECONDS = 4.0, 10.0
WHOLE_SECONDS = 60.0  # however slowly it drips
PIECE = 64 * 1024


class MediaRefused(ChannelError):
    """It is not fetched: another host, too large, or of another kind than it said."""

    def __init__(self, code: str) -> None:
        super().__init__(code, permanent=True)


def fetch(channel: "Channel", reference: str, *, kinds: tuple[str, ...], at_most: int) -> bytes:
    """The file of a message, whose type begins with one of `kinds`, of `at_most` bytes. Raises ChannelError."""
    import requests

    try:
        place = adapter_for(channel.kind).open_media(channel, reference)
    except ChannelError as error:
        raise (MediaRefused("no_media_here") if error.code == NOT_HERE else error) from error
    plain = {"Accept-Encoding": "identity"}  # what is packed would be unpacked before its size is known
    url, headers, hosts = place.url, {**plain, **place.headers}, place.hosts
    try:
        for _ in range(REDIRECTS_AT_MOST + 1):
            _check(url, hosts, place)
            with requests.Session() as session:
                session.trust_env = False  # no proxy and no .netrc of the machine
                with session.get(
                    url, headers=headers, timeout=(CONNECT_SECONDS, READ_SECONDS), stream=True, allow_redirects=False
                ) as answer:
                    if not answer.is_redirect:
                        return _content(answer, kinds, at_most)
                    url, headers, hosts = urljoin(url, answer.headers["Location"]), plain, place.redirected_to
    except requests.RequestException as error:
        raise ChannelError("unreachable", permanent=False) from error
    raise MediaRefused("too_many_redirects")


def _check(url: str, hosts: frozenset[str], place: MediaPlace) -> None:
    parts = urlsplit(url)
    own = urlsplit(place.origin)
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
    if answer.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise MediaRefused("packed")
    pieces, size, begun = [], 0, time.monotonic()
    for piece in answer.iter_content(PIECE):
        size += len(piece)
        if size > at_most:
            raise MediaRefused("too_large")
        if time.monotonic() - begun > WHOLE_SECONDS:
            raise ChannelError("timeout", permanent=False)
        pieces.append(piece)
    return b"".join(pieces)
