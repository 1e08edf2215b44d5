"""Who is treated."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants import clock
from tenants.folding import Fold


class Patient(models.Model):
    """The person treated. `contact_id` is the conversations.Contact who writes for this patient."""

    class Disclosure(models.TextChoices):
        FULL = "full", _("Everything")
        TIME_ONLY = "time_only", _("Day and time only")
        NOTHING = "nothing", _("Nothing: staff answer")

    name = models.CharField(max_length=120)
    contact_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    phone = models.CharField(max_length=40, blank=True, help_text="For patients entered by staff.")
    disclosure = models.CharField(
        max_length=9,
        choices=Disclosure,
        default=Disclosure.FULL,
        help_text="What the assistant tells of this patient's appointments on a phone that several people share.",
    )
    known_since = models.DateField(null=True, blank=True, help_text="A returning patient from before Frontdesk.")
    blocked_at = models.DateTimeField(null=True, blank=True, help_text="The assistant books nothing any more.")
    blocked_by_id = models.BigIntegerField(null=True, blank=True, help_text="The staff member's tenants.User id.")
    blocked_reason = models.CharField(max_length=240, blank=True, help_text="For staff only.")
    born_on = models.DateField(
        null=True, blank=True, db_index=True, help_text="Proves who writes from an unknown number; nobody is told it."
    )
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(Fold("name"), name="patient_by_name")]

    def __str__(self) -> str:
        return f"patient {self.pk}"


class MessageConsent(models.Model):
    """Staff asked whether messages may go to the patient's phone, and were told yes. The diary writes it down;
    conversations claims it and keeps the consent with the contact who has that phone."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="consents")
    user_id = models.BigIntegerField(null=True, help_text="The staff member's tenants.User id.")
    at = models.DateTimeField(default=clock.now)
    taken_at = models.DateTimeField(null=True, blank=True, help_text="When it was kept with the contact.")

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"consent of patient {self.patient_id}"
