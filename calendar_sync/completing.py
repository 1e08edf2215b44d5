"""Appointments that are over are completed by themselves; staff mark who didn't come (by_hand.mark)."""

import datetime as dt

from django.db import transaction

from calendar_sync.models import Appointment, AppointmentChange, AppointmentStatus, BookedBy, TakenTime
from tenants import clock, events
from tenants.models import Business

COMPLETE = "calendar_sync.complete_past"
AT_ONCE = 200
AFTER = dt.timedelta(minutes=5)


def complete_past(business: Business) -> int:
    """Confirmed appointments whose end has passed become completed; how many. Two at the same time share the work."""
    done = 0
    while found := _complete_some(business):
        done += found
    return done


def _complete_some(business: Business) -> int:
    now = clock.now()
    with transaction.atomic():
        over = Appointment.objects.filter(status=AppointmentStatus.CONFIRMED, during__endswith__lte=now - AFTER)
        rows = over.select_for_update(skip_locked=True, no_key=True, of=("self",)).order_by("pk")[:AT_ONCE]
        found = list(rows.only("pk", "during"))
        ids = [each.pk for each in found]
        Appointment.objects.filter(pk__in=ids).update(status=AppointmentStatus.COMPLETED)
        TakenTime.objects.filter(appointment__in=ids).delete()
        AppointmentChange.objects.bulk_create(
            AppointmentChange(
                appointment=each,
                act=AppointmentChange.Act.COMPLETED,
                by=BookedBy.ASSISTANT,
                before=each.during,
                at=now,
            )
            for each in found
        )
        if found:
            events.publish(business, "diary")
    return len(found)
