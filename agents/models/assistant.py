"""The assistant as a business configures it, version by version."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenants import clock


class AssistantVersion(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        ARCHIVED = "archived", _("Archived")

    class Provider(models.TextChoices):
        GUIDED = "guided", _("Guided flow (no language model)")
        ANTHROPIC = "anthropic", _("Claude (Anthropic)")

    number = models.PositiveIntegerField(unique=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    provider = models.CharField(
        max_length=12,
        choices=Provider,
        default=Provider.ANTHROPIC,
        help_text="Guided when no key is configured.",
    )
    model = models.CharField(
        max_length=60, blank=True, default="", help_text="Always this model; empty: the router picks one by its rules."
    )
    roles = models.JSONField(default=dict, help_text='Overrides ModelRoles: {"fast": "claude-haiku-5-5"}')
    name = models.CharField(max_length=40, default="the assistant")
    tone = models.CharField(max_length=240, blank=True)
    instructions = models.TextField(blank=True)
    rules = models.JSONField(
        default=list,
        help_text='What the business demands in plain words: [{"id", "kind": "say"|"escalate", "text", "correction"}]',
    )
    red_flags = models.JSONField(default=list, help_text='[{"name", "phrases": [...], "signpost"}]')
    base = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="+", help_text="The version it was made from."
    )
    shadowing = models.BooleanField(
        default=False, help_text="A draft that answers real traffic beside the published version, without any effect."
    )
    made_by_id = models.BigIntegerField(null=True, help_text="tenants.User")
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(
        default=clock.now, help_text="When its words were changed last; what was tried before proves nothing."
    )
    published_at = models.DateTimeField(null=True)
    published_by_id = models.BigIntegerField(null=True, help_text="tenants.User; null: made with the business.")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["status"], condition=Q(status="published"), name="one_published_version"),
            models.UniqueConstraint(fields=["status"], condition=Q(status="draft"), name="one_draft_version"),
            models.CheckConstraint(condition=Q(shadowing=False) | Q(status="draft"), name="only_a_draft_shadows"),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"
