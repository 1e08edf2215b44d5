"""What a contact has written, conversation by conversation."""

from django.db.models import Count, Q, QuerySet

from conversations.models import Conversation

SHOWN = 50


def conversations_of(contact_id: int) -> QuerySet[Conversation]:
    """The newest first, with their channel and identity; each with `number_of_messages` and how often it was
    `reopened`."""
    rows = Conversation.objects.filter(contact_id=contact_id).select_related("channel", "identity")
    reopened = Count("events", filter=Q(events__act="reopened"), distinct=True)
    rows = rows.annotate(number_of_messages=Count("messages", distinct=True), reopened=reopened)
    return rows.order_by("-last_message_at", "-pk")[:SHOWN]
