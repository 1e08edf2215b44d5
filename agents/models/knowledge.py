"""What the business tells its assistant beyond services, hours and prices; and what it was asked in vain."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tenants import clock


class KnowledgeEntry(models.Model):
    class Origin(models.TextChoices):
        TYPED = "typed", _("Typed")
        FILE = "file", _("File")
        PAGE = "page", _("Pasted page")
        ANSWER = "answer", _("Answer of the team")

    title = models.CharField(max_length=120)
    body = models.TextField(help_text="Plain text or Markdown, as people wrote it.")
    language = models.CharField(max_length=5, help_text="Of the text: en, de, es, fr, pt …")
    origin = models.CharField(max_length=6, choices=Origin, default=Origin.TYPED)
    source = models.CharField(max_length=300, blank=True, help_text="Name of the file, or address of the page.")
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True, help_text="Last day.")
    made_by_id = models.BigIntegerField(null=True, help_text="tenants.User")
    removed_at = models.DateTimeField(null=True, help_text="Kept a while, so that it can be brought back.")
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural = "knowledge entries"
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=models.F("valid_from")),
                name="knowledge_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"knowledge entry {self.pk}"


class KnowledgeChunk(models.Model):
    """A part of an entry that is found and shown to a model as a whole."""

    entry = models.ForeignKey(KnowledgeEntry, on_delete=models.CASCADE, related_name="chunks")
    index = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    words = SearchVectorField(null=True)

    class Meta:
        ordering = ["index"]
        constraints = [models.UniqueConstraint(fields=["entry", "index"], name="one_chunk_per_place")]
        indexes = [GinIndex(fields=["words"], name="knowledge_words")]

    def __str__(self) -> str:
        return f"chunk {self.index} of entry {self.entry_id}"


class KnowledgeGap(models.Model):
    """A question that nothing answered; asked again, it is counted."""

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("question", "Open")
        ANSWERED = "answered", _("Answered")
        DISMISSED = "dismissed", _("Not needed")

    question = models.CharField(max_length=300, help_text="Redacted.")
    plain = models.CharField(max_length=300, help_text="Its words folded, so that the same question is one row.")
    language = models.CharField(max_length=5, blank=True)
    times = models.PositiveIntegerField(default=1)
    conversation_id = models.BigIntegerField(help_text="Where it was asked last.")
    turn_id = models.BigIntegerField(null=True)
    status = models.CharField(max_length=9, choices=Status, default=Status.OPEN)
    entry = models.ForeignKey(KnowledgeEntry, on_delete=models.SET_NULL, null=True, related_name="gaps")
    closed_by_id = models.BigIntegerField(null=True, help_text="tenants.User")
    first_at = models.DateTimeField(default=clock.now)
    last_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plain"], condition=Q(status="open"), name="one_open_gap_per_question")
        ]
        indexes = [models.Index(fields=["status", "-last_at"], name="gap_by_status")]

    def __str__(self) -> str:
        return f"knowledge gap {self.pk}"
