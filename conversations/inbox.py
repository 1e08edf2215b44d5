"""The way in: what a channel reports becomes rows, and the work that follows from it, in one transaction."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import structlog
from django.db import IntegrityError, transaction
from django.db.models import DateTimeField, F, Q, Value
from django.db.models.functions import Greatest

from conversations import delivery_status, listening, opting_out, outbox, tapping
from conversations.events_in import InboundEvent, InboundMessage, StatusUpdate
from conversations.models import Channel, Contact, ContactIdentity, Conversation, ConversationEvent, Message
from tenants import clock, events, worklist
from tenants.models import Business

log = structlog.get_logger(__name__)
TURN = "conversations.turn"
MAX_TEXT = 8_000  # WhatsApp itself allows 4,096 characters
SHORTENED = " … [shortened]"
BURST_AT_MOST = 4  # quiet windows
SUSPENDED_EVERY = dt.timedelta(days=1)
SUSPENDED_TEXT = "Thank you for your message. {business} can't answer here at the moment. Please contact them directly."
SNIPPETS = {
    Message.Kind.IMAGE: "Photo",
    Message.Kind.VOICE: "Voice note",
    Message.Kind.VIDEO: "Video",
    Message.Kind.DOCUMENT: "Document",
    Message.Kind.STICKER: "Sticker",
    Message.Kind.LOCATION: "Location",
    Message.Kind.CONTACTS: "Contact card",
    Message.Kind.UNSUPPORTED: "Message",
}


def accept(business: Business, channel: Channel, event: InboundEvent) -> None:
    """Whatever a channel reports, inside the business's schema."""
    if isinstance(event, StatusUpdate):
        delivery_status.note_status(business, channel, event)
    else:
        receive(business, channel, event)


def receive(business: Business, channel: Channel, message: InboundMessage) -> Message | None:
    """Store what a contact sent and ask for whatever has to follow; None when it was here already.

    One transaction. The conversation's row is locked first, so that copies of one webhook stand in line and
    messages get their ids in the order in which they become visible.
    """
    with transaction.atomic():
        identity = _identity(channel, message)
        conversation = _locked_conversation(channel, identity)
        if Message.objects.filter(channel=channel, provider_id=_provider_id(message)).exists():
            return None
        stored = _store(conversation, message)
        _bump(conversation, stored)
        _note_life(channel)
        hearers = (opting_out, tapping, listening)
        if not any(each.hear(business, conversation, stored) for each in hearers):
            _ask_for_an_answer(business, conversation)
        events.publish(business, "conversation", conversation.pk)
    return stored


def _identity(channel: Channel, message: InboundMessage) -> ContactIdentity:
    """Who writes. A changed number is somebody new: nothing of the old one is shown to them."""
    address = clean(message.from_address)[:120]
    profile_name = clean(message.profile_name).strip()[:120]
    known = ContactIdentity.objects.filter(kind=channel.kind, address=address).select_related("contact").first()
    if known is None:
        return _new_identity(channel, address, message.phone[:20], profile_name)
    if profile_name and known.contact.profile_name != profile_name:
        Contact.objects.filter(pk=known.contact_id).update(profile_name=profile_name)
    if message.phone and not known.phone:
        ContactIdentity.objects.filter(pk=known.pk).update(phone=message.phone[:20])
    return known


def _new_identity(channel: Channel, address: str, phone: str, profile_name: str) -> ContactIdentity:
    try:
        with transaction.atomic():
            contact = Contact.objects.create(profile_name=profile_name)
            return ContactIdentity.objects.create(contact=contact, kind=channel.kind, address=address, phone=phone)
    except IntegrityError:  # the same sender's other message was quicker
        return ContactIdentity.objects.get(kind=channel.kind, address=address)


def _locked_conversation(channel: Channel, identity: ContactIdentity) -> Conversation:
    rows = Conversation.objects.select_for_update(no_key=True)
    found = rows.filter(identity=identity, channel=channel).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return Conversation.objects.create(contact_id=identity.contact_id, identity=identity, channel=channel)
    except IntegrityError:
        return rows.get(identity=identity, channel=channel)


def _store(conversation: Conversation, message: InboundMessage) -> Message:
    quoted = tapping.quoted(conversation, clean(message.reply_to)[:80])
    return Message.objects.create(
        conversation=conversation,
        channel_id=conversation.channel_id,
        direction=Message.Direction.IN,
        author=Message.Author.CONTACT,
        kind=message.kind,
        text=shortened(clean(message.text)),
        media=[{"url": clean(each.url)[:1000], "type": clean(each.type)[:100]} for each in message.media],
        provider_id=_provider_id(message),
        reply_to=quoted,
        choice=tapping.offered(conversation, clean(message.choice)[:200], quoted),
        payload=_storable(message.payload),
        delivery=Message.Delivery.RECEIVED,
        sent_at=message.sent_at or clock.now(),
        created_at=clock.now(),
    )


def _bump(conversation: Conversation, stored: Message) -> None:
    """The conversation moves up; a resolved or snoozed one is open again."""
    if conversation.status == Conversation.Status.RESOLVED:
        ConversationEvent.objects.create(conversation=conversation, act="reopened", detail={"by": "contact"})
    Conversation.objects.filter(pk=conversation.pk).update(
        status=Conversation.Status.OPEN,
        snoozed_until=None,
        unread=F("unread") + 1,
        snippet=snippet_of(stored),
        last_message_at=stored.created_at,
        last_inbound_at=Greatest(F("last_inbound_at"), Value(stored.sent_at, output_field=DateTimeField())),
    )


def _note_life(channel: Channel) -> None:
    """For the settings page. Once a minute is enough: every message would wait for every other one's row lock."""
    now = clock.now()
    noted = channel.last_inbound_at
    if noted is not None and noted >= now - dt.timedelta(minutes=1):
        return
    stale = Q(last_inbound_at__isnull=True) | Q(last_inbound_at__lt=now - dt.timedelta(minutes=1))
    Channel.objects.filter(stale, pk=channel.pk).update(last_inbound_at=now)
    channel.last_inbound_at = now  # who keeps the channel asks once a minute too


def _ask_for_an_answer(business: Business, conversation: Conversation) -> None:
    if business.suspended:
        _say_suspended(business, conversation)
    elif conversation.handling == Conversation.Handling.ASSISTANT:
        quiet = dt.timedelta(seconds=business.quiet_window)
        worklist.call_for(business.pk, TURN, conversation.pk, wait=quiet, at_most=quiet * BURST_AT_MOST)


def _say_suspended(business: Business, conversation: Conversation) -> None:
    """Once a day, so that nobody waits in vain and nobody is pestered."""
    said = Message.objects.filter(
        conversation=conversation,
        author=Message.Author.SYSTEM,
        direction=Message.Direction.OUT,
        created_at__gt=clock.now() - SUSPENDED_EVERY,
    )
    if not said.exists():
        text = SUSPENDED_TEXT.format(business=business.name)
        outbox.queue(business, conversation, text, author=Message.Author.SYSTEM)


def _provider_id(message: InboundMessage) -> str:
    return clean(message.provider_id)[:80]


def snippet_of(message: Message) -> str:
    return " ".join(message.text.split())[:160] or SNIPPETS.get(Message.Kind(message.kind), "")


def clean(text: str) -> str:
    """What Postgres can hold: no null bytes, no half characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def shortened(text: str) -> str:
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - len(SHORTENED)] + SHORTENED


def _storable(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The vendor's own fields, unknown ones too, in the same limits as the text."""

    def safe(value: Any) -> Any:
        if isinstance(value, str):
            return shortened(clean(value))
        return [safe(each) for each in value] if isinstance(value, list | tuple) else value

    return {clean(str(name))[:200]: safe(value) for name, value in payload.items()}
