"""Connected numbers."""

from django.db import models

from tenants import clock
from tenants.models import ChannelKind
from tenants.secret_fields import EncryptedTextField


class Channel(models.Model):
    """A connected number. Its public ChannelRoute leads webhooks to this business."""

    kind = models.CharField(max_length=10, choices=ChannelKind)
    address = models.CharField(max_length=120, help_text="As the vendor writes it: whatsapp:+441134960000")
    name = models.CharField(max_length=60, blank=True)
    account = models.CharField(
        max_length=80, blank=True, help_text="The vendor's account id; empty: the platform's own."
    )
    secret = EncryptedTextField(blank=True, help_text="Auth token of that account; empty: the platform's own.")
    number = models.CharField(max_length=20, blank=True, help_text="E.164, where the address is an id of the vendor's.")
    vendor_business = models.CharField(max_length=40, blank=True, help_text="Meta's WhatsApp business account (WABA).")
    signing_secret = EncryptedTextField(
        blank=True,
        help_text="What its webhooks are signed with, where that is not `secret`; empty: the platform's own.",
    )
    shows_typing = models.BooleanField(default=False, help_text="Typing indicator; the vendor marks as read with it.")
    marks_read = models.BooleanField(default=False, help_text="The contact sees when their message was read.")
    signs_failed = models.PositiveIntegerField(
        default=0, help_text="How often the vendor did not take a typing indicator or read receipt."
    )
    active = models.BooleanField(default=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    check_error = models.CharField(max_length=200, blank=True)
    last_inbound_at = models.DateTimeField(null=True, blank=True)
    reconciled_at = models.DateTimeField(
        null=True, blank=True, help_text="Up to when the vendor's list of messages was compared with ours."
    )
    templates_listed_at = models.DateTimeField(null=True, blank=True, help_text="When its templates were last read.")
    template_languages = models.JSONField(
        default=list, blank=True, help_text='Its texts are handed in in these, too, beside the business\'s own: ["de"]'
    )
    templates_error = models.CharField(max_length=60, blank=True, help_text="Why they could not be read.")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "address"], name="one_channel_per_address")]

    def __str__(self) -> str:
        return f"{self.kind} channel {self.pk}"


class UnreadEvent(models.Model):
    """A piece of a webhook that is not as the vendor describes it: kept apart, so that the others are taken."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="unread_events")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the payload: the vendor may send it again.")
    reason = models.CharField(max_length=200, help_text="Where it does not fit.")
    payload = models.JSONField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "digest"], name="one_unread_event_per_payload")]

    def __str__(self) -> str:
        return f"unread event {self.pk}"
