"""Somebody of the business answered in the vendor's own app on a phone: it stands in the thread as a staff message that
was sent already, and the assistant is silent from then on, as after taking over in the desk.
"""

from django.db import transaction

from conversations import handoffs, outbox
from conversations.events_in import WrittenElsewhere
from conversations.files import receiving
from conversations.identities import identity_for
from conversations.models import Channel, Conversation, Message
from conversations.storing import PROVIDER_ID, clean, locked_conversation, media_rows, shortened, snippet_of, storable
from tenants import clock, events
from tenants.models import Business


def take(business: Business, channel: Channel, written: WrittenElsewhere) -> Message | None:
    """None when it is here already: an echo of what the desk itself sent, or the same echo again."""
    with transaction.atomic():
        identity = identity_for(
            channel, address=clean(written.to_address), phone=written.phone, user_id=written.user_id
        )
        conversation = locked_conversation(channel, identity)
        provider_id = clean(written.provider_id)[:PROVIDER_ID]
        if Message.objects.filter(channel=channel, provider_id=provider_id).exists():
            return None
        stored = Message.objects.create(
            conversation=conversation,
            channel=channel,
            direction=Message.Direction.OUT,
            author=Message.Author.STAFF,
            kind=written.kind,
            text=shortened(clean(written.text)),
            media=media_rows(written.media),
            provider_id=provider_id,
            payload=storable(written.payload),
            delivery=Message.Delivery.SENT,
            sent_at=written.sent_at or clock.now(),
            created_at=clock.now(),
        )
        if written.media:
            receiving.expect(business, stored, written.media)
        Conversation.objects.filter(pk=conversation.pk).update(
            status=Conversation.Status.OPEN,
            snippet=snippet_of(stored),
            last_message_at=stored.created_at,
            unread=0,
        )
        outbox.unanswered(conversation.pk).update(answered_by=0)
        handoffs.answered_elsewhere(business, conversation)
        events.publish(business, "conversation", conversation.pk)
    return stored
