"""The calendar's outbox: make Google's copies agree with the appointment, however often it is tried."""

import datetime as dt
from contextlib import suppress
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from calendar_sync.google import backoff, overlaps, proposals
from calendar_sync.google.accounts import note_failure, note_success, open_account
from calendar_sync.google.client import GoogleAccount
from calendar_sync.google.errors import (
    CalendarError,
    CalendarRefused,
    CalendarRevoked,
    CalendarUnreachable,
    EventChanged,
    EventExists,
    EventGone,
)
from calendar_sync.google.events import event_body, event_id, mark_of
from calendar_sync.google.reading import ReadEvent
from calendar_sync.models import (
    HOLDS_TIME,
    Appointment,
    AppointmentStatus,
    CalendarConnection,
    CalendarEventLink,
    CalendarMirror,
    MirroredEvent,
    PractitionerCalendar,
)
from tenants import clock
from tenants.crashpoints import reach
from tenants.events import publish
from tenants.models import Business
from tenants.worklist import Lease

KIND = "calendar_sync.push"


def push(business: Business, appointment_id: int, lease: Lease) -> None:
    """Bring every copy of the appointment up to its revision. Vendor calls run outside of transactions."""
    people = Appointment.objects.select_related("service", "patient", "practitioner")
    appointment = people.filter(pk=appointment_id).first()
    again, rests = False, [dt.timedelta(0)]
    for link, wanted in _copies(appointment) if appointment else []:
        # What a connection without access misses is written once it is back (lagging.py).
        if link.connection.status != CalendarConnection.Status.CONNECTED or _up_to_date(link, wanted):
            continue
        resting = backoff.rests_for(link.connection_id, link.calendar_id)
        if resting or not _settled(business, link, wanted, lease):
            again = True
            rests.append(backoff.rests_for(link.connection_id, link.calendar_id) or dt.timedelta(0))
    if again:
        lease.retry_in(max(rests) or backoff.wait(lease.attempts))
    else:
        lease.finish()


def _copies(appointment: Appointment) -> list[tuple[CalendarEventLink, bool]]:
    """The copies that exist and the one that should, each with whether it is wanted there."""
    links = list(appointment.event_links.filter(removed_at__isnull=True).select_related("connection"))
    for link in links:
        link.appointment = appointment
    if appointment.status == AppointmentStatus.CANCELLED:
        return [(link, False) for link in links]
    if appointment.status not in HOLDS_TIME:
        return [(link, True) for link in links]  # it is over: its event stays where it took place
    here = _written_to(appointment)
    copies = [(link, here is not None and _is_at(link, here)) for link in links]
    if here is not None and not any(wanted for _, wanted in copies):
        link = CalendarEventLink(appointment=appointment, connection=here.connection, calendar_id=here.calendar_id)
        copies.append((link, True))
    return copies


def _written_to(appointment: Appointment) -> PractitionerCalendar | None:
    rows = PractitionerCalendar.objects.filter(practitioner=appointment.practitioner_id, written_to=True)
    return rows.select_related("connection").first()


def _up_to_date(link: CalendarEventLink, wanted: bool) -> bool:
    return wanted and link.written >= link.appointment.revision


def _is_at(link: CalendarEventLink, calendar: PractitionerCalendar) -> bool:
    return (link.connection_id, link.calendar_id) == (calendar.connection_id, calendar.calendar_id)


def _settled(business: Business, link: CalendarEventLink, wanted: bool, lease: Lease) -> bool:
    """Whether nothing is left to try by ourselves."""
    mirror = CalendarMirror.objects.filter(connection=link.connection, calendar_id=link.calendar_id).first()
    if mirror is not None:
        mirror.connection = link.connection
    try:
        _agree(business, link, wanted, lease)
    except (CalendarUnreachable, CalendarRevoked) as error:
        if mirror is not None:
            backoff.put_off(business, mirror, error)
        else:
            note_failure(business, link.connection, error)
        return isinstance(error, CalendarRevoked)
    except (EventChanged, EventExists):  # once more, while we looked
        return False
    except CalendarError as error:
        _note_refusal(business, link, error, lease)
    else:
        if mirror is not None:
            backoff.answered(business, mirror)
        else:
            note_success(business, link.connection)
    return True


def _agree(business: Business, link: CalendarEventLink, wanted: bool, lease: Lease) -> None:
    revision = link.appointment.revision
    # Not a time that a person has decided to write again: proposals.write_again leaves the etag.
    for_the_first_time = not link.etag or link.written > 0
    if link.pk is None:
        link = _saved_link(business, link, lease)
    account = open_account(link.connection)
    reach("before_calendar_write")
    if wanted:
        change: dict[str, Any] = {"etag": _write(account, business, link)}
    else:
        _remove(account, business, link, lease)
        change = {"removed_at": clock.now()}
    reach("after_calendar_write")
    with transaction.atomic():
        lease.hold()
        CalendarEventLink.objects.filter(pk=link.pk).update(written=revision, last_error="", **change)
        if wanted and for_the_first_time:
            overlaps.call_for(business, link.appointment)
        if not wanted:
            MirroredEvent.objects.filter(link=link).delete()
            proposals.withdraw(business, link)
        publish(business, "diary", link.appointment_id)


def _saved_link(business: Business, link: CalendarEventLink, lease: Lease) -> CalendarEventLink:
    """The row stands before the event does; a copy that was removed from there before comes back to life."""
    name = event_id(business, link.appointment_id, link.connection_id, link.calendar_id)
    with transaction.atomic():
        lease.hold()
        row, _ = CalendarEventLink.objects.update_or_create(
            appointment=link.appointment,
            connection=link.connection,
            calendar_id=link.calendar_id,
            defaults={"event_id": name, "removed_at": None, "written": 0, "etag": "", "last_error": ""},
        )
    return row


def _note_refusal(business: Business, link: CalendarEventLink, error: CalendarError, lease: Lease) -> None:
    """For a person to see, on the settings page; tried again with the next change, or when they ask for it."""
    with transaction.atomic():
        lease.hold()
        rows = CalendarEventLink.objects.filter(
            appointment=link.appointment_id, connection=link.connection_id, calendar_id=link.calendar_id
        )
        rows.update(last_error=error.said[:200])
        publish(business, "calendars")


def _write(account: GoogleAccount, business: Business, link: CalendarEventLink) -> str:
    body = event_body(business, link.appointment) | {"id": link.event_id}
    try:
        if link.written == 0:
            return account.insert(link.calendar_id, body)
        return account.update(link.calendar_id, link.event_id, body, etag=link.etag)
    except (EventExists, EventChanged, EventGone) as error:
        if isinstance(error, EventGone) and link.written == 0:
            raise  # the calendar is gone
        return _write_over(account, business, link, body)


def _write_over(account: GoogleAccount, business: Business, link: CalendarEventLink, body: dict[str, Any]) -> str:
    """An earlier try got through, or it was changed or deleted in Google: the diary's word counts, if it is ours."""
    try:
        stored = account.read(link.calendar_id, link.event_id, business.timezone)
    except EventGone:
        return account.insert(link.calendar_id, body)
    if not stored.cancelled and stored.mark != mark_of(business, link.appointment_id):
        raise CalendarRefused(
            "foreign event", N_("An event that isn't ours stands under our number. We left it alone.")
        )
    _note_their_change(business, link, stored)
    return account.update(link.calendar_id, link.event_id, body, etag=stored.etag)


def _note_their_change(business: Business, link: CalendarEventLink, stored: ReadEvent) -> None:
    """Changed on both sides: ours is about to be written; theirs is asked about, so that nothing gets lost."""
    if link.appointment.status not in HOLDS_TIME:
        return
    with transaction.atomic():
        if stored.cancelled and link.written > 0:
            gone = f"gone:{link.etag}"
            proposals.propose(business, link, "deleted", etag=gone, during=None, both_sides=True)
        elif not stored.cancelled and (act := proposals.changed_there(stored, link.appointment)):
            proposals.propose(business, link, act, etag=stored.etag, during=stored.during, both_sides=True)


def _remove(account: GoogleAccount, business: Business, link: CalendarEventLink, lease: Lease) -> None:
    known = link.written > 0
    with transaction.atomic():  # should the answer get lost, what is gone was not deleted by somebody else
        lease.hold()
        CalendarEventLink.objects.filter(pk=link.pk).update(written=0)
    with suppress(EventGone):  # deleted there already, or never written
        if not known:  # what stands there was never known to be ours
            stored = account.read(link.calendar_id, link.event_id)
            if stored.cancelled or stored.mark != mark_of(business, link.appointment_id):
                return
        account.delete(link.calendar_id, link.event_id)
