"""Files, of the business or of a patient: looked up by id, then fetched from an address of five minutes."""

import base64
import hashlib
import secrets

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.core.state import Document
from sandbox.core.world import World, world_of
from sandbox.meta import accounts
from sandbox.meta.errors import MetaError


def store(world: World, content: bytes, content_type: str) -> str:
    identifier = str(10**15 + secrets.randbelow(10**15))
    document = {
        "id": identifier,
        "content_type": content_type,
        "key": secrets.token_hex(16),
        "content": base64.b64encode(content).decode(),
    }
    world.store.put("meta_media", identifier, document)
    return identifier


async def upload(request: Request) -> JSONResponse:
    accounts.own_number(request)
    form = await request.form()
    file = form.get("file")
    if form.get("messaging_product") != "whatsapp" or file is None or isinstance(file, str):
        raise MetaError(100, "messaging_product and file are needed")
    return JSONResponse({"id": store(world_of(request), await file.read(), file.content_type or "")})


async def show(request: Request, document: Document) -> JSONResponse:
    content = base64.b64decode(document["content"])
    world = world_of(request)
    return JSONResponse(
        {
            "messaging_product": "whatsapp",
            "url": f"{world.base}/meta/download/{document['id']}/{document['key']}",
            "mime_type": document["content_type"],
            "sha256": hashlib.sha256(content).hexdigest(),
            "file_size": str(len(content)),
            "id": document["id"],
        }
    )


async def download(request: Request) -> Response:
    """Wants the token too; without it, Meta's host answers with an error page."""
    accounts.authenticate(request)
    document = world_of(request).store.get("meta_media", request.path_params["media"])
    if document is None or document["key"] != request.path_params["key"] or document.get("deleted"):
        return Response(status_code=404)
    return Response(base64.b64decode(document["content"]), media_type=document["content_type"])


async def delete(request: Request) -> JSONResponse:
    """Gone for the account. The patient's phone has a copy of its own, which stays."""
    accounts.authenticate(request)
    store = world_of(request).store
    document = store.get("meta_media", request.path_params["id"])
    if document is None or document.get("deleted"):
        raise MetaError(100, "No such file.")
    store.put("meta_media", document["id"], {**document, "deleted": True})
    return JSONResponse({"success": True})
