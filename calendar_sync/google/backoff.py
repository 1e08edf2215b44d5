"""One calendar in trouble is left alone for a while: every call to it, by whomever, waits until `retry_at`."""

import datetime as dt
import random

from django.db import transaction

from calendar_sync.google.accounts import note_failure, note_success
from calendar_sync.google.errors import CalendarError, CalendarUnreachable
from calendar_sync.models import CalendarMirror
from tenants import clock
from tenants.models import Business

LONGEST = 600.0  # seconds


def wait(attempts: int) -> dt.timedelta:
    """Jittered: 2, 4, 8 … seconds, at most ten minutes."""
    longest = min(LONGEST, 2.0 ** min(attempts, 10))
    return dt.timedelta(seconds=longest * random.uniform(0.5, 1.0))  # noqa: S311 (jitter)


def rests_for(connection_id: int, calendar_id: str) -> dt.timedelta | None:
    """How much longer the calendar is to be left alone; None when it may be called."""
    rows = CalendarMirror.objects.filter(connection=connection_id, calendar_id=calendar_id)
    retry_at = rows.values_list("retry_at", flat=True).first()
    left = retry_at - clock.now() if retry_at else dt.timedelta(0)
    return left if left > dt.timedelta(0) else None


def put_off(business: Business, mirror: CalendarMirror, error: CalendarError) -> None:
    """A call about this calendar failed: where that may pass, the next one comes later. The account's health is
    noted, too.
    """
    with transaction.atomic():
        row = CalendarMirror.objects.select_for_update(no_key=True).filter(pk=mirror.pk).first()
        if row is not None:
            row.failures += 1
            row.retry_at = clock.now() + wait(row.failures) if isinstance(error, CalendarUnreachable) else None
            row.last_error = error.said[:200]
            row.save(update_fields=["failures", "retry_at", "last_error"])
    note_failure(business, mirror.connection, error)


def answered(business: Business, mirror: CalendarMirror) -> None:
    """It works (again). The account counts as healed once none of its calendars is in trouble."""
    CalendarMirror.objects.filter(pk=mirror.pk, failures__gt=0).update(failures=0, retry_at=None, last_error="")
    if mirror.connection.failing_since is None:
        return
    if not CalendarMirror.objects.filter(connection=mirror.connection_id, failures__gt=0).exists():
        note_success(business, mirror.connection)
