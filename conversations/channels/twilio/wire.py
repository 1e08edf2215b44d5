"""Twilio's vocabulary, as tables: what its words mean in ours.

https://www.twilio.com/docs/messaging/guides/webhook-request, …/docs/api/errors, …/docs/messaging/api/message-resource
"""

from collections.abc import Sequence

from conversations.events_in import Media
from conversations.models import Message

KIND_BY_MESSAGE_TYPE = {
    "text": Message.Kind.TEXT,
    "button": Message.Kind.TEXT,
    "interactive": Message.Kind.TEXT,
    "image": Message.Kind.IMAGE,
    "audio": Message.Kind.VOICE,
    "voice": Message.Kind.VOICE,
    "video": Message.Kind.VIDEO,
    "document": Message.Kind.DOCUMENT,
    "sticker": Message.Kind.STICKER,
    "location": Message.Kind.LOCATION,
    "contacts": Message.Kind.CONTACTS,
}
KIND_BY_MIME = {
    "image/webp": Message.Kind.STICKER,
    "image": Message.Kind.IMAGE,
    "audio": Message.Kind.VOICE,
    "video": Message.Kind.VIDEO,
    "text/vcard": Message.Kind.CONTACTS,
    "text/x-vcard": Message.Kind.CONTACTS,
}
DELIVERY_BY_STATUS = {
    "accepted": Message.Delivery.SENT,
    "scheduled": Message.Delivery.SENT,
    "queued": Message.Delivery.SENT,
    "sending": Message.Delivery.SENT,
    "sent": Message.Delivery.SENT,
    "delivered": Message.Delivery.DELIVERED,
    "read": Message.Delivery.READ,
    "undelivered": Message.Delivery.FAILED,
    "failed": Message.Delivery.FAILED,
    "canceled": Message.Delivery.FAILED,
}
# Refusals that pass: too many requests, queue overflow, WhatsApp's own rates.
TRANSIENT_CODES = frozenset({"20429", "21611", "30001", "63017", "63018"})
# "Not this content": unknown sid, wrong variables, refused by WhatsApp's rules for interactive ones.
CONTENT_REFUSED = frozenset({"21655", "21656", "21657", "21658", "63013", "63021", "63027", "63028"})

MB = 1024 * 1024
OFFICE = "application/vnd.openxmlformats-officedocument."
# https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages
FILES = {
    **dict.fromkeys(("image/jpeg", "image/png"), 5 * MB),
    **dict.fromkeys(("audio/ogg", "audio/amr", "audio/aac", "audio/mpeg"), 16 * MB),
    **dict.fromkeys(("video/mp4", "application/pdf"), 16 * MB),
    **dict.fromkeys((f"{OFFICE}wordprocessingml.document", f"{OFFICE}spreadsheetml.sheet"), 16 * MB),
    f"{OFFICE}presentationml.presentation": 16 * MB,
}
CAPTIONS = frozenset({Message.Kind.IMAGE, Message.Kind.VIDEO})  # under documents Twilio shows none


def kind_of(message_type: str, text: str, media: Sequence[Media]) -> str:
    """Our kind of a message; an empty one of no known type can't be answered and is called unsupported."""
    if message_type in KIND_BY_MESSAGE_TYPE and (text or message_type != "text"):
        return KIND_BY_MESSAGE_TYPE[message_type]
    if media:
        mime = media[0].type.lower().partition(";")[0].strip()
        return KIND_BY_MIME.get(mime) or KIND_BY_MIME.get(mime.partition("/")[0], Message.Kind.DOCUMENT)
    return Message.Kind.TEXT if text and not message_type else Message.Kind.UNSUPPORTED


def phone_of(address: str) -> str:
    """whatsapp:+44… → +44…; "" for a business-scoped user id, which is no phone."""
    plain = address.removeprefix("whatsapp:")
    return plain if plain.startswith("+") and plain[1:].isdecimal() and len(plain) <= 16 else ""
