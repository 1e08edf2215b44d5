"""Who: practitioners, when they work and when they don't."""

from django.db import models
from django.db.models import F, Q

from calendar_sync.models.offer import Service
from calendar_sync.models.places import Location, Weekday


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
