"""A patient's phone, whichever vendor the business's number is at: the control API's `/patient/*`."""

import json

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from sandbox.core.control import ControlError
from sandbox.core.world import world_of
from sandbox.meta import accounts, patient
from sandbox.meta import delivery as meta_delivery
from sandbox.twilio import control as twilio


async def send(request: Request) -> JSONResponse:
    """Writes to the number in `to`: one of Meta's where it is known there, else one of Twilio's."""
    world = world_of(request)
    try:
        given = json.loads(await request.body() or b"{}")
    except ValueError:
        given = {}
    if isinstance(given, dict) and accounts.by_display(world, str(given.get("to"))) is not None:
        return await patient.send(request)
    return await twilio.send(request)


async def messages(request: Request) -> JSONResponse:
    world, query = world_of(request), request.query_params
    number = accounts.by_display(world, query.get("number", ""))
    if number is not None:
        return JSONResponse(patient.seen_by(world, query.get("phone", ""), number))
    return await twilio.patient_messages(request)


async def read(request: Request) -> JSONResponse:
    try:
        sids = json.loads(await request.body())["sids"]
    except (ValueError, KeyError, TypeError):
        raise ControlError("sids: the messages that were seen") from None
    world = world_of(request)
    await meta_delivery.mark_read(world, [each for each in sids if each.startswith("wamid.")])
    await twilio.mark_read(world, [each for each in sids if not each.startswith("wamid.")])
    return JSONResponse({"ok": True})


routes = [
    Route("/patient/send", send, methods=["POST"]),
    Route("/patient/read", read, methods=["POST"]),
    Route("/patient/messages", messages, methods=["GET"]),
]
