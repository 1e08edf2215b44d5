"""Who writes: one identity per address, found by the vendor's own user id where it tells one.

A phone number that comes with another user id than before has got another owner: somebody new, to whom nothing of the
former one is shown. What the vendor says of a changed number links the two for staff, and proves nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import IntegrityError, transaction

from conversations.events_in import NumberChanged
from conversations.models import Channel, Contact, ContactIdentity, Conversation, ConversationEvent
from tenants import clock, events
from tenants.models import Business
from tenants.postgres.prepared import Prepared
from tenants.statements import Question, insert, joining, later, models_in, rows

ADDRESS, PHONE, USER_ID = 120, 20, 80
BESIDE_CONTACT = """FROM conversations_contactidentity JOIN conversations_contact
  ON conversations_contact.id = conversations_contactidentity.contact_id """
BY_ADDRESS = "WHERE conversations_contactidentity.kind = %s AND address = %s"
BY_BOTH = """WHERE conversations_contactidentity.kind = %s AND (user_id = %s OR address = %s)
 ORDER BY user_id = %s DESC, conversations_contactidentity.id LIMIT 1"""


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who writes, as the vendor says and we can store it."""

    address: str
    phone: str = ""
    user_id: str = ""
    profile_name: str = ""

    @staticmethod
    def of(*, address: str, phone: str = "", user_id: str = "", profile_name: str = "") -> "Sender":
        return Sender(
            address=address[:ADDRESS], phone=phone[:PHONE], user_id=user_id[:USER_ID], profile_name=profile_name
        )


def identity_for(
    channel: Channel, *, address: str, phone: str = "", user_id: str = "", profile_name: str = ""
) -> ContactIdentity:
    """The one that is known, or a new one with a contact of its own. Within the caller's transaction or without."""
    sender = Sender.of(address=address, phone=phone, user_id=user_id, profile_name=profile_name)
    return settled(channel, sender, _known(channel, sender))


def theirs(channel: Channel, sender: Sender) -> tuple[str, Sequence[Any]]:
    """Where among the identities theirs is found: by the vendor's user id, else by the address."""
    if not sender.user_id:
        return BY_ADDRESS, [channel.kind, sender.address]
    return BY_BOTH, [channel.kind, sender.user_id, sender.address, sender.user_id]


def asking(channel: Channel, sender: Sender) -> Question:
    """For whoever asks more in the same round trip; `known_in` reads the answer."""
    where, values = theirs(channel, sender)
    return joining((ContactIdentity, Contact), Prepared(BESIDE_CONTACT + where), values)


def known_in(answer: Sequence[Sequence[Any]]) -> ContactIdentity | None:
    for identity, contact in models_in((ContactIdentity, Contact), answer):
        identity.contact = contact
        found: ContactIdentity = identity
        return found
    return None


def settled(channel: Channel, sender: Sender, known: ContactIdentity | None) -> ContactIdentity:
    """The known one with what the sender tells besides, or somebody new. Within the caller's transaction or without."""
    if known is not None and sender.user_id and known.user_id and known.user_id != sender.user_id:
        sender = replace(sender, address=sender.user_id)  # the number has got another owner
        known = _known(channel, sender)
    if known is None:
        return _new(channel, sender)
    if sender.profile_name and known.contact.profile_name != sender.profile_name:
        later(
            "UPDATE conversations_contact SET profile_name = %s WHERE id = %s", [sender.profile_name, known.contact_id]
        )
    learned = {
        name: value
        for name, value in (("phone", sender.phone), ("user_id", sender.user_id))
        if value and not getattr(known, name)
    }
    if learned:
        ContactIdentity.objects.filter(pk=known.pk).update(**learned)
    return known


def note_changed_number(business: Business, channel: Channel, change: NumberChanged) -> None:
    """The new number is somebody new, with a contact of its own; staff see in the old conversation where it went."""
    with transaction.atomic():
        before = ContactIdentity.objects.filter(kind=channel.kind, address=change.from_address[:ADDRESS]).first()
        if before is None:
            return
        after = identity_for(channel, address=change.to_address, phone=change.phone, user_id=change.user_id)
        if after.pk == before.pk:
            return
        moved = ContactIdentity.objects.filter(pk=before.pk).exclude(replaced_by=after.pk).update(replaced_by=after)
        conversation = Conversation.objects.filter(identity=before, channel=channel).first()
        if moved and conversation is not None:
            ConversationEvent.objects.create(
                conversation=conversation,
                act="number_changed",
                detail={"identity": after.pk, "contact": after.contact_id},
                at=clock.now(),
            )
            events.publish(business, "conversation", conversation.pk)


def _known(channel: Channel, sender: Sender) -> ContactIdentity | None:
    return known_in(rows(*asking(channel, sender)))


def _new(channel: Channel, sender: Sender) -> ContactIdentity:
    contact = Contact(profile_name=sender.profile_name)
    identity = ContactIdentity(kind=channel.kind, address=sender.address, phone=sender.phone, user_id=sender.user_id)
    try:
        with transaction.atomic():
            insert(contact)
            identity.contact = contact
            insert(identity)
    except IntegrityError:  # the same sender's other message was quicker
        return ContactIdentity.objects.select_related("contact").get(kind=channel.kind, address=sender.address)
    return identity
