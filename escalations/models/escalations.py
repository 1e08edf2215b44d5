"""Work items, who gets them, what was promised."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conversations.models import Conversation, Handoff
from tenants import clock


class Escalation(models.Model):
    """The work item that a handoff opens: an owner, a clock, a resolution."""

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("escalation", "Open")
        TAKEN = "taken", _("Taken")
        RESOLVED = "resolved", _("Resolved")

    handoff = models.OneToOneField(Handoff, on_delete=models.CASCADE, related_name="escalation")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="escalations")
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    owner_id = models.BigIntegerField(null=True, blank=True, help_text="tenants.User")
    opened_at = models.DateTimeField(default=clock.now)
    first_reply_due_at = models.DateTimeField(null=True, blank=True, help_text="By the business's hours.")
    first_replied_at = models.DateTimeField(null=True, blank=True)
    resolve_due_at = models.DateTimeField(null=True, blank=True, help_text="By the business's hours.")
    warned_at = models.DateTimeField(null=True, blank=True, help_text="When somebody was told that it is nearly late.")
    given_on = models.PositiveSmallIntegerField(default=0, help_text="How often it went to somebody else, unanswered.")
    account = models.JSONField(default=dict, blank=True, help_text='{"agreed": [], "offered": [], "open": []}')
    notified_at = models.DateTimeField(null=True, blank=True, help_text="When staff were mailed about it.")
    taken_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolution = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open", owner_id__isnull=True) | ~Q(status="open"),
                name="an_open_escalation_has_no_owner",
            ),
            models.CheckConstraint(
                condition=Q(status="taken", owner_id__isnull=False) | ~Q(status="taken"),
                name="a_taken_escalation_has_an_owner",
            ),
            models.CheckConstraint(
                condition=Q(status="resolved", resolved_at__isnull=False) | ~Q(status="resolved"),
                name="a_resolved_escalation_has_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "opened_at"], name="escalation_by_status"),
            models.Index(
                fields=["first_reply_due_at"],
                condition=Q(first_replied_at__isnull=True) & ~Q(status="resolved"),
                name="escalation_by_clock",
            ),
            models.Index(fields=["-resolved_at"], condition=Q(status="resolved"), name="escalation_by_resolution"),
        ]

    def __str__(self) -> str:
        return f"escalation {self.pk}"


class Promise(models.Model):
    """ "We'll call you back": a task with an owner and a deadline."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="promises")
    message_id = models.BigIntegerField(null=True, blank=True, help_text="The message that made it.")
    text = models.CharField(max_length=300)
    owner_id = models.BigIntegerField(null=True, blank=True, help_text="tenants.User")
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.BigIntegerField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message_id"], condition=Q(message_id__isnull=False), name="one_promise_per_message"
            )
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(done_at__isnull=True), name="promise_by_deadline")]

    def __str__(self) -> str:
        return f"promise {self.pk}"


class ServiceLevel(models.Model):
    """At most one row: how fast the business wants to answer, and how work is handed out."""

    class Way(models.TextChoices):
        BY_HAND = "by_hand", _("Whoever takes it")
        IN_TURN = "in_turn", _("In turn, to whoever is there")

    way = models.CharField(max_length=7, choices=Way, default=Way.BY_HAND)
    first_reply_minutes = models.PositiveIntegerField(default=60, help_text="Within opening hours.")
    resolve_minutes = models.PositiveIntegerField(default=480, help_text="Within opening hours.")
    give_on_minutes = models.PositiveIntegerField(
        default=30, help_text="Unanswered that long: to somebody else; 0: no."
    )
    asks_rating = models.BooleanField(default=False, help_text="Whether patients are asked how it was.")
    tells_ratings_to = models.PositiveSmallIntegerField(
        default=2, help_text="Who manages is told of a rating of 1 to this; 0: of none."
    )

    def __str__(self) -> str:
        return f"first reply in {self.first_reply_minutes} minutes"

    @classmethod
    def of_this_business(cls) -> "ServiceLevel":
        """What was set, or else the defaults (then it has no row yet)."""
        return cls.objects.order_by("pk").first() or cls()


class StaffState(models.Model):
    """How a member of staff works here: there or away, how much at once, where they are told."""

    staff_id = models.BigIntegerField(unique=True, help_text="tenants.User")
    away = models.BooleanField(default=False)
    away_until = models.DateTimeField(null=True, blank=True)
    capacity = models.PositiveSmallIntegerField(default=10, help_text="Conversations at once.")
    last_given_at = models.DateTimeField(null=True, blank=True)
    tell_by_push = models.BooleanField(default=True)
    tell_by_whatsapp = models.BooleanField(default=False)
    quiet_from = models.TimeField(null=True, blank=True, help_text="In the business's timezone.")
    quiet_until = models.TimeField(null=True, blank=True)
    muted = models.JSONField(default=list, blank=True, help_text="Kinds of Notice that only the page shows them.")
    urgent_at_night = models.BooleanField(default=True, help_text="Red flags are told in quiet hours too.")
    digest = models.BooleanField(default=False, help_text="One e-mail a day instead of one each.")
    digest_sent_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"state of staff {self.staff_id}"


class Rating(models.Model):
    """How it was, asked after resolving, within the service window."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="ratings")
    asked_at = models.DateTimeField(default=clock.now)
    message_id = models.BigIntegerField(null=True, blank=True, help_text="The question.")
    resolved_by = models.BigIntegerField(null=True, blank=True, help_text="tenants.User; null: the assistant")
    score = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1 (bad) to 5")
    reason = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=1, score__lte=5), name="a_rating_is_one_to_five"
            )
        ]
        indexes = [models.Index(fields=["conversation", "-asked_at"], name="rating_by_conversation")]

    def __str__(self) -> str:
        return f"rating {self.pk}"
