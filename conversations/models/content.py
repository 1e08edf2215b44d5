"""What stands at the vendor beside messages: templates that WhatsApp approves, shapes of buttons and lists."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenants import clock


class MessageTemplate(models.Model):
    """A text that may go out at any time, once WhatsApp has approved it. One per channel, purpose and language, except
    those that were made at the vendor (`other`), which staff use and which are known by their id there.

    `body` is what was handed in, with our named placeholders. A changed text is handed in anew, under a new `sid`;
    until it is approved the one before (`approved_*`) keeps going out.
    """

    class Purpose(models.TextChoices):
        REMINDER = "reminder", _("Reminder")
        AFTER_VISIT = "after_visit", _("After the visit")
        NO_SHOW = "no_show", _("After a missed appointment")
        WAITLIST_OFFER = "waitlist_offer", _("A freed time for the waiting list")
        CHANGED_APPOINTMENT = "changed_appointment", _("A changed appointment")
        CALLED_OFF = "called_off", _("A cancelled appointment")
        PRACTITIONER_OUT = "practitioner_out", _("A practitioner is out")
        OUT_ONE_TIME = "out_one_time", _("A practitioner is out: one other time")
        OUT_TWO_TIMES = "out_two_times", _("A practitioner is out: two other times")
        STAFF_NOTICE = "staff_notice", _("A notice to your team")
        OTHER = "other", _("Made at WhatsApp")

    class State(models.TextChoices):
        DRAFT = "draft", _("Not handed in")
        SUBMITTED = "submitted", _("WhatsApp is looking at it")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Refused by WhatsApp")
        PAUSED = "paused", _("Paused by WhatsApp")
        GONE = "gone", _("No longer at WhatsApp")

    channel = models.ForeignKey("conversations.Channel", on_delete=models.CASCADE, related_name="templates")
    purpose = models.CharField(max_length=20, choices=Purpose)
    language = models.CharField(max_length=10, help_text="The vendor's code, where it was made there: pt_BR")
    name = models.CharField(max_length=200, blank=True, help_text="Its name at the vendor, where it was made there.")
    category = models.CharField(max_length=20, blank=True, help_text="utility, marketing, authentication")
    unfit = models.CharField(max_length=120, blank=True, help_text="Why it can't be sent from here.")
    samples = models.JSONField(default=dict, blank=True, help_text='What its blanks stand for: {"v1": "Rosa"}')
    body = models.TextField()
    buttons = models.JSONField(default=list, blank=True, help_text='[{"id": "confirm:{reference}", "title"}]')
    sid = models.CharField(max_length=40, blank=True, help_text="The vendor's content id of `body`.")
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    reason = models.CharField(max_length=300, blank=True, help_text="Why it was refused, as the vendor says.")
    approved_sid = models.CharField(max_length=40, blank=True)
    approved_body = models.TextField(blank=True)
    approved_buttons = models.JSONField(default=list, blank=True)
    wanted_at = models.DateTimeField(null=True, blank=True, help_text="When somebody asked for the approval.")
    checked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["purpose", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "purpose", "language"],
                condition=~Q(purpose="other"),
                name="one_template_per_purpose_and_language",
            ),
            models.UniqueConstraint(
                fields=["channel", "sid"], condition=Q(purpose="other"), name="one_template_per_vendors_id"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} ({self.language})"

    @property
    def title(self) -> str:
        """What people call it: "Reminder", "Opening offer"."""
        return self.name.replace("_", " ").strip().capitalize() or self.get_purpose_display()


class KnownContent(models.Model):
    """A shape of buttons or list that was made at the vendor once and is filled in with each message."""

    channel = models.ForeignKey("conversations.Channel", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    sid = models.CharField(max_length=40)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "digest"], name="one_content_per_shape")]

    def __str__(self) -> str:
        return f"content {self.pk}"
