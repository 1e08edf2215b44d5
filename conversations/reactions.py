"""An emoji on a message, of the contact or of staff: it asks for no answer.

The newest of each side counts, an empty one takes it back.
"""

import datetime as dt

import structlog
from django.db import transaction
from django.db.models import Q

from conversations.channels.base import ChannelError
from conversations.channels.registry import adapter_for
from conversations.events_in import Reacted
from conversations.models import Channel, Message, Reaction
from tenants import clock, events, worklist
from tenants.models import Business
from tenants.worklist import Lease

log = structlog.get_logger(__name__)
REACT = "conversations.react"
CHOICES = ("👍", "❤️", "🙏", "😊", "🎉")
AGAIN_AFTER = dt.timedelta(seconds=6)  # Meta takes about one message in six seconds for one person
EMOJI = 16


def note(business: Business, channel: Channel, reacted: Reacted) -> bool:
    """False when it stands on a message that is not here, or of another contact than the one who reacts."""
    who = Q(conversation__identity__address=reacted.from_address)
    if reacted.user_id:
        who |= Q(conversation__identity__user_id=reacted.user_id)
    message = Message.objects.filter(who, channel=channel, provider_id=reacted.provider_id).first()
    if message is None:
        return False
    if reacted.emoji:
        Reaction.objects.update_or_create(
            message=message,
            direction=Message.Direction.IN,
            defaults={"emoji": reacted.emoji[:EMOJI], "at": clock.now()},
        )
    else:
        Reaction.objects.filter(message=message, direction=Message.Direction.IN).delete()
    events.publish(business, "conversation", message.conversation_id)
    return True


def put(business: Business, message: Message, emoji: str, staff_id: int) -> None:
    """Staff react; "" takes it back. It goes to the vendor as work of its own: the newest of several counts."""
    with transaction.atomic():
        Reaction.objects.update_or_create(
            message=message,
            direction=Message.Direction.OUT,
            defaults={"emoji": emoji, "staff_id": staff_id, "at": clock.now()},
        )
        worklist.call_for(business.pk, REACT, message.pk)
        events.publish(business, "conversation", message.conversation_id)


def deliver(business: Business, message_id: int, lease: Lease) -> None:
    """Hand our reaction to the vendor. One that it does not take is taken off again: nobody else would ever see it."""
    rows = Reaction.objects.select_related("message__channel", "message__conversation__identity")
    reaction = rows.filter(message_id=message_id, direction=Message.Direction.OUT).first()
    if reaction is None:
        return lease.finish()
    message, emoji = reaction.message, reaction.emoji
    try:
        if lease.exhausted:
            raise ChannelError("crashed", permanent=True)
        adapter = adapter_for(message.channel.kind)
        adapter.react(message.channel, message.conversation.identity.address, message.provider_id or "", emoji)
    except ChannelError as error:
        # Reacting twice with the same emoji changes nothing, so an unclear outcome is tried again too.
        if not error.permanent and lease.attempts < worklist.MAX_ATTEMPTS:
            return lease.retry_in(AGAIN_AFTER)
        log.warning("reaction.refused", message=message.pk, code=error.code)
        return _settle(business, reaction, lease, stays=False)
    return _settle(business, reaction, lease, stays=bool(emoji))


def _settle(business: Business, reaction: Reaction, lease: Lease, *, stays: bool) -> None:
    with transaction.atomic():
        lease.hold()
        if not stays:  # unless it was changed meanwhile, which calls for the work again
            Reaction.objects.filter(pk=reaction.pk, at=reaction.at).delete()
        events.publish(business, "conversation", reaction.message.conversation_id)
        lease.finish()
