"""The phone's page and what it asks. It sends through the control API, as a test does."""

import base64

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.core.world import world_of
from sandbox.meta import accounts
from sandbox.meta import delivery as meta_delivery
from sandbox.meta import patient as meta_patient
from sandbox.pages.render import page
from sandbox.twilio.control import seen_by, whatsapp
from sandbox.twilio.delivery import mark_read

# Real-looking numbers that belong to nobody we know of; a patient can have any other.
PATIENTS = (("+447911123456", "Sam Patel"), ("+447911123457", "Maria Rossi"), ("+447911123458", "Tom Baker"))


async def phone(request: Request) -> Response:
    world = world_of(request)
    numbers = [number["number"].removeprefix("whatsapp:") for number in world.store.all("number")]
    numbers += [number["display"] for number in world.store.all("meta_number")]
    return page(request, "phone.html", numbers=numbers, patients=PATIENTS)


async def screen(request: Request) -> Response:
    """What the phone shows now; `visible=1`: someone is looking, so what has arrived is read."""
    world, query = world_of(request), request.query_params
    at_meta = accounts.by_display(world, query.get("number", ""))
    if at_meta is not None:
        shown = meta_patient.seen_by(world, query.get("phone", ""), at_meta)
    else:
        shown = seen_by(world, whatsapp(query.get("phone", "")), whatsapp(query.get("number", "")))
    unread = [m["sid"] for m in shown["messages"] if m["by"] == "business" and m["status"] == "delivered"]
    if query.get("visible") == "1" and unread:
        world.spawn(mark_read(world, unread) if at_meta is None else meta_delivery.mark_read(world, unread))
    return JSONResponse(shown)


async def picture(request: Request) -> Response:
    """A file as the patient sees it, without credentials."""
    store, sid = world_of(request).store, request.path_params["sid"]
    found = store.get("media", sid) or store.get("meta_media", sid)
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
