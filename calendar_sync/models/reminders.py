"""What goes out by itself about an appointment, when, and what became of it; and that the patient said "I'll come"."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from calendar_sync.models.appointments import Appointment
from tenants import clock


class Reminder(models.Model):
    """One message about one start of an appointment. Planned here by the diary; claimed and sent by conversations.

    Unique per appointment, kind, offset and start: however many schedulers and workers there are, one is sent.
    """

    class Kind(models.TextChoices):
        REMINDER = "reminder", _("Reminder")
        AFTER_VISIT = "after_visit", _("After the visit")
        NO_SHOW = "no_show", _("After a missed appointment")

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        SENT = "sent", _("Sent")
        SKIPPED = "skipped", _("Not sent")
        FAILED = "failed", _("Not delivered")

    class Reason(models.TextChoices):
        CANCELLED = "cancelled", _("The appointment was cancelled.")
        MOVED = "moved", _("The appointment was moved.")
        OVER = "over", _("It was not held as planned.")
        TAKEN_BACK = "taken_back", _("The appointment is no longer marked as missed.")
        SWITCHED_OFF = "switched_off", _("Switched off in the settings.")
        TOO_LATE = "too_late", _("Its time had passed when the appointment was made, or when it could be sent.")
        CLOSE_TO_ANOTHER = "close_to_another", _("Another reminder goes out about the same time.")
        SAME_VISIT = "same_visit", _("The first appointment of the visit is reminded of.")
        IN_QUESTION = "in_question", _("It can't take place as it stands: the patient is being asked.")
        BLOCKED = "blocked", _("The patient is blocked.")
        STAFF_ONLY = "staff_only", _("Only staff speak about this patient's appointments.")
        OPTED_OUT = "opted_out", _("They asked not to be written to (STOP).")
        NO_CHANNEL = "no_channel", _("There is no WhatsApp conversation to write to.")
        NOT_ASKED = "not_asked", _("Nobody noted that they agreed to messages on WhatsApp.")
        NO_TEMPLATE = "no_template", _("WhatsApp's 24 hours were over, and no template is approved for this.")

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=11, choices=Kind)
    minutes = models.PositiveIntegerField(help_text="Before the start; for the other kinds after the end or the mark.")
    starts_at = models.DateTimeField(help_text="The start that it is about.")
    due_at = models.DateTimeField()
    status = models.CharField(max_length=7, choices=Status, default=Status.PLANNED)
    reason = models.CharField(max_length=40, blank=True, help_text="Why it was not sent; or the vendor's code.")
    message_id = models.BigIntegerField(null=True, blank=True, help_text="conversations.Message")
    revision = models.PositiveIntegerField(help_text="Of the appointment when it was planned.")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["appointment", "kind", "minutes", "starts_at"], name="one_reminder_per_start_and_offset"
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(status="planned"), name="reminder_planned"),
            models.Index(fields=["message_id"], condition=Q(message_id__isnull=False), name="reminder_by_message"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of appointment {self.appointment_id}"

    @property
    def why(self) -> str:
        """The reason in words; "" where none is known."""
        return str(self.Reason(self.reason).label) if self.reason in self.Reason.values else ""


class PatientConfirmation(models.Model):
    """The patient said that they will come. Holds for this revision: a moved appointment has to be confirmed anew."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="confirmations")
    revision = models.PositiveIntegerField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appointment", "revision"], name="one_confirmation_per_revision")
        ]

    def __str__(self) -> str:
        return f"confirmation of appointment {self.appointment_id}"
