"""Media of a message: list, fetch (a redirect to the content, as Twilio's CDN), delete."""

import base64

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from sandbox.core.state import Document
from sandbox.core.world import World, world_of
from sandbox.twilio import parameters
from sandbox.twilio.accounts import authenticate
from sandbox.twilio.errors import not_found
from sandbox.twilio.wire import listed, new_sid, now, rfc2822


def store(world: World, message: Document, content: bytes, content_type: str) -> str:
    """Keeps a file under a new SID."""
    sid = new_sid("ME")
    document = {
        "sid": sid,
        "account_sid": message["account_sid"],
        "parent_sid": message["sid"],
        "content_type": content_type,
        "created": now(),
        "key": new_sid(""),
        "content": base64.b64encode(content).decode(),
    }
    world.store.put("media", sid, document)
    return sid


def url_of(world: World, document: Document) -> str:
    """What stands in MediaUrl{n}: needs the account's credentials."""
    return f"{world.base}/twilio{_uri(document)}"


def _uri(document: Document) -> str:
    account, message = document["account_sid"], document["parent_sid"]
    return f"/2010-04-01/Accounts/{account}/Messages/{message}/Media/{document['sid']}"


async def list_all(request: Request) -> JSONResponse:
    account = authenticate(request)
    parameters.check(request.query_params, parameters.MEDIA_LIST, "Media.list")
    message = request.path_params["message"]
    found = [
        _resource(document)
        for document in world_of(request).store.all("media")
        if document["parent_sid"] == message and document["account_sid"] == account and not document.get("deleted")
    ]
    path = f"/2010-04-01/Accounts/{account}/Messages/{message}/Media.json"
    return JSONResponse(listed(request, path, "media_list", found))


async def fetch(request: Request) -> JSONResponse:
    return JSONResponse(_resource(_own(request)))


async def content(request: Request) -> Response:
    """307 to a signed address without credentials: a client must not send them on."""
    document = _own(request)
    return RedirectResponse(f"{world_of(request).base}/twilio/cdn/{document['sid']}/{document['key']}", status_code=307)


async def cdn(request: Request) -> Response:
    document = world_of(request).store.get("media", request.path_params["sid"])
    if document is None or document["key"] != request.path_params["key"] or document.get("deleted"):
        return Response(status_code=403)
    return Response(base64.b64decode(document["content"]), media_type=document["content_type"])


async def delete(request: Request) -> Response:
    """Gone for the account. The patient's phone has a copy of its own, which stays."""
    document = _own(request)
    world_of(request).store.put("media", document["sid"], {**document, "deleted": True})
    return Response(status_code=204)


def _own(request: Request) -> Document:
    account = authenticate(request)
    document = world_of(request).store.get("media", request.path_params["sid"])
    path_fits = document is not None and document["parent_sid"] == request.path_params["message"]
    if document is None or not path_fits or document["account_sid"] != account or document.get("deleted"):
        raise not_found(request)
    return document


def _resource(document: Document) -> Document:
    return {
        "account_sid": document["account_sid"],
        "content_type": document["content_type"],
        "date_created": rfc2822(document["created"]),
        "date_updated": rfc2822(document["created"]),
        "parent_sid": document["parent_sid"],
        "sid": document["sid"],
        "uri": f"{_uri(document)}.json",
    }
