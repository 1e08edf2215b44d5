"""A connected account: opened for calls, and its health written down (never a retry storm, never silence)."""

import structlog
from django.db import transaction

from calendar_sync.google.client import GoogleAccount
from calendar_sync.google.errors import CalendarError, CalendarRevoked
from calendar_sync.models import CalendarConnection
from tenants import clock, worklist
from tenants.events import publish
from tenants.models import Business

log = structlog.get_logger(__name__)


def open_account(connection: CalendarConnection) -> GoogleAccount:
    """An account to call Google with; a renewed token is kept."""

    def keep(token: str) -> None:
        connection.token = token
        CalendarConnection.objects.filter(pk=connection.pk).update(token=token)

    return GoogleAccount(connection.token, keep)


def note_failure(business: Business, connection: CalendarConnection, error: CalendarError) -> None:
    """Write down that a call failed; withdrawn access is told to the owner once."""
    revoked = isinstance(error, CalendarRevoked)
    log.warning("calendar.failed", connection=connection.pk, kind=type(error).__name__)
    with transaction.atomic():
        rows = CalendarConnection.objects.filter(pk=connection.pk, status=CalendarConnection.Status.CONNECTED)
        rows.filter(failing_since__isnull=True).update(failing_since=clock.now())
        changed = rows.update(
            last_error=f"{type(error).__name__}: {error}"[:200],
            status=CalendarConnection.Status.REVOKED if revoked else CalendarConnection.Status.CONNECTED,
        )
        if revoked and changed:
            worklist.call_for(business.pk, "calendar_sync.tell_owner", connection.pk)
        publish(business, "calendars")


def note_success(business: Business, connection: CalendarConnection) -> None:
    healed = CalendarConnection.objects.filter(pk=connection.pk, failing_since__isnull=False).update(
        failing_since=None, last_error=""
    )
    if healed:
        publish(business, "calendars")
