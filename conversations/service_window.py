"""What may go out to a contact now: free text, an approved template, or nothing.

WhatsApp lets a business write freely for 24 hours after the contact's last message; later only approved templates
(Twilio's 63016). Asked before anything goes out by itself, and again before a text is handed to the vendor.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from django.db.models import F

from conversations.channels.registry import adapter_for
from conversations.models import ConsentChange, Conversation
from tenants import clock

HOURS = dt.timedelta(hours=24)
MARGIN = dt.timedelta(minutes=1)  # it takes a moment to arrive, and clocks differ
SHUT = "window_shut"  # our own code for what the vendor would refuse as 63016

Way = Literal["freeform", "template", "nothing"]
Reason = Literal["", "window_shut", "opted_out", "no_channel", "not_asked"]
WORDS: dict[str, str] = {
    "window_shut": "Their last message is more than 24 hours old.",
    "opted_out": "They asked not to be written to (STOP).",
    "no_channel": "There is no WhatsApp conversation to write to.",
    "not_asked": "They never wrote, and nobody noted that they agreed to messages on WhatsApp.",
}


@dataclass(frozen=True, kw_only=True)
class ServiceWindow:
    way: Way
    reason: Reason = ""

    @property
    def words(self) -> str:
        """Why not free text, for staff; "" where it may go."""
        return WORDS.get(self.reason, "")


def window_of(conversation: Conversation | None) -> ServiceWindow:
    """For what goes out by itself. Needs the conversation's contact and channel (select_related)."""
    if conversation is None or not conversation.channel.active:
        return ServiceWindow(way="nothing", reason="no_channel")
    if conversation.contact.opted_out_at is not None:
        return ServiceWindow(way="nothing", reason="opted_out")
    if takes_free_text(conversation):
        return ServiceWindow(way="freeform")
    if conversation.last_inbound_at is None and not has_agreed(conversation.contact_id):
        return ServiceWindow(way="nothing", reason="not_asked")
    return ServiceWindow(way="template", reason="window_shut")


def has_agreed(contact_id: int) -> bool:
    """Whether their last word on messages that go out by themselves was yes: they wrote so, or staff asked them.

    Whoever has written to us needs not be asked.
    """
    newest = ConsentChange.objects.filter(contact=contact_id).values_list("to", flat=True).first()
    return newest == ConsentChange.To.IN


def takes_free_text(conversation: Conversation) -> bool:
    """Whether the vendor would take a free text, whoever writes it. Needs the conversation's channel."""
    if not adapter_for(conversation.channel.kind).has_window:
        return True
    last = conversation.last_inbound_at
    return last is not None and clock.now() < last + HOURS - MARGIN


def conversation_with(contact_id: int | None) -> Conversation | None:
    """Where a contact is written to: where they wrote last, on a number that is still connected."""
    if contact_id is None:
        return None
    rows = Conversation.objects.select_related("contact", "channel", "identity").filter(contact_id=contact_id)
    return rows.filter(channel__active=True).order_by(F("last_inbound_at").desc(nulls_last=True), "-pk").first()
