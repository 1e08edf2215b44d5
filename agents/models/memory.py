"""What is remembered of a contact beyond the window that a model sees."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenants import clock


class Fact(models.Model):
    """One thing known of a contact or a patient, in real words; hidden on its way to a model like anything else.

    Never overwritten: what replaces it names it in `supersedes`, what staff delete keeps its row without its text.
    """

    class Kind(models.TextChoices):
        PREFERENCE = "preference", _("Preference")
        NEED = "need", _("Need")
        LANGUAGE = "language", _("Language")
        FAMILY = "family", _("Family")
        OTHER = "other", _("Other")

    class Maker(models.TextChoices):
        ASSISTANT = "assistant", _("Assistant")
        STAFF = "staff", _("Staff")

    contact_id = models.BigIntegerField()
    patient_id = models.BigIntegerField(null=True, help_text="calendar_sync.Patient; null: the contact as such.")
    kind = models.CharField(max_length=10, choices=Kind)
    subject = models.CharField(max_length=40, help_text="What a newer one of the contact supersedes: time_of_day, …")
    text = models.CharField(max_length=300)
    words = SearchVectorField(null=True)
    pinned = models.BooleanField(default=False, help_text="Always in the window.")
    made_by = models.CharField(max_length=9, choices=Maker)
    staff_id = models.BigIntegerField(null=True, help_text="tenants.User who wrote or deleted it.")
    source_message_id = models.BigIntegerField(null=True, help_text="The conversations.Message that says so.")
    supersedes = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, related_name="superseded_by", help_text="The older one."
    )
    deleted_at = models.DateTimeField(null=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=True) | Q(text=""), name="a_deleted_fact_keeps_no_text"
            ),
            models.CheckConstraint(
                condition=Q(made_by="staff") | Q(source_message_id__isnull=False), name="a_fact_names_its_source"
            ),
        ]
        indexes = [
            models.Index(fields=["contact_id", "-at"], name="fact_by_contact"),
            GinIndex(fields=["words"], name="fact_words"),
        ]

    def __str__(self) -> str:
        return f"fact {self.pk} of contact {self.contact_id}"


class FactsRead(models.Model):
    """How far a conversation has been read for facts."""

    conversation_id = models.BigIntegerField(unique=True)
    up_to = models.PositiveIntegerField(help_text="Index of the first transcript entry that was not read for them.")
    made_by = models.CharField(max_length=60, help_text="A model's name, or rules.")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural = "facts read"

    def __str__(self) -> str:
        return f"conversation {self.conversation_id} read for facts up to {self.up_to}"


class ConversationSummary(models.Model):
    """What the transcript said before `up_to`: redacted, append-only, the newest one counts."""

    conversation_id = models.BigIntegerField()
    up_to = models.PositiveIntegerField(help_text="Index of the first transcript entry that it does not cover.")
    text = models.TextField()
    made_by = models.CharField(max_length=60, help_text="A model's name, or rules.")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural = "conversation summaries"
        constraints = [models.UniqueConstraint(fields=["conversation_id", "up_to"], name="one_summary_per_place")]

    def __str__(self) -> str:
        return f"summary of conversation {self.conversation_id} up to {self.up_to}"
