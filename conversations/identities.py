"""Who writes: one identity per address, found by the vendor's own user id where it tells one.

A phone number that comes with another user id than before has got another owner: somebody new, to whom nothing of the
former one is shown. What the vendor says of a changed number links the two for staff, and proves nothing.
"""

from django.db import IntegrityError, transaction

from conversations.events_in import NumberChanged
from conversations.models import Channel, Contact, ContactIdentity, Conversation, ConversationEvent
from tenants import clock, events
from tenants.models import Business

ADDRESS, PHONE, USER_ID = 120, 20, 80


def identity_for(
    channel: Channel, *, address: str, phone: str = "", user_id: str = "", profile_name: str = ""
) -> ContactIdentity:
    """The one that is known, or a new one with a contact of its own. Within the caller's transaction or without."""
    address, phone, user_id = address[:ADDRESS], phone[:PHONE], user_id[:USER_ID]
    known = _known(channel, address, user_id)
    if known is not None and user_id and known.user_id and known.user_id != user_id:
        address, known = user_id, _known(channel, user_id, user_id)  # the number has got another owner
    if known is None:
        return _new(channel, address, phone, user_id, profile_name)
    if profile_name and known.contact.profile_name != profile_name:
        Contact.objects.filter(pk=known.contact_id).update(profile_name=profile_name)
    learned = {
        name: value for name, value in (("phone", phone), ("user_id", user_id)) if value and not getattr(known, name)
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


def _known(channel: Channel, address: str, user_id: str) -> ContactIdentity | None:
    rows = ContactIdentity.objects.select_related("contact").filter(kind=channel.kind)
    if user_id:
        found = rows.filter(user_id=user_id).order_by("pk").first()
        if found is not None:
            return found
    return rows.filter(address=address).first()


def _new(channel: Channel, address: str, phone: str, user_id: str, profile_name: str) -> ContactIdentity:
    try:
        with transaction.atomic():
            contact = Contact.objects.create(profile_name=profile_name)
            return ContactIdentity.objects.create(
                contact=contact, kind=channel.kind, address=address, phone=phone, user_id=user_id
            )
    except IntegrityError:  # the same sender's other message was quicker
        return ContactIdentity.objects.get(kind=channel.kind, address=address)
