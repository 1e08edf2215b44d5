"""Templates as they stand at Meta, those made in its own manager too.

https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/message_templates
"""

from typing import Any

from conversations.channels.base import ListedTemplate
from conversations.channels.meta.client import call
from conversations.channels.meta.wire import TEMPLATE_STATES

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
    return ListedTemplate(
        sid=str(row.get("id") or ""),
        name=str(row.get("name") or ""),
        language=str(row.get("language") or ""),
        category=category,
        body=str(body.get("text") or ""),
        state=state,
        reason="" if reason.upper() in ("", "NONE") else reason.replace("_", " ").lower()[:300],
        samples=_samples(body.get("example") or {}),
        buttons=tuple(str(each.get("text") or "") for each in buttons),
        unfit=_unfit(parts, buttons, category),
    )


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
        return "It is for log-in codes."
    if not text or parts.keys() - {"HEADER", "BODY", "FOOTER", "BUTTONS"}:
        return "It holds more than words: a picture, a list or a form."
    if str(head.get("format") or "TEXT").upper() != "TEXT":
        return "It begins with a picture or a file."
    if "{{" in str(head.get("text") or ""):
        return "Its heading has a blank."
    kinds = {str(each.get("type", "")).upper() for each in buttons}
    if kinds - {"QUICK_REPLY", "URL", "PHONE_NUMBER"} or any("{{" in str(each.get("url") or "") for each in buttons):
        return "A button of it has a blank, or opens a form."
    return ""
