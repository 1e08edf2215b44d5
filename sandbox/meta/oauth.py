"""Facebook Login for Business in small: the dialog, the exchange of its code, and what a token was given for.

https://developers.facebook.com/docs/whatsapp/embedded-signup
"""

import hmac
import secrets
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from sandbox.core.world import world_of
from sandbox.meta import accounts
from sandbox.meta.errors import MetaError

NEW_NUMBER = "+441134960900"  # Ofcom's: nobody's


async def dialog(request: Request) -> Response:
    """Consents at once, for the account of the newest number, which is made where there is none yet."""
    world, query = world_of(request), request.query_params
    if query.get("client_id") != world.options.meta_app[0] or not query.get("config_id"):
        return Response("Invalid App ID or configuration", status_code=400)
    numbers = world.store.all("meta_number") or [accounts.register(world, display=NEW_NUMBER)]
    code = secrets.token_urlsafe(24)
    world.memory.setdefault("meta.codes", {})[code] = (numbers[-1]["account"], query.get("redirect_uri"))
    back = {"state": query.get("state", ""), "code": code}
    return RedirectResponse(f"{query.get('redirect_uri')}?{urlencode(back)}", status_code=302)


async def access_token(request: Request) -> JSONResponse:
    world, query = world_of(request), request.query_params
    _own_app(request, query.get("client_id", ""), query.get("client_secret", ""))
    found = world.memory.get("meta.codes", {}).pop(query.get("code", ""), None)
    if found is None or found[1] != query.get("redirect_uri"):
        raise MetaError(100, "This authorization code has been used or does not fit the redirect_uri.")
    token = f"EAA{secrets.token_hex(24)}"
    world.store.put("meta_token", token, {"account": found[0]})
    return JSONResponse({"access_token": token, "token_type": "bearer"})


async def debug_token(request: Request) -> JSONResponse:
    """Called with the app's own token, "id|secret"."""
    scheme, _, own = request.headers.get("authorization", "").partition(" ")
    app, _, secret = own.partition("|")
    if scheme.lower() != "bearer":
        raise MetaError(190, "the app's own token is needed")
    _own_app(request, app, secret)
    known = world_of(request).store.get("meta_token", request.query_params.get("input_token", ""))
    if known is None:
        return JSONResponse({"data": {"is_valid": False, "granular_scopes": []}})
    scopes = [
        {"scope": scope, "target_ids": [known["account"]]}
        for scope in ("whatsapp_business_management", "whatsapp_business_messaging")
    ]
    return JSONResponse({"data": {"app_id": app, "is_valid": True, "granular_scopes": scopes}})


def _own_app(request: Request, app: str, secret: str) -> None:
    known = world_of(request).options.meta_app
    if not (hmac.compare_digest(app, known[0]) and hmac.compare_digest(secret, known[1])):
        raise MetaError(190, "Error validating client secret.")
