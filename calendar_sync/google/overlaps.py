"""The look after writing: Google has no "insert if free", so something may have been there first.

The rule: what the assistant or the patient made within the last hour is undone and the patient is told, with other
times; what staff made, or what is older, is only shown among the differences (truth.py).
"""

import datetime as dt

from django.db import transaction

from calendar_sync import booking, by_hand
from calendar_sync.errors import DiaryError
from calendar_sync.external_busy import blocking_events
from calendar_sync.google import mirrors
from calendar_sync.google.backoff import wait
from calendar_sync.google.sync import sync
from calendar_sync.models import (
    HOLDS_TIME,
    Appointment,
    AppointmentChange,
    BookedBy,
    CalendarDifference,
    CalendarMirror,
    MirroredEvent,
    PatientNews,
)
from calendar_sync.news import tell
from tenants import clock, worklist
from tenants.events import publish
from tenants.models import Business
from tenants.worklist import Lease

KIND = "calendar_sync.overlap"
UNDONE_WITHIN = dt.timedelta(hours=1)
Act = AppointmentChange.Act


def call_for(business: Business, appointment: Appointment) -> None:
    """Within the transaction that notes the write."""
    if appointment.status in HOLDS_TIME and appointment.starts_at > clock.now():
        worklist.call_for(business.pk, KIND, appointment.pk)


def look(business: Business, appointment_id: int, lease: Lease) -> None:
    appointment = Appointment.objects.filter(pk=appointment_id, status__in=HOLDS_TIME).first()
    if appointment is None or appointment.starts_at <= clock.now():
        return lease.finish()
    blocking = mirrors.used().filter(practitioner=appointment.practitioner_id, blocks=True)
    calendars = mirrors.mirrors_of(business, blocking)
    read = [each for each in calendars if each.access == CalendarMirror.Access.EVENTS]
    if not all(sync(business, each) for each in read):
        return lease.retry_in(wait(lease.attempts))
    first = _there_first(appointment, read)
    if first is not None:
        _settle(business, appointment, first)
    return lease.finish()


def _there_first(appointment: Appointment, calendars: list[CalendarMirror]) -> MirroredEvent | None:
    """Something else at that time that was there, as it is, before our event; by Google's clock alone."""
    ours = MirroredEvent.objects.filter(link__appointment=appointment.pk, link__removed_at__isnull=True)
    written = ours.order_by("updated").values_list("updated", flat=True).first()
    if written is None:  # not in Google any more
        return None
    rows = blocking_events(moving=appointment).filter(
        mirror__in=[each.pk for each in calendars],
        starts_at__lt=appointment.ends_at,
        ends_at__gt=appointment.starts_at,
        updated__lt=written,
    )
    return rows.select_related("mirror").order_by("starts_at").first()


def _settle(business: Business, appointment: Appointment, first: MirroredEvent) -> None:
    with transaction.atomic():
        last = appointment.changes.order_by("-pk").first()
        if last is None or not _undo(business, appointment, last):
            CalendarDifference.objects.get_or_create(
                mirror=first.mirror,
                kind=CalendarDifference.Kind.OVERLAP,
                event_id=first.event_id,
                defaults={"appointment": appointment, "theirs": (first.starts_at, first.ends_at)},
            )
            publish(business, "calendars")


def _undo(business: Business, appointment: Appointment, last: AppointmentChange) -> bool:
    """Whether the fresh booking or move was taken back and the patient is told."""
    made_by_us = last.act in (Act.BOOKED, Act.MOVED) and last.by != BookedBy.STAFF
    if not made_by_us or clock.now() - last.at > UNDONE_WITHIN:
        return False
    try:
        if last.act == Act.BOOKED:
            booking.cancel(business, appointment, by=BookedBy.ASSISTANT)
            tell(business, appointment, PatientNews.Act.TAKEN, before=last.after)
        else:
            back = by_hand.undo(business, appointment, user_id=None)
            tell(business, back, PatientNews.Act.PUT_BACK, before=last.after)
    except DiaryError:
        return False
    return True
