"""The Message resource: create, fetch, list, redact, delete."""

from datetime import UTC, datetime, timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.core.state import Document
from sandbox.core.world import world_of
from sandbox.twilio import acceptance, parameters
from sandbox.twilio.accounts import authenticate
from sandbox.twilio.delivery import start_delivery
from sandbox.twilio.errors import not_found, refused
from sandbox.twilio.wire import listed, new_sid, now, rfc2822


async def create(request: Request) -> JSONResponse:
    account = authenticate(request)
    form = await request.form()
    parameters.check(form, parameters.MESSAGE_CREATE, "Message.create")
    world = world_of(request)
    outgoing = acceptance.accept(world, account, form)
    document = new_document(account, outgoing.sender, outgoing.recipient, outgoing.body) | {
        "sid": new_sid("MM" if outgoing.media_urls else "SM"),
        "direction": "outbound-api",
        "status": "queued",
        "media_urls": outgoing.media_urls,
        "action": outgoing.action,
        "status_callback": outgoing.status_callback,
        "rendered": outgoing.rendered,
        "failure": outgoing.failure,
    }
    world.store.put("message", document["sid"], document)
    start_delivery(world, document["sid"])
    return JSONResponse(resource(document), status_code=201)


def new_document(account: str, sender: str, recipient: str, body: str) -> Document:
    """What every stored message has, inbound or outbound."""
    moment = now()
    return {
        "account_sid": account,
        "from": sender,
        "to": recipient,
        "body": body,
        "created": moment,
        "updated": moment,
        "sent": None,
        "media": [],
        "media_urls": [],
        "status_callback": None,
        "rendered": None,
        "failure": None,
        "error_code": None,
        "error_message": None,
    }


async def fetch(request: Request) -> JSONResponse:
    return JSONResponse(resource(_own(request)))


async def update(request: Request) -> JSONResponse:
    """Only redaction (an empty Body) is played, for erasure."""
    document = _own(request)
    form = await request.form()
    parameters.check(form, parameters.MESSAGE_UPDATE, "Message.update")
    if form.get("Body") != "":
        raise refused("a message can only be redacted: Body=''")
    redacted = {**document, "body": "", "rendered": None, "updated": now()}
    world_of(request).store.put("message", document["sid"], redacted)
    return JSONResponse(resource(redacted))


async def delete(request: Request) -> Response:
    document = _own(request)
    store = world_of(request).store
    for sid in document["media"]:
        store.delete("media", sid)
    store.delete("message", document["sid"])
    return Response(status_code=204)


async def list_all(request: Request) -> JSONResponse:
    """Newest first."""
    account = authenticate(request)
    query = request.query_params
    parameters.check(query, parameters.MESSAGE_LIST, "Message.list")
    after, before = _bounds(request)
    found = [
        resource(document)
        for document in reversed(world_of(request).store.all("message"))
        if document["account_sid"] == account
        and query.get("To", document["to"]) == document["to"]
        and query.get("From", document["from"]) == document["from"]
        and after <= _moment(document["sent"] or document["created"]) <= before
    ]
    return JSONResponse(listed(request, f"/2010-04-01/Accounts/{account}/Messages.json", "messages", found))


def _bounds(request: Request) -> tuple[datetime, datetime]:
    """The span asked for; a bare date means that whole day in GMT."""
    query = request.query_params
    after, before = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    if "DateSent" in query:
        start = _moment(query["DateSent"]).replace(hour=0, minute=0, second=0)
        return start, start + timedelta(days=1)
    if "DateSent>" in query:
        after = _moment(query["DateSent>"])
    if "DateSent<" in query:
        before = _moment(query["DateSent<"])
        if len(query["DateSent<"]) == len("2026-01-01"):
            before += timedelta(days=1)
    return after, before


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise refused(f"{text!r} is no date") from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.replace(microsecond=0)


def _own(request: Request) -> Document:
    account = authenticate(request)
    document = world_of(request).store.get("message", request.path_params["sid"])
    if document is None or document["account_sid"] != account:
        raise not_found(request)
    return document


def resource(document: Document) -> Document:
    """The JSON that clients get."""
    uri = f"/2010-04-01/Accounts/{document['account_sid']}/Messages/{document['sid']}"
    return {
        "account_sid": document["account_sid"],
        "api_version": "2010-04-01",
        "body": document["body"],
        "date_created": rfc2822(document["created"]),
        "date_sent": rfc2822(document["sent"]),
        "date_updated": rfc2822(document["updated"]),
        "direction": document["direction"],
        "error_code": document["error_code"],
        "error_message": document["error_message"],
        "from": document["from"],
        "messaging_service_sid": None,
        "num_media": str(len(document["media"]) or len(document["media_urls"])),
        "num_segments": "1",
        "price": None,
        "price_unit": None,
        "sid": document["sid"],
        "status": document["status"],
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": document["to"],
        "uri": f"{uri}.json",
    }
