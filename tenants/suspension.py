"""The operator closes and reopens a business. Its staff can still read; its patients get one polite message."""

from django.db import transaction

from tenants import events
from tenants.audit import record
from tenants.models import Business, User


def suspend(business: Business, operator: User) -> bool:
    """False when it isn't active."""
    return _move(business, operator, Business.Status.ACTIVE, Business.Status.SUSPENDED, "business.suspended")


def reopen(business: Business, operator: User) -> bool:
    """False when it isn't suspended."""
    return _move(business, operator, Business.Status.SUSPENDED, Business.Status.ACTIVE, "business.reopened")


def _move(business: Business, operator: User, before: str, after: str, action: str) -> bool:
    with transaction.atomic():
        if not Business.objects.filter(pk=business.pk, status=before).update(status=after):
            return False
        record(business, operator, action, f"business {business.pk}")
        events.publish(business, "business", business.pk)
    business.status = after
    return True
