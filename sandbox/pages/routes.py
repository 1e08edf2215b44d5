"""The index, the log and the mailbox."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox.core.journal import VENDORS
from sandbox.core.world import world_of
from sandbox.pages.render import page

STATIC = Path(__file__).parent.parent / "static"


async def index(request: Request) -> Response:
    world = world_of(request)
    return page(request, "index.html", webhook=world.options.webhook, base=world.base)


async def log(request: Request) -> Response:
    vendor = request.query_params.get("vendor", "")
    entries = world_of(request).journal.newest_first(vendor=vendor, limit=100)
    return page(request, "log.html", entries=entries, vendors=VENDORS, vendor=vendor)


async def clear_log(request: Request) -> Response:
    world_of(request).journal.clear()
    return await log(request)


async def mailbox(request: Request) -> Response:
    return page(request, "mailbox.html", mails=world_of(request).store.all("mail")[::-1][:200])


async def mail(request: Request) -> Response:
    found = world_of(request).store.get("mail", str(request.path_params["id"]))
    if found is None:
        return page(request, "missing.html", status=404, what="This mail does not exist.")
    return page(request, "mail.html", mail=found)


routes = [
    Route("/", index),
    Route("/log/", log, methods=["GET"]),
    Route("/log/", clear_log, methods=["POST"]),
    Route("/mail/", mailbox),
    Route("/mail/{id:int}", mail),
    Mount("/static", StaticFiles(directory=STATIC)),
]
