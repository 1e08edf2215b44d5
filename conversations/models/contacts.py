"""Who writes, how they are reached, what they agreed to."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants import clock
from tenants.folding import Fold
from tenants.models import ChannelKind


class Contact(models.Model):
    """The person who writes."""

    name = models.CharField(max_length=120, blank=True, help_text="As staff or the contact gave it.")
    profile_name = models.CharField(max_length=120, blank=True, help_text="As WhatsApp shows it; never trusted.")
    language = models.CharField(max_length=5, blank=True, help_text="As they write, or as staff say.")
    language_by = models.BigIntegerField(null=True, blank=True, help_text="tenants.User who said so; null: learned.")
    note = models.TextField(blank=True)
    opted_out_at = models.DateTimeField(null=True, blank=True, help_text="Wrote STOP: nothing goes out by itself.")
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged", help_text="Staff joined them."
    )
    created_at = models.DateTimeField(default=clock.now)
    erased_at = models.DateTimeField(null=True, blank=True, help_text="They asked to be forgotten: nothing is left.")

    class Meta:
        indexes = [
            models.Index(Fold("name"), name="contact_by_name"),
            models.Index(Fold("profile_name"), name="contact_by_profile_name"),
            GinIndex(SearchVector(Fold("name"), Fold("profile_name"), config="simple"), name="contact_by_words"),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"

    @property
    def display_name(self) -> str:
        return self.name or self.profile_name


class ContactIdentity(models.Model):
    """How a contact is reached: a phone number or a business-scoped user id."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="identities")
    kind = models.CharField(max_length=10, choices=ChannelKind)
    address = models.CharField(max_length=120, help_text="As the vendor writes it: whatsapp:+447911123456")
    phone = models.CharField(max_length=20, blank=True, help_text="E.164, where there is one.")
    user_id = models.CharField(max_length=80, blank=True, help_text="The vendor's business-scoped user id (BSUID).")
    replaced_by = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaces",
        help_text="The contact changed their number, as the vendor says.",
    )
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural = "contact identities"
        constraints = [models.UniqueConstraint(fields=["kind", "address"], name="one_contact_per_identity")]
        indexes = [
            models.Index(fields=["kind", "user_id"], condition=~models.Q(user_id=""), name="identity_by_user_id")
        ]

    def __str__(self) -> str:
        return f"identity {self.pk} of contact {self.contact_id}"


class ConsentChange(models.Model):
    """Opting in or out: when, by which way, in which words."""

    class To(models.TextChoices):
        IN = "in", _("May be written to")
        OUT = "out", _("Wants no messages by themselves")

    class Way(models.TextChoices):
        WORD = "word", _("Wrote the word")
        VENDOR = "vendor", _("WhatsApp says so")
        STAFF = "staff", _("Told a member of staff")
        FORM = "form", _("Ticked it in a form")

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="consents")
    to = models.CharField(max_length=3, choices=To)
    way = models.CharField(max_length=6, choices=Way)
    text = models.CharField(max_length=300, blank=True, help_text="Their words, or what they agreed to.")
    staff_id = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["contact", "-at"], name="consent_by_contact")]

    def __str__(self) -> str:
        return f"contact {self.contact_id} opted {self.to}"


class StaffPhone(models.Model):
    """A member of staff's own WhatsApp: told of escalations there, and heard, once the code came back from it."""

    staff_id = models.BigIntegerField(help_text="tenants.User")
    kind = models.CharField(max_length=10, choices=ChannelKind)
    address = models.CharField(max_length=120, help_text="As the vendor writes it: whatsapp:+447911123456")
    code_digest = models.CharField(max_length=64, blank=True)
    code_expires_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    verified_at = models.DateTimeField(null=True, blank=True)
    last_inbound_at = models.DateTimeField(null=True, blank=True, help_text="Opens the service window for 24 hours.")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "address"], name="one_member_of_staff_per_phone"),
            models.UniqueConstraint(fields=["staff_id"], name="one_phone_per_member_of_staff"),
        ]

    def __str__(self) -> str:
        return f"phone of staff {self.staff_id}"


class StaffWord(models.Model):
    """What came from a member of staff's own phone: never a message of a patient. The desk claims it."""

    phone = models.ForeignKey(StaffPhone, on_delete=models.CASCADE, related_name="words")
    channel = models.ForeignKey("conversations.Channel", on_delete=models.CASCADE, related_name="+")
    provider_id = models.CharField(max_length=200)
    text = models.CharField(max_length=300, blank=True)
    quoted = models.CharField(max_length=200, blank=True, help_text="The vendor's id of the message it answers.")
    done_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "provider_id"], name="one_word_per_provider_id")]

    def __str__(self) -> str:
        return f"word {self.pk} of staff"
