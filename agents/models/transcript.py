"""The redacted transcript that models read, and what its placeholders stand for."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q

from agents.models.turns import Turn
from tenants import clock
from tenants.secret_fields import EncryptedTextField


class TranscriptEntry(models.Model):
    """The append-only, redacted transcript of a conversation: all that a model ever sees of it."""

    class Role(models.TextChoices):
        PATIENT = "patient"
        ASSISTANT = "assistant"
        TOOLS = "tools"
        STAFF = "staff"

    conversation_id = models.BigIntegerField()
    index = models.PositiveIntegerField()
    role = models.CharField(max_length=9, choices=Role)
    blocks = models.JSONField(help_text="agents.types blocks")
    message_id = models.BigIntegerField(null=True, help_text="The conversations.Message that it came from.")
    turn = models.ForeignKey(Turn, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["index"]
        constraints = [
            models.UniqueConstraint(fields=["conversation_id", "index"], name="one_entry_per_index"),
            models.UniqueConstraint(
                fields=["message_id"], condition=Q(message_id__isnull=False), name="one_entry_per_message"
            ),
        ]
        indexes = [
            models.Index(
                fields=["conversation_id", "-message_id"],
                condition=Q(message_id__isnull=False),
                name="entry_by_message",
            ),
            GinIndex(SearchVector("blocks", config="simple"), name="transcript_words"),
        ]

    def __str__(self) -> str:
        return f"entry {self.index} of conversation {self.conversation_id}"


class Pseudonym(models.Model):
    """What a placeholder such as [NAME_1] stands for in one conversation."""

    conversation_id = models.BigIntegerField()
    token = models.CharField(max_length=24)
    kind = models.CharField(max_length=20)
    value = EncryptedTextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation_id", "token"], name="one_value_per_placeholder")]

    def __str__(self) -> str:
        return f"{self.token} of conversation {self.conversation_id}"
