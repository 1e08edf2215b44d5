"""What a "check this number" button asks: phone numbers, WhatsApp senders; and the typing indicator."""

import time

from starlette.requests import Request
from starlette.responses import JSONResponse

from sandbox.core.state import Document
from sandbox.core.world import World, world_of
from sandbox.twilio import numbers, parameters
from sandbox.twilio.accounts import authenticate
from sandbox.twilio.content import json_object
from sandbox.twilio.errors import not_found, refused
from sandbox.twilio.wire import listed, listed_with_meta, rfc2822

TYPING_SECONDS = 25


async def list_numbers(request: Request) -> JSONResponse:
    account = authenticate(request)
    query = request.query_params
    parameters.check(query, parameters.NUMBER_LIST, "IncomingPhoneNumber.list")
    found = [
        _number_resource(world_of(request), document)
        for document in _own_numbers(request, account)
        if query.get("PhoneNumber", "") in _plain(document)
    ]
    path = f"/2010-04-01/Accounts/{account}/IncomingPhoneNumbers.json"
    return JSONResponse(listed(request, path, "incoming_phone_numbers", found))


async def list_senders(request: Request) -> JSONResponse:
    account = authenticate(request)
    parameters.check(request.query_params, parameters.SENDER_LIST, "ChannelsSender.list")
    if request.query_params.get("Channel") != "whatsapp":
        raise refused("senders are listed with Channel=whatsapp")
    world = world_of(request)
    found = [_sender_resource(world, document) for document in _own_numbers(request, account)]
    return JSONResponse(listed_with_meta(request, f"{world.base}/twilio/v2/Channels/Senders", "senders", found))


async def fetch_sender(request: Request) -> JSONResponse:
    return JSONResponse(_sender_resource(world_of(request), _own_sender(request)))


async def update_sender(request: Request) -> JSONResponse:
    """Sets the webhook of a sender."""
    document = _own_sender(request)
    given = await json_object(request)
    parameters.check(given, parameters.SENDER_UPDATE, "ChannelsSender.update")
    world = world_of(request)
    webhook = (given.get("webhook") or {}).get("callback_url") or document["webhook"]
    changed = numbers.register(world, document["number"], document["account_sid"], webhook)
    return JSONResponse({**_sender_resource(world, changed), "status": "ONLINE:UPDATING"}, status_code=202)


async def show_typing(request: Request) -> JSONResponse:
    """ "typing…" at the patient's, and the message counts as read."""
    account = authenticate(request)
    form = await request.form()
    parameters.check(form, parameters.TYPING, "TypingIndicator.create")
    world = world_of(request)
    message = world.store.get("message", str(form.get("messageId", "")))
    if form.get("channel") != "whatsapp":
        raise refused("channel is whatsapp")
    if message is None or message["account_sid"] != account or message["direction"] != "inbound":
        raise not_found(request)
    world.memory[_typing_key(message["to"], message["from"])] = time.monotonic() + TYPING_SECONDS
    return JSONResponse({"success": True})


def is_typing(world: World, number: str, patient: str) -> bool:
    return bool(world.memory.get(_typing_key(number, patient), 0) > time.monotonic())


def stop_typing(world: World, number: str, patient: str) -> None:
    world.memory.pop(_typing_key(number, patient), None)


def _typing_key(number: str, patient: str) -> str:
    return f"twilio.typing {number} {patient}"


def _own_numbers(request: Request, account: str) -> list[Document]:
    return [d for d in world_of(request).store.all("number") if d["account_sid"] == account]


def _own_sender(request: Request) -> Document:
    for document in _own_numbers(request, authenticate(request)):
        if document["sender_sid"] == request.path_params["sid"]:
            return document
    raise not_found(request)


def _plain(document: Document) -> str:
    return str(document["number"]).removeprefix("whatsapp:")


def _number_resource(world: World, document: Document) -> Document:
    account, sid = document["account_sid"], document["sid"]
    return {
        "sid": sid,
        "account_sid": account,
        "friendly_name": _plain(document),
        "phone_number": _plain(document),
        "api_version": "2010-04-01",
        "beta": False,
        "capabilities": {"voice": False, "sms": True, "mms": True, "fax": False},
        "date_created": rfc2822(document["created"]),
        "date_updated": rfc2822(document["created"]),
        "sms_url": numbers.webhook_of(world, document),
        "sms_method": "POST",
        "status": "in-use",
        "uri": f"/2010-04-01/Accounts/{account}/IncomingPhoneNumbers/{sid}.json",
    }


def _sender_resource(world: World, document: Document) -> Document:
    sid = document["sender_sid"]
    return {
        "sid": sid,
        "sender_id": document["number"],
        "status": "ONLINE",
        "webhook": {"callback_url": numbers.webhook_of(world, document), "callback_method": "POST"},
        "profile": {"name": "Sandbox sender"},
        "properties": {"quality_rating": "HIGH", "messaging_limit": "10K Customers/24hr"},
        "offline_reasons": None,
        "url": f"{world.base}/twilio/v2/Channels/Senders/{sid}",
    }
