"""Who: practitioners, when they work and when they don't."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from calendar_sync.models.offer import Service
from calendar_sync.models.places import Location, Weekday


class Practitioner(models.Model):
    name = models.CharField(max_length=120)
    colour = models.CharField(max_length=12, default="teal")
    location = models.ForeignKey(
        Location,
        on_delete=models.PROTECT,
        related_name="practitioners",
        help_text="The usual one: a period of their hours may name another.",
    )
    services = models.ManyToManyField(Service, related_name="practitioners", blank=True)
    fortnight_from = models.DateField(
        null=True, blank=True, help_text="A Monday that begins an A week, where working weeks alternate."
    )
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fortnight_from__isnull=True) | Q(fortnight_from__iso_week_day=1),
                name="fortnight_begins_on_a_monday",
            )
        ]

    def __str__(self) -> str:
        return self.name


class WorkingHours(models.Model):
    """One period of a practitioner's week; several a day are allowed, a lunch break is the gap between two.

    Local time of the business. A period that ends at or before it starts ends on the next day.
    """

    class Weeks(models.TextChoices):
        EVERY = "every", _("Every week")
        A = "a", _("A weeks")
        B = "b", _("B weeks")

    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="working_hours")
    weekday = models.SmallIntegerField(choices=Weekday)
    weeks = models.CharField(
        max_length=5, choices=Weeks, default=Weeks.EVERY, help_text="A and B weeks alternate (fortnight_from)."
    )
    starts = models.TimeField()
    ends = models.TimeField()
    location = models.ForeignKey(
        Location,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Where, if not at the practitioner's usual location.",
    )

    class Meta:
        ordering = ["weekday", "starts"]
        verbose_name_plural = "working hours"
        constraints = [
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="work_weekday"),
        ]

    def __str__(self) -> str:
        return f"{Weekday(self.weekday).label} {self.starts:%H:%M}–{self.ends:%H:%M}"


class HoursException(models.Model):
    """A dated change: these periods instead of the weekly ones; no periods at all means closed.

    Without a practitioner it holds for everybody, opening hours included; with a location for everybody there. A
    yearly one holds on its day and month from its date on; a date of its own goes before it.
    """

    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.CASCADE, null=True, blank=True, related_name="hours_exceptions"
    )
    location = models.ForeignKey(
        Location, on_delete=models.CASCADE, null=True, blank=True, related_name="hours_exceptions"
    )
    date = models.DateField()
    periods = models.JSONField(
        default=list,
        help_text='[["09:00", "12:30"], …], local time; a third part is the id of another location than the usual one',
    )
    note = models.CharField(max_length=120, blank=True)
    yearly = models.BooleanField(default=False)

    class Meta:
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner", "location", "date"], nulls_distinct=False, name="one_hours_exception_per_day"
            ),
            models.CheckConstraint(
                condition=Q(practitioner__isnull=True) | Q(location__isnull=True), name="hours_exception_of_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date}"


class HolidayChoice(models.Model):
    """The business's word on one public holiday of its country, by its name; without one, BookingRules decides."""

    name = models.CharField(max_length=120, unique=True, help_text="As the library `holidays` calls it.")
    closed = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.name}: {'closed' if self.closed else 'open'}"


class OwnDuration(models.Model):
    """How long this practitioner takes for this service, where it differs. Minutes."""

    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="own_durations")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="own_durations")
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practitioner", "service"], name="one_own_duration"),
            models.CheckConstraint(condition=Q(minutes__range=(5, 720)), name="own_duration_5_to_720_minutes"),
        ]

    def __str__(self) -> str:
        return f"{self.practitioner_id} takes {self.minutes} minutes for {self.service_id}"


class TimeOff(models.Model):
    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="time_off")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=120, blank=True)
    location = models.ForeignKey(
        Location, on_delete=models.CASCADE, null=True, blank=True, related_name="+", help_text="Away from there only."
    )

    class Meta:
        ordering = ["starts_at"]
        verbose_name_plural = "time off"
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="time_off_ends_after_it_begins")
        ]
        indexes = [models.Index(fields=["practitioner", "ends_at"], name="time_off_by_practitioner")]

    def __str__(self) -> str:
        return f"time off {self.pk}"
