"""What people corrected, and the cases that prove a version has learnt it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agents.models.assistant import AssistantVersion
from agents.models.knowledge import KnowledgeEntry
from agents.models.turns import Turn
from tenants import clock


class Correction(models.Model):
    """Somebody says that a reply was wrong. Only a person's approval gives it any effect, in this business only."""

    class Because(models.TextChoices):
        WRONG_FACT = "wrong_fact", _("Something in it is not true")
        MISUNDERSTOOD = "misunderstood", _("It misunderstood")
        RULE_BROKEN = "rule_broken", _("It broke a house rule")
        WRONG_ACT = "wrong_act", _("It did the wrong thing, or should have handed over")
        TONE = "tone", _("It should sound different")

    class Status(models.TextChoices):
        CANDIDATE = "candidate", _("Waits for approval")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Rejected")
        REVERTED = "reverted", _("Taken back")

    turn = models.ForeignKey(Turn, on_delete=models.SET_NULL, null=True, related_name="corrections")
    conversation_id = models.BigIntegerField()
    message_id = models.BigIntegerField(help_text="The conversations.Message that was wrong.")
    noticed_in_id = models.BigIntegerField(
        null=True, help_text="The patient's message that contradicts it; null: staff marked it."
    )
    because = models.CharField(max_length=13, choices=Because)
    said = models.TextField(help_text="Redacted.")
    should_say = models.TextField(blank=True, help_text="Redacted; what would have been right.")
    status = models.CharField(max_length=9, choices=Status, default=Status.CANDIDATE)
    rule_id = models.CharField(max_length=20, blank=True, help_text="Of the rule in AssistantVersion.rules it became.")
    entry = models.ForeignKey(KnowledgeEntry, on_delete=models.SET_NULL, null=True, related_name="corrections")
    made_by_id = models.BigIntegerField(null=True, help_text="tenants.User; null: noticed by the assistant.")
    decided_by_id = models.BigIntegerField(null=True, help_text="tenants.User")
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status="candidate") | Q(decided_by_id__isnull=False),
                name="only_a_person_decides_a_correction",
            ),
            models.UniqueConstraint(
                fields=["message_id"], condition=Q(status="candidate"), name="one_candidate_per_message"
            ),
        ]
        indexes = [models.Index(fields=["status", "-created_at"], name="correction_by_status")]

    def __str__(self) -> str:
        return f"correction {self.pk}"


class SavedCase(models.Model):
    """A conversation that went wrong once: a version that gets it wrong again can't be published."""

    correction = models.OneToOneField(Correction, on_delete=models.SET_NULL, null=True, related_name="case")
    name = models.CharField(max_length=120)
    heard = models.JSONField(help_text="Redacted transcript up to the reply that was wrong: [{role, blocks}]")
    wanted = models.JSONField(
        help_text='{"must_say": [...], "must_not_say": [...], "must_call": [...], "must_not_call": [...], "handoff"}'
    )
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"saved case {self.pk}"


class CaseRun(models.Model):
    """How a version did in a saved case; the newest one counts."""

    case = models.ForeignKey(SavedCase, on_delete=models.CASCADE, related_name="runs")
    version = models.ForeignKey(AssistantVersion, on_delete=models.CASCADE, related_name="case_runs")
    passed = models.BooleanField()
    said = models.TextField(blank=True)
    faults = models.JSONField(default=list, help_text="What was wrong, one sentence each.")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["version", "case", "-at"], name="case_run_by_version")]

    def __str__(self) -> str:
        return f"run of case {self.case_id} on version {self.version_id}"
