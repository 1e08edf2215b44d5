"""Contacts, channels, conversations and messages of one business."""

from conversations.models.channels import Channel, UnreadEvent
from conversations.models.contacts import ConsentChange, Contact, ContactIdentity, StaffPhone, StaffWord
from conversations.models.content import KnownContent, MessageTemplate
from conversations.models.handoffs import Handoff
from conversations.models.keeping import Retention
from conversations.models.messages import Message, Reaction, StoredFile
from conversations.models.talk import Conversation, ConversationEvent

__all__ = [
    "Channel",
    "ConsentChange",
    "Contact",
    "ContactIdentity",
    "Conversation",
    "ConversationEvent",
    "Handoff",
    "KnownContent",
    "Message",
    "MessageTemplate",
    "Reaction",
    "Retention",
    "StaffPhone",
    "StaffWord",
    "StoredFile",
    "UnreadEvent",
]
