"""An emoji that a contact puts on a message: the newest counts, an empty one takes it back. It asks for no answer."""

from django.db.models import Q

from conversations.events_in import Reacted
from conversations.models import Channel, Message, Reaction
from tenants import clock, events
from tenants.models import Business

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
