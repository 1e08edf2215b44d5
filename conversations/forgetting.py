"""Words of messages are deleted once they were kept long enough; the message stays as one that there was, so that
figures stay true and what a vendor sends twice is still recognised.
"""

import datetime as dt

from django.db.models import QuerySet

from agents import forgetting
from conversations.models import Conversation, Handoff, Message
from tenants import clock

AT_ONCE = 1000
Delivery = Message.Delivery
UNDER_WAY = (Delivery.QUEUED, Delivery.SENDING, Delivery.UNKNOWN)


def messages_before(before: dt.datetime) -> QuerySet[Message]:
    """What is older than that and still has its words; nothing that is on its way."""
    return Message.objects.filter(created_at__lt=before, forgotten_at__isnull=True).exclude(delivery__in=UNDER_WAY)


def forget_messages(before: dt.datetime) -> int:
    """Delete the words of messages from before that moment, and what models read of them; how many messages."""
    gone = 0
    while numbers := list(messages_before(before).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        gone += Message.objects.filter(pk__in=numbers).update(
            text="",
            heard="",
            media=[],
            place=None,
            choices=[],
            choice="",
            variables={},
            payload={},
            forgotten_at=clock.now(),
        )
    quiet = Conversation.objects.filter(last_message_at__lt=before)
    quiet.exclude(snippet="").update(snippet="")
    Handoff.objects.filter(at__lt=before).exclude(summary="").update(summary="")
    forgetting.forget_transcripts(before, quiet.values("pk"))
    return gone
