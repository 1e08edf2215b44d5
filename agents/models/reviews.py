"""What the reviewer noticed in finished conversations."""

from django.db import models
from django.db.models import Q

from tenants import clock


class Review(models.Model):
    """One look at a finished conversation. Flags wait for staff until somebody has seen them."""

    conversation_id = models.BigIntegerField()
    up_to_turn_id = models.BigIntegerField(help_text="The newest agents.Turn that it read.")
    made_by = models.CharField(max_length=60, help_text="A model's name, or rules.")
    score = models.PositiveSmallIntegerField(null=True, help_text="1 to 5, where a model judged.")
    flags = models.JSONField(default=list, help_text='[{"sort", "turn", "words"}], redacted')
    flagged = models.BooleanField(default=False)
    seen_by_id = models.BigIntegerField(null=True, help_text="tenants.User")
    seen_at = models.DateTimeField(null=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation_id", "up_to_turn_id"], name="one_review_per_stretch")
        ]
        indexes = [
            models.Index(
                fields=["-id"], condition=Q(flagged=True, seen_at__isnull=True), name="review_waiting_for_staff"
            )
        ]

    def __str__(self) -> str:
        return f"review of conversation {self.conversation_id}"


class ReviewShare(models.Model):
    """At most one row: how many of the finished conversations are looked at."""

    percent = models.PositiveSmallIntegerField(default=20)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(percent__lte=100), name="a_share_is_no_more_than_all")]

    def __str__(self) -> str:
        return f"{self.percent} % of conversations"
