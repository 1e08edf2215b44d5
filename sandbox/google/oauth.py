"""Consent page, tokens, revocation, user info. https://developers.google.com/identity/protocols/oauth2/web-server."""

import base64
import hashlib
import hmac
import secrets
import time
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from sandbox.core.state import Document
from sandbox.core.world import World, world_of
from sandbox.google.accounts import ensure_accounts
from sandbox.google.errors import GoogleError, OAuthError
from sandbox.pages.render import page

LIFETIME_SECONDS = 3599
CODE_SECONDS = 600
KNOWN = frozenset(
    {
        "client_id",
        "redirect_uri",
        "response_type",
        "scope",
        "state",
        "access_type",
        "prompt",
        "include_granted_scopes",
        "login_hint",
        "code_challenge",
        "code_challenge_method",
        "hd",
        "nonce",
        "enable_granular_consent",
    }
)


async def consent(request: Request) -> Response:
    """The page where the calendar's owner allows or denies."""
    query = request.query_params
    problem = _problem(world_of(request), query)
    if problem:
        return page(request, "google_refused.html", status=400, problem=problem)
    target = urlsplit(query["redirect_uri"])
    return page(
        request,
        "google_consent.html",
        form_action=f"{target.scheme}://{target.netloc}",
        accounts=ensure_accounts(world_of(request)),
        hint=query.get("login_hint", ""),
        scopes=query["scope"].split(),
        client=query["client_id"],
        query=str(query),
    )


async def decide(request: Request) -> Response:
    """Back to the product, with a code or with access_denied."""
    world, query = world_of(request), request.query_params
    problem = _problem(world, query)
    form = await request.form()
    account = world.store.get("account", str(form.get("account", "")))
    if problem or (account is None and form.get("decision") == "allow"):
        return page(request, "google_refused.html", status=400, problem=problem or "Choose an account.")
    answer = {"state": query["state"]} if "state" in query else {}
    if form.get("decision") == "allow":
        assert account is not None
        answer |= {"code": _new_code(world, query, account), "scope": query["scope"]}
    else:
        answer["error"] = "access_denied"
    return RedirectResponse(f"{query['redirect_uri']}?{urlencode(answer)}", status_code=302)


def _problem(world: World, query: QueryParams) -> str | None:
    unknown = sorted(set(query) - KNOWN)
    if unknown:
        return f"Error 400: invalid_request. Unknown parameter: {', '.join(unknown)}"
    if query.get("client_id") not in world.options.google_clients:
        return "Error 401: invalid_client. The OAuth client was not found."
    if query.get("response_type") != "code":
        return "Error 400: unsupported_response_type. This server plays response_type=code."
    if urlsplit(query.get("redirect_uri", "")).scheme not in ("http", "https"):
        return "Error 400: redirect_uri_mismatch."
    if not query.get("scope"):
        return "Error 400: invalid_request. Missing required parameter: scope"
    return None


def _new_code(world: World, query: QueryParams, account: Document) -> str:
    code = "4/" + secrets.token_urlsafe(32)
    grant = f"{query['client_id']} {account['email']}"
    # Google gives a refresh token only for offline access, at the first consent or when asked again.
    first = world.store.get("grant", grant) is None
    document = {
        "client_id": query["client_id"],
        "redirect_uri": query["redirect_uri"],
        "scope": query["scope"],
        "email": account["email"],
        "challenge": query.get("code_challenge"),
        "plain": query.get("code_challenge_method", "plain") == "plain",
        "offline": query.get("access_type") == "offline" and (first or "consent" in query.get("prompt", "")),
        "nonce": query.get("nonce"),
        "expires": time.time() + CODE_SECONDS,
    }
    world.store.put("grant", grant, {})
    world.store.put("code", code, document)
    return code


async def token(request: Request) -> JSONResponse:
    world, form = world_of(request), await request.form()
    client = _client(world, request, form)
    if form.get("grant_type") == "authorization_code":
        return JSONResponse(_exchange(world, client, form))
    if form.get("grant_type") == "refresh_token":
        return JSONResponse(_refresh(world, client, str(form.get("refresh_token", ""))))
    raise OAuthError("unsupported_grant_type", f"Invalid grant_type: {form.get('grant_type', '')}")


def _client(world: World, request: Request, form: FormData) -> str:
    client, secret = str(form.get("client_id", "")), str(form.get("client_secret", ""))
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        client, _, secret = base64.b64decode(encoded).decode().partition(":")
    known = world.options.google_clients.get(client)
    if known is None:
        raise OAuthError("invalid_client", "The OAuth client was not found.", status=401)
    if not hmac.compare_digest(known, secret):
        raise OAuthError("invalid_client", "Unauthorized", status=401)
    return client


def _exchange(world: World, client: str, form: FormData) -> dict[str, Any]:
    code = str(form.get("code", ""))
    granted = world.store.get("code", code)
    world.store.delete("code", code)  # once, whatever the outcome
    if granted is None or granted["client_id"] != client or granted["expires"] < time.time():
        raise OAuthError("invalid_grant", "Malformed auth code.")
    if form.get("redirect_uri") != granted["redirect_uri"]:
        raise OAuthError("redirect_uri_mismatch", "Bad Request")
    if granted["challenge"] and not _verifies(granted, str(form.get("code_verifier", ""))):
        raise OAuthError("invalid_grant", "Invalid code verifier.")
    answer = _access(world, granted["email"], granted["scope"], client, granted["nonce"])
    if granted["offline"]:
        refresh = "1//" + secrets.token_urlsafe(40)
        holder = {"client_id": client, "email": granted["email"], "scope": granted["scope"]}
        world.store.put("refresh", refresh, holder)
        answer["refresh_token"] = refresh
    return answer


def grant_directly(world: World, client: str, email: str, scope: str) -> dict[str, Any]:
    """What the token endpoint answers after a consent."""
    refresh = "1//" + secrets.token_urlsafe(40)
    world.store.put("refresh", refresh, {"client_id": client, "email": email, "scope": scope})
    return {**_access(world, email, scope, client, None), "refresh_token": refresh}


def _verifies(granted: Document, verifier: str) -> bool:
    if granted["plain"]:
        return bool(granted["challenge"] == verifier)
    digest = hashlib.sha256(verifier.encode()).digest()
    return bool(granted["challenge"] == base64.urlsafe_b64encode(digest).rstrip(b"=").decode())


def _refresh(world: World, client: str, refresh: str) -> dict[str, Any]:
    holder = world.store.get("refresh", refresh)
    if holder is None or holder["client_id"] != client:
        raise OAuthError("invalid_grant", "Token has been expired or revoked.")
    return _access(world, holder["email"], holder["scope"], client, None)


def _access(world: World, email: str, scope: str, client: str, nonce: str | None) -> dict[str, Any]:
    value = "ya29." + secrets.token_urlsafe(40)
    document = {"email": email, "scope": scope, "client_id": client, "expires": time.time() + LIFETIME_SECONDS}
    world.store.put("access", value, document)
    answer = {"access_token": value, "expires_in": LIFETIME_SECONDS, "scope": scope, "token_type": "Bearer"}
    if "openid" in scope.split():
        answer["id_token"] = _id_token(world, email, client, nonce)
    return answer


def _id_token(world: World, email: str, client: str, nonce: str | None) -> str:
    issued = int(time.time())
    claims = {
        "iss": "https://accounts.google.com",
        "aud": client,
        "azp": client,
        "sub": subject(email),
        "email": email,
        "email_verified": True,
        "iat": issued,
        "exp": issued + LIFETIME_SECONDS,
    }
    if nonce:
        claims["nonce"] = nonce
    return jwt.encode(claims, _key(world), algorithm="RS256", headers={"kid": "sandbox"})


def _key(world: World) -> rsa.RSAPrivateKey:
    key = world.memory.setdefault("google.key", None) or rsa.generate_private_key(65537, 2048)
    world.memory["google.key"] = key
    return key


async def certificates(request: Request) -> JSONResponse:
    """The public key of the id tokens, as a JWK set."""
    public = jwt.algorithms.RSAAlgorithm.to_jwk(_key(world_of(request)).public_key(), as_dict=True)
    return JSONResponse({"keys": [{**public, "kid": "sandbox", "alg": "RS256", "use": "sig"}]})


def subject(email: str) -> str:
    """Google's numeric user id: the same for the same account."""
    return str(int(hashlib.sha256(email.encode()).hexdigest()[:17], 16))


async def revoke(request: Request) -> Response:
    form = await request.form()
    value = str(form.get("token") or request.query_params.get("token", ""))
    store = world_of(request).store
    holder = store.get("refresh", value) or store.get("access", value)
    if holder is None:
        raise OAuthError("invalid_token", "Token expired or revoked")
    revoke_account(world_of(request), holder["email"], holder["client_id"])
    return JSONResponse({})


def revoke_account(world: World, email: str, client: str | None = None) -> int:
    """Ends every token of an account, as its owner would in the Google account; how many ended."""
    ended = 0
    for kind in ("refresh", "access"):
        for value, holder in world.store.items(kind):
            if holder["email"] == email and client in (None, holder["client_id"]):
                ended += world.store.delete(kind, value)
    for grant, _ in world.store.items("grant"):
        if grant.endswith(f" {email}"):
            world.store.delete("grant", grant)
    return ended


def bearer(request: Request) -> Document:
    """The access token's holder: {"email", "scope"}; 401 as the Calendar API answers."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    holder = world_of(request).store.get("access", value) if scheme.lower() == "bearer" else None
    if holder is None or holder["expires"] < time.time():
        where = {"locationType": "header", "location": "Authorization"}
        raise GoogleError(401, "authError", "Invalid Credentials", **where)
    return holder


async def user_info(request: Request) -> JSONResponse:
    holder = bearer(request)
    if not {"openid", "email", "https://www.googleapis.com/auth/userinfo.email"} & set(holder["scope"].split()):
        raise GoogleError(403, "insufficientPermissions", "Request had insufficient authentication scopes.")
    email = holder["email"]
    return JSONResponse({"id": subject(email), "sub": subject(email), "email": email, "verified_email": True})
