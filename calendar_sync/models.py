"""The diary of one business: where, what, who, when; and its copy in Google Calendar."""

import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Func, Q, Value

from tenants import clock
from tenants.secret_fields import EncryptedTextField


class Weekday(models.IntegerChoices):
    MONDAY = 0, "Monday"
    TUESDAY = 1, "Tuesday"
    WEDNESDAY = 2, "Wednesday"
    THURSDAY = 3, "Thursday"
    FRIDAY = 4, "Friday"
    SATURDAY = 5, "Saturday"
    SUNDAY = 6, "Sunday"


class Location(models.Model):
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=240, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    directions = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class OpeningHours(models.Model):
    """One period of a location's week; several a day are allowed. Local time of the business."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.SmallIntegerField(choices=Weekday)
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering = ["weekday", "opens"]
        verbose_name_plural = "opening hours"
        constraints = [
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="opening_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="opening_weekday"),
        ]

    def __str__(self) -> str:
        return f"{Weekday(self.weekday).label} {self.opens:%H:%M}–{self.closes:%H:%M}"


class Service(models.Model):
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=240, blank=True)
    duration = models.PositiveSmallIntegerField(help_text="Minutes.")
    price = models.IntegerField(null=True, blank=True, help_text="In the currency's minor unit; empty: on request.")
    other_names = models.JSONField(default=list, blank=True, help_text="What patients call it.")
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(duration__range=(5, 720)), name="service_duration_5_to_720_minutes"),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price__gte=0), name="service_price_not_negative"
            ),
            models.UniqueConstraint(fields=["name"], condition=Q(active=True), name="one_active_service_per_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def length(self) -> dt.timedelta:
        return dt.timedelta(minutes=self.duration)


class Practitioner(models.Model):
    name = models.CharField(max_length=120)
    colour = models.CharField(max_length=12, default="teal")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="practitioners")
    services = models.ManyToManyField(Service, related_name="practitioners", blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class WorkingHours(models.Model):
    """One period of a practitioner's week; several a day are allowed. Local time of the business."""

    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="working_hours")
    weekday = models.SmallIntegerField(choices=Weekday)
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        ordering = ["weekday", "starts"]
        verbose_name_plural = "working hours"
        constraints = [
            models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="work_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="work_weekday"),
        ]

    def __str__(self) -> str:
        return f"{Weekday(self.weekday).label} {self.starts:%H:%M}–{self.ends:%H:%M}"


class HoursException(models.Model):
    """A dated change: these periods instead of the weekly ones; no periods at all means closed.

    Without a practitioner it holds for everybody.
    """

    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.CASCADE, null=True, blank=True, related_name="hours_exceptions"
    )
    date = models.DateField()
    periods = models.JSONField(default=list, help_text='[["09:00", "12:30"], …], local time')
    note = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner", "date"], nulls_distinct=False, name="one_hours_exception_per_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date}"


class TimeOff(models.Model):
    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="time_off")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["starts_at"]
        verbose_name_plural = "time off"
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="time_off_ends_after_it_begins")
        ]
        indexes = [models.Index(fields=["practitioner", "ends_at"], name="time_off_by_practitioner")]

    def __str__(self) -> str:
        return f"time off {self.pk}"


class Patient(models.Model):
    """The person treated. `contact_id` is the conversations.Contact who writes for this patient."""

    name = models.CharField(max_length=120)
    contact_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    phone = models.CharField(max_length=40, blank=True, help_text="For patients entered by staff.")
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"patient {self.pk}"


class AppointmentStatus(models.TextChoices):
    PENDING = "pending", "Pending"
    CONFIRMED = "confirmed", "Confirmed"
    CANCELLED = "cancelled", "Cancelled"
    COMPLETED = "completed", "Completed"
    NO_SHOW = "no_show", "No-show"


class BookedBy(models.TextChoices):
    ASSISTANT = "assistant", "Assistant"
    STAFF = "staff", "Staff"
    PATIENT = "patient", "Patient"


HOLDS_TIME = (AppointmentStatus.PENDING, AppointmentStatus.CONFIRMED)


class Appointment(models.Model):
    """A time that belongs to a patient. Keeps its id when rescheduled; history is in AppointmentChange."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="appointments")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="appointments")
    contact_id = models.BigIntegerField(
        null=True, blank=True, help_text="Who arranged it; the only one the assistant tells about it."
    )
    during = DateTimeRangeField(help_text="[start, end) in UTC")
    status = models.CharField(max_length=10, choices=AppointmentStatus, default=AppointmentStatus.CONFIRMED)
    booked_by = models.CharField(max_length=10, choices=BookedBy)
    ticket = models.CharField(
        max_length=64, null=True, blank=True, unique=True, help_text="Digest of the slot ticket that made it."
    )
    note = models.CharField(max_length=500, blank=True)
    revision = models.PositiveIntegerField(default=1, help_text="Grows with each change; the calendar copy follows it.")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="no_double_booking",
                expressions=[
                    (
                        Func(F("practitioner_id"), F("practitioner_id"), Value("[]"), function="int8range"),
                        "&&",
                    ),
                    ("during", "&&"),
                ],
                condition=Q(status__in=["pending", "confirmed"]),
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False, during__lower_inf=False, during__upper_inf=False),
                name="appointment_has_a_start_and_an_end",
            ),
        ]
        indexes = [
            models.Index(fields=["contact_id", "status"], name="appointment_by_contact"),
            models.Index(Func(F("during"), function="lower"), name="appointment_by_start"),
        ]

    def __str__(self) -> str:
        return f"appointment {self.pk}"

    @property
    def starts_at(self) -> dt.datetime:
        return self.during.lower

    @property
    def ends_at(self) -> dt.datetime:
        return self.during.upper

    @property
    def reference(self) -> str:
        """What a person quotes: #1042."""
        return f"#{1000 + self.pk}"


class AppointmentChange(models.Model):
    """What happened to an appointment, when, by whom."""

    class Act(models.TextChoices):
        BOOKED = "booked", "Booked"
        MOVED = "moved", "Moved"
        CANCELLED = "cancelled", "Cancelled"
        COMPLETED = "completed", "Completed"
        NO_SHOW = "no_show", "Marked as no-show"
        EDITED = "edited", "Edited"

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="changes")
    act = models.CharField(max_length=10, choices=Act)
    by = models.CharField(max_length=10, choices=BookedBy)
    user_id = models.BigIntegerField(null=True, help_text="The staff member's tenants.User id.")
    turn_id = models.BigIntegerField(null=True, help_text="The assistant's turn (agents.Turn).")
    before = DateTimeRangeField(null=True)
    after = DateTimeRangeField(null=True)
    from_practitioner = models.ForeignKey(
        Practitioner, on_delete=models.SET_NULL, null=True, related_name="+", help_text="When it moved to another one."
    )
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.act} appointment {self.appointment_id}"


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
