"""The bodies that Meta takes. https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages"""

import re
from typing import Any

from agents.types import Choice
from conversations.channels.base import ContentShape, Outgoing, Place, TemplateUse
from conversations.channels.meta.reading import OPAQUE
from conversations.channels.meta.templates import LINKED
from conversations.channels.meta.wire import CAPTIONS, LANGUAGES, TYPE_BY_KIND
from conversations.models import Message
from conversations.placeholders import HEADING

CATEGORY = "UTILITY"  # about an appointment that exists; marketing needs another consent
_BLANK = re.compile(r"\{\{(\d+)\}\}")
_HEADING = re.compile(r"\{\{header\.(\w+)\}\}", re.ASCII)
_NAMED = re.compile(r"\{\{([A-Za-z_]\w*)\}\}", re.ASCII)


def message(outgoing: Outgoing) -> dict[str, Any]:
    body = _begun(outgoing)
    if outgoing.form == "text":
        return {**body, "type": "text", "text": {"body": outgoing.text, "preview_url": False}}
    interactive: dict[str, Any] = {"body": {"text": outgoing.text}}
    if outgoing.form == "buttons":
        interactive |= {"type": "button", "action": {"buttons": [_button(each) for each in outgoing.choices]}}
    else:
        rows = [_row(each) for each in outgoing.choices]
        interactive |= {"type": "list", "action": {"button": outgoing.button, "sections": [{"rows": rows}]}}
    return {**body, "type": "interactive", "interactive": interactive}


def file(outgoing: Outgoing, uploaded: str) -> dict[str, Any]:
    """`uploaded`: the file's id at Meta."""
    assert outgoing.file is not None
    kind = TYPE_BY_KIND[Message.Kind(outgoing.file.kind)]
    shown = {"id": uploaded}
    if outgoing.text and outgoing.file.kind in CAPTIONS:
        shown["caption"] = outgoing.text
    if kind == "document":
        shown["filename"] = outgoing.file.name
    return {**_begun(outgoing), "type": kind, kind: shown}


def place(outgoing: Outgoing, where: Place) -> dict[str, Any]:
    shown = {"latitude": f"{where.latitude:.6f}", "longitude": f"{where.longitude:.6f}"}
    shown |= {name: text for name, text in (("name", where.name), ("address", where.address)) if text}
    return {**_begun(outgoing), "type": "location", "location": shown}


def template(use: TemplateUse) -> dict[str, Any]:
    components: list[dict[str, Any]] = []
    if heading := dict.fromkeys(_HEADING.findall(use.body)):
        components.append({"type": "header", "parameters": [_word_of_heading(use, name) for name in heading]})
    words = [{"type": "text", "text": use.variables[number]} for number in _blanks(use.body)]
    words += [
        {"type": "text", "parameter_name": name, "text": use.variables[name]}
        for name in dict.fromkeys(_NAMED.findall(use.body))
    ]
    if words:
        components.append({"type": "body", "parameters": words})
    components += [
        {
            "type": "button",
            "sub_type": "quick_reply",
            "index": str(number),
            "parameters": [{"type": "payload", "payload": each.id}],
        }
        for number, each in enumerate(use.choices)
    ]
    filled = {
        "name": use.name,
        "language": {"policy": "deterministic", "code": language_of(use.language)},
        "components": components,
    }
    return {**_to(use.to, use.message_id), "type": "template", "template": filled}


def _word_of_heading(use: TemplateUse, name: str) -> dict[str, Any]:
    """By its name, where the template names its blanks; a picture or document by its web address."""
    kind = name.removesuffix("_link")
    if name in LINKED.values():
        return {"type": kind, kind: {"link": use.variables[f"{HEADING}{name}"]}}
    word = {"type": "text", "text": use.variables[f"{HEADING}{name}"]}
    return word if name.isdecimal() else {"type": "text", "parameter_name": name, "text": word["text"]}


def new_template(shape: ContentShape) -> dict[str, Any]:
    """A template to be handed in. Titles of buttons are fixed; their ids come with each message."""
    body: dict[str, Any] = {"type": "BODY", "text": shape.body}
    samples = [shape.samples[number] for number in _blanks(shape.body)]
    if samples:
        body["example"] = {"body_text": [samples]}
    buttons = [{"type": "QUICK_REPLY", "text": each.title} for each in shape.choices]
    return {
        "name": shape.name,
        "language": language_of(shape.language),
        "category": CATEGORY,
        "components": [body, *([{"type": "BUTTONS", "buttons": buttons}] if buttons else [])],
    }


def read(provider_id: str, *, typing: bool) -> dict[str, Any]:
    body: dict[str, Any] = {"messaging_product": "whatsapp", "status": "read", "message_id": provider_id}
    return {**body, "typing_indicator": {"type": "text"}} if typing else body


def reaction(to: str, provider_id: str, emoji: str) -> dict[str, Any]:
    return {**_to(to, None), "type": "reaction", "reaction": {"message_id": provider_id, "emoji": emoji}}


def language_of(language: str) -> str:
    return LANGUAGES.get(language, language)


def _begun(outgoing: Outgoing) -> dict[str, Any]:
    body = _to(outgoing.to, outgoing.message_id)
    return body | ({"context": {"message_id": outgoing.reply_to}} if outgoing.reply_to else {})


def _to(to: str, message_id: int | None) -> dict[str, Any]:
    """A business-scoped user id ("US.1349…") is named as `recipient`, a number as `to`."""
    body: dict[str, Any] = {"messaging_product": "whatsapp", "recipient_type": "individual"}
    body["to" if to.removeprefix("+").isdecimal() else "recipient"] = to
    if message_id is not None:
        body["biz_opaque_callback_data"] = f"{OPAQUE}{message_id}"
    return body


def _button(choice: Choice) -> dict[str, Any]:
    return {"type": "reply", "reply": {"id": choice.id, "title": choice.title}}


def _row(choice: Choice) -> dict[str, str]:
    row = {"id": choice.id, "title": choice.title}
    return row | ({"description": choice.description} if choice.description else {})


def _blanks(body: str) -> list[str]:
    """Their numbers, in the order in which they first come: a text may use one twice, Meta counts it once."""
    return sorted(set(_BLANK.findall(body)), key=int)
