"""One sender who floods: everything is kept, a person is told once, and no more turns are spent on it."""

import datetime as dt

from django.utils.translation import gettext_noop as N_

from conversations import handoffs
from conversations.models import Conversation, Handoff, Message
from tenants import clock
from tenants.models import Business

MOST, WITHIN = 60, dt.timedelta(minutes=10)
SUMMARY = N_("Too many messages within ten minutes: the assistant stopped reading them.")


def hear(business: Business, conversation: Conversation, message: Message) -> bool:
    """Within the caller's transaction: True when this message is one too many, so that no turn is asked for.

    The unread counter, at hand anyway, spares all others the question.
    """
    if conversation.unread < MOST or conversation.handling != Conversation.Handling.ASSISTANT or business.suspended:
        return False
    inbound = Message.objects.filter(conversation=conversation, direction=Message.Direction.IN, pk__lt=message.pk)
    earlier = inbound.order_by("-pk").values_list("created_at", flat=True)[MOST - 1 : MOST].first()
    if earlier is None or earlier < clock.now() - WITHIN:
        return False
    handoffs.hand_over(business, conversation, Handoff.Reason.LIMIT_REACHED, SUMMARY, trigger="flood")
    return True
