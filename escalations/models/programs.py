"""Other programs: their keys, what they asked already, where they are told of news."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenants import clock
from tenants.secret_fields import EncryptedTextField


class ApiKey(models.Model):
    """Shown once when it is made; only its digest is kept."""

    name = models.CharField(max_length=60)
    prefix = models.CharField(max_length=16, unique=True, help_text="What people know it by.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the whole key.")
    scopes = models.JSONField(default=list, help_text='["diary:read", "diary:write", …]')
    created_by = models.BigIntegerField(null=True, help_text="tenants.User")
    created_at = models.DateTimeField(default=clock.now)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"key {self.prefix}"


class IdempotencyRecord(models.Model):
    """A write that was done under an Idempotency-Key: the same again gets the same answer."""

    api_key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=120, help_text="As the program sent it.")
    request_digest = models.CharField(max_length=64, help_text="SHA-256 of method, path and body.")
    status = models.PositiveSmallIntegerField(null=True, help_text="Null: still being done.")
    body = models.JSONField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["api_key", "token"], name="one_answer_per_idempotency_key")]
        indexes = [models.Index(fields=["created_at"], name="idempotency_by_age")]

    def __str__(self) -> str:
        return f"idempotent request {self.pk}"


class WebhookEndpoint(models.Model):
    """An address that is told of news, signed by the Standard Webhooks specification."""

    url = models.URLField(max_length=500)
    secret = EncryptedTextField(help_text="whsec_ and Base64")
    kinds = models.JSONField(default=list, help_text='["appointment.booked", …]; empty: all')
    old_secret = EncryptedTextField(blank=True, help_text="Signed with as well for a day after a rotation.")
    old_secret_until = models.DateTimeField(null=True, blank=True)
    active = models.BooleanField(default=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    created_by = models.BigIntegerField(null=True, help_text="tenants.User")
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"webhook endpoint {self.pk}"


class WebhookEvent(models.Model):
    """A piece of news: ids and verbs; the program asks the API for the rest."""

    kind = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    source = models.CharField(max_length=80, unique=True, help_text="What it is told of, so that it is told once.")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["-at"], name="webhook_event_by_age")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class NewsCursor(models.Model):
    """Up to where the rows of one sort (`changes`, `messages`) were made into webhook events."""

    name = models.CharField(max_length=20, unique=True)
    first_id = models.BigIntegerField(help_text="What was there before somebody listened is no news.")
    last_id = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.name} up to {self.last_id}"


class WebhookDelivery(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Delivered")
        DEAD = "dead", _("Given up")

    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(WebhookEvent, on_delete=models.CASCADE, related_name="deliveries")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    status = models.PositiveSmallIntegerField(null=True, help_text="The last answer's.")
    error = models.CharField(max_length=120, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "webhook deliveries"
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "event"], name="one_delivery_per_endpoint_and_event")
        ]
        indexes = [
            models.Index(fields=["endpoint", "-id"], name="delivery_by_endpoint"),
            models.Index(fields=["endpoint"], condition=Q(state="dead"), name="delivery_dead"),
            models.Index(fields=["endpoint", "next_at"], condition=Q(state="waiting"), name="delivery_due"),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}"
