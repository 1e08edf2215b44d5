"""Versions put to the test before, beside and after they answer patients."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agents.models.assistant import AssistantVersion
from agents.models.turns import Turn
from tenants import clock


class Trial(models.Model):
    """Simulated patients, or past conversations once more, played against a version."""

    class Kind(models.TextChoices):
        GO_LIVE = "go_live", _("Go-live score")
        REPLAY = "replay", _("Replay of past conversations")

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    kind = models.CharField(max_length=7, choices=Kind)
    version = models.ForeignKey(AssistantVersion, on_delete=models.CASCADE, related_name="trials")
    model = models.CharField(max_length=60, help_text="guided, or the model that played.")
    status = models.CharField(max_length=7, choices=Status, default=Status.WAITING)
    scenarios = models.PositiveIntegerField(default=0)
    repeats = models.PositiveSmallIntegerField(default=1, help_text="Trials of each scenario: k of pass^k.")
    played = models.PositiveIntegerField(default=0, help_text="Of scenarios × repeats; the progress bar.")
    passed_once = models.FloatField(null=True, help_text="pass^1: share of all trials that ended right.")
    passed_always = models.FloatField(null=True, help_text="pass^k: share of scenarios that ended right every time.")
    red_flags_missed = models.PositiveIntegerField(null=True)
    problem = models.CharField(max_length=200, blank=True, help_text="Why it failed, for people.")
    asked_by_id = models.BigIntegerField(null=True, help_text="tenants.User")
    asked_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "kind"], condition=Q(status__in=["waiting", "running"]), name="one_trial_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["version", "kind", "-id"], name="trial_by_version")]

    def __str__(self) -> str:
        return f"trial {self.pk}"


class TrialResult(models.Model):
    """How one scenario ended, once."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="results")
    scenario = models.CharField(max_length=120, help_text="Its name; of a replay: conversation <id>.")
    sort = models.CharField(max_length=20, help_text="ordinary, undecided, late, rude, urgent, language, injection …")
    repeat = models.PositiveSmallIntegerField(default=1)
    passed = models.BooleanField()
    faults = models.JSONField(default=list, help_text="What was wrong, one sentence each.")
    lines = models.JSONField(default=list, help_text='[{"who": "patient"|"assistant", "text"}], redacted')
    wanted = models.JSONField(default=dict)
    got = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trial", "scenario", "repeat"], name="one_result_per_scenario_and_repeat")
        ]

    def __str__(self) -> str:
        return f"result {self.pk} of trial {self.trial_id}"


class ShadowAnswer(models.Model):
    """What the draft would have done where the published version did something; nothing of it had any effect."""

    class Compared(models.TextChoices):
        SAME = "same", _("Same outcome")
        DIFFERENT = "different", _("Different")
        ONLY_DRAFT_HANDS_OVER = "draft_over", _("Only the draft hands over")
        ONLY_LIVE_HANDS_OVER = "live_over", _("Only the published version hands over")
        FAILED = "failed", _("The draft gave no answer")

    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="shadows")
    version = models.ForeignKey(AssistantVersion, on_delete=models.CASCADE, related_name="shadows")
    outcome = models.CharField(max_length=8, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    said = models.TextField(blank=True, help_text="Redacted.")
    calls = models.JSONField(default=list, help_text="Skills that it asked for, with their redacted arguments.")
    compared = models.CharField(max_length=10, choices=Compared)
    cost_micro = models.BigIntegerField(null=True, default=0)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["turn", "version"], name="one_shadow_per_turn_and_version")]
        indexes = [models.Index(fields=["version", "-id"], name="shadow_by_version")]

    def __str__(self) -> str:
        return f"shadow of turn {self.turn_id}"
