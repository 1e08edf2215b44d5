"""Whether Twilio takes a message (else an error) and whether WhatsApp delivers it (else a failed status)."""

import json
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import FormData

from sandbox.core.state import Document
from sandbox.core.world import World
from sandbox.twilio import content, numbers
from sandbox.twilio.errors import TwilioError, refused

BODY_LIMIT = 1600


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """A message that was taken. `failure` is the code that its status will fail with, or None."""

    sender: str
    recipient: str
    body: str
    media_urls: list[str]
    action: str
    status_callback: str | None
    rendered: Document | None
    failure: int | None


def accept(world: World, account: str, form: FormData) -> Outgoing:
    """Checks in Twilio's order. Raises TwilioError for what is refused at once."""
    text = {name: str(form[name]) for name in form}
    recipient, sender = text.get("To", ""), text.get("From", "")
    if "MessagingServiceSid" in text:
        raise refused("messaging services are not played; send with From")
    _check_addresses(recipient, sender)
    numbers.adopt(world, sender, account)
    body, rendered = text.get("Body", ""), None
    media_urls = [str(value) for value in form.getlist("MediaUrl")]
    if "ContentSid" in text:
        if body:
            raise refused("Body beside ContentSid: the template is the body")
        rendered = _render(world, account, text)
        body = rendered["body"]
    elif not body and not media_urls and not text.get("PersistentAction"):
        raise TwilioError(21602)
    elif len(body) > BODY_LIMIT:
        raise TwilioError(21617)
    _check_callback(text.get("StatusCallback"))
    if numbers.has_opted_out(world, sender, recipient):
        raise TwilioError(21610)
    return Outgoing(
        sender=sender,
        recipient=recipient,
        body=body,
        media_urls=media_urls,
        action=text.get("PersistentAction", ""),
        status_callback=text.get("StatusCallback"),
        rendered=rendered,
        failure=_failure(world, sender, recipient, rendered),
    )


def _check_addresses(recipient: str, sender: str) -> None:
    if not recipient:
        raise TwilioError(21604)
    if not sender:
        raise TwilioError(21603)
    if not numbers.is_address(recipient):
        raise TwilioError(21211, recipient)
    if not numbers.is_address(sender):
        raise TwilioError(21212, sender)
    if numbers.is_whatsapp(recipient) != numbers.is_whatsapp(sender):
        raise TwilioError(21910)


def _check_callback(url: str | None) -> None:
    if url is None:
        return
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or "_" in parts.hostname:
        raise TwilioError(21609, url)


def _render(world: World, account: str, text: dict[str, str]) -> Document:
    template = content.find(world, account, text["ContentSid"])
    if template is None:
        raise TwilioError(21655, text["ContentSid"])
    try:
        variables = json.loads(text.get("ContentVariables") or "{}")
    except ValueError:
        raise TwilioError(21656) from None
    if not isinstance(variables, dict) or not all(isinstance(v, str) for v in variables.values()):
        raise TwilioError(21656)
    merged = {**(template["variables"] or {}), **variables}
    kind, definition = next(iter(template["types"].items()))
    filled = json.loads(_fill(json.dumps(definition), merged))
    return {
        "sid": template["sid"],
        "kind": kind,
        "definition": filled,
        "body": filled.get("body", ""),
        "approved": content.is_approved(template),
    }


def _fill(text: str, variables: dict[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        # Into JSON text: escaped as JSON does, without its quotes.
        return json.dumps(variables.get(match[1], match[0]))[1:-1]

    return re.sub(r"{{\s*(\w+)\s*}}", value, text)


def _failure(world: World, sender: str, recipient: str, rendered: Document | None) -> int | None:
    if not numbers.is_whatsapp(recipient):
        return None
    usable_outside = rendered is not None and rendered["approved"] and rendered["kind"] != "twilio/list-picker"
    if not usable_outside and not numbers.window_is_open(world, sender, recipient):
        return 63016
    if rendered is not None and not content.fits(rendered):
        return 63021
    return None
