"""The calendar's outbox: make Google's copy agree with the appointment, however often it is tried."""

import datetime as dt
import hashlib
import random
from contextlib import suppress
from typing import Any

from django.db import transaction

from calendar_sync.google.accounts import note_failure, note_success, open_account
from calendar_sync.google.client import GoogleAccount
from calendar_sync.google.errors import (
    CalendarRefused,
    CalendarRevoked,
    CalendarUnreachable,
    EventChanged,
    EventExists,
    EventGone,
)
from calendar_sync.models import (
    HOLDS_TIME,
    Appointment,
    CalendarConnection,
    CalendarEventLink,
    PractitionerCalendar,
)
from tenants import clock, worklist
from tenants.crashpoints import reach
from tenants.events import publish
from tenants.models import Business
from tenants.worklist import Lease

KIND = "calendar_sync.push"
LONGEST_WAIT = 600.0  # seconds


def push(business: Business, appointment_id: int, lease: Lease) -> None:
    """Bring every copy of the appointment up to its revision. Vendor calls run outside of transactions."""
    appointment = (
        Appointment.objects.select_related("service", "practitioner", "patient").filter(pk=appointment_id).first()
    )
    if appointment is None:
        return lease.finish()
    connection: CalendarConnection | None = None
    try:
        for link in _links(appointment):
            connection = link.connection
            if connection.status == CalendarConnection.Status.CONNECTED:
                _agree(business, appointment, link, lease)
    except CalendarUnreachable as error:
        assert connection is not None
        note_failure(business, connection, error)
        return lease.retry_in(_wait(lease.attempts))
    except (CalendarRevoked, CalendarRefused) as error:
        # Written once access is back: connecting again calls for everything that lags (write_what_lags).
        assert connection is not None
        note_failure(business, connection, error)
    return lease.finish()


def write_what_lags(business: Business) -> int:
    """Within the caller's transaction: call for every coming appointment whose copy is missing or old."""
    coming = Appointment.objects.filter(
        practitioner__calendar__isnull=False, during__endswith__gt=clock.now()
    ).prefetch_related("event_links")
    count = 0
    for appointment in coming:
        links = [link for link in appointment.event_links.all() if link.removed_at is None]
        lags = any(link.written < appointment.revision for link in links)
        if lags or (not links and appointment.status in HOLDS_TIME):
            worklist.call_for(business.pk, KIND, appointment.pk)
            count += 1
    return count


def event_id(business: Business, appointment_id: int, connection_id: int, calendar_id: str) -> str:
    """Ours, and the same at every try: hexadecimal digits are base32hex, which Google asks for."""
    name = f"{business.schema_name}/{appointment_id}/{connection_id}/{calendar_id}"
    return "fd" + hashlib.sha256(name.encode()).hexdigest()[:40]


def _links(appointment: Appointment) -> list[CalendarEventLink]:
    """The copies that exist, and the one that should."""
    links = list(appointment.event_links.filter(removed_at__isnull=True).select_related("connection"))
    calendar = (
        PractitionerCalendar.objects.filter(practitioner_id=appointment.practitioner_id)
        .select_related("connection")
        .first()
    )
    if calendar is None or appointment.status not in HOLDS_TIME:
        return links
    if not any(_is_at(link, calendar) for link in links):
        links.append(
            CalendarEventLink(appointment=appointment, connection=calendar.connection, calendar_id=calendar.calendar_id)
        )
    return links


def _is_at(link: CalendarEventLink, calendar: PractitionerCalendar) -> bool:
    return link.connection_id == calendar.connection_id and link.calendar_id == calendar.calendar_id


def _agree(business: Business, appointment: Appointment, link: CalendarEventLink, lease: Lease) -> None:
    calendar = PractitionerCalendar.objects.filter(practitioner_id=appointment.practitioner_id).first()
    wanted = appointment.status in HOLDS_TIME and calendar is not None and _is_at(link, calendar)
    if link.pk is None:
        link.event_id = event_id(business, appointment.pk, link.connection_id, link.calendar_id)
        link = _saved_link(link, lease)
    if wanted and link.written >= appointment.revision:
        return
    account = open_account(link.connection)
    reach("before_calendar_write")
    if wanted:
        etag = _write(account, business, appointment, link)
        change: dict[str, Any] = {"etag": etag, "written": appointment.revision, "last_error": ""}
    else:
        _remove(account, link)
        change = {"removed_at": clock.now(), "written": appointment.revision, "last_error": ""}
    reach("after_calendar_write")
    with transaction.atomic():
        lease.hold()
        CalendarEventLink.objects.filter(pk=link.pk).update(**change)
        publish(business, "diary", appointment.pk)
    note_success(business, link.connection)


def _saved_link(link: CalendarEventLink, lease: Lease) -> CalendarEventLink:
    """The row stands before the event does; a copy that was removed from there before comes back to life."""
    with transaction.atomic():
        lease.hold()
        row, _ = CalendarEventLink.objects.update_or_create(
            appointment=link.appointment,
            connection=link.connection,
            calendar_id=link.calendar_id,
            defaults={"event_id": link.event_id, "removed_at": None, "written": 0, "etag": ""},
        )
    return row


def _write(account: GoogleAccount, business: Business, appointment: Appointment, link: CalendarEventLink) -> str:
    body = event_body(business, appointment) | {"id": link.event_id}
    if link.written == 0:
        try:
            return account.insert(link.calendar_id, body)
        except EventExists:  # an earlier try got through, or the event was deleted there
            return _write_over(account, link, body)
    try:
        return account.update(link.calendar_id, link.event_id, body, etag=link.etag)
    except (EventChanged, EventGone):
        return _write_over(account, link, body)


def _write_over(account: GoogleAccount, link: CalendarEventLink, body: dict[str, Any]) -> str:
    """Changed or deleted in Google meanwhile: the diary's word counts, after a look that the event is ours."""
    try:
        stored = account.read(link.calendar_id, link.event_id)
    except EventGone:
        return account.insert(link.calendar_id, body)
    if not stored.cancelled and stored.ours != body["extendedProperties"]["private"]["frontdesk"]:
        raise CalendarRefused("the event id belongs to another appointment")
    return account.update(link.calendar_id, link.event_id, body, etag=stored.etag)


def _remove(account: GoogleAccount, link: CalendarEventLink) -> None:
    with suppress(EventGone):  # deleted there already, or never written
        account.delete(link.calendar_id, link.event_id)


def event_body(business: Business, appointment: Appointment) -> dict[str, Any]:
    """The event as Google gets it: start and end with the business's IANA timezone."""
    return {
        "status": "confirmed",
        "summary": f"{appointment.patient.name} · {appointment.service.name}",
        "description": f"{appointment.reference}, booked by the {appointment.booked_by} in Frontdesk.",
        "start": _when(appointment.starts_at, business.timezone),
        "end": _when(appointment.ends_at, business.timezone),
        "extendedProperties": {"private": {"frontdesk": f"{business.schema_name}/{appointment.pk}"}},
    }


def _when(moment: dt.datetime, timezone: str) -> dict[str, str]:
    return {"dateTime": moment.astimezone(dt.UTC).isoformat(), "timeZone": timezone}


def _wait(attempts: int) -> dt.timedelta:
    """Jittered backoff: 2, 4, 8 … seconds, at most ten minutes."""
    return dt.timedelta(seconds=min(LONGEST_WAIT, 2.0**attempts) * random.uniform(0.5, 1.0))  # noqa: S311 (jitter)
