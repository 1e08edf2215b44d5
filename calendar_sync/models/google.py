"""Google Calendar: accounts, whose calendar is whose, our copies there, what we last read (docs/decisions/0009)."""

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from calendar_sync.models.appointments import Appointment, AppointmentChange
from calendar_sync.models.people import Practitioner
from tenants import clock
from tenants.secret_fields import EncryptedTextField


class CalendarConnection(models.Model):
    """A Google account that the business connected."""

    class Status(models.TextChoices):
        CONNECTED = "connected", _("Connected")
        REVOKED = "revoked", _("Access was withdrawn")
        DISCONNECTED = "disconnected", _("Disconnected")

    class OnChange(models.TextChoices):
        ASK = "ask", _("Ask us first")
        ACCEPT = "accept", _("Follow Google at once, and tell the patient")

    account = models.CharField(max_length=254, help_text="E-mail of the Google account.")
    token = EncryptedTextField(blank=True, help_text="JSON of the OAuth token.")
    status = models.CharField(max_length=12, choices=Status, default=Status.CONNECTED)
    on_change = models.CharField(
        max_length=6,
        choices=OnChange,
        default=OnChange.ASK,
        help_text="When somebody moves or deletes an appointment in Google.",
    )
    failing_since = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)
    connected_by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account"], name="one_connection_per_account")]

    def __str__(self) -> str:
        return f"calendar connection {self.pk}"


class PractitionerCalendar(models.Model):
    """A Google calendar of a practitioner: its busy time blocks slots, or not; one of them gets the appointments."""

    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="calendars")
    connection = models.ForeignKey(CalendarConnection, on_delete=models.CASCADE, related_name="calendars")
    calendar_id = models.CharField(max_length=254)
    calendar_name = models.CharField(max_length=200)
    blocks = models.BooleanField(default=True, help_text="Whether what is busy there is not offered.")
    written_to = models.BooleanField(default=True, help_text="Whether appointments are written there.")
    offer_when_unreachable = models.BooleanField(default=False, help_text="Offer slots even while it can't be read.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner"], condition=Q(written_to=True), name="one_calendar_written_to_per_practitioner"
            ),
            models.UniqueConstraint(
                fields=["practitioner", "connection", "calendar_id"], name="one_use_of_a_calendar_per_practitioner"
            ),
        ]

    def __str__(self) -> str:
        return f"calendar of practitioner {self.practitioner_id}"


class CalendarMirror(models.Model):
    """What we know of one Google calendar, and how the knowing goes. Practitioners may share it.

    Its events are MirroredEvents; of a calendar that is shared as free/busy only there is just `busy`.
    """

    class Access(models.TextChoices):
        EVENTS = "events", _("Events")
        FREE_BUSY = "free_busy", _("Free/busy only")

    connection = models.ForeignKey(CalendarConnection, on_delete=models.CASCADE, related_name="mirrors")
    calendar_id = models.CharField(max_length=254)
    access = models.CharField(max_length=9, choices=Access, default=Access.EVENTS)
    timezone = models.CharField(max_length=60, blank=True, help_text="The calendar's own; its days begin there.")
    sync_token = models.TextField(blank=True, help_text="Empty: the whole calendar has to be read.")
    whole_at = models.DateTimeField(null=True, help_text="When the whole calendar was read.")
    synced_at = models.DateTimeField(null=True, help_text="As of when all of it is known; empty: nothing is.")
    covered_from = models.DateTimeField(null=True)
    covered_until = models.DateTimeField(null=True)
    busy = models.JSONField(default=list, help_text='Free/busy only: [["2026-11-24T09:00:00Z", "…"], …]')
    failures = models.PositiveIntegerField(default=0, help_text="Calls that failed since the last one that didn't.")
    retry_at = models.DateTimeField(null=True, help_text="Google is left alone until then.")
    last_error = models.CharField(max_length=200, blank=True)
    channel_id = models.CharField(max_length=64, blank=True, help_text="The push channel (tenants.CalendarRoute).")
    channel_resource = models.CharField(max_length=200, blank=True)
    channel_expires_at = models.DateTimeField(null=True)
    channel_tried_at = models.DateTimeField(null=True, help_text="When Google was last asked for one.")
    channel_error = models.CharField(max_length=200, blank=True)
    notified_at = models.DateTimeField(null=True, help_text="The last word over the push channel.")
    compared_at = models.DateTimeField(null=True, help_text="The last whole comparison (google/truth.py).")
    well_since = models.DateTimeField(null=True, help_text="Since when the comparisons find no difference.")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "calendar_id"], name="one_mirror_per_calendar")]

    def __str__(self) -> str:
        return f"mirror {self.pk}"


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


class MirroredEvent(models.Model):
    """An event as Google told it last, ours or not; recurring ones as their instances. It holds no contents."""

    mirror = models.ForeignKey(CalendarMirror, on_delete=models.CASCADE, related_name="events")
    event_id = models.TextField()
    series_id = models.TextField(blank=True, help_text="Of an instance: its recurring event's id.")
    etag = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, help_text="Google's eventType.")
    transparent = models.BooleanField(default=False)
    declined = models.BooleanField(default=False, help_text="The calendar's owner won't come.")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    first_day = models.DateField(null=True, help_text="Of an all-day event.")
    after_last_day = models.DateField(null=True)
    updated = models.DateTimeField(null=True)
    blocks = models.BooleanField(help_text="Whether its time is busy, were it not ours.")
    link = models.ForeignKey(CalendarEventLink, on_delete=models.SET_NULL, null=True, related_name="mirrored")
    moved_by_hand = models.BooleanField(default=False, help_text="Ours, at another time than we wrote.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mirror", "event_id"], name="one_row_per_mirrored_event")]
        indexes = [
            models.Index(fields=["mirror", "ends_at"], condition=Q(blocks=True), name="mirrored_busy"),
            models.Index(fields=["mirror", "series_id"], name="mirrored_series"),
        ]

    def __str__(self) -> str:
        return f"mirrored event {self.pk}"


class ProposedChange(models.Model):
    """Somebody moved or deleted an appointment in Google. One per state of the event (its etag)."""

    class Act(models.TextChoices):
        MOVED = "moved", _("Moved")
        LENGTH = "length", _("Made longer or shorter")
        DELETED = "deleted", _("Deleted")

    class Status(models.TextChoices):
        OPEN = "open", _("Waits for an answer")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")
        SUPERSEDED = "superseded", _("Overtaken by a later change")

    link = models.ForeignKey(CalendarEventLink, on_delete=models.CASCADE, related_name="proposals")
    etag = models.CharField(max_length=100, help_text="The event's state in which it was found.")
    act = models.CharField(max_length=7, choices=Act)
    during = DateTimeRangeField(null=True, help_text="Where it stands in Google now.")
    both_sides = models.BooleanField(default=False, help_text="It was changed here, too: ours stands in Google again.")
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    problem = models.CharField(max_length=200, blank=True, help_text="Why it couldn't be accepted.")
    answered_by_id = models.BigIntegerField(null=True, help_text="tenants.User; empty: by the business's rule.")
    answered_at = models.DateTimeField(null=True)
    change = models.OneToOneField(
        AppointmentChange, on_delete=models.SET_NULL, null=True, related_name="from_google", help_text="What it led to."
    )
    found_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["link", "etag"], name="one_proposal_per_state_of_an_event"),
            models.UniqueConstraint(fields=["link"], condition=Q(status="open"), name="one_open_proposal_per_event"),
        ]

    def __str__(self) -> str:
        return f"proposed change {self.pk}"


class CalendarDifference(models.Model):
    """What a comparison of one calendar found, until it is mended or the next comparison finds it gone."""

    class Kind(models.TextChoices):
        MISSING = "missing", _("Missing in Google")
        MOVED = "moved", _("At another time in Google")
        ORPHAN = "orphan", _("In Google without an appointment")
        UNREAD = "unread", _("Not as we last read it")
        OVERLAP = "overlap", _("Overlaps with something else")

    mirror = models.ForeignKey(CalendarMirror, on_delete=models.CASCADE, related_name="differences")
    kind = models.CharField(max_length=7, choices=Kind)
    event_id = models.TextField(blank=True)
    etag = models.CharField(max_length=80, blank=True)
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, null=True, related_name="+")
    theirs = DateTimeRangeField(null=True, help_text="The event's time in Google.")
    found_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mirror", "kind", "event_id"], name="one_difference_per_event_and_kind")
        ]

    def __str__(self) -> str:
        return f"difference {self.pk}"


class PatientNews(models.Model):
    """What a patient has to be told about an appointment that changed without them; conversations/ claims it."""

    class Act(models.TextChoices):
        MOVED = "moved", _("Moved")
        CANCELLED = "cancelled", _("Cancelled")
        TAKEN = "taken", _("Cancelled, because the time was taken at the same moment")
        PUT_BACK = "put_back", _("Put back, because the new time was taken at the same moment")
        RESTORED = "restored", _("Stands after all")

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="news")
    contact_id = models.BigIntegerField()
    act = models.CharField(max_length=9, choices=Act)
    before = DateTimeRangeField(null=True, help_text="When it was.")
    also = models.PositiveSmallIntegerField(default=0, db_default=0, help_text="Cancelled along with it.")
    at = models.DateTimeField(default=clock.now)
    told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "patient news"

    def __str__(self) -> str:
        return f"news {self.pk} of appointment {self.appointment_id}"
