"""Who may hear of somebody else's appointments, and who has tried to."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from calendar_sync.models.patients import Patient
from tenants import clock


class Verification(models.Model):
    """A contact has proven, or staff have said, that it may hear of and change this patient's appointments.

    `contact_id` is the conversations.Contact. It counts while it is neither withdrawn nor over.
    """

    class Method(models.TextChoices):
        BIRTH_DATE = "birth_date", _("Date of birth")
        STAFF = "staff", _("A person has checked")
        CODE = "code", _("A code from your team")

    contact_id = models.BigIntegerField()
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="verifications")
    method = models.CharField(max_length=10, choices=Method)
    staff_id = models.BigIntegerField(null=True, help_text="tenants.User who checked, or gave the code.")
    proven_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(null=True, help_text="Null: until it is withdrawn.")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by_id = models.BigIntegerField(null=True, help_text="tenants.User")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact_id", "patient"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_verification_per_contact_and_patient",
            ),
            models.CheckConstraint(
                condition=Q(method__in=("staff", "code"), staff_id__isnull=False)
                | Q(
                    method="birth_date", staff_id__isnull=True, expires_at__isnull=False, expires_at__gt=F("proven_at")
                ),
                name="verification_by_staff_or_for_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"verification {self.pk} of contact {self.contact_id}"


class VerificationCode(models.Model):
    """A code that a person of the team has told somebody of whom they are sure. Only its keyed digest is kept."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64, unique=True)
    made_by_id = models.BigIntegerField(help_text="tenants.User")
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=Q(used_at__isnull=True), name="one_open_code_per_patient"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="code_ends_after_it_was_made"),
        ]

    def __str__(self) -> str:
        return f"code {self.pk} for patient {self.patient_id}"


class VerificationTry(models.Model):
    """One try that failed. Neither the name nor the date is kept: `name_digest` is keyed; "" for a code."""

    contact_id = models.BigIntegerField()
    name_digest = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural = "verification tries"
        indexes = [
            models.Index(fields=["contact_id", "at"], name="verification_try_by_contact"),
            models.Index(fields=["name_digest", "at"], name="verification_try_by_name"),
        ]

    def __str__(self) -> str:
        return f"try {self.pk} of contact {self.contact_id}"
