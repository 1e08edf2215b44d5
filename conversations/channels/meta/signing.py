"""Who may tell us something: `X-Hub-Signature-256` over the raw bytes, and the token of the verification request.

https://developers.facebook.com/docs/graph-api/webhooks/getting-started
"""

import hashlib
import hmac
import re
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.crypto import salted_hmac

from conversations.channels.base import SignatureRefused, WebhookRequest

if TYPE_CHECKING:
    from conversations.models import Channel

HEADER, SCHEME = "X-Hub-Signature-256", "sha256="
CHALLENGE = re.compile(r"[\w.-]{1,200}", re.ASCII)


def check(channel: "Channel | None", request: WebhookRequest) -> None:
    """Before anything of the body is read. Raises SignatureRefused."""
    secret = (channel.signing_secret if channel else "") or settings.META_APP_SECRET
    given = request.headers.get(HEADER, "")
    if not secret or not given.startswith(SCHEME):
        raise SignatureRefused("no secret or no signature")
    expected = hmac.new(secret.encode(), request.body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), given.removeprefix(SCHEME).encode()):
        raise SignatureRefused("wrong signature")


def challenge(channel: "Channel | None", request: WebhookRequest) -> str:
    """What Meta wants to hear back when our address is entered there. Raises SignatureRefused."""
    expected, given = verify_token(channel), request.query.get("hub.verify_token", "")
    said = request.query.get("hub.challenge", "")
    if request.query.get("hub.mode") != "subscribe" or not expected or not CHALLENGE.fullmatch(said):
        raise SignatureRefused("not a verification request")
    if not hmac.compare_digest(expected.encode(), given.encode()):
        raise SignatureRefused("wrong verify token")
    return said


def verify_token(channel: "Channel | None") -> str:
    """The platform's, or for a number with an app of its own one that is made of its id."""
    if channel is None or not channel.signing_secret:
        return str(settings.META_VERIFY_TOKEN)
    return salted_hmac("conversations.channels.meta", channel.address).hexdigest()[:32]


def webhook_address(channel: "Channel | None") -> str:
    """What to enter at Meta as callback URL: an app of one's own has an address of its own."""
    own = f"{channel.address}/" if channel is not None and channel.signing_secret else ""
    return f"{settings.PUBLIC_ORIGIN}/webhooks/meta/{own}"
