"""Contacts, channels, conversations and messages of one business."""

from django.db import models
from django.db.models import Q

from conversations.content_models import KnownContent, MessageTemplate
from tenants import clock
from tenants.models import ChannelKind
from tenants.secret_fields import EncryptedTextField

__all__ = [
    "Channel",
    "Contact",
    "ContactIdentity",
    "Conversation",
    "ConversationEvent",
    "Handoff",
    "KnownContent",
    "Message",
    "MessageTemplate",
]


class Channel(models.Model):
    """A connected number. Its public ChannelRoute leads webhooks to this business."""

    kind = models.CharField(max_length=10, choices=ChannelKind)
    address = models.CharField(max_length=120, help_text="As the vendor writes it: whatsapp:+441134960000")
    name = models.CharField(max_length=60, blank=True)
    account = models.CharField(
        max_length=80, blank=True, help_text="The vendor's account id; empty: the platform's own."
    )
    secret = EncryptedTextField(blank=True, help_text="Auth token of that account; empty: the platform's own.")
    active = models.BooleanField(default=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    check_error = models.CharField(max_length=200, blank=True)
    last_inbound_at = models.DateTimeField(null=True, blank=True)
    reconciled_at = models.DateTimeField(
        null=True, blank=True, help_text="Up to when the vendor's list of messages was compared with ours."
    )
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "address"], name="one_channel_per_address")]

    def __str__(self) -> str:
        return f"{self.kind} channel {self.pk}"


class Contact(models.Model):
    """The person who writes."""

    name = models.CharField(max_length=120, blank=True, help_text="As staff or the contact gave it.")
    profile_name = models.CharField(max_length=120, blank=True, help_text="As WhatsApp shows it; never trusted.")
    language = models.CharField(max_length=5, blank=True)
    note = models.TextField(blank=True)
    opted_out_at = models.DateTimeField(null=True, blank=True, help_text="Wrote STOP: nothing goes out by itself.")
    created_at = models.DateTimeField(default=clock.now)

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
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural = "contact identities"
        constraints = [models.UniqueConstraint(fields=["kind", "address"], name="one_contact_per_identity")]

    def __str__(self) -> str:
        return f"identity {self.pk} of contact {self.contact_id}"


class Conversation(models.Model):
    class Status(models.TextChoices):
        OPEN = "open", "Open"
        SNOOZED = "snoozed", "Snoozed"
        RESOLVED = "resolved", "Resolved"

    class Handling(models.TextChoices):
        ASSISTANT = "assistant", "Assistant"
        WAITING_FOR_STAFF = "waiting_for_staff", "Needs you"
        STAFF = "staff", "Staff"

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="conversations")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="conversations")
    identity = models.ForeignKey(ContactIdentity, on_delete=models.PROTECT, related_name="conversations")
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    handling = models.CharField(max_length=18, choices=Handling, default=Handling.ASSISTANT)
    staff_id = models.BigIntegerField(null=True, blank=True, help_text="tenants.User who has it.")
    unread = models.PositiveIntegerField(default=0)
    snippet = models.CharField(max_length=160, blank=True)
    last_message_at = models.DateTimeField(default=clock.now)
    last_inbound_at = models.DateTimeField(null=True, blank=True, help_text="Opens the service window for 24 hours.")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["identity", "channel"], name="one_conversation_per_identity_and_channel"),
        ]
        indexes = [
            models.Index(fields=["-last_message_at", "-id"], name="conversation_by_recency"),
            models.Index(
                fields=["handling", "-last_message_at"],
                condition=Q(status="open"),
                name="conversation_by_handling",
            ),
        ]

    def __str__(self) -> str:
        return f"conversation {self.pk}"


class Message(models.Model):
    """One message either way. An outgoing one is also its place in the outbox: queued until a sender delivers it."""

    class Direction(models.TextChoices):
        IN = "in", "From the contact"
        OUT = "out", "To the contact"

    class Author(models.TextChoices):
        CONTACT = "contact", "Contact"
        ASSISTANT = "assistant", "Assistant"
        STAFF = "staff", "Staff"
        SYSTEM = "system", "Frontdesk"

    class Kind(models.TextChoices):
        TEXT = "text", "Text"
        IMAGE = "image", "Photo"
        VOICE = "voice", "Voice note"
        VIDEO = "video", "Video"
        DOCUMENT = "document", "Document"
        STICKER = "sticker", "Sticker"
        LOCATION = "location", "Location"
        CONTACTS = "contacts", "Contact card"
        UNSUPPORTED = "unsupported", "Unsupported message"

    class Delivery(models.TextChoices):
        RECEIVED = "received", "Received"
        QUEUED = "queued", "Waiting to be sent"
        SENDING = "sending", "Being sent"
        UNKNOWN = "unknown", "Being checked"
        SENT = "sent", "Sent"
        DELIVERED = "delivered", "Delivered"
        READ = "read", "Read"
        FAILED = "failed", "Not delivered"
        WITHHELD = "withheld", "Not sent"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    direction = models.CharField(max_length=3, choices=Direction)
    author = models.CharField(max_length=9, choices=Author)
    staff_id = models.BigIntegerField(null=True, blank=True)
    turn_id = models.BigIntegerField(
        null=True, blank=True, help_text="The assistant's turn that wrote it (agents.Turn)."
    )
    kind = models.CharField(max_length=11, choices=Kind, default=Kind.TEXT)
    text = models.TextField(blank=True)
    media = models.JSONField(default=list, help_text='[{"url", "type"}] at the vendor')
    heard = models.TextField(blank=True, help_text="What a voice note says, where it could be transcribed.")
    choices = models.JSONField(default=list, blank=True, help_text='[{"id", "title", "description"}] to tap')
    choice = models.CharField(max_length=200, blank=True, help_text="The id of what the contact tapped.")
    reply_to = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="The message it quotes."
    )
    template = models.ForeignKey(
        MessageTemplate,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="It goes as this approved template; `text` is how it reads.",
    )
    variables = models.JSONField(default=dict, blank=True, help_text='Of the template: {"1": "Rosa", …}')
    provider_id = models.CharField(max_length=80, null=True, blank=True)
    payload = models.JSONField(default=dict, help_text="What the vendor sent, as it came.")
    delivery = models.CharField(max_length=9, choices=Delivery)
    error = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True, help_text="When it was last handed to the vendor.")
    answered_by = models.BigIntegerField(
        null=True, blank=True, help_text="The turn or 0 for a person who dealt with it."
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "provider_id"], name="one_message_per_provider_id"),
        ]
        indexes = [
            models.Index(fields=["conversation", "-id"], name="message_by_conversation"),
            models.Index(
                fields=["conversation", "id"],
                condition=Q(direction="in", answered_by__isnull=True),
                name="message_unanswered",
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"


class Handoff(models.Model):
    """Assistant → people. The desk claims it and opens an escalation (news travels up as a row)."""

    class Reason(models.TextChoices):
        CUSTOMER_REQUEST = "customer_request", "Asked for a person"
        MISSING_KNOWLEDGE = "missing_knowledge", "Answer not known"
        UNSUPPORTED_REQUEST = "unsupported_request", "Can't be done by the assistant"
        POLICY = "policy", "House rule"
        TOOL_FAILURE = "tool_failure", "Something failed"
        RED_FLAG = "red_flag", "Red flag"
        LIMIT_REACHED = "limit_reached", "Limit reached"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="handoffs")
    turn_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=20, choices=Reason)
    trigger = models.CharField(
        max_length=30, blank=True, help_text="What set it off: asked, not_understood, frustration, loop, rule …"
    )
    summary = models.CharField(max_length=500, blank=True)
    is_task = models.BooleanField(default=False, help_text="Something for staff to do; the assistant goes on here.")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["turn_id"], condition=Q(turn_id__isnull=False), name="one_handoff_per_turn")
        ]

    def __str__(self) -> str:
        return f"handoff {self.pk}"

    @property
    def set_off_by(self) -> str:
        """ "not understood", "rule r7"; "" where nobody knows."""
        return self.trigger.replace("_", " ")


class ConversationEvent(models.Model):
    """A line between the messages: taken over, returned, resolved, booked. Ids and verbs; the page words it."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="events")
    act = models.CharField(max_length=30)
    staff_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["conversation", "at"], name="event_by_conversation")]

    def __str__(self) -> str:
        return f"{self.act} in conversation {self.conversation_id}"
