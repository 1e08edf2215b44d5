"""The phone's page and what it asks. It sends through the control API, as a test does."""

import base64

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.core.world import world_of
from sandbox.pages.render import page
from sandbox.twilio.control import seen_by, whatsapp
from sandbox.twilio.delivery import mark_read

# Real-looking numbers that belong to nobody we know of; a patient can have any other.
PATIENTS = (("+447911123456", "Sam Patel"), ("+447911123457", "Maria Rossi"), ("+447911123458", "Tom Baker"))


async def phone(request: Request) -> Response:
    world = world_of(request)
    numbers = [number["number"].removeprefix("whatsapp:") for number in world.store.all("number")]
    return page(request, "phone.html", numbers=numbers, patients=PATIENTS)


async def screen(request: Request) -> Response:
    """What the phone shows now; `visible=1`: someone is looking, so what has arrived is read."""
    world, query = world_of(request), request.query_params
    patient, number = whatsapp(query.get("phone", "")), whatsapp(query.get("number", ""))
    shown = seen_by(world, patient, number)
    unread = [m["sid"] for m in shown["messages"] if m["by"] == "business" and m["status"] == "delivered"]
    if query.get("visible") == "1" and unread:
        world.spawn(mark_read(world, unread))
    return JSONResponse(shown)


async def picture(request: Request) -> Response:
    """A file as the patient sees it, without credentials."""
    found = world_of(request).store.get("media", request.path_params["sid"])
    if found is None:
        return Response(status_code=404)
    headers = {
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(base64.b64decode(found["content"]), media_type=found["content_type"], headers=headers)


routes = [
    Route("/phone/", phone),
    Route("/phone/screen", screen),
    Route("/phone/media/{sid}", picture),
]
