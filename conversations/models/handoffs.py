"""Assistant → people."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conversations.models.talk import Conversation
from conversations.trigger_words import trigger_words
from tenants import clock
from tenants.sentences import say


class Handoff(models.Model):
    """Assistant → people. The desk claims it and opens an escalation (news travels up as a row)."""

    class Reason(models.TextChoices):
        CUSTOMER_REQUEST = "customer_request", _("Asked for a person")
        MISSING_KNOWLEDGE = "missing_knowledge", _("Answer not known")
        UNSUPPORTED_REQUEST = "unsupported_request", _("Can't be done by the assistant")
        POLICY = "policy", _("House rule")
        TOOL_FAILURE = "tool_failure", _("Something failed")
        RED_FLAG = "red_flag", _("Red flag")
        LIMIT_REACHED = "limit_reached", _("Limit reached")

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="handoffs")
    turn_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=20, choices=Reason)
    trigger = models.CharField(
        max_length=30, blank=True, help_text="What set it off: asked, not_understood, frustration, loop, rule …"
    )
    summary = models.CharField(max_length=500, blank=True)
    is_task = models.BooleanField(default=False, help_text="Something for staff to do; the assistant goes on here.")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["turn_id"], condition=Q(turn_id__isnull=False), name="one_handoff_per_turn")
        ]
        indexes = [models.Index(fields=["-at"], name="handoff_by_time")]

    def __str__(self) -> str:
        return f"handoff {self.pk}"

    @property
    def told(self) -> str:
        """The summary: ours in the reader's language, a model's or the guided flow's as it was written."""
        return say(self.summary)

    @property
    def set_off_by(self) -> str:
        """ "not understood", "house rule r7"; "" where nobody knows, or the reason says as much."""
        return trigger_words("" if self.trigger == "asked" else self.trigger, self.turn_id)
