"""Which appointments' copies lag behind: looked for when a calendar is connected, chosen or asked for again."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from calendar_sync.google.push import KIND
from calendar_sync.models import (
    HOLDS_TIME,
    Appointment,
    CalendarConnection,
    CalendarEventLink,
    PractitionerCalendar,
)
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
    written_to = PractitionerCalendar.objects.filter(written_to=True)
    chosen = written_to.filter(practitioner=OuterRef("practitioner"))
    mine = written_to.filter(
        practitioner=OuterRef("appointment__practitioner"),
        connection=OuterRef("connection"),
        calendar_id=OuterRef("calendar_id"),
    )
    missing = Exists(chosen) & ~Exists(links.filter(Exists(mine)))
    coming = Q(status__in=HOLDS_TIME, during__endswith__gt=since)
    return Appointment.objects.filter(Exists(old) | coming & (missing | Exists(links.exclude(Exists(mine))))).order_by(
        "pk"
    )
