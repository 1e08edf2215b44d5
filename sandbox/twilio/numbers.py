"""Business numbers (WhatsApp senders) and the patients' standing towards each: service window, opt-out."""

import re
from datetime import UTC, datetime, timedelta

from sandbox.core.state import Document
from sandbox.core.world import World
from sandbox.twilio.errors import TwilioError
from sandbox.twilio.wire import new_sid, now

WINDOW = timedelta(hours=24)
# A phone in E.164, or a business-scoped user id ("US.1349…") for senders without a visible phone.
WHATSAPP = re.compile(r"whatsapp:(\+[1-9]\d{6,14}|[A-Z]{2}\.[A-Za-z0-9]{4,128})")
PLAIN = re.compile(r"\+[1-9]\d{6,14}")


def is_address(text: str) -> bool:
    return bool(WHATSAPP.fullmatch(text) or PLAIN.fullmatch(text))


def is_whatsapp(text: str) -> bool:
    return text.startswith("whatsapp:")


def adopt(world: World, number: str, account: str) -> Document:
    """The number; one that nobody set up belongs to the first account that uses it."""
    found = world.store.get("number", number)
    if found is None:
        return register(world, number, account, None)
    if found["account_sid"] != account:
        raise TwilioError(63007)
    return found


def register(world: World, number: str, account: str, webhook: str | None) -> Document:
    """Sets a number up, or changes its webhook (None: the one given at the start)."""
    known = world.store.get("number", number) or {}
    document = {
        "number": number,
        "sid": known.get("sid") or new_sid("PN"),
        "sender_sid": known.get("sender_sid") or new_sid("XE"),
        "account_sid": account,
        "webhook": webhook,
        "created": known.get("created") or now(),
    }
    return world.store.put("number", number, document)


def webhook_of(world: World, number: Document) -> str:
    return number["webhook"] or world.options.webhook


def _pair(number: str, patient: str) -> str:
    return f"{number}|{patient}"


def open_window(world: World, number: str, patient: str, hours_ago: float = 0) -> None:
    """The patient wrote `hours_ago`."""
    moment = datetime.now(UTC) - timedelta(hours=hours_ago)
    world.store.put("window", _pair(number, patient), {"last_inbound": moment.isoformat()})


def window_is_open(world: World, number: str, patient: str) -> bool:
    window = world.store.get("window", _pair(number, patient))
    return window is not None and datetime.now(UTC) - datetime.fromisoformat(window["last_inbound"]) < WINDOW


def set_opt_out(world: World, number: str, patient: str, out: bool) -> None:
    if out:
        world.store.put("opt_out", _pair(number, patient), {"since": now()})
    else:
        world.store.delete("opt_out", _pair(number, patient))


def has_opted_out(world: World, number: str, patient: str) -> bool:
    return world.store.get("opt_out", _pair(number, patient)) is not None
