"""A webhook of Meta's as events: `entry[] × changes[] × messages[] / statuses[] / message_echoes[]`, each piece read by
itself, so that one that is not as described is kept apart and loses no other.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from conversations.channels.base import Parsed, Unread, Unreadable
from conversations.channels.meta import wire
from conversations.events_in import (
    InboundEvent,
    InboundMessage,
    Media,
    NumberChanged,
    Reacted,
    StatusUpdate,
    WrittenElsewhere,
)
from conversations.models import Message

OBJECT = "whatsapp_business_account"
OPAQUE = "m"  # what travels with a message, and comes back with each of its statuses: "m123"
Json = Mapping[str, Any]


def read(body: bytes) -> Parsed:
    """Raises Unreadable when it is no JSON of WhatsApp's at all."""
    try:
        given = json.loads(body)
    except ValueError:
        raise Unreadable("The body is no JSON.") from None
    if not isinstance(given, dict) or given.get("object") != OBJECT or not isinstance(given.get("entry"), list):
        raise Unreadable("This is not a WhatsApp business account's webhook.")
    events: list[InboundEvent] = []
    unread: list[Unread] = []
    for found in _pieces(given):
        if isinstance(found, Unread):
            unread.append(found)
        else:
            events += found
    return Parsed(events=events, unread=unread)


def _pieces(given: Json) -> Iterator[list[InboundEvent] | Unread]:
    for entry in given["entry"]:
        changes = entry.get("changes") if isinstance(entry, dict) else None
        for change in changes if isinstance(changes, list) else []:
            value = change.get("value") if isinstance(change, dict) else None
            if isinstance(value, dict) and isinstance(value.get("metadata"), dict):
                yield from _of_number(wire.plain(value["metadata"].get("phone_number_id")), value)


def _of_number(address: str, value: Json) -> Iterator[list[InboundEvent] | Unread]:
    """Everything that one change says of one of our numbers. Other news (groups, templates) is nobody's here."""
    if not address:
        return
    senders = _senders(value.get("contacts"))
    readers = {"messages": _message, "statuses": _status, "message_echoes": _echo}
    for name, reader in readers.items():
        items = value.get(name)
        for item in items if isinstance(items, list) else []:
            try:
                yield reader(address, item, senders)
            except ValidationError as error:
                where = ", ".join(sorted({".".join(map(str, each["loc"])) or name for each in error.errors()}))
                payload = item if isinstance(item, dict) else {name: item}
                yield Unread(channel_address=address, reason=f"{name}: {where}", payload=payload)


def _senders(contacts: Any) -> list[wire.Sender]:
    found = []
    for each in contacts if isinstance(contacts, list) else []:
        try:
            found.append(wire.Sender.model_validate(each))
        except ValidationError:  # only the profile's name is lost by it
            continue
    return found


def _message(address: str, item: Any, senders: list[wire.Sender]) -> list[InboundEvent]:
    written = wire.Written.model_validate(item)
    sender = next(
        (each for each in senders if each.wa_id == written.sender or written.from_user_id == each.user_id), None
    ) or (senders[0] if len(senders) == 1 else wire.Sender())
    user_id = written.from_user_id or sender.user_id
    who = written.sender or sender.wa_id or user_id
    if not who:
        raise _missing("from")
    if written.type in wire.SILENT_TYPES:
        return []
    if written.type == "system":
        return _changed(address, written, user_id)
    if written.type == "reaction" and written.reaction is not None:
        reaction = written.reaction
        return [
            Reacted(
                channel_address=address,
                from_address=who,
                user_id=user_id,
                provider_id=reaction.message_id,
                emoji=reaction.emoji,
            )
        ]
    text, choice = _words(written)
    media, caption = _files(written, item)
    text = text or caption
    return [
        InboundMessage(
            channel_address=address,
            from_address=who,
            phone=wire.phone_of(who),
            user_id=user_id,
            profile_name=sender.profile.name,
            provider_id=written.id,
            kind=_kind(written, text),
            text=text,
            media=media,
            place=written.location.model_dump() if written.location else None,
            choice=choice,
            reply_to=(written.context.id or "") if written.context else "",
            sent_at=written.sent_at,
            payload=item,
        )
    ]


def _changed(address: str, written: wire.Written, user_id: str) -> list[InboundEvent]:
    """Only a new number is news here; Meta's other system messages say nothing that anybody has to know."""
    system = written.system or wire.System()
    new = system.wa_id or system.new_wa_id or system.user_id
    if system.type not in wire.NEW_NUMBER or not new or new == written.sender:
        return []
    return [
        NumberChanged(
            channel_address=address,
            from_address=written.sender or user_id,
            to_address=new,
            phone=wire.phone_of(new),
            user_id=system.user_id,
        )
    ]


def _echo(address: str, item: Any, senders: list[wire.Sender]) -> list[InboundEvent]:
    written = wire.Written.model_validate(item)
    to = written.to.removeprefix("+") or written.to_user_id
    if not to:
        raise _missing("to")
    if written.type in wire.SILENT_TYPES or written.type == "reaction":
        return []
    text, _ = _words(written)
    media, caption = _files(written, item)
    text = text or caption
    return [
        WrittenElsewhere(
            channel_address=address,
            to_address=to,
            phone=wire.phone_of(to),
            user_id=written.to_user_id,
            provider_id=written.id,
            kind=_kind(written, text),
            text=text,
            media=media,
            sent_at=written.sent_at,
            payload=item,
        )
    ]


def _status(address: str, item: Any, senders: list[wire.Sender]) -> list[InboundEvent]:
    status = wire.Status.model_validate(item)
    delivery = wire.DELIVERY_BY_STATUS.get(status.status)
    if delivery is None:
        return []
    number = status.biz_opaque_callback_data.removeprefix(OPAQUE)
    return [
        StatusUpdate(
            channel_address=address,
            provider_id=status.id,
            outbox_message_id=int(number) if number.isdecimal() and len(number) < 19 else None,
            delivery=delivery,
            error=str(status.errors[0].code) if status.errors else "",
        )
    ]


def _words(written: wire.Written) -> tuple[str, str]:
    """What they wrote or tapped, and the id of what was tapped."""
    if written.button:
        return written.button.text, written.button.payload
    if written.interactive:
        tapped = written.interactive.button_reply or written.interactive.list_reply
        return (tapped.title, tapped.id) if tapped else ("", "")
    if written.location:
        return written.location.name or written.location.address, ""
    return (written.text.body if written.text else ""), ""


def _files(written: wire.Written, item: Json) -> tuple[tuple[Media, ...], str]:
    """The file of a message and what is written under it."""
    if written.type not in wire.FILES:
        return (), ""
    file = wire.File.model_validate(item.get(written.type))
    return (Media(url=file.id, type=file.mime_type, name=file.filename),), file.caption


def _kind(written: wire.Written, text: str) -> str:
    """A text without words, and whatever Meta can't show (131051), can't be answered and is called unsupported."""
    kind = wire.KIND_BY_TYPE.get(written.type, Message.Kind.UNSUPPORTED)
    return Message.Kind.UNSUPPORTED if kind == Message.Kind.TEXT and not text.strip("\x00 \n") else kind


def _missing(name: str) -> ValidationError:
    return ValidationError.from_exception_data("Written", [{"type": "missing", "loc": (name,), "input": None}])
