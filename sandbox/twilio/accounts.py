"""Who calls: HTTP Basic with an account's SID and auth token."""

import base64
import binascii
import hmac

from starlette.requests import Request
from starlette.responses import JSONResponse

from sandbox.core.world import world_of
from sandbox.twilio.errors import TwilioError
from sandbox.twilio.wire import rfc2822

STARTED = "2026-01-05T09:00:00+00:00"


def authenticate(request: Request) -> str:
    """The calling account's SID; the path's account has to be the same one."""
    sid, token = _credentials(request)
    known = world_of(request).options.twilio_accounts.get(sid)
    wrong_path = request.path_params.get("account", sid) != sid
    if known is None or not hmac.compare_digest(known, token) or wrong_path:
        raise TwilioError(20003, status=401)
    return sid


def _credentials(request: Request) -> tuple[str, str]:
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        raise TwilioError(20003, status=401)
    try:
        sid, _, token = base64.b64decode(encoded).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise TwilioError(20003, status=401) from None
    return sid, token


async def fetch(request: Request) -> JSONResponse:
    """What a product asks to check credentials."""
    sid = authenticate(request)
    uri = f"/2010-04-01/Accounts/{sid}"
    return JSONResponse(
        {
            "auth_token": world_of(request).options.twilio_accounts[sid],
            "date_created": rfc2822(STARTED),
            "date_updated": rfc2822(STARTED),
            "friendly_name": "Sandbox account",
            "owner_account_sid": sid,
            "sid": sid,
            "status": "active",
            "subresource_uris": {
                "messages": f"{uri}/Messages.json",
                "incoming_phone_numbers": f"{uri}/IncomingPhoneNumbers.json",
            },
            "type": "Full",
            "uri": f"{uri}.json",
        }
    )
