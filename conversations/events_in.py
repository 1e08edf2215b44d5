"""What channels report, in one vocabulary: a message came in, a message of ours got further, and the rarer news.

Addresses and ids are as the vendor writes them; texts are as they came, and made safe where they are stored.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Media:
    """A file that stays at the vendor."""

    url: str  # or the vendor's id of it: what ChannelAdapter.open_media takes
    type: str  # MIME type as the vendor says
    name: str = ""  # as the sender calls it; never trusted


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
    user_id: str = ""  # the vendor's business-scoped user id (BSUID), where it tells one
    media: tuple[Media, ...] = ()
    place: Mapping[str, Any] | None = None  # {"latitude", "longitude", "name", "address"} of a location
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


@dataclass(frozen=True, kw_only=True)
class Reacted:
    """A contact put an emoji on a message, or took it back (emoji "")."""

    channel_address: str
    from_address: str
    provider_id: str  # of the message that it stands on
    emoji: str
    user_id: str = ""


@dataclass(frozen=True, kw_only=True)
class NumberChanged:
    """The vendor says that a contact writes from another number now. It says so; it proves nothing of the person."""

    channel_address: str
    from_address: str
    to_address: str
    phone: str  # E.164 of the new one; "" where there is none
    user_id: str = ""  # the new one


@dataclass(frozen=True, kw_only=True)
class WrittenElsewhere:
    """The business itself wrote to a contact, in the vendor's own app on a phone: it has been sent already."""

    channel_address: str
    to_address: str
    phone: str
    user_id: str
    provider_id: str
    kind: str  # conversations.Message.Kind value
    text: str
    media: tuple[Media, ...] = ()
    sent_at: dt.datetime | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)


InboundEvent = InboundMessage | StatusUpdate | Reacted | NumberChanged | WrittenElsewhere
