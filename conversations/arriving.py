"""What a message meets when it arrives, asked in one round trip."""

from dataclasses import dataclass

from conversations import identities
from conversations.identities import Sender
from conversations.models import Channel, ContactIdentity, Conversation, StaffPhone
from tenants.postgres.prepared import Prepared
from tenants.statements import models_in, reading, several

# Theirs on this channel, locked: copies of one delivery stand in line behind it. What is asked after it sees what they
# have done, and messages get their ids in the order in which they become visible.
LOCKED = (
    "WHERE channel_id = %s AND identity_id = (SELECT id FROM conversations_contactidentity {theirs}) FOR NO KEY UPDATE"
)
STAFF_PHONE = Prepared("WHERE kind = %s AND address = %s")
NEW_ID = Prepared("""
SELECT here, CASE WHEN NOT here THEN nextval(pg_get_serial_sequence('conversations_message', 'id')) END
  FROM (SELECT EXISTS (SELECT FROM conversations_message WHERE channel_id = %s AND provider_id = %s) AS here) AS it""")


@dataclass(frozen=True, kw_only=True)
class Met:
    """`conversation` is locked. `message_id` is the id for the new message; None where it is here already, or where
    nothing is locked that copies of it would wait for."""

    staff_phone: StaffPhone | None
    identity: ContactIdentity | None
    conversation: Conversation | None
    is_here: bool
    message_id: int | None


def look(channel: Channel, sender: Sender, provider_id: str) -> Met:
    """Within the caller's transaction."""
    theirs, of_sender = identities.theirs(channel, sender)
    phone = [channel.kind, sender.address]
    staff, identity, conversation, message = several(
        reading(StaffPhone, STAFF_PHONE, phone),
        identities.asking(channel, sender),
        reading(Conversation, Prepared(LOCKED.format(theirs=theirs)), [channel.pk, *of_sender]),
        (NEW_ID, [channel.pk, provider_id]),
    )
    ((is_here, message_id),) = message
    locked = [each for (each,) in models_in((Conversation,), conversation)]
    return Met(
        staff_phone=next((each for (each,) in models_in((StaffPhone,), staff)), None),
        identity=identities.known_in(identity),
        conversation=locked[0] if locked else None,
        is_here=is_here,
        message_id=message_id if locked else None,
    )
