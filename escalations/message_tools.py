"""What staff can do with one message of a thread: quote it in a reply, react to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from conversations.channels.registry import adapter_for
from conversations.models import Message
from conversations.reactions import CHOICES
from escalations.quoting import Quote, quote_of

TEMPLATE = "desk/_message_tools.html"


@dataclass(frozen=True, kw_only=True)
class Tool:
    id: int
    quote: Quote
    emoji: Sequence[str] = ()  # to react with; none where the vendor knows no reactions
    mine: str = ""  # what we have put on it
    react_url: str = ""


def tool_of(message: Message) -> Tool | None:
    """None for what is not at the vendor: it can't be referred to there."""
    quote = quote_of(message)
    if not message.provider_id or quote is None or message.delivery == Message.Delivery.FAILED:
        return None
    theirs = message.direction == Message.Direction.IN
    if not theirs or not adapter_for(message.conversation.channel.kind).reacts:
        return Tool(id=message.pk, quote=quote)
    rows = getattr(message, "reaction_rows", None) or []
    mine = next((each["emoji"] for each in rows if each["direction"] == Message.Direction.OUT), "")
    return Tool(
        id=message.pk,
        quote=quote,
        emoji=CHOICES,
        mine=mine,
        react_url=reverse("message_react", args=[message.pk]),
    )
