"""Messages either way, and what hangs on them."""

from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conversations.models.channels import Channel
from conversations.models.content import MessageTemplate
from conversations.models.talk import Conversation
from tenants import clock
from tenants.folding import Fold


class Message(models.Model):
    """One message either way. An outgoing one is also its place in the outbox: queued until a sender delivers it."""

    class Direction(models.TextChoices):
        IN = "in", _("From the contact")
        OUT = "out", _("To the contact")

    class Author(models.TextChoices):
        CONTACT = "contact", _("Contact")
        ASSISTANT = "assistant", _("Assistant")
        STAFF = "staff", _("Staff")
        SYSTEM = "system", _("Frontdesk")

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        IMAGE = "image", _("Photo")
        VOICE = "voice", _("Voice note")
        VIDEO = "video", _("Video")
        DOCUMENT = "document", _("Document")
        STICKER = "sticker", _("Sticker")
        LOCATION = "location", _("Location")
        CONTACTS = "contacts", _("Contact card")
        UNSUPPORTED = "unsupported", _("Unsupported message")

    class Delivery(models.TextChoices):
        RECEIVED = "received", _("Received")
        QUEUED = "queued", _("Waiting to be sent")
        SENDING = "sending", _("Being sent")
        UNKNOWN = "unknown", _("Being checked")
        SENT = "sent", _("Sent")
        DELIVERED = "delivered", _("Delivered")
        READ = "read", _("Read")
        FAILED = "failed", _("Not delivered")
        WITHHELD = "withheld", _("Not sent")

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
    place = models.JSONField(
        null=True, blank=True, help_text='{"latitude", "longitude", "name", "address"} of a location'
    )
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
    provider_id = models.CharField(max_length=200, null=True, blank=True)
    payload = models.JSONField(default=dict, help_text="What the vendor sent, as it came.")
    delivery = models.CharField(max_length=9, choices=Delivery)
    error = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True, help_text="When it was last handed to the vendor.")
    answered_by = models.BigIntegerField(
        null=True, blank=True, help_text="The turn or 0 for a person who dealt with it."
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True, help_text="Its words were deleted: kept long enough.")
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
            GinIndex(SearchVector(Fold("text"), config="simple"), name="message_by_words"),
            BrinIndex(fields=["created_at"], name="message_by_time"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"


class StoredFile(models.Model):
    """A file of a message, fetched from the vendor (or put in by staff) and kept by us until retention deletes it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Being fetched")
        KEPT = "kept", _("Kept")
        REFUSED = "refused", _("Not taken")
        FAILED = "failed", _("Could not be fetched")
        DELETED = "deleted", _("Deleted")

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="files", null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0, help_text="In the message's `media`.")
    name = models.CharField(max_length=120, blank=True, help_text="As the sender calls it; never trusted.")
    type = models.CharField(max_length=100, blank=True, help_text="As its own bytes say.")
    size = models.PositiveIntegerField(default=0, help_text="Bytes")
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256")
    path = models.CharField(max_length=200, blank=True, help_text="Within the business's own folder of MEDIA_ROOT.")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    error = models.CharField(max_length=60, blank=True)
    staff_id = models.BigIntegerField(null=True, blank=True, help_text="Who put it in, where it goes out.")
    created_at = models.DateTimeField(default=clock.now)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "position"], name="one_file_per_place_in_a_message")]
        indexes = [models.Index(fields=["created_at"], condition=Q(state="kept"), name="file_by_age")]

    def __str__(self) -> str:
        return f"file {self.pk}"


class Reaction(models.Model):
    """An emoji on a message; the newest of each side counts, an empty one takes it back."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="reactions")
    direction = models.CharField(max_length=3, choices=Message.Direction)
    emoji = models.CharField(max_length=16)
    staff_id = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "direction"], name="one_reaction_per_side")]

    def __str__(self) -> str:
        return f"reaction to message {self.message_id}"
