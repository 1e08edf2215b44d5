"""Signing up with Facebook: Meta's dialog, the exchange of its code, and the numbers that were allowed.

The official way is Meta's JavaScript SDK, which would have to be loaded from Meta into our pages; the same dialog is
also reached by a plain redirect. https://developers.facebook.com/docs/whatsapp/embedded-signup and
…/docs/facebook-login/guides/advanced/manual-flow
"""

import json
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.utils.crypto import salted_hmac

from conversations import connecting
from conversations.channels.base import ChannelError
from conversations.channels.meta.client import call
from conversations.models import Channel
from tenants.models import Business

DIALOG = "https://www.facebook.com"
NUMBER_FIELDS = "id,display_phone_number,verified_name,status"
MANAGES = "whatsapp_business_management"


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A number that could be connected."""

    phone_id: str
    account: str  # WhatsApp business account
    number: str  # as Meta shows it: "+1 631-555-5555"
    name: str
    registered: bool


def configured() -> bool:
    """Whether this server has an app of its own to sign up with."""
    return bool(settings.META_APP_ID and settings.META_APP_SECRET and settings.META_CONFIG_ID)


def redirect_uri() -> str:
    """To be entered in the app's Facebook Login settings, letter for letter."""
    return f"{settings.PUBLIC_ORIGIN}/connect/meta/"


def dialog_url(state: str) -> str:
    host = settings.META_BASE_URL.rstrip("/") or DIALOG
    query = {
        "client_id": settings.META_APP_ID,
        "config_id": settings.META_CONFIG_ID,
        "redirect_uri": redirect_uri(),
        "response_type": "code",
        "override_default_response_type": "true",
        "state": state,
        "extras": json.dumps({"setup": {}, "featureType": "whatsapp_business_app_onboarding"}),
    }
    return f"{host}/{settings.META_API_VERSION}/dialog/oauth?{urlencode(query)}"


def exchange(code: str) -> str:
    """The business's access token for a dialog's code. Raises ChannelError."""
    query = {
        "client_id": settings.META_APP_ID,
        "client_secret": settings.META_APP_SECRET,
        "redirect_uri": redirect_uri(),
        "code": code,
    }
    token = call("GET", "oauth/access_token", params=query).get("access_token")
    if not isinstance(token, str) or not token:
        raise ChannelError("strange_answer", permanent=False)
    return token


def offers(token: str) -> list[Offer]:
    """Every number that the token was given for. Raises ChannelError."""
    found = []
    for account in _accounts(token):
        rows = call("GET", f"{account}/phone_numbers", token=token, params={"fields": NUMBER_FIELDS}).get("data")
        found += [_offer(row, account) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return found


def offer_of(phone_id: str, account: str, token: str) -> Offer:
    """One that somebody named, if the token opens it and it is of that account. Raises ChannelError."""
    rows = call("GET", f"{account}/phone_numbers", token=token, params={"fields": NUMBER_FIELDS}).get("data")
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and row.get("id") == phone_id:
            return _offer(row, account)
    raise ChannelError("100", permanent=True)


def subscribe(account: str, token: str) -> None:
    """From now on our app hears of the account's messages. Raises ChannelError."""
    call("POST", f"{account}/subscribed_apps", token=token, json={})


def connect(business: Business, offer: Offer, *, token: str, signing_secret: str = "") -> Channel:
    """The channel and its route. Raises NumberRefused. A vendor call for a number that is not registered yet comes
    before it (`register`)."""
    details = connecting.Details(
        number=connecting.e164(offer.number, business.country),
        vendor_business=offer.account,
        secret=token,
        signing_secret=signing_secret,
    )
    return connecting.connect(business, kind="meta", address=offer.phone_id, details=details)


def register(offer: Offer, token: str) -> None:
    """Put a new number into service. Its PIN can be made again from its id, so nobody has to keep it. Raises
    ChannelError."""
    digest = salted_hmac("conversations.channels.meta.signup", offer.phone_id).hexdigest()
    pin = f"{int(digest, 16) % 10**6:06}"
    call("POST", f"{offer.phone_id}/register", token=token, json={"messaging_product": "whatsapp", "pin": pin})


def _accounts(token: str) -> list[str]:
    """The WhatsApp accounts that were ticked in the dialog."""
    own = f"{settings.META_APP_ID}|{settings.META_APP_SECRET}"
    said = call("GET", "debug_token", token=own, params={"input_token": token}).get("data")
    scopes = said.get("granular_scopes") if isinstance(said, dict) else None
    for each in scopes if isinstance(scopes, list) else []:
        if each.get("scope") == MANAGES:
            return [str(target) for target in each.get("target_ids") or []]
    return []


def _offer(row: dict[str, object], account: str) -> Offer:
    return Offer(
        phone_id=str(row.get("id", "")),
        account=account,
        number=str(row.get("display_phone_number", "")),
        name=str(row.get("verified_name", "")),
        registered=row.get("status") in ("CONNECTED", None),
    )
