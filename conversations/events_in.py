"""What channels report, in one vocabulary: a message came in, a message of ours got further."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Media:
    """A file that stays at the vendor."""

    url: str
    type: str  # MIME type as the vendor says


@dataclass(frozen=True, kw_only=True)
class InboundMessage:
    """Something that a contact sent. Texts are as the vendor gave them; inbox.receive makes them safe to store."""

    channel_address: str  # the business's number, as the vendor writes it
    from_address: str  # the sender, as the vendor writes it: whatsapp:+44… or whatsapp:US.1349…
    phone: str  # E.164; "" when the sender shows none
    profile_name: str
    provider_id: str
    kind: str  # conversations.Message.Kind value
    text: str
    media: tuple[Media, ...] = ()
    choice: str = ""  # the id of the button or list line that was tapped; `text` is its title
    reply_to: str = ""  # the vendor's id of the message that is quoted or whose button was tapped
    sent_at: dt.datetime | None = None  # None: just now
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class StatusUpdate:
    """How far one of our messages got."""

    channel_address: str
    provider_id: str
    outbox_message_id: int | None  # our Message's id, where the callback carries it
    delivery: str  # conversations.Message.Delivery value
    error: str = ""  # the vendor's code


InboundEvent = InboundMessage | StatusUpdate
