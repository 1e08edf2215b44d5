"""The contact sees that they were read, and for some seconds that somebody types: a switch of each number.

Signs are rung for beside the work that they tell of and never waited for. One that is lost or refused is only counted.
"""

from typing import TYPE_CHECKING

import structlog
from django.db import transaction
from django.db.models import F

from conversations.channels.base import ChannelError
from conversations.channels.registry import adapter_for
from conversations.models import Channel, Conversation, Message
from tenants import bell

if TYPE_CHECKING:
    from tenants.models import Business

log = structlog.get_logger(__name__)
SIGN = "conversations.show_sign"


def when_the_turn_begins(business: "Business", channel: Channel, message: Message) -> None:
    """Within the caller's transaction: the assistant will answer this message after the quiet window."""
    if (channel.shows_typing or channel.marks_read) and not business.suspended:
        business_id, message_id, seconds = business.pk, message.pk, business.quiet_window
        transaction.on_commit(lambda: bell.send(SIGN, business_id, message_id, seconds=seconds))


def when_staff_have_read(business: "Business", conversation: Conversation) -> None:
    """Within the caller's transaction, or none: somebody of the team has opened it."""
    if not conversation.channel.marks_read:
        return
    business_id, newest = business.pk, _newest(conversation)
    if newest is not None:
        transaction.on_commit(lambda: bell.send(SIGN, business_id, newest))


def show(business: "Business", message_id: int) -> None:
    """Tell the vendor, if the message is still the contact's newest one: a later one brings a sign of its own."""
    rows = Message.objects.select_related("conversation", "channel")
    message = rows.filter(pk=message_id, direction=Message.Direction.IN, provider_id__isnull=False).first()
    if message is None or not message.channel.active or _newest(message.conversation) != message.pk:
        return
    channel, adapter = message.channel, adapter_for(message.channel.kind)
    assistants = message.conversation.handling == Conversation.Handling.ASSISTANT
    typing = channel.shows_typing and adapter.shows_typing and assistants and message.answered_by is None
    if not typing and not (channel.marks_read and adapter.marks_read_alone):
        return
    try:
        adapter.mark_read(channel, message.provider_id or "", typing=typing)
    except ChannelError as error:
        log.info("sign.not_shown", channel=channel.pk, code=error.code)
        Channel.objects.filter(pk=channel.pk).update(signs_failed=F("signs_failed") + 1)


def _newest(conversation: Conversation) -> int | None:
    theirs = conversation.messages.filter(direction=Message.Direction.IN)
    return theirs.order_by("-pk").values_list("pk", flat=True).first()
