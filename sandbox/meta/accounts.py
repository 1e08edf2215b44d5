"""Apps, tokens, WhatsApp business accounts and their numbers.

Numbers are put there by the control API. A token opens the accounts that it was given for; the one of the command line
opens all of them.
"""

import hmac
import secrets
from datetime import UTC, datetime, timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse

from sandbox.core.state import Document
from sandbox.core.world import World, world_of
from sandbox.meta.errors import MetaError

WINDOW = timedelta(hours=24)
ALL = "*"


def authenticate(request: Request) -> str:
    """The account that the token opens, or ALL. Raises MetaError 190."""
    world = world_of(request)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise MetaError(190, "An access token is required to request this resource.")
    if hmac.compare_digest(token, world.options.meta_token):
        return ALL
    known = world.store.get("meta_token", token)
    if known is None:
        raise MetaError(190, "Invalid OAuth access token.")
    return str(known["account"])


def own_number(request: Request) -> Document:
    """The number of the path, if the token opens it."""
    opened = authenticate(request)
    number = world_of(request).store.get("meta_number", request.path_params["id"])
    if number is None or opened not in (ALL, number["account"]):
        raise MetaError(100, "Unsupported request: the object does not exist or cannot be loaded.")
    return number


def own_account(request: Request) -> str:
    account, opened = str(request.path_params["id"]), authenticate(request)
    known = any(each["account"] == account for each in world_of(request).store.all("meta_number"))
    if not known or opened not in (ALL, account):
        raise MetaError(100, "Unsupported request: the object does not exist or cannot be loaded.")
    return account


def register(world: World, *, display: str, number: str = "", account: str = "", webhook: str = "") -> Document:
    """A number by its E.164 display form; the same one again is changed."""
    known = by_display(world, display) or {}
    number = number or known.get("id") or str(10**14 + secrets.randbelow(10**14))
    document = {
        "id": number,
        "account": account or known.get("account") or str(10**14 + secrets.randbelow(10**14)),
        "display": display,
        "webhook": webhook or known.get("webhook", ""),
        "subscribed": known.get("subscribed", False),
        "status": known.get("status", "CONNECTED"),
    }
    return world.store.put("meta_number", number, document)


def by_display(world: World, number: str) -> Document | None:
    """By its id or its phone number."""
    wanted = number.removeprefix("whatsapp:")
    return next((each for each in world.store.all("meta_number") if wanted in (each["id"], each["display"])), None)


def open_window(world: World, number: str, patient: str, hours_ago: float = 0) -> None:
    moment = datetime.now(UTC) - timedelta(hours=hours_ago)
    world.store.put("meta_window", f"{number}|{patient}", {"last_inbound": moment.isoformat()})


def window_is_open(world: World, number: str, patient: str) -> bool:
    window = world.store.get("meta_window", f"{number}|{patient}")
    return window is not None and datetime.now(UTC) - datetime.fromisoformat(window["last_inbound"]) < WINDOW


async def show_number(request: Request) -> JSONResponse:
    return JSONResponse(_shown(own_number(request)))


async def list_numbers(request: Request) -> JSONResponse:
    account = own_account(request)
    rows = [_shown(each) for each in world_of(request).store.all("meta_number") if each["account"] == account]
    return JSONResponse({"data": rows, "paging": {"cursors": {"after": "MA"}}})


async def register_number(request: Request) -> JSONResponse:
    number = own_number(request)
    given = await request.json()
    pin = str(given.get("pin", ""))
    if given.get("messaging_product") != "whatsapp" or not (pin.isdecimal() and len(pin) == 6):
        raise MetaError(100, "pin: six digits")
    world_of(request).store.put("meta_number", number["id"], {**number, "status": "CONNECTED"})
    return JSONResponse({"success": True})


async def subscriptions(request: Request) -> JSONResponse:
    """Which apps hear of an account: GET, or POST to hear of it."""
    account, world = own_account(request), world_of(request)
    rows = [each for each in world.store.all("meta_number") if each["account"] == account]
    if request.method == "POST":
        for each in rows:
            world.store.put("meta_number", each["id"], {**each, "subscribed": True})
        return JSONResponse({"success": True})
    app = {"id": world.options.meta_app[0], "name": "Sandbox app", "link": "https://www.facebook.com/games/"}
    heard = [{"whatsapp_business_api_data": app}] if any(each["subscribed"] for each in rows) else []
    return JSONResponse({"data": heard})


def _shown(number: Document) -> Document:
    return {
        "id": number["id"],
        "display_phone_number": number["display"],
        "verified_name": "Sandbox business",
        "quality_rating": "GREEN",
        "code_verification_status": "VERIFIED",
        "status": number["status"],
    }
