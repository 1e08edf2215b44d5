"""Message templates: made, listed, looked at, used. A review takes minutes to days at Meta; here it passes at once
unless the control API says otherwise.
"""

import re
import secrets
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from sandbox.core.state import Document
from sandbox.core.world import World, world_of
from sandbox.meta import accounts
from sandbox.meta.errors import MetaError

NAME = re.compile(r"[a-z0-9_]{1,512}")
BLANK = re.compile(r"\{\{(\d+)\}\}")
NAMED = re.compile(r"\{\{([a-z_][a-z0-9_]*)\}\}")
BODY_TEXT = 1024


async def create(request: Request) -> JSONResponse:
    account, world, given = accounts.own_account(request), world_of(request), await request.json()
    if not NAME.fullmatch(str(given.get("name", ""))) or not given.get("language"):
        raise MetaError(100, "name: small letters, digits and _; language is needed")
    if given.get("category") not in ("UTILITY", "MARKETING", "AUTHENTICATION"):
        raise MetaError(100, "category")
    if _named(world, account, given["name"], given["language"]) is not None:
        raise MetaError(2388024, "There is already content in this language for this template.")
    _check_body(given.get("components") or [])
    identifier = str(10**15 + secrets.randbelow(10**15))
    status = world.memory.get("meta.review", "APPROVED")
    document = {**given, "id": identifier, "account": account, "status": status, "rejected_reason": "NONE"}
    world.store.put("meta_template", identifier, document)
    return JSONResponse({"id": identifier, "status": "PENDING", "category": given["category"]})


async def list_all(request: Request) -> JSONResponse:
    account, name = accounts.own_account(request), request.query_params.get("name")
    rows = [
        _shown(each)
        for each in world_of(request).store.all("meta_template")
        if each["account"] == account and name in (None, each["name"])
    ]
    return JSONResponse({"data": rows, "paging": {"cursors": {"before": "MA", "after": "MQ"}}})


async def show(request: Request, document: Document) -> JSONResponse:
    if accounts.authenticate(request) not in (accounts.ALL, document["account"]):
        raise MetaError(100, "Unsupported request.")
    return JSONResponse(_shown(document))


def render(world: World, number: Document, used: dict[str, Any]) -> Document:
    """How an approved template reads. Raises MetaError as Meta does."""
    language = (used.get("language") or {}).get("code", "")
    template = _named(world, number["account"], str(used.get("name")), language)
    if template is None or template["status"] != "APPROVED":
        raise MetaError(132001, f"{used.get('name')} does not exist in {language}")
    body = next(each for each in template["components"] if each["type"].upper() == "BODY")["text"]
    given = {each["type"]: each for each in used.get("components") or []}
    parameters = (given.get("body") or {}).get("parameters", [])
    words = [str(each.get("text", "")) for each in parameters]
    named = {str(each["parameter_name"]): str(each.get("text", "")) for each in parameters if "parameter_name" in each}
    by_name = set(NAMED.findall(body))
    if len(words) != len(set(BLANK.findall(body)) | by_name) or named.keys() != by_name:
        raise MetaError(132000, "body: number of localizable_params does not match the expected number of params")
    if any(not word or "\n" in word or "\t" in word or "    " in word for word in words):
        raise MetaError(131009, "Param text cannot have new-line/tab characters or more than 4 consecutive spaces")
    heading = _heading(template, given.get("header") or {})
    filled = NAMED.sub(lambda match: named[match[1]], BLANK.sub(lambda match: words[int(match[1]) - 1], body))
    buttons = [
        {"title": button["text"], "id": _payload(used, place) or button["text"]}
        for each in template["components"]
        if each["type"].upper() == "BUTTONS"
        for place, button in enumerate(each["buttons"])
    ]
    content = {"kind": "buttons", "definition": {"actions": buttons}} if buttons else None
    body = f"{heading}\n\n{filled}" if heading else filled
    return {"body": body, "content": content, "template": template["name"]}


def _heading(template: Document, given: dict[str, Any]) -> str:
    """Its words, filled in. Raises MetaError as Meta does where the blanks and what was given don't fit."""
    head: dict[str, Any] = next((each for each in template["components"] if each["type"].upper() == "HEADER"), {})
    text, parameters = str(head.get("text") or ""), given.get("parameters", [])
    kind = str(head.get("format") or "TEXT").lower()
    if kind != "text":
        link = parameters[0].get(kind, {}).get("link", "") if len(parameters) == 1 else ""
        if [each.get("type") for each in parameters] != [kind] or not link.startswith("http"):
            raise MetaError(132012, f"header: Format mismatch, expected {kind.upper()}")
        return str(link)
    blanks = [*BLANK.findall(text), *NAMED.findall(text)]
    if len(parameters) != len(blanks) or [str(each.get("parameter_name", "")) for each in parameters] != [
        "" if each.isdecimal() else each for each in blanks
    ]:
        raise MetaError(132000, "header: number of localizable_params does not match the expected number of params")
    for blank, each in zip(blanks, parameters, strict=True):
        text = text.replace(f"{{{{{blank}}}}}", str(each.get("text", "")))
    return text


def _payload(used: dict[str, Any], place: int) -> str:
    for each in used.get("components") or []:
        if each["type"] == "button" and str(each.get("index")) == str(place):
            return str(each["parameters"][0].get("payload", ""))
    return ""


def _check_body(components: list[dict[str, Any]]) -> None:
    """A text of its own, blanks from 1 without a gap, none at an end, and an example of each."""
    bodies = [each for each in components if str(each.get("type", "")).upper() == "BODY"]
    text = str(bodies[0].get("text", "")) if len(bodies) == 1 else ""
    numbers = sorted({int(each) for each in BLANK.findall(text)})
    examples = ((bodies[0].get("example") or {}).get("body_text") or [[]])[0] if bodies else []
    if not 1 <= len(text) <= BODY_TEXT or numbers != list(range(1, len(numbers) + 1)):
        raise MetaError(100, "components: one BODY, its variables are {{1}}, {{2}} …")
    named = (bodies[0].get("example") or {}).get("body_text_named_params") or [] if bodies else []
    if len(examples) != len(numbers) or {each.get("param_name") for each in named} != set(NAMED.findall(text)):
        raise MetaError(100, "components: an example for each variable of the body")
    if re.match(r"\s*\{\{", text) or re.search(r"\}\}\s*$", text):
        raise MetaError(100, "components: variables can't be at the start or end of the template")


def _named(world: World, account: str, name: str, language: str) -> Document | None:
    for each in world.store.all("meta_template"):
        if (each["account"], each["name"], each["language"]) == (account, name, language):
            return each
    return None


def _shown(document: Document) -> Document:
    kept = ("id", "name", "language", "status", "category", "components", "rejected_reason")
    return {name: document[name] for name in kept}
