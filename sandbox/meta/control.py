"""Meta's part of the control API: numbers, windows, statuses, reviews, and any webhook as a test wants it."""

import asyncio
import time
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from sandbox.core.control import ControlError, parsed
from sandbox.core.state import Document
from sandbox.core.world import World, world_of
from sandbox.meta import accounts, delivery
from sandbox.meta.messages import new_id
from sandbox.meta.patient import address
from sandbox.meta.webhooks import payload_of, post, value_of


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class NumberSetting(Strict):
    """A number by its phone ("+44…"); `id` and `account` are made up when they are not given."""

    number: str
    id: str = ""
    account: str = ""
    webhook: str = ""
    status: str = "CONNECTED"


class Window(Strict):
    patient: str = Field(alias="from")
    number: str = Field(alias="to")
    hours_ago: float = 0


class StatusOrder(Strict):
    """`store` false tells it without changing the message: late or out-of-order news."""

    id: str
    status: str
    code: int | None = None
    store: bool = True


class Holding(Strict):
    hold: bool


class Review(Strict):
    """What WhatsApp says of a template; without an id, of all that come."""

    id: str = ""
    status: str
    reason: str = "NONE"


class Echo(Strict):
    """The owner answers on the WhatsApp Business app of their phone."""

    number: str
    to: str
    text: str = "I'll see to it."


class Moving(Strict):
    """A patient changes their number."""

    number: str
    patient: str = Field(alias="from")
    new: str


class Batch(Strict):
    """Any payload at all, signed with the app's secret or the given one, `times` at once."""

    payload: Any
    url: str = ""
    secret: str = ""
    forged_signature: str | None = None
    times: int = Field(default=1, ge=1, le=100)


def _number(world: World, text: str) -> Document:
    found = accounts.by_display(world, text)
    if found is None:
        raise ControlError(f"no number {text}: POST /control/meta/numbers first", status=404)
    return found


async def set_number(request: Request) -> JSONResponse:
    world, given = world_of(request), await parsed(request, NumberSetting)
    found = accounts.register(
        world, display=given.number, number=given.id, account=given.account, webhook=given.webhook
    )
    return JSONResponse(world.store.put("meta_number", found["id"], {**found, "status": given.status}))


async def set_window(request: Request) -> JSONResponse:
    world, given = world_of(request), await parsed(request, Window)
    number, patient = _number(world, given.number)["id"], address(given.patient)
    accounts.open_window(world, number, patient, given.hours_ago)
    return JSONResponse({"open": accounts.window_is_open(world, number, patient)})


async def hold(request: Request) -> JSONResponse:
    """While held, what is taken stays without news; letting go delivers it."""
    world, given = world_of(request), await parsed(request, Holding)
    world.memory[delivery.HOLD] = given.hold
    if not given.hold:
        delivery.resume(world)
    return JSONResponse({"hold": given.hold})


async def status(request: Request) -> JSONResponse:
    world, given = world_of(request), await parsed(request, StatusOrder)
    if world.store.get("meta_message", given.id) is None:
        raise ControlError(f"no message {given.id}", status=404)
    answer = await delivery.tell(world, given.id, given.status, code=given.code, store=given.store)
    return JSONResponse({"status": answer.status})


async def review(request: Request) -> JSONResponse:
    world, given = world_of(request), await parsed(request, Review)
    if not given.id:
        world.memory["meta.review"] = given.status
        return JSONResponse({"status": given.status})
    document = world.store.get("meta_template", given.id)
    if document is None:
        raise ControlError(f"no template {given.id}", status=404)
    changed = {**document, "status": given.status, "rejected_reason": given.reason}
    world.store.put("meta_template", given.id, changed)
    return JSONResponse({"id": given.id, "status": given.status})


async def echo(request: Request) -> JSONResponse:
    world, given = world_of(request), await parsed(request, Echo)
    number = _number(world, given.number)
    item = {
        "from": number["display"].removeprefix("+"),
        "to": address(given.to),
        "id": new_id(),
        "timestamp": str(int(time.time())),
        "type": "text",
        "text": {"body": given.text},
    }
    payload = payload_of([(number, "smb_message_echoes", value_of(number, message_echoes=[item]))])
    answer = await post(world, payload, url=number["webhook"])
    return JSONResponse({"id": item["id"], "status": answer.status})


async def move(request: Request) -> JSONResponse:
    world, given = world_of(request), await parsed(request, Moving)
    number, old, new = _number(world, given.number), address(given.patient), address(given.new)
    item = {
        "from": old,
        "id": new_id(),
        "timestamp": str(int(time.time())),
        "type": "system",
        "system": {"body": f"User changed from {old} to {new}", "wa_id": new, "type": "user_changed_number"},
    }
    payload = payload_of([(number, "messages", value_of(number, messages=[item]))])
    answer = await post(world, payload, url=number["webhook"])
    return JSONResponse({"status": answer.status})


async def batch(request: Request) -> JSONResponse:
    world, given = world_of(request), await parsed(request, Batch)
    answers = await asyncio.gather(
        *(
            post(world, given.payload, url=given.url, secret=given.secret, forged_signature=given.forged_signature)
            for _ in range(given.times)
        )
    )
    return JSONResponse({"statuses": [each.status for each in answers]})


async def list_messages(request: Request) -> JSONResponse:
    """What Meta was given, oldest first."""
    rows = world_of(request).store.all("meta_message")
    return JSONResponse({"messages": [each for each in rows if each["direction"] == "out"]})


routes = [
    Route("/meta/numbers", set_number, methods=["POST"]),
    Route("/meta/window", set_window, methods=["POST"]),
    Route("/meta/hold", hold, methods=["POST"]),
    Route("/meta/status", status, methods=["POST"]),
    Route("/meta/review", review, methods=["POST"]),
    Route("/meta/echo", echo, methods=["POST"]),
    Route("/meta/move", move, methods=["POST"]),
    Route("/meta/batch", batch, methods=["POST"]),
    Route("/meta/messages", list_messages, methods=["GET"]),
]
