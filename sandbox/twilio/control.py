"""Twilio's part of the control API: numbers, patients, statuses."""

import re
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from sandbox.core.control import ControlError, parsed
from sandbox.core.state import Document
from sandbox.core.world import World, world_of
from sandbox.twilio import delivery, numbers, patient
from sandbox.twilio.delivery import mark_read
from sandbox.twilio.messages import resource
from sandbox.twilio.patient import type_of
from sandbox.twilio.senders import is_typing

__all__ = ["mark_read"]


class NumberSetting(BaseModel):
    model_config = ConfigDict(extra="forbid")
    number: str
    webhook: str | None = None
    account_sid: str | None = None


class Pair(BaseModel):
    """A patient ("from") and a business number ("to")."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    patient: str = Field(alias="from")
    number: str = Field(alias="to")
    hours_ago: float = 0
    opted_out: bool = True


class Replay(BaseModel):
    model_config = ConfigDict(extra="forbid")
    sid: str
    times: int = Field(default=1, ge=1, le=100)
    same_token: bool = False
    forged_signature: str | None = None


class Callback(BaseModel):
    """`store` false sends the callback without changing the message: an out-of-order or late one."""

    model_config = ConfigDict(extra="forbid")
    sid: str
    status: str
    error_code: int | None = None
    store: bool = True


class Holding(BaseModel):
    model_config = ConfigDict(extra="forbid")
    hold: bool


class Approval(BaseModel):
    model_config = ConfigDict(extra="forbid")
    sid: str
    status: str


def whatsapp(text: str) -> str:
    """ "+44…" or "whatsapp:+44…", as the latter."""
    address = text if text.startswith("whatsapp:") else f"whatsapp:{text}"
    if not numbers.is_address(address):
        raise ControlError(f"{text!r} is no WhatsApp address")
    return address


async def list_numbers(request: Request) -> JSONResponse:
    world = world_of(request)
    return JSONResponse({"numbers": world.store.all("number"), "default_webhook": world.options.webhook})


async def set_number(request: Request) -> JSONResponse:
    world, given = world_of(request), await parsed(request, NumberSetting)
    account = given.account_sid or next(iter(world.options.twilio_accounts))
    if account not in world.options.twilio_accounts:
        raise ControlError(f"the sandbox was not started with --twilio-account {account}:…")
    return JSONResponse(numbers.register(world, whatsapp(given.number), account, given.webhook))


async def set_window(request: Request) -> JSONResponse:
    world, pair = world_of(request), await parsed(request, Pair)
    number, writer = whatsapp(pair.number), whatsapp(pair.patient)
    numbers.open_window(world, number, writer, pair.hours_ago)
    return JSONResponse({"open": numbers.window_is_open(world, number, writer)})


async def set_opt_out(request: Request) -> JSONResponse:
    world, pair = world_of(request), await parsed(request, Pair)
    numbers.set_opt_out(world, whatsapp(pair.number), whatsapp(pair.patient), pair.opted_out)
    return JSONResponse({"opted_out": pair.opted_out})


async def send(request: Request) -> JSONResponse:
    given = await parsed(request, patient.PatientMessage)
    try:
        return JSONResponse(await patient.send(world_of(request), given))
    except ValueError as error:
        raise ControlError(str(error)) from error


async def replay(request: Request) -> JSONResponse:
    world, given = world_of(request), await parsed(request, Replay)
    document = _message(world, given.sid)
    if document["direction"] != "inbound":
        raise ControlError(f"{given.sid} was not sent by a patient")
    answer = await patient.deliver(
        world,
        document,
        times=given.times,
        same_token=given.same_token,
        forged_signature=given.forged_signature,
    )
    return JSONResponse(answer)


async def callback(request: Request) -> JSONResponse:
    """A status callback out of its order."""
    world, given = world_of(request), await parsed(request, Callback)
    document = _message(world, given.sid)
    if given.error_code:
        document = world.store.put(
            "message", given.sid, {**document, "failure": given.error_code, "error_code": given.error_code}
        )
    if given.store:
        answer = await delivery.set_status(world, given.sid, given.status)
    elif document["status_callback"]:
        answer = await delivery.send_callback(world, document, given.status)
    else:
        raise ControlError(f"{given.sid} was created without a StatusCallback")
    return JSONResponse({"status": answer.status if answer else None})


async def hold(request: Request) -> JSONResponse:
    """While held, new messages stay queued; letting go delivers them."""
    world, given = world_of(request), await parsed(request, Holding)
    world.memory[delivery.HOLD] = given.hold
    if not given.hold:
        delivery.resume_deliveries(world)
    return JSONResponse({"hold": given.hold})


async def approve(request: Request) -> JSONResponse:
    world, given = world_of(request), await parsed(request, Approval)
    document = world.store.get("content", given.sid)
    if document is None:
        raise ControlError(f"no content {given.sid}", status=404)
    approval = {**(document["approval"] or {"name": "", "category": "UTILITY"}), "status": given.status}
    world.store.put("content", given.sid, {**document, "approval": approval})
    return JSONResponse({"sid": given.sid, "status": given.status})


async def patient_messages(request: Request) -> JSONResponse:
    """What a patient's phone shows, oldest first: what they wrote, and what reached them."""
    query = request.query_params
    if "phone" not in query:
        raise ControlError("which phone? ?phone=+44…[&number=+44…]")
    number = whatsapp(query["number"]) if query.get("number") else None
    return JSONResponse(seen_by(world_of(request), whatsapp(query["phone"]), number))


def seen_by(world: World, phone: str, number: str | None) -> dict[str, Any]:
    """Messages between a patient and one number (or all numbers). Failed ones never reached the patient."""
    shown = [
        _for_phone(world, message)
        for message in world.store.all("message")
        if (message["from"] == phone and message["direction"] == "inbound" and number in (None, message["to"]))
        or (message["to"] == phone and message["direction"] != "inbound" and number in (None, message["from"]))
    ]
    typing = number is not None and is_typing(world, number, phone)
    return {"messages": shown, "typing": typing}


def _for_phone(world: World, message: Document) -> dict[str, Any]:
    received = message["direction"] != "inbound"
    shown = resource(message)
    return {
        "sid": message["sid"],
        "by": "business" if received else "patient",
        "business": message["from"] if received else message["to"],
        "body": message["body"],
        "status": message["status"],
        "error_code": message["error_code"],
        "time": message["created"],
        "reached": not received or message["status"] in ("sent", "delivered", "read"),
        "content": message["rendered"],
        "media": message["media"],
        "webhook_status": message.get("webhook_status"),
        "num_media": int(shown["num_media"]),
        "fields": {k: v for k, v in message.get("form", {}).items() if k in SHOWN_FIELDS} or _sent(world, message),
    }


def _sent(world: World, message: Document) -> dict[str, str]:
    """What a message of the business shows: its file's kind, or a place."""
    files = [world.store.get("media", sid) for sid in message["media"]]
    if files and files[0] is not None:
        return {"MessageType": type_of(files[0]["content_type"])}
    place = re.fullmatch(r"geo:([-\d.]+),([-\d.]+)(?:\|.*)?", message.get("action") or "")
    return {"MessageType": "location", "Latitude": place[1], "Longitude": place[2]} if place else {}


SHOWN_FIELDS = {"MessageType", "ButtonText", "ButtonPayload", "ListId", "ListTitle", "Latitude", "Longitude"}


def _message(world: World, sid: str) -> Document:
    document = world.store.get("message", sid)
    if document is None:
        raise ControlError(f"no message {sid}", status=404)
    return document


routes = [
    Route("/twilio/numbers", list_numbers, methods=["GET"]),
    Route("/twilio/numbers", set_number, methods=["POST"]),
    Route("/twilio/window", set_window, methods=["POST"]),
    Route("/twilio/opt-out", set_opt_out, methods=["POST"]),
    Route("/twilio/callback", callback, methods=["POST"]),
    Route("/twilio/hold", hold, methods=["POST"]),
    Route("/twilio/approval", approve, methods=["POST"]),
    Route("/patient/replay", replay, methods=["POST"]),
]
