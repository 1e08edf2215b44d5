"""The Content API: templates, quick replies and list pickers. https://www.twilio.com/docs/content."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.core.state import Document
from sandbox.core.world import World, world_of
from sandbox.twilio import parameters
from sandbox.twilio.accounts import authenticate
from sandbox.twilio.errors import not_found, refused
from sandbox.twilio.wire import iso8601, listed_with_meta, new_sid, now

# The types played here, with the fields that each must have.
TYPES = {
    "twilio/text": {"body"},
    "twilio/media": {"media"},
    "twilio/quick-reply": {"body", "actions"},
    "twilio/list-picker": {"body", "button", "items"},
    "twilio/call-to-action": {"body", "actions"},
    "twilio/card": {"title"},
    "whatsapp/card": {"body"},
}
BODY_LIMIT = 1024
QUICK_REPLIES_IN_SESSION, QUICK_REPLIES_APPROVED, QUICK_REPLY_TITLE, BUTTON_ID = 3, 10, 20, 256
LIST_ITEMS, LIST_ITEM, LIST_ID, LIST_DESCRIPTION, LIST_BUTTON = 10, 24, 200, 72, 20


async def create(request: Request) -> JSONResponse:
    account = authenticate(request)
    given = await json_object(request)
    parameters.check(given, parameters.CONTENT_CREATE, "Content.create")
    _check_types(given)
    sid = new_sid("HX")
    document = {
        "sid": sid,
        "account_sid": account,
        "friendly_name": given.get("friendly_name"),
        "language": given["language"],
        "variables": given.get("variables") or {},
        "types": given["types"],
        "date_created": iso8601(now()),
        "date_updated": iso8601(now()),
        "approval": None,
    }
    world_of(request).store.put("content", sid, document)
    return JSONResponse(_resource(request, document), status_code=201)


async def list_all(request: Request) -> JSONResponse:
    account = authenticate(request)
    parameters.check(request.query_params, parameters.PAGING, "Content.list")
    world = world_of(request)
    own = [_resource(request, d) for d in reversed(world.store.all("content")) if d["account_sid"] == account]
    return JSONResponse(listed_with_meta(request, f"{world.base}/twilio/v1/Content", "contents", own))


async def list_with_approvals(request: Request) -> JSONResponse:
    account = authenticate(request)
    parameters.check(request.query_params, parameters.PAGING, "ContentAndApprovals.list")
    world = world_of(request)
    own = [_with_approval(d) for d in reversed(world.store.all("content")) if d["account_sid"] == account]
    return JSONResponse(listed_with_meta(request, f"{world.base}/twilio/v1/ContentAndApprovals", "contents", own))


def _with_approval(document: Document) -> Document:
    unsubmitted = {"name": "", "category": "", "content_type": "", "status": "unsubmitted", "rejection_reason": ""}
    shown = {key: value for key, value in document.items() if key != "approval"}
    return {**shown, "approval_requests": {"allow_category_change": True, **(document["approval"] or unsubmitted)}}


async def fetch(request: Request) -> JSONResponse:
    return JSONResponse(_resource(request, _own(request)))


async def delete(request: Request) -> Response:
    world_of(request).store.delete("content", _own(request)["sid"])
    return Response(status_code=204)


async def request_approval(request: Request) -> JSONResponse:
    """WhatsApp's approval takes minutes to days; here it is given at once (the control API can change it)."""
    document = _own(request)
    given = await json_object(request)
    parameters.check(given, frozenset({"name", "category"}), "ApprovalCreate.create")
    if given.get("category") not in ("UTILITY", "MARKETING", "AUTHENTICATION") or not given.get("name"):
        raise refused("an approval needs a name and a category: UTILITY, MARKETING or AUTHENTICATION")
    approval = {
        "name": given["name"],
        "category": given["category"],
        "content_type": next(iter(document["types"])),
        "status": "approved",
        "rejection_reason": "",
        "allow_category_change": True,
    }
    world_of(request).store.put("content", document["sid"], {**document, "approval": approval})
    return JSONResponse({**approval, "status": "received"}, status_code=201)


async def fetch_approval(request: Request) -> JSONResponse:
    document = _own(request)
    approval = {**(document["approval"] or {"status": "unsubmitted", "name": ""}), "type": "whatsapp"}
    body = {"sid": document["sid"], "account_sid": document["account_sid"], "whatsapp": approval}
    return JSONResponse({**body, "url": f"{world_of(request).base}{request.url.path}"})


def find(world: World, account: str, sid: str) -> Document | None:
    document = world.store.get("content", sid)
    return document if document is not None and document["account_sid"] == account else None


def is_approved(document: Document) -> bool:
    return bool(document["approval"]) and document["approval"]["status"] == "approved"


def fits(rendered: Document) -> bool:
    """WhatsApp's limits for interactive messages; outside them the message fails with 63021."""
    definition = rendered["definition"]
    if len(rendered["body"]) > BODY_LIMIT:
        return False
    if rendered["kind"] == "twilio/quick-reply":
        most = QUICK_REPLIES_APPROVED if rendered["approved"] else QUICK_REPLIES_IN_SESSION
        actions = definition["actions"]
        return 1 <= len(actions) <= most and all(
            1 <= len(a["title"]) <= QUICK_REPLY_TITLE and len(a.get("id") or "") <= BUTTON_ID for a in actions
        )
    if rendered["kind"] == "twilio/list-picker":
        items = definition["items"]
        ids = {item["id"] for item in items}
        return (
            1 <= len(items) <= LIST_ITEMS
            and len(ids) == len(items)
            and len(definition["button"]) <= LIST_BUTTON
            and all(_item_fits(item) for item in items)
        )
    return True


def _item_fits(item: Document) -> bool:
    return (
        1 <= len(item["item"]) <= LIST_ITEM
        and 1 <= len(item["id"]) <= LIST_ID
        and len(item.get("description") or "") <= LIST_DESCRIPTION
    )


def _check_types(given: dict[str, Any]) -> None:
    if not isinstance(given.get("language"), str) or not isinstance(given.get("types"), dict) or not given["types"]:
        raise refused("Content needs `language` and at least one entry in `types`")
    for kind, definition in given["types"].items():
        if kind not in TYPES:
            raise refused(f"content type {kind!r} is not played; these are: {', '.join(TYPES)}")
        missing = TYPES[kind] - set(definition or {})
        if missing:
            raise refused(f"{kind} needs {', '.join(sorted(missing))}")


async def json_object(request: Request) -> dict[str, Any]:
    try:
        given = json.loads(await request.body())
    except ValueError:
        raise refused("this call takes a JSON body") from None
    if not isinstance(given, dict):
        raise refused("this call takes a JSON object")
    return given


def _own(request: Request) -> Document:
    document = find(world_of(request), authenticate(request), request.path_params["sid"])
    if document is None:
        raise not_found(request)
    return document


def _resource(request: Request, document: Document) -> Document:
    url = f"{world_of(request).base}/twilio/v1/Content/{document['sid']}"
    shown = {key: value for key, value in document.items() if key != "approval"}
    links = {
        "approval_create": f"{url}/ApprovalRequests/whatsapp",
        "approval_fetch": f"{url}/ApprovalRequests",
    }
    return {**shown, "url": url, "links": links}
