"""A place of the business on its way to a contact: a pin on their map, or the address in words."""

from typing import TYPE_CHECKING

from conversations import outbox
from conversations.channels.registry import adapter_for
from conversations.models import Conversation, Message

if TYPE_CHECKING:
    from calendar_sync.models import Location
    from tenants.models import Business


def queue(business: "Business", conversation: Conversation, location: "Location", *, staff_id: int) -> list[Message]:
    """Within the caller's transaction. Needs the conversation's channel."""
    here = location.latitude, location.longitude
    if None in here or not adapter_for(conversation.channel.kind).takes_places:
        return outbox.queue(business, conversation, words_of(location), author=Message.Author.STAFF, staff_id=staff_id)
    pin = outbox.queue_as(
        business,
        conversation,
        location.name,
        kind=Message.Kind.LOCATION,
        author=Message.Author.STAFF,
        staff_id=staff_id,
        place={
            "latitude": location.latitude,
            "longitude": location.longitude,
            "name": location.name,
            "address": location.address,
        },
    )
    if not location.directions:
        return [pin]
    way = outbox.queue(business, conversation, location.directions, author=Message.Author.STAFF, staff_id=staff_id)
    return [pin, *way]


def words_of(location: "Location") -> str:
    return "\n".join(each for each in (location.name, location.address, location.directions) if each)
