"""What is sold."""

import datetime as dt

from django.db import models
from django.db.models import Q


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
