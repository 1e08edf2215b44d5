"""The desk's own rows."""

from django.db import models
from django.db.models import Q

from conversations.models import Conversation, Handoff
from tenants import clock


class Escalation(models.Model):
    """The work item that a handoff opens: an owner, a clock, a resolution."""

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        TAKEN = "taken", "Taken"
        RESOLVED = "resolved", "Resolved"

    handoff = models.OneToOneField(Handoff, on_delete=models.CASCADE, related_name="escalation")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="escalations")
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    owner_id = models.BigIntegerField(null=True, blank=True, help_text="tenants.User")
    opened_at = models.DateTimeField(default=clock.now)
    notified_at = models.DateTimeField(null=True, blank=True, help_text="When staff were mailed about it.")
    taken_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolution = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open", owner_id__isnull=True) | ~Q(status="open"),
                name="an_open_escalation_has_no_owner",
            ),
            models.CheckConstraint(
                condition=Q(status="taken", owner_id__isnull=False) | ~Q(status="taken"),
                name="a_taken_escalation_has_an_owner",
            ),
            models.CheckConstraint(
                condition=Q(status="resolved", resolved_at__isnull=False) | ~Q(status="resolved"),
                name="a_resolved_escalation_has_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "opened_at"], name="escalation_by_status"),
            models.Index(fields=["-resolved_at"], condition=Q(status="resolved"), name="escalation_by_resolution"),
        ]

    def __str__(self) -> str:
        return f"escalation {self.pk}"
