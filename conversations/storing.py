"""What comes from outside, made safe to store: no null bytes, no half characters, nothing without end."""

from collections.abc import Mapping, Sequence
from typing import Any

from conversations.events_in import Media
from conversations.models import Channel, ContactIdentity, Conversation, Message
from tenants.statements import insert, read

MAX_TEXT = 8_000  # WhatsApp itself allows 4,096 characters
PROVIDER_ID = 200
LOCKED = "WHERE channel_id = %s AND identity_id = %s FOR NO KEY UPDATE"
SHORTENED = " … [shortened]"
SNIPPETS = {
    Message.Kind.IMAGE: "Photo",
    Message.Kind.VOICE: "Voice note",
    Message.Kind.VIDEO: "Video",
    Message.Kind.DOCUMENT: "Document",
    Message.Kind.STICKER: "Sticker",
    Message.Kind.LOCATION: "Location",
    Message.Kind.CONTACTS: "Contact card",
    Message.Kind.UNSUPPORTED: "Message",
}


def clean(text: str) -> str:
    """What Postgres can hold."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def shortened(text: str) -> str:
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - len(SHORTENED)] + SHORTENED


def snippet_of(message: Message) -> str:
    return " ".join(message.text.split())[:160] or SNIPPETS.get(Message.Kind(message.kind), "")


def media_rows(media: Sequence[Media]) -> list[dict[str, str]]:
    """For Message.media."""
    return [{"url": clean(each.url)[:1000], "type": clean(each.type)[:100]} for each in media]


def storable(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The vendor's own fields, unknown ones too, in the same limits as the text."""

    def safe(value: Any) -> Any:
        if isinstance(value, str):
            return shortened(clean(value))
        if isinstance(value, Mapping):
            return storable(value)
        return [safe(each) for each in value] if isinstance(value, list | tuple) else value

    return {clean(str(name))[:200]: safe(value) for name, value in payload.items()}


def locked_conversation(channel: Channel, identity: ContactIdentity) -> Conversation:
    """Theirs on this channel, its row locked: copies of one delivery stand in line behind it."""
    found = read(Conversation, LOCKED, [channel.pk, identity.pk])
    return found[0] if found else new_conversation(channel, identity)


def new_conversation(channel: Channel, identity: ContactIdentity) -> Conversation:
    """The same where none was found just now."""
    made = Conversation(contact_id=identity.contact_id, identity=identity, channel=channel)
    if insert(made, unless="identity_id, channel_id"):
        return made
    (quicker,) = read(Conversation, LOCKED, [channel.pk, identity.pk])
    return quicker
