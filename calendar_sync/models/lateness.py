"""Patients who say that they are late."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from calendar_sync.models.appointments import Appointment
from tenants import clock


class LateNotice(models.Model):
    """ "I'm 15 minutes late", and what the diary made of it. The newest of an appointment counts."""

    class Verdict(models.TextChoices):
        FINE = "fine", _("Fits")
        SHORTENED = "shortened", _("Shorter visit")
        TOO_LATE = "too_late", _("Too late for it")
        UNKNOWN = "unknown", _("Please decide")

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="late_notices")
    minutes = models.PositiveSmallIntegerField(help_text="After the start.")
    verdict = models.CharField(max_length=9, choices=Verdict)
    minutes_left = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Of the visit, where shortened.")
    turn_id = models.BigIntegerField(null=True, blank=True, help_text="The assistant's turn (agents.Turn).")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minutes__range=(1, 720)), name="late_1_to_720_minutes"),
            models.CheckConstraint(
                condition=~Q(verdict="shortened") | Q(minutes_left__isnull=False), name="shortened_to_something"
            ),
        ]
        indexes = [models.Index(fields=["appointment", "-id"], name="late_notice_by_appointment")]

    def __str__(self) -> str:
        return f"late notice {self.pk}"
