"""Templates as they stand at Meta, those made in its own manager too.

https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/message_templates
"""

from typing import Any

from django.utils.translation import gettext_noop as N_

from conversations.channels.base import ListedTemplate
from conversations.channels.meta.client import call
from conversations.channels.meta.wire import TEMPLATE_STATES
from conversations.placeholders import HEADING, in_heading

LINKED = {"IMAGE": "image_link", "DOCUMENT": "document_link"}  # of a heading: the blank for its web address
PAGE, PAGES = 100, 20
FIELDS = "id,name,language,status,category,components,rejected_reason"


def listed(account: str, token: str) -> list[ListedTemplate]:
    """Raises ChannelError."""
    found: list[ListedTemplate] = []
    params = {"fields": FIELDS, "limit": str(PAGE)}
    for _ in range(PAGES):
        said = call("GET", f"{account}/message_templates", token=token, params=params)
        rows, paging = said.get("data"), said.get("paging") or {}
        found += [_listed(each) for each in rows if isinstance(each, dict)] if isinstance(rows, list) else []
        after = (paging.get("cursors") or {}).get("after")
        if not paging.get("next") or not after:
            break
        params["after"] = str(after)
    return found


def _listed(row: dict[str, Any]) -> ListedTemplate:
    parts = {str(each.get("type", "")).upper(): each for each in row.get("components") or [] if isinstance(each, dict)}
    body = parts.get("BODY") or {}
    category = str(row.get("category") or "").lower()
    state = TEMPLATE_STATES.get(str(row.get("status", "")).upper(), "submitted")
    buttons = [each for each in (parts.get("BUTTONS") or {}).get("buttons") or [] if isinstance(each, dict)]
    reason = str(row.get("rejected_reason") or "")
    heading = _heading(parts.get("HEADER") or {})
    return ListedTemplate(
        sid=str(row.get("id") or ""),
        name=str(row.get("name") or ""),
        language=str(row.get("language") or ""),
        category=category,
        body="\n\n".join(filter(None, [in_heading(heading), str(body.get("text") or "")])),
        state=state,
        reason="" if reason.upper() in ("", "NONE") else reason.replace("_", " ").lower()[:300],
        samples=_samples(body.get("example") or {}) | _heading_samples(parts.get("HEADER") or {}),
        buttons=tuple(str(each.get("text") or "") for each in buttons),
        unfit=_unfit(parts, buttons, category),
    )


def _heading(head: dict[str, Any]) -> str:
    """Its words; for a picture or a document a blank for its web address; "" where it has neither."""
    kind = str(head.get("format") or "TEXT").upper()
    if kind in LINKED:
        return f"{{{{{LINKED[kind]}}}}}"
    return str(head.get("text") or "") if kind == "TEXT" else ""


def _heading_samples(head: dict[str, Any]) -> dict[str, str]:
    example = head.get("example") or {}
    numbered = enumerate(example.get("header_text") or [], start=1)
    named = [each for each in example.get("header_text_named_params") or [] if isinstance(each, dict)]
    return {f"{HEADING}{number}": str(value) for number, value in numbered} | {
        f"{HEADING}{each.get('param_name')}": str(each.get("example") or "") for each in named
    }


def _samples(example: dict[str, Any]) -> dict[str, str]:
    """What was given for each blank: {"1": "Rosa"}, or by its name: {"day": "Monday"}."""
    numbered = enumerate((example.get("body_text") or [[]])[0], start=1)
    named = [each for each in example.get("body_text_named_params") or [] if isinstance(each, dict)]
    return {str(number): str(value) for number, value in numbered} | {
        str(each.get("param_name")): str(each.get("example") or "") for each in named
    }


def _unfit(parts: dict[str, Any], buttons: list[dict[str, Any]], category: str) -> str:
    """What would need more than the blanks of the text."""
    head, text = parts.get("HEADER") or {}, str((parts.get("BODY") or {}).get("text") or "")
    if category == "authentication":
        return N_("It is for log-in codes.")
    if not text or parts.keys() - {"HEADER", "BODY", "FOOTER", "BUTTONS"}:
        return N_("It holds more than words: a picture, a list or a form.")
    if str(head.get("format") or "TEXT").upper() == "LOCATION":
        return N_("It begins with a place on the map.")
    if str(head.get("format") or "TEXT").upper() not in ("TEXT", *LINKED):
        return N_("It begins with a film or something else that can't be added here.")
    kinds = {str(each.get("type", "")).upper() for each in buttons}
    if kinds - {"QUICK_REPLY", "URL", "PHONE_NUMBER"} or any("{{" in str(each.get("url") or "") for each in buttons):
        return N_("A button of it has a blank, or opens a form.")
    return ""
