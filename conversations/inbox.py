"""The way in: what a channel reports becomes rows, and the work that follows from it, in one transaction."""

import datetime as dt
from dataclasses import replace

import structlog
from django.db import transaction

from conversations import (
    arriving,
    delivery_status,
    flooding,
    identities,
    listening,
    looking,
    opting_out,
    outbox,
    rating_answers,
    reactions,
    read_signs,
    speaking,
    staff_phones,
    tapping,
    written_elsewhere,
)
from conversations.events_in import (
    InboundEvent,
    InboundMessage,
    NumberChanged,
    Reacted,
    StatusUpdate,
    WrittenElsewhere,
)
from conversations.files import receiving
from conversations.identities import Sender
from conversations.models import Channel, Conversation, ConversationEvent, Message
from conversations.storing import (
    PROVIDER_ID,
    clean,
    media_rows,
    new_conversation,
    shortened,
    snippet_of,
    storable,
)
from tenants import clock, events, worklist
from tenants.models import Business
from tenants.postgres.prepared import Prepared
from tenants.statements import add, insert, later

log = structlog.get_logger(__name__)
TURN = "conversations.turn"
BUMPED = Prepared("""
UPDATE conversations_conversation
   SET status = 'open', snoozed_until = NULL, unread = unread + 1, snippet = %s, last_message_at = %s,
       last_inbound_at = GREATEST(last_inbound_at, %s)
 WHERE id = %s""")
NOTED = Prepared("""
UPDATE conversations_channel SET last_inbound_at = %s
 WHERE id = %s AND (last_inbound_at IS NULL OR last_inbound_at < %s)""")
SUSPENDED_EVERY = dt.timedelta(days=1)
SUSPENDED_TEXT = "Thank you for your message. {business} can't answer here at the moment. Please contact them directly."


def accept(business: Business, channel: Channel, event: InboundEvent) -> None:
    """Whatever a channel reports, inside the business's schema."""
    match event:
        case StatusUpdate():
            delivery_status.note_status(business, channel, event)
        case InboundMessage():
            receive(business, channel, event)
        case Reacted():
            reactions.note(business, channel, event)
        case NumberChanged():
            identities.note_changed_number(business, channel, event)
        case WrittenElsewhere():
            written_elsewhere.take(business, channel, event)


def receive(business: Business, channel: Channel, message: InboundMessage) -> Message | None:
    """Store what a contact sent and ask for whatever has to follow; None when it was here already, or came from
    a phone of the staff.

    One transaction, two round trips for somebody known. The conversation's row is locked first, so that copies of one
    webhook stand in line and messages get their ids in the order in which they become visible.
    """
    with transaction.atomic():
        sender = _sender(message)
        met = arriving.look(channel, sender, _provider_id(message))
        if met.staff_phone is not None and staff_phones.hear(business, channel, message, met.staff_phone):
            return None
        if met.is_here:
            return None
        identity = identities.settled(channel, sender, met.identity)
        conversation = met.conversation
        if conversation is None or conversation.identity_id != identity.pk:
            met, conversation = replace(met, message_id=None), new_conversation(channel, identity)
        stored = _store(conversation, message, met.message_id)
        if stored is None:
            return None
        if rating_answers.hear(business, conversation, stored):
            events.publish(business, "conversation", conversation.pk)
            return stored
        _bump(conversation, stored)
        speaking.learn(conversation, identity.contact, stored.text, alone=met.identity is None)
        _note_life(channel)
        if message.media:
            receiving.expect(business, stored, message.media)
        hearers = (opting_out, tapping, listening, looking, flooding)
        if not any(each.hear(business, conversation, stored) for each in hearers):
            _ask_for_an_answer(business, conversation)
            if conversation.handling == Conversation.Handling.ASSISTANT:
                read_signs.when_the_turn_begins(business, channel, stored)
        events.publish(business, "conversation", conversation.pk)
    return stored


def _sender(message: InboundMessage) -> Sender:
    return Sender.of(
        address=clean(message.from_address),
        phone=message.phone,
        user_id=clean(message.user_id),
        profile_name=clean(message.profile_name).strip()[:120],
    )


def _store(conversation: Conversation, message: InboundMessage, message_id: int | None) -> Message | None:
    """Without an id that was given out under the conversation's lock a copy may have been quicker: then None."""
    quoted = tapping.quoted(conversation, clean(message.reply_to)[:PROVIDER_ID])
    stored = Message(
        pk=message_id,
        conversation=conversation,
        channel_id=conversation.channel_id,
        direction=Message.Direction.IN,
        author=Message.Author.CONTACT,
        kind=message.kind,
        text=shortened(clean(message.text)),
        media=media_rows(message.media),
        place=storable(message.place) if message.place else None,
        provider_id=_provider_id(message),
        reply_to=quoted,
        choice=tapping.offered(conversation, clean(message.choice)[:200], quoted),
        payload=storable(message.payload),
        delivery=Message.Delivery.RECEIVED,
        sent_at=message.sent_at or clock.now(),
        created_at=clock.now(),
    )
    if message_id is None:
        return stored if insert(stored, unless="channel_id, provider_id") else None
    add(stored)
    return stored


def _bump(conversation: Conversation, stored: Message) -> None:
    """The conversation moves up; a resolved or snoozed one is open again."""
    if conversation.status == Conversation.Status.RESOLVED:
        ConversationEvent.objects.create(conversation=conversation, act="reopened", detail={"by": "contact"})
    later(BUMPED, [snippet_of(stored), stored.created_at, stored.sent_at, conversation.pk])


def _note_life(channel: Channel) -> None:
    """For the settings page. Once a minute is enough: every message would wait for every other one's row lock."""
    now = clock.now()
    noted = channel.last_inbound_at
    if noted is not None and noted >= now - dt.timedelta(minutes=1):
        return
    later(NOTED, [now, channel.pk, now - dt.timedelta(minutes=1)])
    channel.last_inbound_at = now  # who keeps the channel asks once a minute too


def _ask_for_an_answer(business: Business, conversation: Conversation) -> None:
    if business.suspended:
        _say_suspended(business, conversation)
    elif conversation.handling == Conversation.Handling.ASSISTANT:
        quiet = dt.timedelta(seconds=business.quiet_window)
        longest = max(quiet, dt.timedelta(seconds=business.burst_at_most))
        worklist.call_for(business.pk, TURN, conversation.pk, wait=quiet, at_most=longest)


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
    return clean(message.provider_id)[:PROVIDER_ID]
