"""Telling staff: what happened, and the browsers that want to know."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tenants import clock


class Notice(models.Model):
    """One thing that one member of staff should know of; ids and verbs, the page words it."""

    class Kind(models.TextChoices):
        ESCALATION = "escalation", _("Somebody is needed")
        ASSIGNED = "assigned", _("Given to you")
        LATE = "late", _("Nearly late")
        OVERDUE = "overdue", pgettext_lazy("answer", "Late")
        MENTION = "mention", _("Named in a note")
        PROMISE = "promise", _("Promised")
        RED_FLAG = "red_flag", _("Red flag")
        PROBLEM = "problem", _("Something is broken")
        LOW_RATING = "low_rating", "A low rating"
        STRAGGLER = "straggler", "Left over when somebody is out"
        UNREACHED = "unreached", "A reminder that reaches nobody"

    staff_id = models.BigIntegerField(help_text="tenants.User")
    kind = models.CharField(max_length=10, choices=Kind)
    conversation_id = models.BigIntegerField(null=True, blank=True)
    object_id = models.BigIntegerField(null=True, blank=True, help_text="The escalation, note or promise.")
    ways = models.JSONField(default=dict, blank=True, help_text='How it was told: {"push": "sent", "email": "digest"}')
    at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff_id", "kind", "object_id"],
                condition=Q(object_id__isnull=False),
                name="each_is_told_once",
            )
        ]
        indexes = [
            models.Index(fields=["staff_id", "-at"], name="notice_by_staff"),
            models.Index(fields=["staff_id"], condition=Q(seen_at__isnull=True), name="notice_unseen"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for staff {self.staff_id}"


class PushSubscription(models.Model):
    """A browser that takes Web Push (RFC 8030); its keys are of the browser, not of the person."""

    staff_id = models.BigIntegerField(help_text="tenants.User")
    endpoint = models.URLField(max_length=600, unique=True)
    p256dh = models.CharField(max_length=120)
    auth = models.CharField(max_length=60)
    browser = models.CharField(max_length=60, blank=True, help_text="So that people know which one it is.")
    failures = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["staff_id"], name="push_by_staff")]

    def __str__(self) -> str:
        return f"browser of staff {self.staff_id}"
