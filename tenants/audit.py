"""The audit trail: who did what to which object; ids and verbs, never contents. `audit_chain` seals it."""

from typing import Any

from tenants.models import AuditEntry, Business, User


def record(business: Business | None, actor: Any, action: str, subject: str = "", **detail: Any) -> None:
    """Write one entry in the caller's transaction. `subject` reads like "appointment 42"."""
    AuditEntry.objects.create(
        business=business,
        actor=actor if isinstance(actor, User) else None,
        actor_number=actor.pk if isinstance(actor, User) else None,
        action=action,
        subject=subject,
        detail=detail,
    )
