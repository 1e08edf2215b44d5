"""What the settings page tells of each connected account."""

from dataclasses import dataclass

from django.db.models import Count, F, Q

from calendar_sync.models import CalendarConnection, CalendarEventLink

MOST_SHOWN = 10


@dataclass(frozen=True, kw_only=True)
class Health:
    connections: list[CalendarConnection]  # each with `waiting`: copies that are not up to date
    refused: list[CalendarEventLink]  # what Google would not take; a person has to look


def health() -> Health:
    """Every account in use; one that was let go only while a practitioner still has a calendar of it."""
    live = Q(event_links__removed_at__isnull=True)
    connections = (
        CalendarConnection.objects.exclude(Q(status=CalendarConnection.Status.DISCONNECTED) & Q(calendars__isnull=True))
        .annotate(
            waiting=Count(
                "event_links",
                filter=live & Q(event_links__written__lt=F("event_links__appointment__revision")),
                distinct=True,
            )
        )
        .order_by("account")
    )
    refused = (
        CalendarEventLink.objects.filter(removed_at__isnull=True)
        .exclude(last_error="")
        .select_related("appointment__patient", "connection")
        .order_by("-appointment_id")
    )
    return Health(connections=list(connections), refused=list(refused[:MOST_SHOWN]))
