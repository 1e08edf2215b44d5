"""Twilio's Content API: buttons, lists and templates. https://www.twilio.com/docs/content

Its JSON is written here rather than by the SDK's models, which send every type that there is, empty.
"""

import json
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_noop as N_

from conversations.channels.base import Approval, ChannelError, ContentShape, ListedTemplate
from conversations.channels.twilio.client import client_of, errors_of_twilio

if TYPE_CHECKING:
    from conversations.models import Channel

CONTENT = "https://content.twilio.com/v1/Content"
CATEGORY = "UTILITY"  # about an appointment that exists; marketing needs another consent
# https://www.twilio.com/docs/content/content-api-resources: what WhatsApp's review comes to.
STATES = {
    "approved": "approved",
    "rejected": "rejected",
    "paused": "paused",
    "disabled": "paused",
}
WITH_APPROVALS = "https://content.twilio.com/v1/ContentAndApprovals"
PAGE, PAGES = 100, 20
# What needs nothing beside words: a picture of theirs goes along by itself.
PLAIN = ("twilio/text", "twilio/quick-reply", "twilio/call-to-action", "whatsapp/card", "twilio/card", "twilio/media")
LANGUAGES = {"pt": "pt_PT"}  # WhatsApp's review knows no plain "pt"
CODES_ONLY = N_("It is for log-in codes.")


def create(channel: "Channel", shape: ContentShape) -> str:
    """The sid of a new content. Raises ChannelError."""
    sid = _call(channel, "POST", CONTENT, body_of(shape)).get("sid")
    if not isinstance(sid, str):
        raise ChannelError("strange_answer", permanent=False)
    return sid


def body_of(shape: ContentShape) -> dict[str, Any]:
    """Twilio's ContentCreateRequest."""
    return {
        "friendly_name": shape.name,
        "language": LANGUAGES.get(shape.language, shape.language),
        "variables": dict(shape.samples),
        "types": {_type_of(shape): _definition(shape)},
    }


def ask_approval(channel: "Channel", sid: str, name: str) -> None:
    """Hand a content in at WhatsApp. Raises ChannelError."""
    _call(channel, "POST", f"{CONTENT}/{sid}/ApprovalRequests/whatsapp", {"name": name, "category": CATEGORY})


def approval(channel: "Channel", sid: str) -> Approval:
    """What WhatsApp says of it. Raises ChannelError."""
    said = _call(channel, "GET", f"{CONTENT}/{sid}/ApprovalRequests", None).get("whatsapp") or {}
    state = STATES.get(str(said.get("status", "")).lower(), "submitted")
    return Approval(state=state, reason=str(said.get("rejection_reason") or "")[:300])


def listed(channel: "Channel") -> list[ListedTemplate]:
    """Every content of the account with what WhatsApp says of it. Raises ChannelError."""
    found: list[ListedTemplate] = []
    for page in range(PAGES):
        said = _call(channel, "GET", f"{WITH_APPROVALS}?PageSize={PAGE}&Page={page}", None)
        rows = said.get("contents")
        found += [_listed(each) for each in rows if isinstance(each, dict)] if isinstance(rows, list) else []
        if not (said.get("meta") or {}).get("next_page_url"):
            break
    return found


def _listed(row: dict[str, Any]) -> ListedTemplate:
    kinds: dict[str, Any] = row.get("types") or {}
    kind = next((each for each in PLAIN if each in kinds), "")
    told = kinds.get(kind) or next(iter(kinds.values()), None) or {}
    review = row.get("approval_requests") or {}
    status, category = str(review.get("status") or "").lower(), str(review.get("category") or "").lower()
    # All of a content's blanks are counted together, so its heading can stand over its text as it is.
    body = "\n\n".join(str(told[part]) for part in ("header_text", "title", "body") if told.get(part))
    actions = told.get("actions") or []
    return ListedTemplate(
        sid=str(row.get("sid") or ""),
        name=str(review.get("name") or row.get("friendly_name") or ""),
        language=str(row.get("language") or ""),
        category=category,
        body=body,
        state=STATES.get(status, "draft" if status in ("", "unsubmitted") else "submitted"),
        reason=str(review.get("rejection_reason") or "")[:300],
        samples={str(name): str(value) for name, value in (row.get("variables") or {}).items()},
        buttons=tuple(str(each.get("title") or "") for each in actions if isinstance(each, dict)),
        unfit=_unfit(kind, body, actions, category) or _unfit_file(told.get("media") or []),
    )


def _unfit(kind: str, body: str, actions: list[Any], category: str) -> str:
    if not kind or not body:
        return N_("It holds more than words: a picture, a list or a form.")
    if category == "authentication":
        return CODES_ONLY
    return N_("A button of it has a blank.") if "{{" in json.dumps(actions) else ""


def _unfit_file(media: list[Any]) -> str:
    return N_("Its picture or file has a blank.") if "{{" in json.dumps(media) else ""


def _type_of(shape: ContentShape) -> str:
    return {"buttons": "twilio/quick-reply", "list": "twilio/list-picker", "text": "twilio/text"}[shape.form]


def _definition(shape: ContentShape) -> dict[str, Any]:
    if shape.form == "buttons":
        actions = [{"type": "QUICK_REPLY", "title": each.title, "id": each.id} for each in shape.choices]
        return {"body": shape.body, "actions": actions}
    if shape.form == "list":
        items = [
            {"item": each.title, "id": each.id} | ({"description": each.description} if each.description else {})
            for each in shape.choices
        ]
        return {"body": shape.body, "button": shape.button, "items": items}
    return {"body": shape.body}


def _call(channel: "Channel", method: str, url: str, body: dict[str, Any] | None) -> dict[str, Any]:
    """Raises ChannelError; what could not be made sure of counts as not done, which does no harm here."""
    headers = {"Content-Type": "application/json"} if body is not None else {}
    with errors_of_twilio():
        answer = client_of(channel).request(method, url, data=body or {}, headers=headers)
        said = json_of(answer.text)
    if answer.status_code >= 400:
        code = str(said.get("code") or answer.status_code)
        raise ChannelError(code, permanent=answer.status_code < 500 and answer.status_code != 429)
    return said


def json_of(text: str) -> dict[str, Any]:
    """Raises ValueError, which is Twilio's own kind of strange answer."""
    said = json.loads(text)
    if not isinstance(said, dict):
        raise ValueError("no JSON object")
    return said
