"""What the assistant did: its turns and their steps. Everything in a step is redacted."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agents.models.assistant import AssistantVersion
from tenants import clock


class Turn(models.Model):
    """One run of the assistant over the unanswered messages of a conversation."""

    class Status(models.TextChoices):
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped: staff took over")
        FAILED = "failed", _("Failed")

    class Outcome(models.TextChoices):
        REPLY = "reply", _("Replied")
        HANDOFF = "handoff", _("Handed over")
        SILENCE = "silence", _("Nothing to say")

    conversation_id = models.BigIntegerField()
    contact_id = models.BigIntegerField()
    version = models.ForeignKey(AssistantVersion, on_delete=models.PROTECT, null=True, related_name="turns")
    provider = models.CharField(max_length=12, blank=True)
    model = models.CharField(max_length=60, blank=True)
    role = models.CharField(max_length=8, blank=True, help_text="The router's choice: fast, capable, fixed; guided.")
    route = models.CharField(max_length=120, blank=True, help_text="Why the router chose it.")
    sources = models.JSONField(
        default=list, help_text='What the reply rests on, for staff: [{"entry", "chunk", "title"}] of the knowledge.'
    )
    status = models.CharField(max_length=8, choices=Status, default=Status.RUNNING)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    reason = models.CharField(max_length=40, blank=True, help_text="Of a handoff, or why it was dropped.")
    trigger = models.CharField(
        max_length=30, blank=True, help_text="What made it a handoff: asked, not_understood, frustration, loop, rule …"
    )
    last_message_id = models.BigIntegerField(default=0, help_text="The newest message that it has read.")
    resumed = models.PositiveSmallIntegerField(default=0)
    input_tokens = models.IntegerField(default=0)
    output_tokens = models.IntegerField(default=0)
    cached_tokens = models.IntegerField(default=0)
    cost_micro = models.BigIntegerField(null=True, default=0, help_text="Millionths of a US dollar; null: unknown.")
    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation_id"], condition=Q(status="running"), name="one_running_turn"),
        ]
        indexes = [
            models.Index(fields=["conversation_id", "-id"], name="turn_by_conversation"),
            models.Index(fields=["-started_at"], name="turn_by_start"),
            models.Index(fields=["outcome", "-id"], name="turn_by_outcome"),
            models.Index(fields=["reason", "-id"], condition=Q(outcome="handoff"), name="turn_by_reason"),
        ]

    def __str__(self) -> str:
        return f"turn {self.pk}"


class Step(models.Model):
    """One model or tool call of a turn: the checkpoint and the trace in one row. Everything in it is redacted."""

    class Kind(models.TextChoices):
        MODEL = "model", _("Model")
        TOOL = "tool", _("Skill")
        CHECK = "check", _("Check")

    class Status(models.TextChoices):
        OK = "ok", _("OK")
        ERROR = "error", _("Error")

    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="steps")
    index = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=5, choices=Kind)
    name = models.CharField(max_length=60)
    call_id = models.CharField(max_length=80, blank=True)
    input = models.JSONField(default=dict)
    output = models.JSONField(default=dict)
    status = models.CharField(max_length=5, choices=Status, default=Status.OK)
    error = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=1)
    input_tokens = models.IntegerField(default=0)
    output_tokens = models.IntegerField(default=0)
    cached_tokens = models.IntegerField(default=0)
    cost_micro = models.BigIntegerField(null=True, default=0)
    milliseconds = models.FloatField(default=0)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["index"]
        constraints = [models.UniqueConstraint(fields=["turn", "index"], name="one_step_per_index")]
        indexes = [
            models.Index(fields=["name", "-turn"], condition=Q(kind="tool"), name="step_by_tool"),
            models.Index(fields=["-turn"], condition=Q(status="error"), name="step_failed"),
            GinIndex(SearchVector("output", config="simple"), name="step_words"),
        ]

    def __str__(self) -> str:
        return f"step {self.index} of turn {self.turn_id}"
