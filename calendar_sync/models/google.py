"""The diary's copy in Google Calendar."""

from django.db import models

from calendar_sync.models.appointments import Appointment
from calendar_sync.models.people import Practitioner
from tenants import clock
from tenants.secret_fields import EncryptedTextField


class CalendarConnection(models.Model):
    """A Google account that the business connected."""

    class Status(models.TextChoices):
        CONNECTED = "connected", "Connected"
        REVOKED = "revoked", "Access was withdrawn"
        DISCONNECTED = "disconnected", "Disconnected"

    account = models.CharField(max_length=254, help_text="E-mail of the Google account.")
    token = EncryptedTextField(blank=True, help_text="JSON of the OAuth token.")
    status = models.CharField(max_length=12, choices=Status, default=Status.CONNECTED)
    failing_since = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)
    connected_by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account"], name="one_connection_per_account")]

    def __str__(self) -> str:
        return f"calendar connection {self.pk}"


class PractitionerCalendar(models.Model):
    """The Google calendar of a practitioner: appointments are written there, its busy time blocks slots."""

    practitioner = models.OneToOneField(Practitioner, on_delete=models.CASCADE, related_name="calendar")
    connection = models.ForeignKey(CalendarConnection, on_delete=models.CASCADE, related_name="calendars")
    calendar_id = models.CharField(max_length=254)
    calendar_name = models.CharField(max_length=200)
    offer_when_unreachable = models.BooleanField(default=False, help_text="Offer slots even while it can't be read.")
    busy = models.JSONField(default=list, help_text='[["2026-11-24T09:00:00Z", "…"], …] as last read')
    busy_from = models.DateTimeField(null=True)
    busy_until = models.DateTimeField(null=True)
    busy_read_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"calendar of practitioner {self.practitioner_id}"


class CalendarEventLink(models.Model):
    """Our appointment's copy in one Google calendar. `written` behind the appointment's revision means: to do."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="event_links")
    connection = models.ForeignKey(CalendarConnection, on_delete=models.CASCADE, related_name="event_links")
    calendar_id = models.CharField(max_length=254)
    event_id = models.CharField(
        max_length=64, help_text="Of our making (base32hex), so that a retry can't write twice."
    )
    etag = models.CharField(max_length=80, blank=True)
    written = models.PositiveIntegerField(default=0, help_text="The appointment's revision that Google holds.")
    removed_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appointment", "connection", "calendar_id"], name="one_event_per_calendar"),
            models.UniqueConstraint(fields=["connection", "calendar_id", "event_id"], name="one_link_per_event"),
        ]

    def __str__(self) -> str:
        return f"event of appointment {self.appointment_id}"
