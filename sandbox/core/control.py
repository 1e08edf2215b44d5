"""The control API's own part: faults, log, mail, reset; and how its bodies are read."""

import json
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from sandbox.core.faults import FaultOrder
from sandbox.core.world import world_of

Model = TypeVar("Model", bound=BaseModel)


class ControlError(Exception):
    """Answered as {"error": text}."""

    def __init__(self, text: str, *, status: int = 400) -> None:
        super().__init__(text)
        self.status = status


async def answer_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ControlError)
    return JSONResponse({"error": str(error)}, status_code=error.status)


async def parsed(request: Request, model: type[Model]) -> Model:
    """The JSON body as `model`; ControlError says what doesn't fit."""
    try:
        return model.model_validate(json.loads(await request.body() or b"{}"))
    except ValidationError as error:
        wrong = (f"{'.'.join(map(str, e['loc'])) or 'body'}: {e['msg']}" for e in error.errors())
        raise ControlError("; ".join(wrong)) from error
    except ValueError as error:
        raise ControlError(f"the body is no JSON: {error}") from error


def whole_number(request: Request, name: str, default: int) -> int:
    try:
        return int(request.query_params.get(name, default))
    except ValueError:
        raise ControlError(f"{name} is a whole number") from None


async def order_fault(request: Request) -> JSONResponse:
    fault = world_of(request).faults.add(await parsed(request, FaultOrder))
    return JSONResponse(fault.as_json(), status_code=201)


async def list_faults(request: Request) -> JSONResponse:
    return JSONResponse({"faults": [fault.as_json() for fault in world_of(request).faults.ordered]})


async def delete_faults(request: Request) -> JSONResponse:
    identifier = request.path_params.get("id")
    return JSONResponse({"deleted": world_of(request).faults.remove(identifier)})


async def read_log(request: Request) -> JSONResponse:
    query = request.query_params
    entries = world_of(request).journal.newest_first(
        vendor=query.get("vendor", ""),
        path=query.get("path", ""),
        direction=query.get("direction", ""),
        after=whole_number(request, "after", 0),
        limit=whole_number(request, "limit", 200),
    )
    return JSONResponse({"entries": entries})


async def clear_log(request: Request) -> JSONResponse:
    world_of(request).journal.clear(request.query_params.get("vendor", ""))
    return JSONResponse({"ok": True})


async def read_complaints(request: Request) -> JSONResponse:
    """Requests that a vendor's own description does not allow, since the last reset."""
    return JSONResponse({"complaints": world_of(request).journal.complaints})


async def read_mail(request: Request) -> JSONResponse:
    """Newest first; `to` is any part of a recipient's address."""
    wanted = request.query_params.get("to", "").lower()
    mails = [
        mail
        for mail in reversed(world_of(request).store.all("mail"))
        if any(wanted in address.lower() for address in mail["to"])
    ]
    return JSONResponse({"mails": mails[: whole_number(request, "limit", 100)]})


async def clear_mail(request: Request) -> JSONResponse:
    world_of(request).store.clear("mail")
    return JSONResponse({"ok": True})


async def reset(request: Request) -> JSONResponse:
    """As new: nothing stored, nothing ordered, nothing logged."""
    world = world_of(request)
    await world.stop_tasks()
    world.store.reset()
    world.memory.clear()
    world.faults.remove()
    world.journal.clear()
    world.journal.complaints.clear()
    return JSONResponse({"ok": True})


routes = [
    Route("/faults", order_fault, methods=["POST"]),
    Route("/faults", list_faults, methods=["GET"]),
    Route("/faults", delete_faults, methods=["DELETE"]),
    Route("/faults/{id:int}", delete_faults, methods=["DELETE"]),
    Route("/log", read_log, methods=["GET"]),
    Route("/log", clear_log, methods=["DELETE"]),
    Route("/complaints", read_complaints, methods=["GET"]),
    Route("/mail", read_mail, methods=["GET"]),
    Route("/mail", clear_mail, methods=["DELETE"]),
    Route("/reset", reset, methods=["POST"]),
]
