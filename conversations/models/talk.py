"""Conversations and the lines between their messages."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conversations.models.channels import Channel
from conversations.models.contacts import Contact, ContactIdentity
from tenants import clock


class Conversation(models.Model):
    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        SNOOZED = "snoozed", _("Snoozed")
        RESOLVED = "resolved", _("Resolved")

    class Handling(models.TextChoices):
        ASSISTANT = "assistant", _("Assistant")
        WAITING_FOR_STAFF = "waiting_for_staff", _("Needs you")
        STAFF = "staff", _("Staff")

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="conversations")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="conversations")
    identity = models.ForeignKey(ContactIdentity, on_delete=models.PROTECT, related_name="conversations")
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    handling = models.CharField(max_length=18, choices=Handling, default=Handling.ASSISTANT)
    staff_id = models.BigIntegerField(null=True, blank=True, help_text="tenants.User who has it.")
    unread = models.PositiveIntegerField(default=0)
    snippet = models.CharField(max_length=160, blank=True)
    last_message_at = models.DateTimeField(default=clock.now)
    last_inbound_at = models.DateTimeField(null=True, blank=True, help_text="Opens the service window for 24 hours.")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["identity", "channel"], name="one_conversation_per_identity_and_channel"),
        ]
        indexes = [
            models.Index(fields=["-last_message_at", "-id"], name="conversation_by_recency"),
            models.Index(
                fields=["handling", "-last_message_at"],
                condition=Q(status="open"),
                name="conversation_by_handling",
            ),
            models.Index(
                fields=["staff_id", "-last_message_at"],
                condition=Q(staff_id__isnull=False),
                name="conversation_by_staff",
            ),
            models.Index(
                fields=["snoozed_until"], condition=Q(snoozed_until__isnull=False), name="conversation_by_snooze"
            ),
        ]

    def __str__(self) -> str:
        return f"conversation {self.pk}"


class ConversationEvent(models.Model):
    """A line between the messages: taken over, returned, resolved, booked. Ids and verbs; the page words it."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="events")
    act = models.CharField(max_length=30)
    staff_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["conversation", "at"], name="event_by_conversation")]

    def __str__(self) -> str:
        return f"{self.act} in conversation {self.conversation_id}"
