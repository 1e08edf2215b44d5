"""The assistant as a business configures it, what it did, and the redacted transcript that it reads."""

from django.db import models
from django.db.models import Q

from tenants import clock
from tenants.secret_fields import EncryptedTextField


class AssistantVersion(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        ARCHIVED = "archived", "Archived"

    class Provider(models.TextChoices):
        GUIDED = "guided", "Guided flow (no language model)"
        ANTHROPIC = "anthropic", "Claude (Anthropic)"

    number = models.PositiveIntegerField(unique=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    provider = models.CharField(
        max_length=12,
        choices=Provider,
        default=Provider.ANTHROPIC,
        help_text="Guided when no key is configured.",
    )
    model = models.CharField(max_length=60, default="claude-haiku-5-5")
    name = models.CharField(max_length=40, default="the assistant")
    tone = models.CharField(max_length=240, blank=True)
    instructions = models.TextField(blank=True)
    red_flags = models.JSONField(default=list, help_text='[{"name", "phrases": [...], "signpost"}]')
    created_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["status"], condition=Q(status="published"), name="one_published_version"),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class Turn(models.Model):
    """One run of the assistant over the unanswered messages of a conversation."""

    class Status(models.TextChoices):
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        DROPPED = "dropped", "Dropped: staff took over"
        FAILED = "failed", "Failed"

    class Outcome(models.TextChoices):
        REPLY = "reply", "Replied"
        HANDOFF = "handoff", "Handed over"
        SILENCE = "silence", "Nothing to say"

    conversation_id = models.BigIntegerField()
    contact_id = models.BigIntegerField()
    version = models.ForeignKey(AssistantVersion, on_delete=models.PROTECT, null=True, related_name="turns")
    provider = models.CharField(max_length=12, blank=True)
    model = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.RUNNING)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    reason = models.CharField(max_length=40, blank=True, help_text="Of a handoff, or why it was dropped.")
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
        ]

    def __str__(self) -> str:
        return f"turn {self.pk}"


class Step(models.Model):
    """One model or tool call of a turn: the checkpoint and the trace in one row. Everything in it is redacted."""

    class Kind(models.TextChoices):
        MODEL = "model", "Model"
        TOOL = "tool", "Skill"
        CHECK = "check", "Check"

    class Status(models.TextChoices):
        OK = "ok", "OK"
        ERROR = "error", "Error"

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

    def __str__(self) -> str:
        return f"step {self.index} of turn {self.turn_id}"


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


class UsageRecord(models.Model):
    """One call of a language model, failed ones too."""

    turn = models.ForeignKey(Turn, on_delete=models.SET_NULL, null=True, related_name="usage")
    provider = models.CharField(max_length=12)
    model = models.CharField(max_length=60)
    ok = models.BooleanField()
    error = models.CharField(max_length=60, blank=True)
    input_tokens = models.IntegerField(default=0)
    output_tokens = models.IntegerField(default=0)
    cache_read_tokens = models.IntegerField(default=0)
    cache_write_tokens = models.IntegerField(default=0)
    cost_micro = models.BigIntegerField(null=True, help_text="Millionths of a US dollar; null: unknown, never 0.")
    milliseconds = models.FloatField(default=0)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["-at"], name="usage_by_time")]

    def __str__(self) -> str:
        return f"{self.model} {self.at:%Y-%m-%d}"


class SpendLimit(models.Model):
    """At most one row: what the business allows the assistant to spend on models."""

    per_day_micro = models.BigIntegerField(default=5_000_000)
    per_turn_micro = models.BigIntegerField(default=250_000)
    steps_per_turn = models.PositiveSmallIntegerField(default=12)
    tokens_per_turn = models.PositiveIntegerField(default=120_000)
    seconds_per_turn = models.PositiveSmallIntegerField(default=60)

    def __str__(self) -> str:
        return "spend limit"
