"""What staff write besides messages: notes, drafts, saved replies, messages for later, labels and views."""

from django.db import models
from django.db.models import Q

from conversations.models import Contact, Conversation, Message, MessageTemplate
from tenants import clock


class Label(models.Model):
    name = models.CharField(max_length=40, unique=True)
    colour = models.CharField(max_length=10, default="brand", help_text="One of the desk's own names of colours.")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ConversationLabel(models.Model):
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="labelled")
    label = models.ForeignKey(Label, on_delete=models.CASCADE, related_name="conversations")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["label", "conversation"], name="a_conversation_has_a_label_once")
        ]

    def __str__(self) -> str:
        return f"label {self.label_id} of conversation {self.conversation_id}"


class ContactLabel(models.Model):
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="labelled")
    label = models.ForeignKey(Label, on_delete=models.CASCADE, related_name="contacts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["label", "contact"], name="a_contact_has_a_label_once")]

    def __str__(self) -> str:
        return f"label {self.label_id} of contact {self.contact_id}"


class SavedView(models.Model):
    """A view of the inbox under a name: of one member of staff, or of everybody (`owner_id` null)."""

    owner_id = models.BigIntegerField(null=True, blank=True, help_text="tenants.User")
    name = models.CharField(max_length=60)
    query = models.JSONField(default=dict, help_text='{"view", "search", "label", "channel"}')
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner_id", "name"], nulls_distinct=False, name="a_view_has_a_name_of_its_own"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Draft(models.Model):
    """What a member of staff has begun to write; it stays when the browser goes."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="drafts")
    staff_id = models.BigIntegerField(help_text="tenants.User")
    text = models.TextField()
    reply_to = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    is_note = models.BooleanField(default=False)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "staff_id"], name="one_draft_each")]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class Note(models.Model):
    """Staff only; never sent, never shown to a model."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="notes")
    staff_id = models.BigIntegerField(help_text="tenants.User")
    text = models.TextField()
    mentions = models.JSONField(default=list, blank=True, help_text="Ids of the staff named in it.")
    at = models.DateTimeField(default=clock.now)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["conversation", "at"], name="note_by_conversation")]

    def __str__(self) -> str:
        return f"note {self.pk}"


class SavedReply(models.Model):
    """A text for again and again, reached by its shortcut: "/parking"; {contact}, {practice} … are filled in."""

    shortcut = models.SlugField(max_length=30)
    text = models.TextField()
    created_by = models.BigIntegerField(null=True, blank=True)
    updated_at = models.DateTimeField(default=clock.now)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "saved replies"
        ordering = ["shortcut"]
        constraints = [
            models.UniqueConstraint(
                fields=["shortcut"], condition=Q(deleted_at__isnull=True), name="one_saved_reply_per_shortcut"
            )
        ]

    def __str__(self) -> str:
        return self.shortcut


class ScheduledMessage(models.Model):
    """Written now, sent later; what is due is a row in the work list."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="scheduled")
    staff_id = models.BigIntegerField(help_text="tenants.User")
    text = models.TextField()
    template = models.ForeignKey(MessageTemplate, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    variables = models.JSONField(default=dict, blank=True)
    due_at = models.DateTimeField()
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True, help_text="Why it did not go, for staff.")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [
            models.Index(
                fields=["conversation", "due_at"],
                condition=Q(message__isnull=True, cancelled_at__isnull=True),
                name="scheduled_by_conversation",
            )
        ]

    def __str__(self) -> str:
        return f"scheduled message {self.pk}"
