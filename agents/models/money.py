"""What models cost, and what a business allows them to cost."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agents.models.turns import Turn
from tenants import clock


class UsageRecord(models.Model):
    """One call of a language model, failed ones too."""

    class Purpose(models.TextChoices):
        TURN = "turn", _("Answering patients")
        CHECK = "check", _("Checking replies")
        MEMORY = "memory", _("Remembering")
        REVIEW = "review", _("Reviewing")
        TRIAL = "trial", _("Trying versions")
        SHADOW = "shadow", _("Shadowing")
        WRITING = "writing", _("Helping staff to write")

    ANSWERING = (Purpose.TURN, Purpose.CHECK)

    turn = models.ForeignKey(Turn, on_delete=models.SET_NULL, null=True, related_name="usage")
    conversation_id = models.BigIntegerField(null=True)
    purpose = models.CharField(max_length=12, choices=Purpose, default=Purpose.TURN)
    role = models.CharField(max_length=8, blank=True, help_text="fast, capable or judge")
    provider = models.CharField(max_length=12)
    model = models.CharField(max_length=60)
    ok = models.BooleanField()
    error = models.CharField(max_length=60, blank=True)
    input_tokens = models.IntegerField(default=0)
    output_tokens = models.IntegerField(default=0)
    cache_read_tokens = models.IntegerField(default=0)
    cache_write_tokens = models.IntegerField(default=0)
    cost_micro = models.BigIntegerField(null=True, help_text="Millionths of a US dollar; null: unknown, never 0.")
    counted_micro = models.BigIntegerField(
        default=0, help_text="What limits count: the cost, or the most that a call without a price may have cost."
    )
    milliseconds = models.FloatField(default=0)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [
            # Limits are sums over a day or a month before each turn: the index alone answers them.
            models.Index(fields=["-at"], include=["counted_micro"], name="usage_spent_by_time"),
            models.Index(
                fields=["conversation_id", "at"], include=["counted_micro"], name="usage_spent_by_conversation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.at:%Y-%m-%d}"


class SpendLimit(models.Model):
    """At most one row: what the business allows the assistant to spend on models."""

    per_day_micro = models.BigIntegerField(default=5_000_000)
    per_month_micro = models.BigIntegerField(default=100_000_000)
    per_conversation_micro = models.BigIntegerField(default=1_000_000, help_text="In one day.")
    per_turn_micro = models.BigIntegerField(default=250_000)
    steps_per_turn = models.PositiveSmallIntegerField(default=12)
    tokens_per_turn = models.PositiveIntegerField(default=120_000)
    seconds_per_turn = models.PositiveSmallIntegerField(default=60)

    def __str__(self) -> str:
        return "spend limit"


class SpendWarning(models.Model):
    """That a limit is nearly (80 %) or wholly used was told; once for each period and level."""

    class Period(models.TextChoices):
        DAY = "day", _("today")
        MONTH = "month", _("this month")

    period = models.CharField(max_length=5, choices=Period)
    starts_on = models.DateField(help_text="First day of the period, in the business's timezone.")
    percent = models.PositiveSmallIntegerField()
    spent_micro = models.BigIntegerField()
    limit_micro = models.BigIntegerField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "starts_on", "percent"], name="one_warning_per_period_and_level")
        ]

    def __str__(self) -> str:
        return f"{self.percent} % of {self.period} {self.starts_on}"


class ModelRoles(models.Model):
    """At most one row: which model a business uses for which role; a version may override it."""

    fast = models.CharField(max_length=60, default="claude-haiku-5-5")
    capable = models.CharField(max_length=60, default="claude-sonnet-5-5")
    judge = models.CharField(max_length=60, default="claude-sonnet-5-5")
    second_look = models.BooleanField(default=True, help_text="The judge looks at each reply before it is sent.")

    class Meta:
        verbose_name_plural = "model roles"

    def __str__(self) -> str:
        return "model roles"
