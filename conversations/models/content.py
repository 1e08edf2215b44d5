"""What stands at the vendor beside messages: templates that WhatsApp approves, shapes of buttons and lists."""

from django.db import models

from tenants import clock


class MessageTemplate(models.Model):
    """A text that may go out at any time, once WhatsApp has approved it. One per channel, purpose and language.

    `body` is what was handed in, with our named placeholders. A changed text is handed in anew, under a new `sid`;
    until it is approved the one before (`approved_*`) keeps going out.
    """

    class Purpose(models.TextChoices):
        REMINDER = "reminder", "Reminder"
        AFTER_VISIT = "after_visit", "After the visit"
        NO_SHOW = "no_show", "After a missed appointment"
        WAITLIST_OFFER = "waitlist_offer", "A freed time for the waiting list"
        CHANGED_APPOINTMENT = "changed_appointment", "A changed appointment"
        PRACTITIONER_OUT = "practitioner_out", "A practitioner is out"

    class State(models.TextChoices):
        DRAFT = "draft", "Not handed in"
        SUBMITTED = "submitted", "WhatsApp is looking at it"
        APPROVED = "approved", "Approved"
        REJECTED = "rejected", "Refused by WhatsApp"

    channel = models.ForeignKey("conversations.Channel", on_delete=models.CASCADE, related_name="templates")
    purpose = models.CharField(max_length=20, choices=Purpose)
    language = models.CharField(max_length=5)
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
                fields=["channel", "purpose", "language"], name="one_template_per_purpose_and_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} ({self.language})"


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
