"""Delivering one message of the outbox, under a lease.

No transaction is open while the vendor is called. Whatever the call leaves unclear is looked up (reconciled): the
vendor keeps no idempotency key, so sending again is only right when the message is certainly not there.
"""

import datetime as dt
import random
from collections.abc import Callable

import structlog
from django.db import transaction

from conversations import outbox, pacing, service_window
from conversations.channels.base import ChannelAdapter, ChannelError, OutcomeUnknown
from conversations.channels.registry import adapter_for
from conversations.delivery_content import hand_to, words_of
from conversations.delivery_status import NOT_KNOWN, fail, settle
from conversations.models import Channel, ContactIdentity, Conversation, Message
from tenants import clock, events
from tenants.crashpoints import reach
from tenants.models import Business, ChannelKind
from tenants.postgres.prepared import Prepared
from tenants.statements import Question, joining, models_in, rows
from tenants.worklist import Lease

log = structlog.get_logger(__name__)
MODELS = (Message, Conversation, ContactIdentity, Channel)
LEASE = dt.timedelta(seconds=30)  # longer than the adapter's own timeouts
FILE_LEASE = dt.timedelta(seconds=90)  # a file is uploaded first
TRIES = 8
# Whatever settles the earlier one calls for this one at once (outbox.call_next); waiting is only the safety net.
WAIT_FOR_EARLIER, WAIT_FOR_STUCK = dt.timedelta(seconds=1), dt.timedelta(seconds=10)
# When the vendor's list is taken as complete after a try; before that, absence proves nothing.
CERTAIN_AFTER = dt.timedelta(seconds=15)
LOOK_BACK = dt.timedelta(minutes=5)  # the clocks of two machines differ
GIVE_UP_AFTER = dt.timedelta(hours=24)
# Where the vendor keeps no list: its word on a message it took comes within seconds (docs/decisions/0027).
WORD_WITHIN = dt.timedelta(minutes=3)
# One statement, and so one transaction: nothing is taken without the lease.
TAKEN = Prepared("""
WITH held AS (SELECT FROM public.tenants_workitem WHERE id = %(item)s AND fence = %(fence)s FOR NO KEY UPDATE),
     taken AS (UPDATE conversations_message SET delivery = 'sending', attempts = %(attempts)s, tried_at = %(tried_at)s
                WHERE id = %(message)s AND delivery = 'queued' AND EXISTS (SELECT FROM held) RETURNING 1)
SELECT EXISTS (SELECT FROM held), EXISTS (SELECT FROM taken)""")
WITH_ITS_PLACE = Prepared("""
  FROM conversations_message
  JOIN conversations_conversation ON conversations_conversation.id = conversations_message.conversation_id
  JOIN conversations_contactidentity ON conversations_contactidentity.id = conversations_conversation.identity_id
  JOIN conversations_channel ON conversations_channel.id = conversations_message.channel_id
 WHERE conversations_message.id = %s""")


def deliver(
    business: Business,
    message_id: int,
    lease: Lease,
    *,
    find_adapter: Callable[[str], ChannelAdapter] = adapter_for,
    certain_after: dt.timedelta = CERTAIN_AFTER,
) -> None:
    """Bring one message as far as it gets now, and finish the work or give it back for later."""
    message, earlier_attempts = _message(message_id)
    if message is None or message.delivery not in outbox.OPEN:
        return lease.finish()
    if lease.exhausted:
        return _fail(business, message, "sender_crashed", lease=lease)
    if earlier_attempts is not None:
        return lease.retry_in(WAIT_FOR_STUCK if earlier_attempts else WAIT_FOR_EARLIER, forgive=True)
    try:
        adapter = find_adapter(message.channel.kind)
        if message.delivery == Message.Delivery.QUEUED:
            return _send(business, message, lease, adapter)
        return _reconcile(business, message, lease, adapter, certain_after)
    except ChannelError as error:
        return _after_error(business, message, lease, error)


def _message(message_id: int) -> tuple[Message | None, int | None]:
    """The message with its conversation, identity and channel; how often what was written before it has been tried,
    None when all of that is out."""
    for message, conversation, identity, channel, attempts in models_in(MODELS, rows(*asking(message_id))):
        conversation.identity, conversation.channel = identity, channel
        message.conversation, message.channel = conversation, channel
        return message, attempts
    return None, None


def asking(message_id: int) -> Question:
    """What `deliver` asks first, for whoever claims it in the same round trip."""
    return joining(MODELS, WITH_ITS_PLACE, [message_id], also=outbox.EARLIER_ATTEMPTS)


def _send(business: Business, message: Message, lease: Lease, adapter: ChannelAdapter) -> None:
    if message.template_id is None and not service_window.takes_free_text(message.conversation):
        return _fail(business, message, service_window.SHUT, lease=lease)
    if message.channel.kind != ChannelKind.SIMULATOR:
        wait = pacing.take(business, message.channel_id, message.conversation.identity.address)
        if wait is not None:
            return lease.retry_in(wait, forgive=True)
    tried_at = clock.now()
    given = {"item": lease.item_id, "fence": lease.fence, "message": message.pk}
    ((held, mine),) = rows(TAKEN, {**given, "attempts": message.attempts + 1, "tried_at": tried_at})
    lease.proven([(held,)] if held else [])
    if not mine:  # withheld in the meantime
        return lease.finish()
    message.delivery, message.attempts, message.tried_at = Message.Delivery.SENDING, message.attempts + 1, tried_at
    events.publish(business, "conversation", message.conversation_id)
    if message.kind != Message.Kind.TEXT:
        lease.renew(FILE_LEASE)
    reach("deliver.before_send")
    result = hand_to(adapter, message, business)
    reach("deliver.after_send")
    return _settle(business, message, lease, Message.Delivery.SENT, provider_id=result.provider_id)


def _reconcile(
    business: Business, message: Message, lease: Lease, adapter: ChannelAdapter, certain_after: dt.timedelta
) -> None:
    """It was being sent when something broke. Look it up; send it again only when it is certainly absent."""
    tried_at = message.tried_at or message.created_at
    elapsed = clock.now() - tried_at
    Message.objects.filter(pk=message.pk, delivery=Message.Delivery.SENDING).update(delivery=Message.Delivery.UNKNOWN)
    if not adapter.lists_messages:
        return _wait_for_word(business, message, lease, elapsed)
    to = message.conversation.identity.address
    try:
        words = words_of(adapter, message)
        found = adapter.lookup(message.channel, to, words, tried_at - LOOK_BACK, _accounted_for(message))
    except ChannelError as error:
        if elapsed > GIVE_UP_AFTER:
            return _fail(business, message, f"{NOT_KNOWN}:{error.code}", lease=lease)
        return lease.retry_in(_patience(elapsed), forgive=True)
    if found is not None:
        return _settle(business, message, lease, found.delivery, provider_id=found.provider_id, error=found.error)
    if elapsed < certain_after:
        return lease.retry_in(certain_after - elapsed, forgive=True)
    log.info("outbox.sent_again", message=message.pk)
    with transaction.atomic():
        lease.hold()
        Message.objects.filter(pk=message.pk, delivery=Message.Delivery.UNKNOWN).update(
            delivery=Message.Delivery.QUEUED
        )
    if message.attempts >= TRIES:
        return _fail(business, message, "not_taken", lease=lease)
    return _send(business, message, lease, adapter)


def _wait_for_word(business: Business, message: Message, lease: Lease, elapsed: dt.timedelta) -> None:
    """Nothing can be looked up: only the vendor's own news, which name our message, prove that it was taken. Without
    them it is never sent again unasked: people are told that it may or may not have arrived."""
    if elapsed < WORD_WITHIN:
        return lease.retry_in(WORD_WITHIN - elapsed, forgive=True)
    return _fail(business, message, NOT_KNOWN, lease=lease)


def _accounted_for(message: Message) -> frozenset[str]:
    """The vendor's ids of the conversation's other recent messages: the same words may have been sent before."""
    recent = message.created_at - GIVE_UP_AFTER * 2
    rows = Message.objects.filter(conversation_id=message.conversation_id, created_at__gte=recent)
    return frozenset(each for each in rows.values_list("provider_id", flat=True) if each)


def _settle(
    business: Business, message: Message, lease: Lease, delivery: str, *, provider_id: str, error: str = ""
) -> None:
    if delivery == Message.Delivery.FAILED:
        return _fail(business, message, error, provider_id=provider_id, lease=lease)
    settle(business, message, delivery, lease, provider_id=provider_id)
    reach("deliver.after_saved")
    return None


def _after_error(business: Business, message: Message, lease: Lease, error: ChannelError) -> None:
    log.warning("outbox.refused", message=message.pk, code=error.code, permanent=error.permanent)
    pacing.note_refusal(business, message.channel_id, message.conversation.identity.address, error.code)
    if isinstance(error, OutcomeUnknown):
        Message.objects.filter(pk=message.pk, delivery=Message.Delivery.SENDING).update(
            delivery=Message.Delivery.UNKNOWN, error=error.code
        )
        events.publish(business, "conversation", message.conversation_id)
        return lease.retry_in(dt.timedelta(seconds=2), forgive=True)
    if error.permanent or message.attempts >= TRIES:
        return _fail(business, message, error.code, lease=lease)
    with transaction.atomic():
        lease.hold()
        Message.objects.filter(pk=message.pk, delivery=Message.Delivery.SENDING).update(
            delivery=Message.Delivery.QUEUED, error=error.code
        )
        asked = dt.timedelta(seconds=error.retry_after or 0)
        lease.retry_in(max(_backoff(message.attempts), asked), forgive=True)
    return None


def _fail(business: Business, message: Message, code: str, *, lease: Lease, provider_id: str | None = None) -> None:
    fail(business, message, code, provider_id=provider_id, lease=lease)


def _backoff(attempts: int) -> dt.timedelta:
    """2, 4, 8 … 240 seconds, give or take a quarter."""
    return dt.timedelta(seconds=min(240, 2**attempts) * random.uniform(0.75, 1.25))  # noqa: S311 (no secret)


def _patience(elapsed: dt.timedelta) -> dt.timedelta:
    """While the vendor can't be asked: the longer it lasts, the rarer."""
    return dt.timedelta(seconds=min(300.0, max(5.0, elapsed.total_seconds() / 2)))
