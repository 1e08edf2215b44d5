"""The desk's own rows."""

from escalations.models.contacts import ContactMerge
from escalations.models.escalations import Escalation, Promise, Rating, ServiceLevel, StaffState
from escalations.models.programs import (
    ApiKey,
    IdempotencyRecord,
    NewsCursor,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookEvent,
)
from escalations.models.telling import Notice, PushSubscription
from escalations.models.writing import (
    ContactLabel,
    ConversationLabel,
    Draft,
    Label,
    Note,
    SavedReply,
    SavedView,
    ScheduledMessage,
)

__all__ = [
    "ApiKey",
    "ContactLabel",
    "ContactMerge",
    "ConversationLabel",
    "Draft",
    "Escalation",
    "IdempotencyRecord",
    "Label",
    "NewsCursor",
    "Note",
    "Notice",
    "Promise",
    "PushSubscription",
    "Rating",
    "SavedReply",
    "SavedView",
    "ScheduledMessage",
    "ServiceLevel",
    "StaffState",
    "WebhookDelivery",
    "WebhookEndpoint",
    "WebhookEvent",
]
