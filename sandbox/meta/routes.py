"""All of Graph's addresses that are played, below its version."""

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from sandbox.core.world import world_of
from sandbox.meta import accounts, media, messages, oauth, templates
from sandbox.meta.errors import MetaError

V = "/{version:str}"
EVERY = ["GET", "POST", "PUT", "PATCH", "DELETE"]


async def show(request: Request) -> JSONResponse:
    """An object by its id, whatever it is."""
    store, identifier = world_of(request).store, request.path_params["id"]
    file = store.get("meta_media", identifier)
    if file is not None and not file.get("deleted"):
        accounts.authenticate(request)
        return await media.show(request, file)
    template = store.get("meta_template", identifier)
    if template is not None:
        return await templates.show(request, template)
    return await accounts.show_number(request)


async def unknown(request: Request) -> None:
    raise MetaError(803, f"Sandbox: {request.method} {request.url.path.removeprefix('/meta')} is not played")


routes = [
    Route("/download/{media}/{key}", media.download, methods=["GET"]),
    Route(V + "/dialog/oauth", oauth.dialog, methods=["GET"]),
    Route(V + "/oauth/access_token", oauth.access_token, methods=["GET"]),
    Route(V + "/debug_token", oauth.debug_token, methods=["GET"]),
    Route(V + "/{id}", show, methods=["GET"]),
    Route(V + "/{id}", media.delete, methods=["DELETE"]),
    Route(V + "/{id}/messages", messages.create, methods=["POST"]),
    Route(V + "/{id}/media", media.upload, methods=["POST"]),
    Route(V + "/{id}/register", accounts.register_number, methods=["POST"]),
    Route(V + "/{id}/phone_numbers", accounts.list_numbers, methods=["GET"]),
    Route(V + "/{id}/subscribed_apps", accounts.subscriptions, methods=["GET", "POST"]),
    Route(V + "/{id}/message_templates", templates.create, methods=["POST"]),
    Route(V + "/{id}/message_templates", templates.list_all, methods=["GET"]),
    Route("/{path:path}", unknown, methods=EVERY),
]
