"""A patient writes to a number at Meta: the message is kept and delivered, signed, to the product's webhook."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from sandbox.core.control import ControlError, parsed
from sandbox.core.state import Document
from sandbox.core.world import World, world_of
from sandbox.meta import accounts, media
from sandbox.meta.messages import new_document
from sandbox.meta.webhooks import payload_of, post, value_of
from sandbox.twilio.patient import PatientMessage

TYPING_SECONDS = 25
FILES = ("image", "audio", "video", "sticker", "document")


async def send(request: Request) -> JSONResponse:
    """Takes what a patient's message to a number at Twilio takes: the phone knows no difference."""
    world, given = world_of(request), await parsed(request, PatientMessage)
    number = accounts.by_display(world, given.to)
    assert number is not None
    sender = address(given.sender)
    try:
        document = _store(world, number, sender, given)
    except ValueError as error:
        raise ControlError(str(error)) from error
    accounts.open_window(world, number["id"], sender)
    if not given.deliver:
        return JSONResponse({"sid": document["id"], "status": None, "deliveries": []})
    payload = payload_of([(number, "messages", incoming(number, [document["given"]], given.profile_name or ""))])
    answers = await asyncio.gather(
        *(
            post(world, payload, url=number["webhook"], forged_signature=given.forged_signature)
            for _ in range(1 + given.duplicates)
        )
    )
    world.store.put("meta_message", document["id"], {**document, "webhook_status": answers[0].status or 599})
    shown = [{"status": a.status, "body": a.body[:2000], "error": a.error} for a in answers]
    return JSONResponse({"sid": document["id"], "status": answers[0].status, "deliveries": shown})


def incoming(number: Document, messages: list[Document], profile_name: str = "") -> Document:
    """The value of a change with messages of one patient."""
    first = messages[0]
    contact = {"profile": {"name": profile_name}}
    contact |= {"wa_id": first["from"]} if "from" in first else {}
    contact |= {"user_id": first["from_user_id"]} if "from_user_id" in first else {}
    return value_of(number, contacts=[contact], messages=messages)


def address(text: str) -> str:
    """ "whatsapp:+44…" as Meta writes it: 44…; a business-scoped user id as it is."""
    return text.removeprefix("whatsapp:").removeprefix("+")


def _store(world: World, number: Document, sender: str, given: PatientMessage) -> Document:
    document = new_document(number["id"], sender, "in", given.body)
    who = {"from": sender} if sender.isdecimal() else {"from_user_id": sender}
    message: Document = {**who, "id": document["id"], "timestamp": str(int(time.time()))}
    message |= _content(world, given)
    quoted = given.extra.get("OriginalRepliedMessageSid")
    if quoted:
        message["context"] = {"from": number["display"].removeprefix("+"), "id": quoted}
    files = [message[kind]["id"] for kind in FILES if kind in message]
    document |= {"given": message, "type": message["type"], "media": files}
    return world.store.put("meta_message", document["id"], document)


def _content(world: World, given: PatientMessage) -> Document:
    extra = given.extra
    if given.media:
        content, content_type = given.media[0].content()
        kind = "sticker" if content_type == "image/webp" else content_type.partition("/")[0]
        kind = kind if kind in ("image", "audio", "video", "sticker") else "document"
        file = {"id": media.store(world, content, content_type), "mime_type": content_type}
        named = {"filename": given.media[0].name or "document.pdf"} if kind == "document" else {}
        return {"type": kind, kind: file | named | ({"caption": given.body} if given.body else {})}
    if "Latitude" in extra:
        place = {"latitude": float(extra["Latitude"]), "longitude": float(extra["Longitude"])}
        return {"type": "location", "location": place | {"name": extra.get("Label", "")}}
    if "ListId" in extra:
        reply = {"id": extra["ListId"], "title": extra.get("ListTitle", "")}
        return {"type": "interactive", "interactive": {"type": "list_reply", "list_reply": reply}}
    if "ButtonPayload" in extra:
        sent = world.store.get("meta_message", extra.get("OriginalRepliedMessageSid", ""))
        title = extra.get("ButtonText", "")
        if sent is not None and sent.get("given", {}).get("type") == "template":
            return {"type": "button", "button": {"payload": extra["ButtonPayload"], "text": title}}
        reply = {"id": extra["ButtonPayload"], "title": title}
        return {"type": "interactive", "interactive": {"type": "button_reply", "button_reply": reply}}
    return {"type": given.message_type or "text", "text": {"body": given.body}}


def seen_by(world: World, phone: str, number: Document) -> dict[str, Any]:
    """What the patient's phone shows, oldest first, in the words of the phone's page."""
    patient = address(phone)
    shown = [
        _for_phone(each, number)
        for each in world.store.all("meta_message")
        if each["patient"] == patient and each["number"] == number["id"]
    ]
    typed = world.memory.get(f"meta.typing.{number['id']}.{patient}")
    typing = typed is not None and (datetime.now(UTC) - typed).total_seconds() < TYPING_SECONDS
    return {"messages": shown, "typing": typing}


def _for_phone(message: Document, number: Document) -> dict[str, Any]:
    received = message["direction"] == "out"
    kind = "audio" if message["type"] == "audio" else message["type"]
    return {
        "sid": message["id"],
        "by": "business" if received else "patient",
        "business": number["display"],
        "body": message["body"],
        "status": message["status"],
        "error_code": message["failure"],
        "time": message["created"],
        "reached": not received or message["status"] in ("sent", "delivered", "read"),
        "content": message["content"],
        "media": message["media"],
        "webhook_status": message["webhook_status"],
        "num_media": len(message["media"]),
        "fields": {"MessageType": kind},
        "given": message.get("given"),
    }
