"""The operations, a file for each thing; importing them fills the table (operations.py)."""

from escalations.api.resources import (
    appointments,
    availability,
    contacts,
    conversations,
    escalations,
    knowledge,
    notes,
    offer,
    patients,
    webhooks,
)

__all__ = [
    "appointments",
    "availability",
    "contacts",
    "conversations",
    "escalations",
    "knowledge",
    "notes",
    "offer",
    "patients",
    "webhooks",
]
