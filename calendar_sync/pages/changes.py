"""A setting of the diary changed: the audit trail and the open pages are told."""

from typing import Any

from django.http import HttpRequest

from tenants import events
from tenants.access import business_of, membership_of
from tenants.audit import record


def changed(request: HttpRequest, action: str, subject: str, **detail: Any) -> None:
    """In the caller's transaction. `subject` reads like "service 42"; `detail`: names of fields, never contents."""
    record(business_of(request), membership_of(request).user, action, subject, **detail)
    events.publish(business_of(request), "diary")
