"""Which appointments' copies lag behind: looked for when a calendar is connected, chosen or asked for again."""

import datetime as dt

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from calendar_sync.google.push import KIND
from calendar_sync.models import HOLDS_TIME, Appointment, CalendarConnection, CalendarEventLink
from tenants import clock, worklist
from tenants.models import Business


def write_what_lags(business: Business, since: dt.datetime | None = None) -> int:
    """Within the caller's transaction: call for every copy that is missing, old or in the wrong calendar.

    Missing or misplaced ones only of appointments that end after `since` (now, unless given); how many.
    """
    due = list(_lagging(since or clock.now()).values_list("pk", flat=True))
    for appointment_id in due:
        worklist.call_for(business.pk, KIND, appointment_id)
    return len(due)


def _lagging(since: dt.datetime) -> QuerySet[Appointment]:
    links = CalendarEventLink.objects.filter(appointment=OuterRef("pk"), removed_at__isnull=True)
    old = links.filter(written__lt=OuterRef("revision"), connection__status=CalendarConnection.Status.CONNECTED)
    here = links.filter(
        connection=OuterRef("practitioner__calendar__connection"),
        calendar_id=OuterRef("practitioner__calendar__calendar_id"),
    )
    elsewhere = links.exclude(
        appointment__practitioner__calendar__connection=F("connection"),
        appointment__practitioner__calendar__calendar_id=F("calendar_id"),
    )
    missing = Q(practitioner__calendar__isnull=False) & ~Exists(here)
    coming = Q(status__in=HOLDS_TIME, during__endswith__gt=since)
    return Appointment.objects.filter(Exists(old) | coming & (missing | Exists(elsewhere))).order_by("pk")
