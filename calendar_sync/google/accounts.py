"""A connected account: opened for calls, and its health written down (never a retry storm, never silence)."""

import structlog
from django.db import transaction

from calendar_sync.google import alerts
from calendar_sync.google.client import GoogleAccount
from calendar_sync.google.errors import CalendarError, CalendarRevoked
from calendar_sync.models import CalendarConnection
from tenants import clock
from tenants.events import publish
from tenants.models import Business

log = structlog.get_logger(__name__)
Status = CalendarConnection.Status


def open_account(connection: CalendarConnection) -> GoogleAccount:
    """An account to call Google with; a renewed token is kept."""
    return GoogleAccount(connection.token, lambda token: _keep(connection, token))


def note_failure(business: Business, connection: CalendarConnection, error: CalendarError) -> None:
    """Write down that a call failed. The owner is told once: of withdrawn access at once, else when it lasts."""
    log.warning("calendar.failed", connection=connection.pk, kind=type(error).__name__, reason=str(error))
    with transaction.atomic():
        row = _as_we_know_it(connection)
        if row is None:
            return
        began, revoked = row.failing_since is None, isinstance(error, CalendarRevoked)
        row.failing_since = connection.failing_since = row.failing_since or clock.now()
        row.status = connection.status = Status.REVOKED if revoked else row.status
        row.last_error = error.said[:200]
        row.save(update_fields=["failing_since", "status", "last_error"])
        if began or revoked:
            alerts.call(business, row)
            publish(business, "calendars")


def note_success(business: Business, connection: CalendarConnection) -> None:
    if connection.failing_since is None:
        return
    healed = CalendarConnection.objects.filter(pk=connection.pk, status=Status.CONNECTED).update(
        failing_since=None, last_error=""
    )
    if healed:
        connection.failing_since = None
        publish(business, "calendars")


def _keep(connection: CalendarConnection, token: str) -> None:
    with transaction.atomic():
        row = _as_we_know_it(connection)
        if row is not None:
            row.token = connection.token = token
            row.save(update_fields=["token"])


def _as_we_know_it(connection: CalendarConnection) -> CalendarConnection | None:
    """The row, locked; None when it was let go, connected anew or its token renewed while we called Google.

    What our call found out about an old token says nothing of the new one.
    """
    row = CalendarConnection.objects.select_for_update(no_key=True).filter(pk=connection.pk).first()
    return row if row is not None and row.status == Status.CONNECTED and row.token == connection.token else None
