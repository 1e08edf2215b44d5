"""What is sold, and what it needs."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from calendar_sync.models.places import ResourceKind


def a_day_before() -> list[int]:
    return [1440]


class Service(models.Model):
    """Durations, buffers, notice and the grid are minutes."""

    class OpenTo(models.TextChoices):
        EVERYBODY = "everybody", _("Everybody")
        NEW = "new", _("New patients only")
        RETURNING = "returning", _("Returning patients only")

    name = models.CharField(max_length=80)
    description = models.CharField(max_length=240, blank=True)
    duration = models.PositiveSmallIntegerField(help_text="Minutes.")
    price = models.IntegerField(null=True, blank=True, help_text="In the currency's minor unit; empty: on request.")
    other_names = models.JSONField(default=list, blank=True, help_text="What patients call it.")
    buffer_before = models.PositiveSmallIntegerField(default=0, help_text="The practitioner is kept free before it.")
    buffer_after = models.PositiveSmallIntegerField(default=0, help_text="The practitioner is kept free after it.")
    preparation = models.TextField(blank=True, max_length=1000, help_text="Told with the confirmation.")
    minimum_notice = models.PositiveIntegerField(null=True, blank=True, help_text="Empty: as BookingRules says.")
    horizon_days = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Empty: as BookingRules says.")
    grid = models.PositiveSmallIntegerField(default=15, help_text="Starts lie this far apart.")
    seats = models.PositiveSmallIntegerField(default=1, help_text="More than one: a group shares the time.")
    open_to = models.CharField(max_length=9, choices=OpenTo, default=OpenTo.EVERYBODY)
    bookable_online = models.BooleanField(default=True, help_text="Whether the assistant may book it.")
    reminders = models.JSONField(default=a_day_before, blank=True, help_text="Minutes before the start: [2880, 180]")
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(duration__range=(5, 720)), name="service_duration_5_to_720_minutes"),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price__gte=0), name="service_price_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(buffer_before__lte=240, buffer_after__lte=240), name="service_buffers_to_240_minutes"
            ),
            models.CheckConstraint(condition=Q(grid__range=(5, 720)), name="service_grid_5_to_720_minutes"),
            models.CheckConstraint(condition=Q(seats__range=(1, 200)), name="service_seats_1_to_200"),
            models.UniqueConstraint(fields=["name"], condition=Q(active=True), name="one_active_service_per_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def length(self) -> dt.timedelta:
        return dt.timedelta(minutes=self.duration)

    @property
    def before(self) -> dt.timedelta:
        return dt.timedelta(minutes=self.buffer_before)

    @property
    def after(self) -> dt.timedelta:
        return dt.timedelta(minutes=self.buffer_after)


class ServiceNeed(models.Model):
    """A service needs `count` resources of a kind, for as long as it takes, buffers included."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="needs")
    kind = models.ForeignKey(ResourceKind, on_delete=models.PROTECT, related_name="needed_by")
    count = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "kind"], name="one_need_per_service_and_kind"),
            models.CheckConstraint(condition=Q(count__range=(1, 20)), name="need_of_1_to_20"),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} needs {self.count} × {self.kind_id}"
