"""Whether Meta takes a message, and what WhatsApp shows of it. Limits: …/cloud-api/reference/messages"""

import re
from typing import Any

from sandbox.core.state import Document
from sandbox.core.world import World
from sandbox.meta import accounts, templates
from sandbox.meta.errors import MetaError

BODY, INTERACTIVE_BODY = 4096, 1024
BUTTONS, BUTTON_TITLE, BUTTON_ID = 3, 20, 256
ROWS, ROW_TITLE, ROW_ID, ROW_DESCRIPTION, LIST_BUTTON = 10, 24, 200, 72, 20
KNOWN = {
    "messaging_product",
    "recipient_type",
    "to",
    "recipient",
    "type",
    "context",
    "biz_opaque_callback_data",
    "text",
    "interactive",
    "template",
    "reaction",
    "location",
    "image",
    "audio",
    "video",
    "document",
    "sticker",
    "contacts",
}
FREE = KNOWN - {"template"}
MEDIA = ("image", "audio", "video", "document", "sticker")


def recipient_of(given: dict[str, Any]) -> str:
    """A phone without its plus sign, or a business-scoped user id."""
    to = str(given.get("to") or given.get("recipient") or "").removeprefix("+")
    if not re.fullmatch(r"[1-9]\d{5,14}|[A-Z]{2}\.[A-Za-z0-9.]{4,128}", to):
        raise MetaError(100, "to: the recipient's phone number or user id")
    return to


def accept(world: World, number: Document, given: dict[str, Any]) -> Document:
    """What the recipient will see: {"body", "content"}. Raises MetaError for what is refused at once."""
    unknown = sorted(set(given) - KNOWN)
    if unknown or given.get("messaging_product") != "whatsapp":
        raise MetaError(100, f"Sandbox: unknown {', '.join(unknown) or 'messaging_product'}")
    kind = given.get("type", "text")
    if kind not in KNOWN or not isinstance(given.get(kind), dict | list):
        raise MetaError(100, f"type: {kind}")
    if kind == "template":
        return templates.render(world, number, given["template"])
    if not accounts.window_is_open(world, number["id"], recipient_of(given)):
        raise MetaError(131047, "More than 24 hours have passed since the recipient last replied to the sender number.")
    if kind == "text":
        return _text(given["text"])
    if kind == "interactive":
        return _interactive(given["interactive"])
    if kind in MEDIA:
        return _media(world, given[kind], kind)
    return {"body": str(given[kind].get("emoji") or given[kind].get("name") or ""), "content": None}


def _text(text: dict[str, Any]) -> Document:
    body = text.get("body")
    if not isinstance(body, str) or not 1 <= len(body) <= BODY:
        raise MetaError(100, "text.body: 1 to 4096 characters")
    return {"body": body, "content": None}


def _media(world: World, file: dict[str, Any], kind: str) -> Document:
    if not file.get("link") and world.store.get("meta_media", str(file.get("id"))) is None:
        raise MetaError(131052, "The media id is not known.")
    return {"body": str(file.get("caption", "")), "content": None, "media": [file["id"]] if file.get("id") else []}


def _interactive(interactive: dict[str, Any]) -> Document:
    body = str((interactive.get("body") or {}).get("text", ""))
    action = interactive.get("action") or {}
    if not 1 <= len(body) <= INTERACTIVE_BODY:
        raise MetaError(131009, "interactive.body.text: 1 to 1024 characters")
    if interactive.get("type") == "button":
        return {"body": body, "content": {"kind": "buttons", "definition": {"actions": _buttons(action)}}}
    if interactive.get("type") == "list":
        return {"body": body, "content": {"kind": "twilio/list-picker", "definition": {"items": _rows(action)}}}
    raise MetaError(131009, "interactive.type: only button and list are played")


def _buttons(action: dict[str, Any]) -> list[Document]:
    replies = [each.get("reply") or {} for each in action.get("buttons") or []]
    fits = all(1 <= len(r.get("title", "")) <= BUTTON_TITLE and 1 <= len(r.get("id", "")) <= BUTTON_ID for r in replies)
    if not 1 <= len(replies) <= BUTTONS or not fits or len({r["id"] for r in replies}) < len(replies):
        raise MetaError(131009, "interactive.action.buttons")
    return [{"title": each["title"], "id": each["id"]} for each in replies]


def _rows(action: dict[str, Any]) -> list[Document]:
    rows = [row for section in action.get("sections") or [] for row in section.get("rows") or []]
    fits = all(
        1 <= len(row.get("title", "")) <= ROW_TITLE
        and 1 <= len(row.get("id", "")) <= ROW_ID
        and len(row.get("description", "")) <= ROW_DESCRIPTION
        for row in rows
    )
    if not 1 <= len(rows) <= ROWS or not fits or not 1 <= len(action.get("button", "")) <= LIST_BUTTON:
        raise MetaError(131009, "interactive.action.sections")
    return [{"item": each["title"], "id": each["id"], "description": each.get("description", "")} for each in rows]
