"""The public schema: people, businesses, who belongs where, and the work list."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_tenants.models import DomainMixin, TenantMixin

from tenants import clock

SCHEMA_PATTERN = r"^[a-z][a-z0-9_]{2,40}$"
SLUG_PATTERN = r"^[a-z0-9](?:[a-z0-9-]{1,48})[a-z0-9]$"


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractUser):
    """A person who logs in; known by e-mail. `is_staff` means operator of the platform, nothing else."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=5, blank=True, help_text="Of the desk; empty: as the browser asks.")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email


class Kind(models.TextChoices):
    DENTIST = "dentist", _("Dentist")
    DOCTOR = "doctor", _("Doctor")
    PHYSIOTHERAPIST = "physiotherapist", _("Physiotherapist")
    THERAPIST = "therapist", _("Therapist")
    HAIR_SALON = "hair_salon", _("Hair salon")


class Business(TenantMixin):
    """A customer company; owns one Postgres schema."""

    class Status(models.TextChoices):
        PREPARING = "preparing", "Being set up"
        ACTIVE = "active", "Active"
        SUSPENDED = "suspended", "Suspended"

    auto_create_schema = False  # provisioning.py creates it, so that a failure leaves nothing behind
    auto_drop_schema = False

    slug = models.CharField(max_length=50, unique=True, validators=[RegexValidator(SLUG_PATTERN)])
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=30, choices=Kind)
    timezone = models.CharField(max_length=60, default="Europe/London")
    country = models.CharField(max_length=2, default="GB", help_text="ISO 3166; decides phone formats and day order.")
    currency = models.CharField(max_length=3, default="GBP")
    language = models.CharField(max_length=5, default="en")
    patient_label = models.CharField(max_length=20, default="patient")
    status = models.CharField(max_length=12, choices=Status, default=Status.PREPARING)
    quiet_window = models.FloatField(default=2.0, help_text="Seconds of silence before a burst is answered.")
    burst_at_most = models.FloatField(default=8.0, help_text="Seconds after which a burst is answered in any case.")
    fenced_at = models.DateTimeField(
        null=True, blank=True, help_text="An upgrade of its schema failed: nothing is served until one succeeds."
    )
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural = "businesses"
        constraints = [
            models.CheckConstraint(condition=Q(schema_name__regex=SCHEMA_PATTERN), name="business_schema_name"),
            models.CheckConstraint(
                condition=Q(slug__regex=SLUG_PATTERN) | Q(schema_name="public"), name="business_slug"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def suspended(self) -> bool:
        return self.status == self.Status.SUSPENDED

    @property
    def path(self) -> str:
        return f"/b/{self.slug}/"


class SchemaScript(models.Model):
    """How a business's schema is made under one state of the code's migrations (schema_script.py holds its verbs)."""

    digest = models.CharField(max_length=64, primary_key=True, help_text="schema_script.digest() of that code.")
    statements = models.TextField(help_text="What the migrations said to Postgres, in order; SQL.")
    migrations = models.JSONField(help_text="[app, name] of each migration of the businesses' apps, in order.")
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"schema script {self.digest[:12]}"


class Domain(DomainMixin):
    """Asked for by django-tenants and left empty: a business is found by its path (routing.py)."""


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    ADMIN = "admin", _("Admin")
    STAFF = "staff", _("Staff")


class Membership(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=6, choices=Role, default=Role.STAFF)
    notify_by_email = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "business"], name="one_membership_per_business")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.business_id}: {self.role}"

    @property
    def manages(self) -> bool:
        """Whether settings and people may be changed."""
        return self.role in (Role.OWNER, Role.ADMIN)


class Invitation(models.Model):
    """Opened by a signed, expiring link; accepted once."""

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=6, choices=Role, default=Role.STAFF)
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["business", "email"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_invitation_per_email",
            )
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class ChannelKind(models.TextChoices):
    TWILIO = "twilio", "WhatsApp through Twilio"
    META = "meta", "WhatsApp Cloud API"
    SIMULATOR = "simulator", "Simulator"


class ChannelRoute(models.Model):
    """Which business a number belongs to; looked up before anything else is known of a webhook."""

    kind = models.CharField(max_length=10, choices=ChannelKind)
    address = models.CharField(max_length=120, help_text="As the vendor writes it: whatsapp:+441134960000")
    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="channel_routes")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "address"], name="one_business_per_channel_address")]

    def __str__(self) -> str:
        return f"{self.kind} route {self.pk}"


class CalendarRoute(models.Model):
    """Which business (and which calendar of it) a push channel of Google's tells of; looked up by the channel's id."""

    channel_id = models.CharField(max_length=64, unique=True)
    token_digest = models.CharField(max_length=64, help_text="SHA-256 of the secret that each notification carries.")
    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="calendar_routes")
    mirror_id = models.BigIntegerField(help_text="calendar_sync.CalendarMirror in the business's schema.")
    forged = models.PositiveIntegerField(default=0, help_text="Notifications with a wrong secret.")

    def __str__(self) -> str:
        return f"calendar route {self.pk}"


class WorkItem(models.Model):
    """Something due in a business. The row is the truth; Celery only rings (worklist.py holds its verbs)."""

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40, help_text="The Celery task that does it, such as conversations.turn")
    object_id = models.BigIntegerField()
    due_at = models.DateTimeField()
    version = models.BigIntegerField(default=1, help_text="Grows with each call for the same work.")
    fence = models.BigIntegerField(default=0, help_text="Grows with each claim; an older holder is refused.")
    leased_until = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0, help_text="Claims since the last success.")
    parked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["business", "kind", "object_id"], name="one_item_per_work")]
        indexes = [models.Index(fields=["due_at"], condition=Q(parked_at__isnull=True), name="work_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class PlatformSwitch(models.Model):
    """At most one row: the operator's brake. With it on, no model of any vendor is called for any business."""

    models_off = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)
    changed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural = "platform switch"

    def __str__(self) -> str:
        return "models off" if self.models_off else "models on"


class AuditEntry(models.Model):
    """Who did what to which object of a business; holds ids and verbs, never contents.

    The entries of a business form a chain: each holds the digest of the one before (tenants.audit_chain).
    """

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="+", null=True)
    actor = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    actor_number = models.BigIntegerField(null=True, help_text="The actor's id; it stays when the account goes.")
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=120, blank=True)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)
    previous = models.CharField(max_length=64, blank=True, help_text="Digest of the business's entry before this one.")
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 over what stands here; empty: older.")

    class Meta:
        verbose_name_plural = "audit entries"
        indexes = [
            models.Index(fields=["business", "-at"], name="audit_by_business"),
            models.Index(fields=["business", "id"], condition=models.Q(digest=""), name="audit_unsealed"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"


class AuditSeal(models.Model):
    """The end of a business's chain of audit entries, so that nothing can be cut off it; null: the platform's own."""

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="+", null=True)
    head = models.CharField(max_length=64, blank=True, help_text="Digest of the newest sealed entry.")
    count = models.PositiveBigIntegerField(default=0)
    sealed_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True, help_text="When the whole chain was walked last.")
    checked = models.PositiveBigIntegerField(default=0, help_text="So many entries it had then.")
    faults = models.JSONField(default=list, blank=True, help_text="What was found then, in words.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["business"], nulls_distinct=False, name="one_seal_per_business")]

    def __str__(self) -> str:
        return f"seal of business {self.business_id}"
